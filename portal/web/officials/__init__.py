"""For the kommun: its catalogue before the law, against SKR's list, and whom it reaches."""

from portal.web.officials.routes import blueprint

__all__ = ["blueprint"]
