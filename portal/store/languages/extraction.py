"""The Swedish texts of the portal and of each kommun, as gettext templates that come out the same every time."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from portal.domain.applications.kinds import ApplicationKind
from portal.domain.catalogue.answers import Question
from portal.domain.catalogue.insatser import How, Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.domain.sentences import Sentence

CODE = Path(__file__).resolve().parents[2]
PORTAL = "messages"
"""The domain of the portal's own words; a kommun's domain has the kommun's id."""

SAFETY = "safety"
"""The comment of a text never shown in an old translation alone: 112, violence, children, consent, rights."""

_SAYS_SAFETY = re.compile(
    r"\b112\b|\bakut|\bfara\b|\bvåld|\bhota?\b|far illa|\bsjälvmord|\bsamtyck|\bvårdnadshavare|\böverklag"
    r"|\brätt(?:en)? att ansöka|\balltid ansöka|\bring nu\b|\bskyddad",
    re.IGNORECASE,
)
"""Words that make a text one about safety wherever it stands: nobody has to remember to mark it."""

FIXED = datetime(2026, 1, 1, tzinfo=UTC)
"""A date that never moves: extraction must be reproducible, so that staleness is a diff."""

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
_TAG = "Translators:"
_SAFETY_QUESTIONS = ("violence", "guardian_consent")


def domains(catalogue: Catalogue) -> tuple[str, ...]:
    """Return every domain: the portal's own and one for each kommun."""
    return (PORTAL, *catalogue.kommuner)


def extract(knowledge: Knowledge, domain: str) -> Catalog:
    """Return the template of a domain: every Swedish text, with where it stands and whether it is about safety."""
    template = Catalog(
        project="Insatsportalen",
        version="1",
        copyright_holder="Insatsportalen",
        creation_date=FIXED,
        revision_date=FIXED,
        header_comment=f"# {domain}: the Swedish texts of Insatsportalen, and their translations.",
        fuzzy=False,
    )
    if domain == PORTAL:
        for text, where, is_safety in _portal_texts(knowledge):
            _add(template, text, where, is_safety)
        _add_from_code(template)
    else:
        catalogue = knowledge.catalogue
        for text, where, is_safety in _kommun_texts(catalogue, catalogue.kommuner[domain]):
            _add(template, text, where, is_safety)
    return template


def _add(template: Catalog, text: Sentence, where: str, is_safety: bool) -> None:
    if text.text:
        template.add(text.text, auto_comments=[where, SAFETY] if is_safety or says_safety(text.text) else [where])


def _add_from_code(template: Catalog) -> None:
    for message, where in _code_texts():
        says = " ".join(message) if isinstance(message, tuple) else message
        template.add(message, auto_comments=[*where, SAFETY] if says_safety(says) else where)


@cache
def _code_texts() -> tuple[tuple[str | tuple[str, ...], tuple[str, ...]], ...]:
    """Return every text of code and templates, which do not change while a command runs, with where it stands."""
    found = extract_from_dir(
        CODE, method_map=_METHODS, keywords=dict(_KEYWORDS), comment_tags=[_TAG], strip_comment_tags=True
    )
    by_place = sorted(found, key=lambda item: (item[0], item[1]))
    return tuple((message, (f"portal/{file}", *comments)) for file, _line, message, comments, _context in by_place)


def says_safety(text: str) -> bool:
    """Return whether a Swedish text is about danger, violence, consent or the right to apply, by its words."""
    return _SAYS_SAFETY.search(text) is not None


def _portal_texts(knowledge: Knowledge) -> Iterator[tuple[Sentence, str, bool]]:
    catalogue, rules = knowledge.catalogue, knowledge.applications
    for topic in catalogue.topics.values():
        yield topic.name, f"topic {topic.id}", topic.safety
        yield topic.hint, f"topic {topic.id}: hint", topic.safety
    for question in catalogue.questions.values():
        is_safety = question.id in _SAFETY_QUESTIONS
        yield from ((text, f"question {question.id}: {key}", is_safety) for text, key in question_texts(question))
    for kind in rules.kinds.values():
        is_safety = kind.id in catalogue.topics and catalogue.topics[kind.id].safety
        yield from ((text, where, is_safety or where.endswith(": summary")) for text, where in _kind_texts(kind))
    for limit in rules.time_limits.values():
        yield from ((says, f"time limit {limit.id}", False) for says in dict.fromkeys((limit.says, limit.staff_says)))
    for rule in rules.keeping.values():
        yield rule.says, f"retention {rule.id}", False
    for phrase in rules.phrases.values():
        yield phrase.says, f"phrase {phrase.id}", False
    for line in catalogue.helplines:
        yield line.word, f"helpline {line.name}: in a word", True
        yield line.says, f"helpline {line.name}", True
    for insats in catalogue.by_law:
        for text, key in insats_texts(insats):
            yield text, f"law {insats.id}: {key}", _is_safety(catalogue, insats)


def _kind_texts(kind: ApplicationKind) -> Iterator[tuple[Sentence, str]]:
    yield kind.name, f"application kind {kind.id}"
    yield kind.summary, f"application kind {kind.id}: summary"
    for fact in kind.facts:
        place = f"application kind {kind.id}: question {fact.id}"
        yield fact.ask, place
        yield fact.why, f"{place}: why"
        yield from ((option.name, f"{place}: option {option.id}") for option in fact.options)


def question_texts(question: Question) -> Iterator[tuple[Sentence, str]]:
    """Yield every text of a question, with the key it stands under; topics have texts of their own."""
    texts = {"ask": question.ask, "short": question.short, "why": question.why, "hint": question.hint}
    for key, text in {**texts, "none": question.none}.items():
        if text is not None:
            yield text, key
    yield from ((group.name, f"group {group.id}") for group in question.groups)
    if question.id != "topics":
        yield from ((option.name, f"option {option.id}") for option in question.options)


def _is_safety(catalogue: Catalogue, insats: Insats) -> bool:
    return any(catalogue.topics[topic].safety for topic in insats.topics)


def kommun_texts(kommun: Kommun) -> Iterator[tuple[Sentence, str]]:
    """Yield every text of a kommun's catalogue, with where it stands."""
    for contact in kommun.contacts.values():
        yield contact.unit, f"contact {contact.id}: the name of the unit"
        if contact.ask_for is not None:
            yield contact.ask_for, f"contact {contact.id}: what to ask for on the phone"
    for insats in sorted(kommun.insatser.values(), key=lambda found: found.id):
        if insats.by_law is not None:
            continue  # its words are the portal's own
        yield from ((text, f"{insats.id}: {key}") for text, key in insats_texts(insats))


def _kommun_texts(catalogue: Catalogue, kommun: Kommun) -> Iterator[tuple[Sentence, str, bool]]:
    safety = {insats.id for insats in kommun.insatser.values() if _is_safety(catalogue, insats)}
    for text, where in kommun_texts(kommun):
        yield text, where, where.partition(":")[0] in safety


def insats_texts(insats: Insats) -> Iterator[tuple[Sentence, str]]:
    """Yield every text of an insats, with the key it stands under."""
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
