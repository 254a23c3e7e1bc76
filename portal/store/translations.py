"""Languages and translations: gettext files under translations/, one domain for the portal and one for each kommun."""

import gettext
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from babel.plural import to_gettext

from portal.domain.application_kinds import ApplicationKind
from portal.domain.catalogue import Catalogue, How, Insats, Kommun
from portal.domain.sentences import Sentence
from portal.store.reading import Fields, Findings, read_each, read_yaml

TRANSLATIONS = Path(__file__).resolve().parents[2] / "translations"
CODE = Path(__file__).resolve().parents[1]
PORTAL = "messages"
"""The domain of the portal's own words; a kommun's domain has the kommun's id."""

_KEYWORDS: Mapping[str, tuple[int, ...] | None] = {
    "_": None,
    "plain": None,
    "ngettext": (1, 2),
    "sentence": None,
    "counted": (1, 2),
    "fixed": None,
    "forms": (1, 2),
}
_METHODS = [("**/templates/**.html", "jinja2.ext.babel_extract"), ("**.py", "python")]
# A date that never moves: extraction must be reproducible, so that staleness is a diff.
_FIXED = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the portal: its tag in addresses, its own name, its Swedish name and its direction."""

    tag: str
    name: str
    swedish: str
    direction: str
    babel: str
    is_source: bool

    @property
    def is_rtl(self) -> bool:
        """Whether it is written from right to left."""
        return self.direction == "rtl"


class BrokenLanguages(Exception):
    """translations/languages.yaml cannot be used."""


def load_languages(folder: Path = TRANSLATIONS) -> dict[str, Language]:
    """Return the languages by tag, in menu order; raise BrokenLanguages when the file is wrong."""
    findings = Findings()

    def read(tag: str, fields: Fields) -> Language:
        return Language(
            tag,
            fields.string("name") or tag,
            fields.string("swedish") or tag,
            fields.one_of("dir", ("ltr", "rtl")) or "ltr",
            _locale(fields) or tag,
            fields.boolean("source") or False,
        )

    name = "languages.yaml"
    found = read_each(read_yaml(folder / name, name, findings), name, "", findings, read)
    if sum(language.is_source for language in found.values()) != 1:
        findings.add(name, "source", "exactly one language is the source")
    if findings.found:
        raise BrokenLanguages("\n".join(finding.line for finding in findings.found))
    return found


def _locale(fields: Fields) -> str | None:
    """Take a locale that Babel knows."""
    tag = fields.string("babel")
    try:
        return tag and str(Locale.parse(tag))
    except (UnknownLocaleError, ValueError):
        fields.wrong("babel", f"is no locale that is known: {tag!r}")
        return None


def load_translations(language: Language, domain: str, folder: Path = TRANSLATIONS) -> gettext.NullTranslations:
    """Return the compiled translations of a domain; where there are none, texts stay as they are."""
    path = folder / language.tag / "LC_MESSAGES" / f"{domain}.mo"
    if language.is_source or not path.exists():
        return gettext.NullTranslations()
    with path.open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def compile_all(folder: Path = TRANSLATIONS) -> list[Path]:
    """Compile every .po file newer than its .mo, without its doubtful (fuzzy) texts; return the files written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalog = read_po(file)
        with target.open("wb") as file:
            write_mo(file, catalog)
        written.append(target)
    return written


# ---------------------------------------------------------------------------------------------- extraction


def domains(catalogue: Catalogue) -> tuple[str, ...]:
    """Return every domain: the portal's own and one for each kommun."""
    return (PORTAL, *catalogue.kommuner)


def extract(catalogue: Catalogue, domain: str) -> Catalog:
    """Return the template of a domain: every Swedish text, with where it stands."""
    template = Catalog(
        project="Insatsportalen",
        version="1",
        copyright_holder="Insatsportalen",
        creation_date=_FIXED,
        revision_date=_FIXED,
        header_comment=f"# {domain}: the Swedish texts of Insatsportalen, and their translations.",
        fuzzy=False,
    )
    if domain == PORTAL:
        for text, where in _portal_texts(catalogue):
            _add(template, text, where)
        _add_from_code(template)
    else:
        for text, where in kommun_texts(catalogue.kommuner[domain]):
            _add(template, text, where)
    return template


def _add(template: Catalog, text: Sentence, where: str) -> None:
    if text.text:
        template.add(text.text, auto_comments=[where])


def _add_from_code(template: Catalog) -> None:
    found = extract_from_dir(CODE, method_map=_METHODS, keywords=dict(_KEYWORDS), comment_tags=["Translators:"])
    for file, _line, message, comments, _context in sorted(found, key=lambda item: (item[0], item[1])):
        template.add(message, auto_comments=[f"portal/{file}", *comments])


