"""What is true of the texts of a page, and saying that one is wrong."""

from portal.web.languages.routes import blueprint

__all__ = ["blueprint"]
