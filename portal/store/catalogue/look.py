"""The look of a kommun from its folder: a colour that can be read, and a logo that is a picture and nothing else."""

import re
from pathlib import Path
from xml.etree import ElementTree

from portal.domain.catalogue.look import Look, problem_of_colour
from portal.store.reading import Fields

MOST_LOGO = 12_000
"""Bytes of a logo: it is fetched by a phone with a bad connection."""

_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = ("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "use")
_AROUND = (
    "svg",
    "g",
    "defs",
    "title",
    "desc",
    "symbol",
    "clipPath",
    "mask",
    "linearGradient",
    "radialGradient",
    "stop",
)
_PARTS = {*_SHAPES, *_AROUND}
_ELSEWHERE = re.compile(r"url\(\s*['\"]?(?!#)|javascript:|@import", re.IGNORECASE)


def read_look(folder: Path, fields: Fields) -> Look:
    """Take the keys of kommun.yaml that say how its pages look; all may be absent."""
    colour = fields.string("colour", required=False)
    problem = None if colour is None else problem_of_colour(colour)
    if problem is not None:
        fields.wrong("colour", problem)
        colour = None
    name = fields.string("logo", required=False)
    return Look(
        colour, None if name is None else _read_logo(folder, name, fields), fields.string("run_by", required=False)
    )


def _read_logo(folder: Path, name: str, fields: Fields) -> str | None:
    if not re.fullmatch(r"[a-z0-9-]+\.svg", name):
        fields.wrong("logo", f"must be the name of an SVG file in the kommun's folder, not {name!r}")
        return None
    try:
        written = (folder / name).read_bytes()
        problem = problem_of_logo(written)
    except OSError:
        problem = f"there is no file {name!r} in the kommun's folder"
    if problem is not None:
        fields.wrong("logo", problem)
        return None
    return written.decode()


def problem_of_logo(written: bytes) -> str | None:
    """Return why a file is no logo, or None: it runs nothing, fetches nothing and is small."""
    if len(written) > MOST_LOGO:
        return f"has {len(written)} bytes; it may have {MOST_LOGO}"
    if re.search(rb"<!(?!--)|<\?(?!xml )", written):
        return "has a declaration, which may fetch or repeat something"  # so no entity ever reaches the parser
    try:
        written.decode()
        picture = ElementTree.fromstring(written)  # noqa: S314 - without declarations; from a reviewed file
    except (UnicodeDecodeError, ElementTree.ParseError) as error:
        return f"is no SVG: {error}"
    if picture.tag != f"{_SVG}svg" or "viewBox" not in picture.attrib:
        return "must be an svg with a viewBox"
    for part in picture.iter():
        name = str(part.tag).removeprefix(_SVG)
        if name not in _PARTS:
            return f"has {name!r}, which is no part of a logo"
        for key, value in part.attrib.items():
            plain = key.rpartition("}")[2]
            if plain.startswith("on") or plain in ("style", "base") or _ELSEWHERE.search(value):
                return f"has {plain!r}, which may run or fetch something"
            if plain == "href" and not value.startswith("#"):
                return "has a reference to something that is not in the file"
    return None
