"""A program: draws text and appends pictures and PDFs. Started by its path (`printing.py`), without keys.

In comes JSON {"lines": [[style, text], …], "files": [[name, media type, base64], …]}; out comes a PDF.
"""

import json
import os
import re
import resource
import sys
from base64 import b64decode
from functools import partial
from io import BytesIO
from pathlib import Path
from unicodedata import category

import pikepdf
from fpdf import FPDF
from fpdf.enums import Align
from fpdf.fonts import TTFFont
from PIL import Image

FONTS = Path(__file__).with_name("fonts")
MARGIN = 20
"""Millimetres, on every side."""

LONGEST_SIDE = 3508
"""Points of a picture: an A4 page at 300 to the inch."""

QUALITY = 90
"""Of a picture on paper, as a JPEG."""

MEMORY = 1024 * 1024 * 1024
NICE = 15
"""Who asks for a page comes before it."""

SECONDS = 60
_SIZES = {"title": 16, "heading": 13, "label": 9, "text": 11}
_RTL = range(0x0590, 0x0900)

CANNOT_DRAW = "Något i texten kunde inte ritas här. Läs det i inkorgen:"
MISSING = "[kan inte ritas]"
_RUN = re.compile("x(?:[us]*x)*u*")
"""What is lost (x), with what goes with it: a mark, a joiner (u), a space (s) between two that are lost."""

_SPACES = ("Zs",)
_UNSEEN = ("Cc", "Cf", "Mn", "Me", "Zl", "Zp", "Cn", "Co", "Cs")
"""Kinds of signs that draw nothing, or nothing alone."""


def drawn(lines: list[list[str]], files: list[list[str]]) -> bytes:
    """Return a PDF of the lines, with every file after them on pages of its own."""
    paper = _paper()
    for style, text in _with_what_is_missing(paper, lines, [name for name, _, _ in files]):
        _draw(paper, style, text)
    with pikepdf.Pdf.open(BytesIO(bytes(paper.output()))) as whole:
        for name, media_type, content in files:
            _append(whole, name, media_type, b64decode(content))
        saved = BytesIO()
        whole.save(saved)
    return saved.getvalue()


def is_rtl(text: str) -> bool:
    """Return whether a text is read from right to left: its first letter tells."""
    first = next((char for char in text if char.isalpha()), "a")
    return ord(first) in _RTL


def _paper() -> FPDF:
    paper = FPDF(format="A4")
    for name in ("noto-sans", "noto-sans-arabic", "noto-sans-ethiopic"):
        paper.add_font(name, fname=FONTS / f"{name}.ttf")
    paper.set_font("noto-sans", size=_SIZES["text"])
    paper.set_fallback_fonts(["noto-sans-arabic", "noto-sans-ethiopic"], exact_match=False)
    paper.set_text_shaping(use_shaping_engine=True)
    paper.set_margin(MARGIN)
    paper.set_auto_page_break(auto=True, margin=MARGIN)
    paper.set_lang("sv")
    paper.add_page()
    return paper


def _draw(paper: FPDF, style: str, text: str) -> None:
    size = _SIZES.get(style, _SIZES["text"])
    paper.set_font("noto-sans", size=size)
    if style in ("heading", "label"):
        paper.ln(3 if style == "heading" else 1)
    for line in drawable(paper, text).splitlines() or [""]:
        align = Align.R if is_rtl(line) else Align.L
        paper.multi_cell(0, size * 0.5, line, align=align, new_x="LMARGIN", new_y="NEXT")


def drawable(paper: FPDF, text: str) -> str:
    """Return a text that says where something stood that no font has; without it, as it is."""
    known = set().union(*(font.cmap for font in paper.fonts.values() if isinstance(font, TTFFont)))
    kinds = "".join(map(partial(_kind_of, known), text))
    for run in reversed([*_RUN.finditer(kinds)]):
        text = text[: run.start()] + MISSING + text[run.end() :]
    return text


def _kind_of(known: set[int], char: str) -> str:
    if category(char) in _SPACES:
        return "s"
    return "u" if category(char) in _UNSEEN else "k" if ord(char) in known else "x"


def _with_what_is_missing(paper: FPDF, lines: list[list[str]], names: list[str]) -> list[list[str]]:
    """Return the lines with one after the title that names every part in which something cannot be drawn."""
    parts: dict[str, None] = {}
    under = ""
    for style, text in lines:
        under = text if style in ("title", "heading", "label") else under
        if drawable(paper, text) != text:
            parts[under] = None
    parts.update(dict.fromkeys(name for name in names if drawable(paper, name) != name))
    if not parts:
        return lines
    told = f"{CANNOT_DRAW} {', '.join(drawable(paper, part) for part in parts)}."
    return [*lines[:1], ["text", told], *lines[1:]]


def _append(whole: pikepdf.Pdf, name: str, media_type: str, content: bytes) -> None:
    cover = _paper()
    _draw(cover, "heading", name)
    if media_type == "application/pdf":
        _append_pdf(whole, bytes(cover.output()))
        _append_pdf(whole, content)
        return
    photo, (wide, high) = _photo(content)
    room = (cover.epw, cover.eph - 20)
    scale = min(room[0] / wide, room[1] / high)
    cover.image(photo, w=wide * scale, h=high * scale)
    _append_pdf(whole, bytes(cover.output()))


def _photo(content: bytes) -> tuple[BytesIO, tuple[int, int]]:
    """Return a picture as a JPEG, which goes into a PDF as it is, no larger than a page shows; and its size."""
    with Image.open(BytesIO(content)) as picture:
        picture.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        drawn = picture.convert("L" if picture.mode in ("1", "L") else "RGB")
    photo = BytesIO()
    drawn.save(photo, "JPEG", quality=QUALITY)
    return photo, drawn.size


def _append_pdf(whole: pikepdf.Pdf, content: bytes) -> None:
    with pikepdf.Pdf.open(BytesIO(content)) as found:
        whole.pages.extend(found.pages)


def main() -> int:
    """Draw what comes in."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    given = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(drawn(given["lines"], given["files"]))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
