"""What was typed into a PDF's form, drawn where nobody has drawn it yet. Part of the program that cleans files.

The library's own drawing turns every letter that is not English into a question mark, and puts many lines on one.
"""

import textwrap
from collections.abc import Mapping

import pikepdf

DEEPEST = 60
SIZES = (11, 10, 9, 8, 7, 6, 5, 4)
"""Of letters, in points: as in a letter, and smaller where more was typed than fits."""

WIDE, HIGH = 0.55, 1.2
"""Of Helvetica, in sizes: a letter, of which some are wider and more are narrower; and a line."""

MARGIN = 2


class CannotDraw(Exception):
    """What was typed is in other than Western letters, or is more than its field can show."""


def draw_fields(found: pikepdf.Pdf) -> bool:
    """Draw what was typed and chosen; return False where something of it cannot be drawn."""
    form = found.Root.AcroForm
    if not isinstance(form, pikepdf.Dictionary):
        return True
    is_undrawn = form.get("/NeedAppearances", False) is True
    try:
        if is_undrawn:
            found.generate_appearance_streams()  # of what is ticked
        for field in form.get("/Fields", []):
            _draw_field(found, field, {}, is_undrawn, DEEPEST)
    except CannotDraw:
        return False
    return True


def _draw_field(found: pikepdf.Pdf, field: object, above: Mapping[str, object], is_undrawn: bool, deep: int) -> None:
    if not isinstance(field, pikepdf.Dictionary) or deep < 0:
        return
    known = {**above, **{key: field[key] for key in ("/FT", "/V") if key in field}}
    for kid in field.get("/Kids", []):
        _draw_field(found, kid, known, is_undrawn, deep - 1)
    typed = known.get("/V")
    if "/Rect" not in field or known.get("/FT") not in (pikepdf.Name.Tx, pikepdf.Name.Ch) or typed is None:
        return
    if not is_undrawn and "/N" in field.get("/AP", {}):
        return  # who filled it in has drawn it
    if isinstance(typed, pikepdf.Stream):
        raise CannotDraw
    text = "\n".join(map(str, typed)) if isinstance(typed, pikepdf.Array) else str(typed)
    left, bottom, right, top = (float(side) for side in field.Rect)
    field.AP = pikepdf.Dictionary(N=_drawn(found, text, abs(right - left), abs(top - bottom)))


def _drawn(found: pikepdf.Pdf, text: str, wide: float, high: float) -> pikepdf.Stream:
    """Return a text as large as its field lets it be."""
    size, lines = _fitted(text, wide - 2 * MARGIN, high)
    try:
        shown = "".join(f"<{line.encode('cp1252').hex()}> Tj 0 {-size * HIGH:.2f} Td " for line in lines)
    except UnicodeEncodeError:
        raise CannotDraw from None
    name = pikepdf.Name
    font = pikepdf.Dictionary(
        Type=name.Font, Subtype=name.Type1, BaseFont=name.Helvetica, Encoding=name.WinAnsiEncoding
    )
    return pikepdf.Stream(
        found,
        f"BT /F {size} Tf {MARGIN} {max(high - size, 1):.2f} Td {shown}ET".encode(),
        Type=name.XObject,
        Subtype=name.Form,
        BBox=pikepdf.Array([0, 0, wide, high]),
        Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
    )


def _fitted(text: str, wide: float, high: float) -> tuple[int, list[str]]:
    """Return the largest size, and the lines, in which a text fits into a field."""
    for size in SIZES:
        most = max(1, int(wide / (size * WIDE)))
        lines = [part for line in text.splitlines() for part in textwrap.wrap(line, most) or [""]]
        if len(lines) * size * HIGH <= max(high, SIZES[-1] * HIGH):
            return size, lines
    raise CannotDraw
