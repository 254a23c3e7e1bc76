"""Browsing: every insats of a kommun, one insats, and a list that somebody chose."""

from portal.web.insatser.routes import blueprint

__all__ = ["blueprint"]
