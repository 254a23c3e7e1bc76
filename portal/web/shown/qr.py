"""QR codes, drawn here: no other service learns which page is printed."""

import segno
from markupsafe import Markup

MOST_CHARACTERS = 300
"""A longer address would give squares too small for an old phone's camera."""


def qr_code(address: str) -> Markup:
    """Return the QR code of an address as a picture inside the page; a screen reader passes over it."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        omitsize=True, svgclass="code", lineclass=None, border=2
    )
    return Markup(drawn.replace("<svg", '<svg aria-hidden="true"', 1))  # noqa: S704 - drawn by segno from squares
