"""Groups: see when, take a place, wait, get a place, change one's mind."""

from portal.web.groups.routes import blueprint

__all__ = ["blueprint"]
