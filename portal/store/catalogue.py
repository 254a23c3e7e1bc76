"""The catalogue from its files: questions, topics, helplines, kinds of application, and each kommun (docs/catalogue.md)."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from pathlib import Path

from portal.domain import catalogue as c
from portal.domain.answers import Option, Question, QuestionBank
from portal.domain.conditions import (
    ACUTE_NEEDS,
    BadCondition,
    Condition,
    Acute,
    SituationNames,
    read_condition,
)
from portal.domain.law import ERROR, Finding, examine
from portal.domain.opening import WEEKDAYS, Hours, ShortDay
from portal.domain.sentences import Sentence
from portal.store.reading import Fields, Findings, read_each, read_yaml

DATA = Path(__file__).resolve().parents[2] / "data"
"""The reviewed files that the portal ships."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_QUESTION_KINDS = ("one_of", "any_of", "age", "ages", "months")


class BrokenCatalogue(Exception):
    """A catalogue that must not be shown: its findings name file, place, what is wrong and the paragraph."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(finding.line for finding in self.findings))


def load_catalogue(kommuner_in: Path = DATA, *, only: Iterable[str] = (), shared_in: Path = DATA) -> c.Catalogue:
    """Return the catalogue, with the kommuner of one folder; raise BrokenCatalogue on any error in it."""
    found, findings = read_catalogue(kommuner_in, only=only, shared_in=shared_in)
    errors = [finding for finding in findings if finding.severity == ERROR]
    if errors:
        raise BrokenCatalogue(errors)
    return found


def read_catalogue(
    kommuner_in: Path = DATA, *, only: Iterable[str] = (), shared_in: Path = DATA
) -> tuple[c.Catalogue, tuple[Finding, ...]]:
    """Return what could be read of a catalogue, and everything that is wrong or doubtful in it."""
    findings = Findings()
    topics = _read_topics(shared_in, findings)
    questions = _read_questions(shared_in, topics, findings)
    kinds = _read_application_kinds(shared_in, findings)
    helplines, leave_to = _read_helplines(shared_in, topics, findings)
    names = situation_names(questions)
    folders = _kommun_folders(kommuner_in, tuple(only), findings)
    kommuner = {folder.name: _read_kommun(folder, names, topics, kinds, findings) for folder in folders}
    found = c.Catalogue(questions, topics, helplines, kinds, kommuner, leave_to)
    return found, (*findings.found, *(finding for kommun in kommuner.values() for finding in examine(kommun)))


def _kommun_folders(kommuner_in: Path, only: tuple[str, ...], findings: Findings) -> list[Path]:
    root = kommuner_in / "kommuner"
    if not root.is_dir():
        findings.add(str(root), "", "the folder is missing")
        return []
    folders = sorted(path for path in root.iterdir() if path.is_dir())
    for wanted in only:
        if wanted not in {folder.name for folder in folders}:
            findings.add(str(root), wanted, "there is no such kommun")
    return [folder for folder in folders if not only or folder.name in only]


def situation_names(questions: Mapping[str, Question]) -> SituationNames:
    """Return the names of the options of every follow-up question, by topic."""
    return {
        question.only_if: {option.id: option.name for option in question.options}
        for question in questions.values()
        if question.only_if
    }


# ------------------------------------------------------------------------------------------- shared files


def _read_topics(shared_in: Path, findings: Findings) -> dict[str, c.Topic]:
    def read(topic_id: str, fields: Fields) -> c.Topic:
        return c.Topic(topic_id, fields.text("name"), fields.text("hint"), fields.boolean("safety") or False)

    return read_each(read_yaml(shared_in / "topics.yaml", "topics.yaml", findings), "topics.yaml", "", findings, read)


def _read_questions(shared_in: Path, topics: Mapping[str, c.Topic], findings: Findings) -> QuestionBank:
    def read_option(option_id: str, fields: Fields) -> Option:
        return Option(option_id, fields.text("name", gaps=("neighbours", "kommun")))

    def read(question_id: str, fields: Fields) -> Question:
        kind = fields.one_of("kind", _QUESTION_KINDS) or "one_of"
        options = tuple(fields.each("options", read_option, required=False).values())
        if fields.one_of("options_from", ("topics",), required=False):
            options = tuple(Option(topic.id, topic.name, topic.hint) for topic in topics.values())
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
        )

    data = read_yaml(shared_in / "questions.yaml", "questions.yaml", findings)
    return QuestionBank(read_each(data, "questions.yaml", "", findings, read))


def _range(fields: Fields) -> tuple[int, int]:
    ends = fields.items("range", required=False)
    if not ends:
        return 0, 0
    if len(ends) != 2 or not all(isinstance(end, int) for end in ends):
        fields.wrong("range", "must be [lowest, highest]")
        return 0, 0
    return int(str(ends[0])), int(str(ends[1]))


def _read_application_kinds(shared_in: Path, findings: Findings) -> dict[str, c.ApplicationKind]:
    def read(kind_id: str, fields: Fields) -> c.ApplicationKind:
        return c.ApplicationKind(kind_id, fields.text("name"), fields.text("summary"), fields.string("law") or "")

    name = "application_kinds.yaml"
    return read_each(read_yaml(shared_in / name, name, findings), name, "", findings, read)


def _read_helplines(
    shared_in: Path, topics: Mapping[str, c.Topic], findings: Findings
) -> tuple[tuple[c.Helpline, ...], str]:
    name = "helplines.yaml"
    fields = Fields(read_yaml(shared_in / name, name, findings), name, "", findings)
    known = (*ACUTE_NEEDS, *topics, "child")

    def read(line_id: str, line: Fields) -> c.Helpline:
        return c.Helpline(
            line_id,
            line.string("name") or "",
            line.string("phone") or "",
            line.text("says"),
            frozenset(line.some_of("when", known, required=False)),
            line.boolean("always") or False,
            line.boolean("confirmed") or False,
            line.string("source") or "",
        )

    lines = tuple(fields.each("lines", read).values())
    leave_to = fields.string("leave_to") or ""
    fields.done()
    return lines, leave_to


# --------------------------------------------------------------------------------------------- one kommun


def _read_kommun(
    folder: Path,
    names: SituationNames,
    topics: Mapping[str, c.Topic],
    kinds: Mapping[str, c.ApplicationKind],
    findings: Findings,
) -> c.Kommun:
    file = f"kommuner/{folder.name}/kommun.yaml"
    fields = Fields(read_yaml(folder / "kommun.yaml", file, findings), file, "", findings)
    decisions = fields.each("decisions", _read_decision)
    contacts = fields.each("contacts", _read_contact)
    centre = fields.one_of("contact_centre", contacts) or ""
    for contact in contacts.values():
        if contact.through is not None and (
            contact.through not in contacts or contacts[contact.through].through is not None
        ):
            findings.add(file, f"contacts.{contact.id}.through", "must be a contact with a phone of its own")
    insatser = _read_insatser(folder, names, topics, kinds, decisions, contacts, findings)
    kommun = c.Kommun(
        folder.name,
        name=fields.string("name") or folder.name,
        full_name=fields.string("full_name") or folder.name,
        neighbours=fields.strings("neighbours", required=False),
        postal_towns=fields.strings("postal_towns", required=False),
        contact_centre=centre,
        contacts=contacts,
        insatser=insatser,
        decisions=decisions,
    )
    if "neighbour" in kommun.residence_options and not kommun.neighbours:
        fields.wrong("neighbours", "an insats is shared with a neighbour, but none is named")
    fields.done()
    return kommun


def _read_decision(decision_id: str, fields: Fields) -> c.Decision:
    return c.Decision(
        decision_id,
        fields.string("board") or "",
        fields.string("number", required=False),
        fields.day("date", required=False),
    )


def _read_contact(contact_id: str, fields: Fields) -> c.Contact:
    through = fields.string("through", required=False)
    ask_for = fields.maybe_text("ask_for", required=through is not None)
    phone = fields.string("phone", required=False)
    email = fields.string("email", required=False)
    if through is None and phone is None and email is None:
        fields.wrong("", "a contact needs a phone, an email or a contact it is reached through")
    confirmed = fields.fields("confirmed", required=False)
    confirmation = None
    if confirmed is not None:
        on, by = confirmed.day("on"), confirmed.string("by")
        confirmed.done()
        confirmation = c.Confirmation(on, by) if on and by else None
    return c.Contact(
        contact_id,
        unit=fields.text("unit"),
        phone=phone,
        email=email,
        hours=tuple(span for item in fields.items("hours", required=False) for span in _read_hours(item, fields)),
        short_day=_read_short_day(fields),
        visit=fields.string("visit", required=False),
        languages=fields.strings("languages", required=False),
        anonymous=fields.boolean("anonymous"),
        through=through,
        ask_for=ask_for,
        confirmed=confirmation,
        source=fields.string("source", required=False),
    )


def _read_hours(item: object, contact: Fields) -> list[Hours]:
    fields = Fields(item, contact.file, f"{contact.place}.hours", contact.findings)
    days = fields.some_of("days", WEEKDAYS)
    opens, closes = _read_times(fields)
    fields.done()
    return [Hours(WEEKDAYS.index(day), opens, closes) for day in days]


def _read_short_day(contact: Fields) -> ShortDay | None:
    fields = contact.fields("day_before_holiday", required=False)
    if fields is None:
        return None
    opens, closes = _read_times(fields)
    fields.done()
    return ShortDay(opens, closes)


def _read_times(fields: Fields) -> tuple[time, time]:
    opens, closes = (_read_time(fields, key) for key in ("opens", "closes"))
    if opens >= closes:
        fields.wrong("closes", "must be later than opens")
    return opens, closes


def _read_time(fields: Fields, key: str) -> time:
    text = fields.string(key) or ""
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", text):
        fields.wrong(key, f'must be a time such as "08:00", not {text!r}')
        return time(0, 0)
    return time.fromisoformat(text)


# --------------------------------------------------------------------------------------------- its insatser


def _read_insatser(
    folder: Path,
    names: SituationNames,
    topics: Mapping[str, c.Topic],
    kinds: Mapping[str, c.ApplicationKind],
    decisions: Mapping[str, c.Decision],
    contacts: Mapping[str, c.Contact],
    findings: Findings,
) -> dict[str, c.Insats]:
    found: list[c.Insats] = []
    for path in sorted((folder / "insatser").glob("*")):
        file = f"kommuner/{folder.name}/insatser/{path.name}"
        if path.suffix != ".yaml" or not _ID.fullmatch(path.stem):
            findings.add(file, "", "the name must be an id such as abc-3-12.yaml")
            continue
        fields = Fields(read_yaml(path, file, findings), file, "", findings)
        insats = _read_insats(path.stem, fields, names, topics, kinds, decisions, contacts)
        fields.done()
        found.append(insats)
    _check_names(folder.name, found, findings)
    return {insats.id: insats for insats in sorted(found, key=_place_in_lists)}


def _check_names(kommun: str, insatser: list[c.Insats], findings: Findings) -> None:
    by_name: dict[Sentence, str] = {}
    for insats in insatser:
        if insats.name in by_name and insats.name.text:
            findings.add(
                f"kommuner/{kommun}/insatser/{insats.id}.yaml", "name", f"is also the name of {by_name[insats.name]}"
            )
        by_name.setdefault(insats.name, insats.id)


def _place_in_lists(insats: c.Insats) -> tuple[bool, int, str]:
    """Put what meets an acute need first, then what fits fewer people better, then the alphabet."""
    acute = any(isinstance(condition, Acute) for condition in c.flatten(insats.conditions))
    return (not acute, -len(insats.conditions), insats.name.text)


def _read_insats(
    insats_id: str,
    fields: Fields,
    names: SituationNames,
    topics: Mapping[str, c.Topic],
    kinds: Mapping[str, c.ApplicationKind],
    decisions: Mapping[str, c.Decision],
    contacts: Mapping[str, c.Contact],
) -> c.Insats:
    decision_id = fields.one_of("decision", decisions) or ""
    found_topics = fields.some_of("topics", topics)
    if not found_topics:
        fields.wrong("topics", "an insats needs a topic, or nobody finds it")
    return c.Insats(
        insats_id,
        name=fields.text("name"),
        route=fields.one_of("route", c.ROUTES) or "other",
        access=fields.one_of("access", c.ACCESSES) or "self",
        topics=frozenset(found_topics),
        summary=fields.text("summary"),
        audience=fields.text("audience"),
        happens=fields.texts("happens"),
        guidance=fields.texts("guidance", required=False),
        search=fields.texts("search", required=False),
        how=_read_how(fields),
        cost=_read_cost(fields),
        conditions=_read_conditions(fields, names),
        parts=tuple(_read_part(item, fields, names) for item in fields.items("parts", required=False)),
        without_guardian_from=fields.integer("without_guardian_from"),
        documentation=_read_documentation(fields),
        decision=decisions.get(decision_id, c.Decision("", "", None, None)),
        source=_read_source(fields),
        contact=fields.one_of("contact", contacts) or "",
        application=fields.one_of("application", kinds, required=False),
        started_by=fields.one_of("started_by", c.STARTERS, required=False),
    )


def _read_conditions(fields: Fields, names: SituationNames) -> tuple[Condition, ...]:
    found: list[Condition] = []
    for number, item in enumerate(fields.items("conditions"), start=1):
        try:
            found.append(read_condition(item, names))
        except BadCondition as error:
            fields.wrong(f"conditions.{number}", str(error))
    return tuple(found)


def _read_part(item: object, insats: Fields, names: SituationNames) -> c.Part:
    fields = Fields(item, insats.file, "parts", insats.findings)
    part_id = fields.string("id") or ""
    fields.place = f"parts.{part_id}"
    part = c.Part(
        part_id, fields.text("name"), fields.text("summary"), _read_conditions(fields, names), _read_how(fields)
    )
    fields.done()
    return part


def _read_how(insats: Fields) -> c.How:
    fields = insats.fields("how", required=False)
    if fields is None:
        return c.How()
    how = c.How(
        meetings=_read_span(fields, "meetings"),
        minutes=_read_span(fields, "minutes"),
        every=fields.one_of("every", c.FREQUENCIES, required=False),
        weeks=_read_span(fields, "weeks"),
        months=_read_span(fields, "months"),
        group=_read_span(fields, "group"),
        places=fields.some_of("places", c.PLACES, required=False),
        note=fields.maybe_text("note"),
    )
    fields.done()
    return how


def _read_span(fields: Fields, key: str) -> c.Span | None:
    value = fields.take(key, required=False)
    ends = value if isinstance(value, Mapping) else {"from": value, "to": value}
    low, high = ends.get("from"), ends.get("to")
    if value is None:
        return None
    numbers = [end for end in (low, high) if end is not None]
    if high is None or set(ends) - {"from", "to"} or not all(_is_number(end) and end > 0 for end in numbers):
        fields.wrong(key, "must be a number, {from: …, to: …} or {to: …}")
        return None
    if len(numbers) == 2 and low > high:
        fields.wrong(key, "the range is empty")
        return None
    return c.Span(low, high)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _read_cost(insats: Fields) -> c.Cost:
    fields = insats.fields("cost")
    if fields is None:
        return c.Cost("not_stated")
    cost = c.Cost(fields.one_of("kind", c.COSTS) or "not_stated", fields.maybe_text("note"))
    fields.done()
    return cost


def _read_documentation(insats: Fields) -> c.Documentation:
    fields = insats.fields("documentation")
    if fields is None:
        return c.Documentation("not_stated", None, None)
    documentation = c.Documentation(
        fields.one_of("regime", c.REGIMES) or "not_stated",
        fields.string("cited", required=False),
        fields.string("enacted", required=False),
        fields.maybe_text("note"),
    )
    fields.done()
    return documentation


def _read_source(insats: Fields) -> c.Source:
    fields = insats.fields("source")
    if fields is None:
        return c.Source("", "")
    source = c.Source(fields.string("document") or "", fields.string("heading") or "")
    fields.done()
    return source