def _portal_texts(catalogue: Catalogue) -> Iterator[tuple[Sentence, str]]:
    for topic in catalogue.topics.values():
        yield topic.name, f"topic {topic.id}"
        yield topic.hint, f"topic {topic.id}: hint"
    for question in catalogue.questions.values():
        texts = {"ask": question.ask, "short": question.short, "why": question.why, "hint": question.hint}
        for key, text in {**texts, "none": question.none}.items():
            if text is not None:
                yield text, f"question {question.id}: {key}"
        if question.id != "topics":
            yield from ((option.name, f"question {question.id}: option {option.id}") for option in question.options)
    for kind in catalogue.application_kinds.values():
        yield from _kind_texts(kind)
    yield from ((limit.says, f"time limit {limit.id}") for limit in catalogue.time_limits.values())
    yield from ((rule.says, f"retention {rule.id}") for rule in catalogue.keeping.values())
    yield from ((phrase.says, f"phrase {phrase.id}") for phrase in catalogue.phrases.values())
    for line in catalogue.helplines:
        yield line.says, f"helpline {line.name}"
    for insats in catalogue.by_law:
        yield from ((text, f"law {insats.id}: {key}") for text, key in _insats_texts(insats))


def _kind_texts(kind: ApplicationKind) -> Iterator[tuple[Sentence, str]]:
    yield kind.name, f"application kind {kind.id}"
    yield kind.summary, f"application kind {kind.id}: summary"
    for fact in kind.facts:
        place = f"application kind {kind.id}: question {fact.id}"
        yield fact.ask, place
        yield fact.why, f"{place}: why"
        yield from ((option.name, f"{place}: option {option.id}") for option in fact.options)


def kommun_texts(kommun: Kommun) -> Iterator[tuple[Sentence, str]]:
    """Yield every text of a kommun's catalogue, with where it stands."""
    for contact in kommun.contacts.values():
        yield contact.unit, f"contact {contact.id}: the name of the unit"
        if contact.ask_for is not None:
            yield contact.ask_for, f"contact {contact.id}: what to ask for on the phone"
    for insats in sorted(kommun.insatser.values(), key=lambda found: found.id):
        if insats.by_law is not None:
            continue  # its words are the portal's own
        yield from ((text, f"{insats.id}: {key}") for text, key in _insats_texts(insats))


def _insats_texts(insats: Insats) -> Iterator[tuple[Sentence, str]]:
    yield insats.name, "name"
    yield insats.summary, "summary"
    yield insats.audience, "audience"
    yield from ((text, "happens") for text in insats.happens)
    yield from ((text, "guidance") for text in insats.guidance)
    yield from _how_texts(insats.how)
    for note, key in ((insats.cost.note, "cost"), (insats.documentation.note, "documentation")):
        if note is not None:
            yield note, key
    for part in insats.parts:
        yield part.name, f"part {part.id}: name"
        yield part.summary, f"part {part.id}: summary"
        yield from _how_texts(part.how)
    yield from ((text, "search word") for text in insats.search)


def _how_texts(how: How) -> Iterator[tuple[Sentence, str]]:
    if how.note is not None:
        yield how.note, "how"


# ------------------------------------------------------------------------------------------ files of a language


def po_path(folder: Path, language: Language, domain: str) -> Path:
    """Return where the translations of a domain into a language stand."""
    return folder / language.tag / "LC_MESSAGES" / f"{domain}.po"


def update(catalogue: Catalogue, languages: Iterable[Language], folder: Path = TRANSLATIONS) -> list[Path]:
    """Bring templates and languages up to the Swedish texts; a changed text makes its translation doubtful."""
    written = []
    for domain in domains(catalogue):
        template = extract(catalogue, domain)
        target = folder / f"{domain}.pot"
        _write(template, target)
        written.append(target)
        for language in languages:
            if not language.is_source:
                path = po_path(folder, language, domain)
                _write(merged(template, path, language), path)
                written.append(path)
    return written


def merged(template: Catalog, path: Path, language: Language) -> Catalog:
    """Return a language's translations laid over the template."""
    if path.exists():
        with path.open("rb") as file:
            found = read_po(file, locale=language.babel)
    else:
        found = Catalog(locale=language.babel, fuzzy=False)
    found.update(template, update_header_comment=True)
    found.mime_headers = [("Plural-Forms", _plural_forms(language))]
    for message in found:
        asked = template.get(message.id)
        if asked is not None:  # what the old text needed is nothing to the new one
            message.flags = set(asked.flags) | ({"fuzzy"} if message.fuzzy else set())
    found.creation_date = found.revision_date = _FIXED
    found.fuzzy = False
    found.obsolete.clear()
    return found


def _plural_forms(language: Language) -> str:
    """Return the rule of CLDR: Babel's own table for gettext is wrong for Arabic from 11 upwards."""
    return to_gettext(Locale.parse(language.babel).plural_form)


def _write(catalog: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=0, sort_by_file=False)


def missing(catalogue: Catalogue, language: Language, domain: str, folder: Path = TRANSLATIONS) -> list[str]:
    """Return the Swedish texts of a domain that have no current translation into a language."""
    if language.is_source:
        return []
    current = merged(extract(catalogue, domain), po_path(folder, language, domain), language)
    return [
        _shown(message.id) for message in current if message.id and (message.fuzzy or not _complete(message.string))
    ]


def _shown(message_id: str | list[str] | tuple[str, ...]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def _complete(string: str | list[str] | tuple[str, ...] | None) -> bool:
    return bool(string) if isinstance(string, str) else bool(string) and all(string or ())
