"""Pictures in files that browsers keep: the pictograms of static/vendor/icons, unchanged, and our own larger ones."""

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup

_SVG = "{http://www.w3.org/2000/svg}"
_KEPT = ("viewBox", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin")


@dataclass(frozen=True)
class Sprite:
    """All pictures in one SVG file, each a symbol of its own name; `file` is where it is served, `look` its class."""

    svg: str
    names: frozenset[str]
    file: str = "icons"
    look: str = "icon"

    @cached_property
    def version(self) -> str:
        """Return the fingerprint that stands in the address of the file."""
        return sha256(self.svg.encode()).hexdigest()[:12]

    def use(self, name: str, root: str = "") -> Markup:
        """Return the picture that stands beside words, hidden from screen readers; raise KeyError on a wrong name."""
        if name not in self.names:
            raise KeyError(name)
        address = f"{root}/static/{self.file}.svg?v={self.version}#{name}"
        return Markup('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>').format(self.look, address)


def sprite(folder: Path, file: str = "icons", look: str = "icon") -> Sprite:
    """Return the pictures of a folder as one file."""
    found = {path.stem: _symbol(path) for path in sorted(folder.glob("*.svg"))}
    body = "".join(found.values())
    return Sprite(f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>', frozenset(found), file, look)


def _symbol(path: Path) -> str:
    # Our own vendored files, not something that a visitor sends.
    picture = ElementTree.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314
    symbol = ElementTree.Element(
        "symbol", {"id": path.stem, **{key: picture.attrib[key] for key in _KEPT if key in picture.attrib}}
    )
    for part in picture:
        for inner in part.iter():
            inner.tag = inner.tag.removeprefix(_SVG)
            inner.tail = None
        symbol.append(part)
    return re.sub(r"\s+/>", "/>", ElementTree.tostring(symbol, encoding="unicode"))
