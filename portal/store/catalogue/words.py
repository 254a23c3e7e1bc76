"""What people call things, from data/words.yaml: the languages' own bending, and the words of each topic and option."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from portal.domain.catalogue.answers import QuestionBank
from portal.domain.catalogue.facts import ACUTE_NEEDS
from portal.domain.catalogue.queries import compared_as, words_of
from portal.domain.catalogue.whole import Topic
from portal.domain.catalogue.words import NEED, Tongue, Words
from portal.store.reading import Fields, Findings, read_yaml

NAME = "words.yaml"


def meanings(topics: Mapping[str, Topic], questions: QuestionBank) -> tuple[str, ...]:
    """Return all that a word can mean: topics, the options under them, acute needs."""
    options = [f"{topic}.{option.id}" for topic in topics if topic in questions for option in questions[topic].options]
    return (*topics, *options, *(f"{NEED}{need}" for need in ACUTE_NEEDS))


def read_words(shared_in: Path, topics: Mapping[str, Topic], questions: QuestionBank, findings: Findings) -> Words:
    """Return the words; an unknown meaning or language, or a phrase that stands twice, is a finding."""
    data = Fields(read_yaml(shared_in / NAME, NAME, findings), NAME, "", findings)
    tongues = _read_tongues(data, findings)
    known = meanings(topics, questions)
    said: dict[str, Mapping[str, tuple[str, ...]]] = {}
    inner = data.take("words")
    data.done()
    for meaning, by_tongue in (inner if isinstance(inner, Mapping) else {}).items():
        fields = Fields(by_tongue, NAME, f"words.{meaning}", findings)
        if meaning in known:
            said[str(meaning)] = _read_phrases(fields, tongues)
        else:
            fields.wrong("", "is no topic, no option under one (topic.option) and no acute need (need.…)")
    if inner is not None and not isinstance(inner, Mapping):
        findings.add(NAME, "words", "must be a mapping of meanings")
    return Words(tongues, said)


def _read_tongues(data: Fields, findings: Findings) -> dict[str, Tongue]:
    same: dict[str, str] = {}

    def read(tag: str, fields: Fields) -> Tongue:
        if fields.has("as"):
            same[tag] = fields.string("as") or ""
        return Tongue(
            tag,
            frozenset(word.compared for word in words_of(fields.string("stop", required=False) or "")),
            _longest_first(fields.string("beginnings", required=False)),
            _longest_first(fields.string("endings", required=False)),
            fields.boolean("joins") or False,
        )

    found = data.each("languages", read)
    for tag, other in same.items():
        if other in same or other not in found:
            findings.add(NAME, f"languages.{tag}.as", f"has no {other!r} with words of its own")
        else:
            found[tag] = found[other]
    return found


def _longest_first(affixes: str | None) -> tuple[str, ...]:
    return tuple(sorted({compared_as(affix) for affix in (affixes or "").split()}, key=lambda one: (-len(one), one)))


_PARTED = re.compile(r"(?:(?<=/)|(?<![^\s]))[^\s/]*(?=/)|(?<=/)[^\s/]*")
"""What stands on either side of a stroke."""


def _is_word(text: str) -> bool:
    # Nearly all are told by one look; the rest is read as a query would be.
    return text[:1].isalpha() or bool(words_of(text))


def _is_one_word(text: str) -> bool:
    return text.isalpha() or len(words_of(text)) == 1


def _read_phrases(fields: Fields, tongues: Collection[str]) -> dict[str, tuple[str, ...]]:
    found = {}
    for tag in tongues:
        text = fields.string(tag, required=False)
        if text is None:
            continue
        phrases = Counter(phrase.strip() for phrase in text.split(","))
        for phrase, times in phrases.items():
            if not _is_word(phrase):
                fields.wrong(tag, "has a comma with no word before or after it")
            elif "/" in phrase and not all(map(_is_one_word, _PARTED.findall(phrase))):
                fields.wrong(tag, f"has {phrase!r}: on both sides of / stands one word")
            elif times > 1:
                fields.wrong(tag, f"has {phrase!r} twice")
        found[tag] = tuple(phrase for phrase in phrases if _is_word(phrase))
    fields.done()
    return found
