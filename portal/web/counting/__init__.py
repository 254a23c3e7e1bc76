"""What is counted, said in full; and the one request by which a resident lets her self-check be counted."""

from portal.web.counting.routes import blueprint

__all__ = ["blueprint"]
