"""What every page shares: the catalogue, the languages at work, the clock, and how a page is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, current_app, g, request
from markupsafe import Markup, escape

from portal.domain.applications.rules import ApplicationRules
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.notices import NO_NOTICES, Notices, kommun_with
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.domain.languages.reviews import Truth
from portal.domain.officials.skr import SkrList
from portal.store.languages.extraction import PORTAL
from portal.store.languages.menu import Language
from portal.store.languages.texts import load_texts
from portal.web.shown.contacts import in_need_of_interpreter
from portal.web.shown.dress import Dress
from portal.web.shown.fragments import Fragments
from portal.web.shown.icons import sprite
from portal.web.shown.searches import Searches
from portal.web.shown.switching import elsewhere, menu_words
from portal.web.voices.negotiating import negotiated
from portal.web.voices.rooms import LanguageRoom
from portal.web.voices.voice import Voice

EMBEDDED = "/embed"
"""How the addresses begin that are made for a frame in the kommun's own site."""

MOST_ROOTS = 4
"""Prefixes that one process renders for; an honest one is served under one or two."""


@dataclass(frozen=True)
class Portal:
    """The parts that create_app puts together."""

    knowledge: Knowledge
    languages: Mapping[str, Language]
    translations: Path
    clock: Callable[[], datetime]
    sends_mail: bool = False
    notices: Callable[[str], Notices] = lambda _: NO_NOTICES
    site: str | None = None
    knows_address: bool = True
    security_contact: str = ""
    licence: str = ""
    data_contact: str = ""
    broken: frozenset[str] = frozenset()
    """The kommuner whose catalogue as it is now is not shown: as it was before, or not at all."""
    release: str = ""

    @property
    def catalogue(self) -> Catalogue:
        """Return what every kommun offers, as its files say it."""
        return self.knowledge.catalogue


class Pages:
    """Makes pages in every language."""

    def __init__(self, app: Flask, portal: Portal) -> None:
        self.portal = portal
        self.refused_reload = ""  # why the portal goes on as it was, where a reload was refused
        self.rooms = {language.tag: self._room(app, language) for language in portal.languages.values()}
        self._fragments: dict[tuple[str, str, str, bool, bool], Fragments] = {}
        self._roots: set[str] = set()
        self._kommuner = {key: (NO_NOTICES, kommun) for key, kommun in portal.catalogue.kommuner.items()}
        static = Path(app.static_folder or "")
        self._assets = {
            path.name: f"/static/{path.relative_to(static).as_posix()}?v={_fingerprint(path)}"
            for path in static.rglob("*")
            if path.is_file() and path.parent.name not in ("icons", "pictures")
        }
        self.icons = sprite(static / "vendor" / "icons")
        self.pictures = sprite(static / "pictures", "pictures", "picture")
        self._dresses: dict[str, Dress] = {}
        self.searches = Searches(portal.catalogue.words)

    def _room(self, app: Flask, language: Language) -> LanguageRoom:
        return LanguageRoom(
            app, language, lambda domain: load_texts(language, domain, self.portal.translations), PORTAL
        )

    def asset(self, name: str) -> str:
        """Return the address of a static file, which changes with what is in it."""
        return self._assets[name]

    def dress(self, kommun: Kommun) -> Dress:
        """Return the stylesheet and the logo of a kommun; made once, for its files say them."""
        known = self._dresses.get(kommun.id)
        if known is None or known.look is not kommun.look:
            known = self._dresses[kommun.id] = Dress(kommun.id, kommun.look)
        return known

    def find_kommun(self, kommun_id: str) -> Kommun | None:
        """Return a kommun as its editors have it now, or None where the portal does not serve it."""
        known = self._kommuner.get(kommun_id)
        if known is None:
            return None
        notices = self.portal.notices(kommun_id)
        if known[0] is not notices:
            known = (notices, kommun_with(self.portal.catalogue.kommuner[kommun_id], notices))
            self._kommuner[kommun_id] = known
        return known[1]

    def fragments(
        self, language: Language, kommun: Kommun | None, root: str, in_both: bool = False, embedded: bool = False
    ) -> Fragments:
        """Return the parts of pages that are rendered once; `root` is the prefix the portal is served under."""
        key = (language.tag, kommun.id if kommun is not None else "", root, in_both, embedded)
        ready = self._fragments.get(key)
        # A kommun whose editors have said something new is another object: what was rendered for the old one is over.
        if ready is None or ready.context["kommun"] is not kommun:
            self._forget_other_roots(root)
            room = self.rooms[language.tag]
            context = self._context(room, kommun, root, in_both, embedded)
            # Header and footer are said once: it is the page between them that two people read together.
            around = self.fragments(language, kommun, root, embedded=embedded) if in_both else None
            templates = room.templates_in_both if in_both else room.templates
            ready = self._fragments[key] = Fragments(templates, context, around)
        return ready

    def _forget_other_roots(self, root: str) -> None:
        """Begin anew where a proxy names one prefix after another: what is kept must have an end."""
        if root not in self._roots and len(self._roots) >= MOST_ROOTS:
            self._roots.clear()
            self._fragments.clear()
        self._roots.add(root)

    def _context(
        self, room: LanguageRoom, kommun: Kommun | None, root: str, in_both: bool, embedded: bool
    ) -> dict[str, Any]:
        texts = room.texts(kommun)
        truth = sum((one.truth for one in texts), Truth())
        place = EMBEDDED if embedded else ""
        return {
            "texts": texts,
            "voice": room.voice_of(kommun, in_both),
            "interpreter_line": in_need_of_interpreter(room.voice_of(kommun, in_both)),
            "in_both": in_both,
            "truth": truth,
            "kommun": kommun,
            "catalogue": self.portal.catalogue,
            "languages": self.portal.languages,
            "menu_words": menu_words(room.language, self.portal.languages),
            "root": escape(root),
            "home": Markup("{}/{}/").format(root, room.language.tag),
            "base": Markup("{}/{}/{}").format(root, room.language.tag, kommun.id) if kommun is not None else "",
            "embedded": embedded,
            # A form in a frame stays in it; all else that leads on opens beside the kommun's own page.
            "check_root": Markup("{}{}").format(root, place),
            "check": Markup("{}{}/{}/{}/self-check").format(
                root, place, room.language.tag, kommun.id if kommun else ""
            ),
            "asset": lambda name: Markup("{}{}").format(root, self.asset(name)),
            "icon": lambda name: self.icons.use(name, root),
            "picture": lambda name: self.pictures.use(name, root),
            "look": None if kommun is None else self.dress(kommun).addresses(root),
        }

    def page(self, template: str, /, status: int = 200, block: str | None = None, **values: Any) -> Response:
        """Return a page in the language of the address; for htmx only the named block of the same template."""
        language, kommun, root, in_both = current_language(), find_current_kommun(), request.script_root, is_in_both()
        frame = self.fragments(language, kommun, root, in_both, is_embedded())
        is_fragment = block is not None and is_htmx()
        is_found = status == 200 and request.method == "GET" and not is_embedded()
        context = {
            **frame.context,
            "frame": frame,
            "elsewhere": elsewhere(request.path, request.query_string, root),
            "is_fragment": is_fragment,
            "canonical": this_address() if is_found and own_address() is not None else None,
            **values,
        }
        room = self.rooms[language.tag]
        found = (room.templates_in_both if in_both else room.templates).get_template(template)
        if block is not None and is_fragment:
            body = "".join(found.blocks[block](found.new_context(context)))
        else:
            body = found.render(context)
        return Response(body, status, mimetype="text/html")


