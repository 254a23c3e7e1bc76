"""Applying for support that is assessed: today by phone, paper or a visit."""

from portal.web.applications.routes import blueprint

__all__ = ["blueprint"]
