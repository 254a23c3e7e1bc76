"""The translations as the running portal reads them: compiled by gettext, with what is true of them beside."""

import gettext
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.mofile import write_mo

from portal.domain.languages.reviews import MISSING, STALE, STATES, Truth
from portal.store.languages.extraction import SAFETY
from portal.store.languages.menu import TRANSLATIONS, Language
from portal.store.languages.po import read
from portal.store.languages.translations import po_path, state_of, truth_of

_TEMPLATES = "portal/web/templates/"
_OF_STAFF = (f"{_TEMPLATES}officials/", f"{_TEMPLATES}staff/")


@dataclass(frozen=True)
class Texts:
    """A domain in one language: its translations, and the Swedish texts whose translation is missing, old or both.

    unsafe: texts about safety whose translation is old, so that the Swedish must stand beside it.
    pages: the texts that stand in the templates of residents' pages.
    """

    translations: gettext.NullTranslations = field(default_factory=gettext.NullTranslations)
    missing: frozenset[str] = frozenset()
    unsafe: frozenset[str] = frozenset()
    truth: Truth = Truth()
    pages: tuple[str, ...] = ()


def load_texts(language: Language, domain: str, folder: Path = TRANSLATIONS) -> Texts:
    """Return the compiled texts of a domain; where there are none, texts stay as they are."""
    compiled = po_path(folder, language, domain).with_suffix(".mo")
    if language.is_source or not compiled.exists():
        return Texts()
    with compiled.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    known = json.loads(compiled.with_suffix(".json").read_text(encoding="utf-8"))
    on = known["reviewed_on"]
    truth = Truth(
        tuple((state, known["counts"][state]) for state in STATES),
        tuple(known["reviewed_by"]),
        date.fromisoformat(on) if on else None,
    )
    missing, unsafe, pages = (known[key] for key in ("missing", "unsafe", "pages"))
    return Texts(translations, frozenset(missing), frozenset(unsafe), truth, tuple(pages))


def compile_all(languages: Iterable[Language], folder: Path = TRANSLATIONS) -> list[Path]:
    """Compile each .po file newer than its .mo, with what is true of its texts; return the files written."""
    written = []
    for language in languages:
        for source in sorted((folder / language.tag / "LC_MESSAGES").glob("*.po")):
            target = source.with_suffix(".mo")
            if not _is_current(source, target):
                _compile(source, target, language)
                written.append(target)
    return written


def _is_current(source: Path, target: Path) -> bool:
    # What this module writes may be of another shape than what an older one wrote.
    newest = max(source.stat().st_mtime_ns, Path(__file__).stat().st_mtime_ns)
    written = (target, target.with_suffix(".json"))
    return all(path.exists() and path.stat().st_mtime_ns >= newest for path in written)


def _compile(source: Path, target: Path, language: Language) -> None:
    catalog = read(source, language.babel)
    states = {message.id: state_of(message, language) for message in catalog if message.id}
    truth = truth_of(catalog, language)
    known = {
        "missing": [_key(found) for found, state in states.items() if state == MISSING],
        "unsafe": [
            _key(message.id)
            for message in catalog
            if states.get(message.id) == STALE and SAFETY in message.auto_comments
        ],
        "pages": [_key(message.id) for message in catalog if message.id and _is_of_pages(message)],
        "counts": dict(truth.counts),
        "reviewed_by": truth.reviewed_by,
        "reviewed_on": truth.reviewed_on and truth.reviewed_on.isoformat(),
    }
    for message in catalog:
        if states.get(message.id) == MISSING:
            message.string = ""  # half a plural is none: its numbers would be said in two languages
    target.with_suffix(".json").write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    with target.open("wb") as file:
        write_mo(file, catalog, use_fuzzy=True)


def _is_of_pages(message: Message) -> bool:
    return any(
        comment.startswith(_TEMPLATES) and not comment.startswith(_OF_STAFF) for comment in message.auto_comments
    )


def _key(message_id: str | list[str] | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]
