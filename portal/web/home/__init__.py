"""The first pages: choosing a kommun, the start of a kommun, privacy and accessibility."""

from portal.web.home import pocket
from portal.web.home.routes import blueprint

__all__ = ["blueprint", "pocket"]
