"""The API for programs: the same rules as the pages, and as forgetful."""

from portal.web.api.routes import blueprint

__all__ = ["blueprint"]
