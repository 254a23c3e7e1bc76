"""The languages of the portal: one line each in translations/languages.yaml, and nothing anywhere else."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.core import Locale, UnknownLocaleError

from portal.domain.languages.wording import SCRIPTS
from portal.store.reading import Fields, Findings, read_each, read_yaml

TRANSLATIONS = Path(__file__).resolve().parents[3] / "translations"

PLAIN_DATE = "d MMMM yyyy"
"""How a day is written where a language does not say otherwise."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its tag in addresses, its own name, its Swedish name, its direction, and how it is written.

    babel: the locale of dates and plurals; accept: other codes that lead to it; comma: what stands between the things
    of a list; date: how a day is written, in CLDR's letters; script: the rules its texts follow
    (domain/languages/wording.py); is_written: its texts are written in it, not translated; word: how
    it says "language"; aloud: how "Jag talar …. Jag behöver tolk." sounds, in its own letters, where none are Latin.
    """

    tag: str
    name: str
    swedish: str
    direction: str
    babel: str
    is_source: bool = False
    accept: tuple[str, ...] = ()
    comma: str = ", "
    date: str = PLAIN_DATE
    script: str = "Latn"
    is_written: bool = False
    word: str = ""
    aloud: str = ""

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
        is_source = fields.boolean("source") or False
        return Language(
            tag,
            fields.string("name") or tag,
            fields.string("swedish") or tag,
            fields.one_of("dir", ("ltr", "rtl")) or "ltr",
            _locale(fields) or tag,
            is_source,
            tuple(code.lower() for code in fields.strings("accept", required=False)),
            f"{fields.string('comma', required=False) or ','} ",
            fields.string("date", required=False) or PLAIN_DATE,
            fields.one_of("script", SCRIPTS, required=False) or "Latn",
            fields.boolean("written") or is_source,
            fields.string("word", required=False) or "",
            fields.string("aloud", required=False) or "",
        )

    name = "languages.yaml"
    found = read_each(read_yaml(folder / name, name, findings), name, "", findings, read)
    if sum(language.is_source for language in found.values()) != 1:
        findings.add(name, "source", "exactly one language is the source")
    for code, tags in _shared_codes(found).items():
        findings.add(name, "accept", f"{code} leads to more than one language: {', '.join(tags)}")
    if findings.found:
        raise BrokenLanguages("\n".join(finding.line for finding in findings.found))
    return found


def _shared_codes(languages: Mapping[str, Language]) -> dict[str, list[str]]:
    leads: dict[str, list[str]] = {}
    for language in languages.values():
        for code in (language.tag.lower(), *language.accept):
            leads.setdefault(code, []).append(language.tag)
    return {code: tags for code, tags in leads.items() if len(tags) > 1}


def _locale(fields: Fields) -> str | None:
    """Take a locale that Babel knows."""
    tag = fields.string("babel")
    try:
        return tag and str(Locale.parse(tag))
    except (UnknownLocaleError, ValueError):
        fields.wrong("babel", f"is no locale that is known: {tag!r}")
        return None
