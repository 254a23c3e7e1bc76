"""What every kommun shares, from its files: topics, questions and helplines."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from portal.domain.catalogue.answers import Option, OptionGroup, Question, QuestionBank
from portal.domain.catalogue.conditions import SituationNames
from portal.domain.catalogue.contacts import CHILD, Helpline
from portal.domain.catalogue.facts import ACUTE_NEEDS
from portal.domain.catalogue.whole import Topic
from portal.domain.people.phone_numbers import is_phone, is_short
from portal.store.catalogue.number_words import read_number_words
from portal.store.reading import Fields, Findings, read_each, read_yaml

ICONS = Path(__file__).resolve().parents[3] / "static" / "vendor" / "icons"
_QUESTION_KINDS = ("one_of", "any_of", "age", "ages", "months")


def situation_names(questions: Mapping[str, Question]) -> SituationNames:
    """Return the names of the options of every follow-up question, by topic."""
    return {
        question.only_if: {option.id: option.name for option in question.options}
        for question in questions.values()
        if question.only_if
    }


def read_topics(shared_in: Path, findings: Findings) -> dict[str, Topic]:
    """Return the topics by id."""

    def read(topic_id: str, fields: Fields) -> Topic:
        return Topic(
            topic_id, fields.text("name"), fields.text("hint"), fields.boolean("safety") or False, _icon(fields)
        )

    return read_each(read_yaml(shared_in / "topics.yaml", "topics.yaml", findings), "topics.yaml", "", findings, read)


def read_questions(shared_in: Path, topics: Mapping[str, Topic], findings: Findings) -> QuestionBank:
    """Return the question bank."""

    def read_option(option_id: str, fields: Fields) -> Option:
        return Option(option_id, fields.text("name", gaps=("neighbours", "kommun")), icon=_icon(fields))

    def read(question_id: str, fields: Fields) -> Question:
        kind = fields.one_of("kind", _QUESTION_KINDS) or "one_of"
        options = tuple(fields.each("options", read_option, required=False).values())
        if fields.one_of("options_from", ("topics",), required=False):
            options = tuple(Option(topic.id, topic.name, topic.hint, topic.icon) for topic in topics.values())
        if kind in ("one_of", "any_of") and len(options) < 2:
            fields.wrong("options", "a question to choose from needs two options or more")
        low, high = _range(fields)
        if kind not in ("one_of", "any_of") and high <= low:
            fields.wrong("range", "a question about numbers needs range: [lowest, highest]")
        return Question(
            question_id,
            kind,
            ask=fields.text("ask", gaps=("kommun",)),
            short=fields.text("short"),
            why=fields.text("why"),
            options=options,
            hint=fields.maybe_text("hint"),
            none=fields.maybe_text("none"),
            only_if=fields.one_of("only_if", topics, required=False),
            low=low,
            high=high,
            groups=_groups(fields, options),
        )

    data = read_yaml(shared_in / "questions.yaml", "questions.yaml", findings)
    bank = QuestionBank(read_each(data, "questions.yaml", "", findings, read))
    bank.words = read_number_words(shared_in, findings)
    if "topics" not in bank:
        findings.add("questions.yaml", "topics", "is missing: it is the first question of every self-check")
    return bank


def _groups(question: Fields, options: tuple[Option, ...]) -> tuple[OptionGroup, ...]:
    """Take the groups that the options stand in: each option in one, where there are any."""
    known = tuple(option.id for option in options)

    def read(group_id: str, fields: Fields) -> OptionGroup:
        return OptionGroup(group_id, fields.text("name"), fields.some_of("options", known))

    groups = tuple(question.each("groups", read, required=False).values())
    placed = [option for group in groups for option in group.options]
    for option in known if groups else ():
        if placed.count(option) != 1:
            question.wrong("groups", f"must have {option!r} in one group, not in {placed.count(option)}")
    return groups


def _icon(fields: Fields) -> str | None:
    """Take the name of a picture in static/vendor/icons, or None."""
    name = fields.string("icon", required=False)
    if name is not None and not (ICONS / f"{name}.svg").is_file():
        fields.wrong("icon", f"has no picture {name!r} in static/vendor/icons")
    return name


def _range(fields: Fields) -> tuple[int, int]:
    ends = fields.items("range", required=False)
    if not ends:
        return 0, 0
    if len(ends) != 2 or not all(isinstance(end, int) for end in ends):
        fields.wrong("range", "must be [lowest, highest]")
        return 0, 0
    return int(str(ends[0])), int(str(ends[1]))


def read_helplines(
    shared_in: Path, topics: Mapping[str, Topic], questions: QuestionBank, findings: Findings
) -> tuple[tuple[Helpline, ...], str, date | None]:
    """Return the lines that anybody can call, where "leave quickly" leads, and when the numbers were last checked."""
    name = "helplines.yaml"
    fields = Fields(read_yaml(shared_in / name, name, findings), name, "", findings)
    options = [f"{topic}.{option.id}" for topic in topics if topic in questions for option in questions[topic].options]
    known = (*ACUTE_NEEDS, *topics, *options, CHILD)

    def read(line_id: str, line: Fields) -> Helpline:
        phone = line.string("phone") or ""
        if phone and not (is_phone(phone) or is_short(phone)):
            line.wrong("phone", f"is no phone number: {phone!r}")
        return Helpline(
            line_id,
            line.string("name") or "",
            phone,
            line.text("word"),
            line.text("says"),
            frozenset(line.some_of("when", known, required=False)),
            line.boolean("always") or False,
            line.boolean("confirmed") or False,
            line.string("source") or "",
        )

    lines = tuple(fields.each("lines", read).values())
    leave_to, checked_on = fields.string("leave_to") or "", fields.day("checked")
    fields.done()
    return lines, leave_to, checked_on