def in_language(tag: str) -> str:
    """Return the address of this page in another language."""
    return elsewhere(request.path, request.query_string, request.script_root)(tag)


def _fingerprint(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()[:12]


def pages_of(app: Flask) -> Pages:
    """Return the pages of an app."""
    return cast("Pages", app.extensions["pages"])


def pages() -> Pages:
    """Return the pages of the running app."""
    return pages_of(current_app)


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
    return pages().rooms[current_language().tag].voice_of(find_current_kommun(), is_in_both())


def show_in_both() -> None:
    """Show this page with the Swedish beside, unless it is in Swedish already."""
    g.in_both = not current_language().is_source


def is_in_both() -> bool:
    """Return whether this page is shown in two languages."""
    return bool(g.get("in_both", False))


def fragments() -> Fragments:
    """Return the parts that are rendered once for this page's language and kommun."""
    root = request.script_root
    return pages().fragments(current_language(), find_current_kommun(), root, is_in_both(), is_embedded())


def catalogue() -> Catalogue:
    """Return the catalogue that the portal shows."""
    return pages().portal.catalogue


def application_rules() -> ApplicationRules:
    """Return what rules applications."""
    return pages().portal.knowledge.applications


def skr_list() -> SkrList:
    """Return SKR's list of what a kommun can offer."""
    return pages().portal.knowledge.skr


def now() -> datetime:
    """Return the present instant by the portal's clock."""
    return pages().portal.clock()


def is_sending_mail() -> bool:
    """Return whether the portal can mail; without, everything is done by code."""
    return pages().portal.sends_mail


def own_address() -> str | None:
    """Return the portal's own address with a slash at its end; None where nobody trusted has said it."""
    return request.url_root if pages().portal.knows_address else None


def this_root() -> str:
    """Return what every address begins with: the portal's own with a slash at its end, or as much as is known."""
    return own_address() or f"{request.script_root}/"


def this_address() -> str:
    """Return the address of this page without its query, whole where the portal knows its own."""
    return f"{this_root()}{request.path.lstrip('/')}"


def is_embedded() -> bool:
    """Return whether this page is made for a frame in the kommun's own site."""
    return request.blueprint == "embed"


def is_htmx() -> bool:
    """Return whether htmx asks for a part of a page rather than a whole one."""
    return bool(getattr(request, "htmx", False))
