"""The self-check: answers come in the body of a POST and leave with the page; nothing here remembers."""

from portal.web.self_check.routes import blueprint

__all__ = ["blueprint"]
