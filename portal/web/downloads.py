"""Something to be saved, under a name that every browser reads as it was written."""

from urllib.parse import quote

from flask import Response


def attached(response: Response, name: str) -> Response:
    """Return the response as a file of that name (RFC 6266): in ASCII for old programs, in full for all others."""
    plain = "".join(char if char.isascii() and char.isprintable() and char not in '"\\%' else "_" for char in name)
    names = f"filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["Content-Disposition"] = f"attachment; {names}"
    return response
