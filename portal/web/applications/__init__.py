"""Applying for support that is assessed: the form, coming back with a code, and what has become of it."""

from portal.web.applications.cleaning import put_cleaning
from portal.web.applications.routes import blueprint

__all__ = ["blueprint", "put_cleaning"]
