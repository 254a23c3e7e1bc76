"""What every page shares: the catalogue, the languages at work, the clock, and how a page is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, current_app, g, make_response, request
from markupsafe import Markup

from portal.domain.catalogue import Catalogue, Kommun
from portal.store.translations import PORTAL, Language, load_translations
from portal.web.i18n import LanguageRoom, Voice, negotiated


@dataclass(frozen=True)
class Portal:
    """The parts that create_app puts together."""

    catalogue: Catalogue
    languages: Mapping[str, Language]
    translations: Path
    clock: Callable[[], datetime]


class Pages:
    """Makes pages in every language."""

    def __init__(self, app: Flask, portal: Portal) -> None:
        self.portal = portal
        self.rooms = {language.tag: self._room(app, language) for language in portal.languages.values()}
        self._assets = {
            path.name: _fingerprint(path) for path in Path(app.static_folder or "").rglob("*") if path.is_file()
        }

    def _room(self, app: Flask, language: Language) -> LanguageRoom:
        kommuner = {
            kommun: load_translations(language, kommun, self.portal.translations)
            for kommun in self.portal.catalogue.kommuner
        }
        return LanguageRoom(app, language, load_translations(language, PORTAL, self.portal.translations), kommuner)

    def asset(self, name: str) -> str:
        """Return the address of a static file, which changes when the file does and may be kept for ever."""
        folder = "vendor/" if name.startswith("htmx") else ""
        return f"{request.script_root}/static/{folder}{name}?v={self._assets[name]}"

    def page(self, template: str, /, status: int = 200, block: str | None = None, **values: Any) -> Response:
        """Return a page in the language of the address; for htmx only the named block of the same template."""
        room = self.rooms[current_language().tag]
        kommun = find_current_kommun()
        voice = room.voices[kommun.id] if kommun is not None else room.voice
        context = {
            "voice": voice,
            "kommun": kommun,
            "catalogue": self.portal.catalogue,
            "languages": self.portal.languages,
            "home": f"{request.script_root}/{room.language.tag}/",
            "base": f"{request.script_root}/{room.language.tag}/{kommun.id}" if kommun is not None else "",
            "asset": self.asset,
            "elsewhere": self.in_language,
            "is_fragment": block is not None and is_htmx(),
            **values,
        }
        found = room.templates.get_template(template)
        if block is not None and is_htmx():
            body = "".join(found.blocks[block](found.new_context(context)))
        else:
            body = found.render(context)
        return make_response(body, status)

    def in_language(self, tag: str) -> str:
        """Return the address of this page in another language (the path alone: what was asked stays behind)."""
        rest = request.path.lstrip("/").partition("/")[2] if request.path != "/" else ""
        return f"{request.script_root}/{tag}/{rest}"


def _fingerprint(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]


def pages() -> Pages:
    """Return the pages of the running app."""
    return cast("Pages", current_app.extensions["pages"])


def current_language() -> Language:
    """Return the language of the address, or the one the browser asks for where the address has none."""
    if "language" not in g:
        g.language = negotiated(request.headers.get("Accept-Language", ""), pages().portal.languages)
    return cast("Language", g.language)


def find_current_kommun() -> Kommun | None:
    """Return the kommun of the address, or None on the portal's own pages."""
    return cast("Kommun | None", g.get("kommun"))


def current_kommun() -> Kommun:
    """Return the kommun of the address; raise LookupError on a page without one."""
    kommun = find_current_kommun()
    if kommun is None:
        raise LookupError("this page has no kommun")
    return kommun


def current_voice() -> Voice:
    """Return the voice of this page's language and kommun."""
    room = pages().rooms[current_language().tag]
    kommun = find_current_kommun()
    return room.voices[kommun.id] if kommun is not None else room.voice


def catalogue() -> Catalogue:
    """Return the catalogue that the portal shows."""
    return pages().portal.catalogue


def now() -> datetime:
    """Return the present instant by the portal's clock."""
    return pages().portal.clock()


def is_htmx() -> bool:
    """Return whether htmx asks for a part of a page rather than a whole one."""
    return bool(getattr(request, "htmx", False))


def fragment(markup: str) -> Markup:
    """Return ready HTML made from our own templates."""
    return Markup(markup)  # noqa: S704 - only called with rendered templates
