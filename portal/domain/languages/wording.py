"""What a translation must hold to: gaps, signs and letters of its script, its end, the terms of the field, wordings.

Source: shared/languages/languages.md, sections 2 to 4 and 10; the plural categories are CLDR's.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

_GAP = re.compile(r"\{[^}]*\}")
_CLOSING = '»›”“’)"'
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f’'-]*")
_JOINER = "\u200c"
# Two numbers with a dash between, but neither a date nor a phone number, which goes on after a space or begins with 0.
_RANGE = r"(?<![\d-])(?!(?<!:)0\d{1,3}-)\d{1,4}\s*[-–—]\s*\d{1,4}(?![\d-]| \d)"


@dataclass(frozen=True)
class Script:
    """How a script is written: letters that never stand in it, spellings that go wrong, and the marks at the end."""

    forbidden: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    stop: str = "."
    question: str = "?"
    may_join: bool = False
    only_latin: bool = True
    is_latin: bool = False


SCRIPTS: Mapping[str, Script] = {
    "Latn": Script(
        wrong={r"[^\x00-\u024f\u2010-\u2022\u2026€−→←↑×\s]": "has a letter of another script"}, is_latin=True
    ),
    "Arab": Script(
        forbidden="یکگپچژہھ",
        wrong={
            r"\u0627\u064b": "has the tanwin after the alif: ًا is written here",
            _RANGE: "has a range with a dash: say it in words",
            r"[\u0600-\u06ff]\s*,": "has a Latin comma: ، stands between words",
            r"[\u0600-\u06ff]\s*\?": "has a Latin question mark: ؟ ends a question",
        },
        question="؟",
    ),
    "Arab-fa": Script(
        forbidden="يكھىة",
        wrong={
            r"\u0647\u0654": "has ه with a mark above: ۀ is one letter here",
            _RANGE: "has a range with a dash: say it in words",
            r"[\u0600-\u06ff]\s*,": "has a Latin comma: ، stands between words",
            r"[\u0600-\u06ff]\s*\?": "has a Latin question mark: ؟ ends a question",
        },
        question="؟",
        may_join=True,
    ),
    "Ethi": Script(
        forbidden="፣፧'",
        wrong={
            r"[\u1200-\u137f]\s*,": "has a Latin comma: ፡ stands between words",
            r"[\u1200-\u137f]\.(?:\s|$)": "has a Latin full stop: ። ends a sentence",
            "[አፀ]": "has the spelling of Ethiopia: ኣ and ጸ are written here",
            r"(?<!እንተ )(?<![\u1200-\u137f’])[ቐቑቒቓቔቕቖቘቝ]": "begins a word with a letter that stands within words",
        },
        stop="።",
    ),
    "Cyrl": Script(
        forbidden="ыэёъЫЭЁЪ",
        wrong={r"[а-яіїєґ]'[а-яіїєґ]": "has a typewriter's apostrophe: ’ is written"},
    ),
}
"""The rules of each script, by the name that translations/languages.yaml gives a language."""


@dataclass(frozen=True)
class Term:
    """A term of the field that has one word in a language: how Swedish says it, and the stems that must be met."""

    key: str
    swedish: re.Pattern[str]
    stems: tuple[tuple[str, ...], ...]
    word: str


def problems(swedish: tuple[str, ...], forms: tuple[str, ...], script: Script) -> Iterator[str]:
    """Yield what is wrong with a translation: `swedish` and `forms` hold one text, or one for each plural form."""
    for form in forms:
        if not form.strip():
            yield "a form is empty"
            continue
        yield from _problems_of_form(swedish[-1], form, script)


def _problems_of_form(swedish: str, form: str, script: Script) -> Iterator[str]:
    wanted, found = sorted(set(_GAP.findall(swedish))), sorted(set(_GAP.findall(form)))
    if wanted != found:
        yield f"the gaps are {', '.join(found) or 'none'}, not {', '.join(wanted) or 'none'}"
    bare = _GAP.sub("", form)
    yield from _problems_of_signs(form, script)
    for letter in sorted({char for char in bare if char in script.forbidden}):
        yield f"has {letter} (U+{ord(letter):04X}), which this language does not write"
    for pattern, says in script.wrong.items():
        if re.search(pattern, bare):
            yield says
    yield from _problems_of_end(swedish, form, script)
    if not script.is_latin:
        for word in _LATIN_WORD.findall(bare):
            if word.casefold() not in swedish.casefold() and f"({word}" not in form and f" {word})" not in form:
                yield f"has a word in Latin letters that the Swedish has not: {word}"


def _problems_of_signs(form: str, script: Script) -> Iterator[str]:
    if form != form.strip() or "  " in form:
        yield "has white space that nobody needs"
    if unicodedata.normalize("NFC", form) != form:
        yield "is not in Unicode's composed form (NFC)"
    for char in form:
        category = unicodedata.category(char)
        if category in ("Cc", "Cf") and char != "\n" and not (char == _JOINER and script.may_join):
            yield f"has a control character (U+{ord(char):04X}); the portal isolates numbers and names itself"
        if category == "Nd" and char not in "0123456789":
            yield f"has the digit {char}: numbers are Latin, as on Swedish letters"


def _problems_of_end(swedish: str, form: str, script: Script) -> Iterator[str]:
    end = swedish.rstrip(_CLOSING)[-1:]
    last = form.rstrip(_CLOSING)[-1:]
    wanted = {".": script.stop, "?": script.question}.get(end)
    if wanted is not None and last not in (wanted, "…"):
        yield f"does not end with {wanted}"
    if (
        wanted is None
        and end not in (":", "!", "…")
        and last in (script.stop, script.question)
        and not _GAP.search(form)
    ):
        yield f"ends with {last}, the Swedish does not"


def terms_left_out(swedish: str, forms: Iterable[str], terms: Iterable[Term]) -> Iterator[str]:
    """Yield each term of the Swedish text whose word a translation does not have, with the word."""
    said, asked = " ".join(forms).casefold(), _GAP.sub("", swedish).casefold()
    for term in terms:
        if term.swedish.search(asked) and not any(all(stem in said for stem in stems) for stems in term.stems):
            yield f"{term.key}: {term.word}"


def term(key: str, swedish: Iterable[str], words: Iterable[str]) -> Term:
    """Return a term; each of `words` is one allowed word, given by the stems that inflection leaves as they are."""
    forms = "|".join(re.escape(form.strip().casefold()) for form in swedish)
    pattern = re.compile(rf"(?<![\wåäö])(?:{forms})(?![\wåäö])")
    allowed = tuple(words)
    return Term(key, pattern, tuple(tuple(word.casefold().split()) for word in allowed), " / ".join(allowed))


@dataclass(frozen=True)
class Wording:
    """A wording that went wrong once in a language and must not come back, and what is said instead."""

    wrong: re.Pattern[str]
    says: str
    swedish: re.Pattern[str] | None = None
    """Only where the Swedish text has this; None is everywhere."""


def wordings_met(swedish: str, forms: Iterable[str], wordings: Iterable[Wording]) -> Iterator[str]:
    """Yield what is to be said instead of each wrong wording in a translation."""
    said = "\n".join(forms)
    for wording in wordings:
        found = wording.wrong.search(said)
        if found is not None and (wording.swedish is None or wording.swedish.search(swedish)):
            yield f"says “{found[0]}”: {wording.says}"


_ASIDE = re.compile(r"\s*\([^)]*\)")


def is_said_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two translations of one text are the same, apart from capitals and what stands in parentheses."""
    return [_ASIDE.sub("", form).casefold() for form in one] == [_ASIDE.sub("", form).casefold() for form in other]
