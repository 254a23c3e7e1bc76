"""The schema of everything that a program sends or gets, from the same vocabulary as the pages."""

from collections.abc import Collection
from typing import Any

from portal.domain.catalogue.answers import MOST_CHILDREN, Question
from portal.domain.catalogue.changes import CHANGES, PUBLISHED
from portal.domain.catalogue.conditions import KINDS
from portal.domain.catalogue.insatser import ACCESSES, COSTS, REGIMES, ROUTES, STARTERS
from portal.domain.catalogue.opening import WEEKDAYS
from portal.domain.catalogue.whole import Catalogue
from portal.domain.groups.planning import TIMES_OF_DAY

JSON = dict[str, Any]


def _object(**properties: JSON) -> JSON:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _list(of: JSON) -> JSON:
    return {"type": "array", "items": of}


def _ref(name: str) -> JSON:
    return {"$ref": f"#/components/schemas/{name}"}


_TEXT: JSON = {"type": "string"}


_NUMBER: JSON = {"type": "integer", "minimum": 0}


_FLAG: JSON = {"type": "boolean"}


_MAYBE_TEXT: JSON = {"type": ["string", "null"]}


_TEXTS: JSON = _list(_TEXT)


def answer_schema(question: Question) -> JSON:
    """Return the schema of one question's answer; null is "don't know"."""
    options = [option.id for option in question.options]
    if question.kind == "one_of":
        return {"enum": [*options, None]}
    if question.kind == "any_of":
        return {"anyOf": [_list({"enum": options}), {"type": "null"}]}
    number = {"type": "integer", "minimum": question.low, "maximum": question.high}
    if question.kind == "age":
        return {"anyOf": [number, {"type": "null"}]}
    return {"anyOf": [{**_list(number), "maxItems": MOST_CHILDREN}, {"type": "null"}]}


def schemas(catalogue: Catalogue, kinds: Collection[str], languages: list[str]) -> JSON:
    """Return the schema of everything that a program sends or gets, by its name."""
    answers = {
        "type": "object",
        "description": "Question id → answer. A missing key was not asked; null is don't know or won't say.",
        "properties": {question.id: answer_schema(question) for question in catalogue.questions.values()},
        "additionalProperties": False,
    }
    where = {"kommun": {"enum": list(catalogue.kommuner)}, "lang": {"enum": languages}}
    short = _short(catalogue)
    return {
        "Request": _object(answers=answers),
        "Result": _object(**where, **_lists(kinds), next_question={"enum": [*catalogue.questions, None]}),
        "Contact": _contact(),
        "Kommuner": _object(
            kommuner=_list(_object(id=_TEXT, name=_TEXT, full_name=_TEXT, insatser={"type": "integer"})),
            languages=_list(_object(tag={"enum": languages}, name=_TEXT, dir={"enum": ["ltr", "rtl"]})),
        ),
        "Questions": _object(**where, questions=_list(_question())),
        "ApiInfo": _api_info(),
        "Paging": _object(page=_NUMBER, limit=_NUMBER, total=_NUMBER, pages=_NUMBER),
        "Insatser": _object(**where, insatser=_list(_object(**short)), paging=_ref("Paging")),
        "Insats": _object(**where, **short, **_long()),
        "Changes": _object(kommun=_TEXT, changes=_list(_change()), until=_moment_or_nothing(), paging=_ref("Paging")),
        "Groups": _object(**where, groups=_list(_group()), paging=_ref("Paging")),
        "Description": {"type": "object"},
        "Problem": _problem_told(),
    }


def _moment_or_nothing() -> JSON:
    return {"type": ["string", "null"], "format": "date-time", "example": "2026-11-30T12:00:00Z"}


def _change() -> JSON:
    """Return one line of what has changed."""
    at = {"type": "string", "format": "date-time", "example": "2026-11-30T12:00:00Z"}
    where = {"type": ["string", "null"]}
    return _object(
        kind={"enum": list(PUBLISHED)}, id=_TEXT, change={"enum": list(CHANGES)}, at=at, url=where, insatser=_TEXTS
    )


def _lists(kinds: Collection[str]) -> JSON:
    """Return the four lists of a result."""
    entry = {"id": _TEXT, "name": _TEXT, "url": _TEXT}
    described = {**entry, "reasons": _TEXTS}
    direct = {**described, "contact": _ref("Contact"), "parts": _list(_object(id=_TEXT, name=_TEXT))}
    needs = _list({"enum": ["guardian_consent", "referral", "invitation"]})
    return {
        "direct": _list(_object(**direct)),
        "maybe": _list(_object(**direct, unknown=_TEXTS, needs=needs, to_ask=_TEXTS)),
        "apply": _list(_object(**described, kind={"enum": list(kinds)}, unknown=_TEXTS)),
        "near": _list(_object(**entry, not_met=_TEXTS)),
    }


def _short(catalogue: Catalogue) -> JSON:
    """Return what a list says of each insats."""
    return {
        "id": _TEXT,
        "name": _TEXT,
        "route": {"enum": list(ROUTES)},
        "access": {"enum": list(ACCESSES)},
        "topics": _list({"enum": list(catalogue.topics)}),
        "summary": _TEXT,
        "audience": _TEXT,
        "contact": _ref("Contact"),
        "url": _TEXT,
        "updated_at": _moment_or_nothing(),
    }


def _contact() -> JSON:
    day, time = {"type": "string", "format": "date"}, {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}
    return _object(
        id=_TEXT,
        unit=_TEXT,
        phone=_MAYBE_TEXT,
        email=_MAYBE_TEXT,
        through=_MAYBE_TEXT,
        ask_for=_MAYBE_TEXT,
        visit=_MAYBE_TEXT,
        anonymous={"type": ["boolean", "null"]},
        hours=_list(_object(day={"enum": list(WEEKDAYS)}, opens=time, closes=time)),
        day_before_holiday={"anyOf": [_object(opens=time, closes=time), {"type": "null"}]},
        closures=_list(_object(first_on=day, last_on=day, reason=_TEXT)),
        confirmed={"type": ["string", "null"], "format": "date"},
        confirmed_by=_MAYBE_TEXT,
    )


def _problem_told() -> JSON:
    return {
        "type": "object",
        "properties": {
            "type": _TEXT,
            "title": _TEXT,
            "status": {"type": "integer"},
            "detail": _TEXT,
            "instance": _TEXT,
            "errors": _list(_object(field=_TEXT, detail=_TEXT)),
        },
        "required": ["type", "title", "status", "detail", "instance"],
        "additionalProperties": False,
    }


def _group() -> JSON:
    instant = {"type": "string", "format": "date-time", "example": "2026-12-01T17:00:00Z"}
    session = {"number": _NUMBER, "starts_at": instant, "ends_at": instant, "place": _MAYBE_TEXT, "cancelled": _FLAG}
    return _object(
        id=_TEXT,
        name=_TEXT,
        insats=_TEXT,
        sample=_FLAG,
        sessions=_list(_object(**session)),
        languages=_TEXTS,
        interpreter=_FLAG,
        time_of_day={"enum": list(TIMES_OF_DAY)},
        online=_FLAG,
        child_minding=_FLAG,
        accessibility=_TEXTS,
        capacity=_NUMBER,
        left=_NUMBER,
        waiting=_NUMBER,
        can_wait=_FLAG,
        contact=_ref("Contact"),
        url=_TEXT,
    )


def _question() -> JSON:
    return {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "kind": {"enum": ["one_of", "any_of", "age", "ages", "months"]},
            "ask": _TEXT,
            "why": _TEXT,
            "options": _list(_object(id=_TEXT, name=_TEXT)),
            "range": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
            "only_if": _TEXT,
        },
        "required": ["id", "kind", "ask", "why"],
        "additionalProperties": False,
    }


def _condition() -> JSON:
    return {
        "type": "object",
        "description": "One kind of condition with its value, as the catalogue writes it; all of a list must be met.",
        "propertyNames": {"enum": list(KINDS)},
        "minProperties": 1,
        "maxProperties": 1,
    }


def _api_info() -> JSON:
    day = {"type": "string", "format": "date"}
    status = {"enum": ["active", "deprecated"]}
    return _object(api_name=_TEXT, api_version=_TEXT, api_released=day, api_documentation=_TEXT, api_status=status)


def _long() -> JSON:
    return {
        "happens": _TEXTS,
        "guidance": _TEXTS,
        "conditions": _list(_condition()),
        "rules": _TEXTS,
        "how_much": _TEXTS,
        "cost": {"enum": list(COSTS)},
        "without_guardian_from": {"type": ["integer", "null"]},
        "documentation": _object(regime={"enum": list(REGIMES)}, cited=_MAYBE_TEXT, enacted=_MAYBE_TEXT),
        "decision": _object(board=_TEXT, number=_MAYBE_TEXT, date={"type": ["string", "null"], "format": "date"}),
        "source": _object(document=_TEXT, heading=_TEXT),
        "by_law": _MAYBE_TEXT,
        "application": _MAYBE_TEXT,
        "started_by": {"enum": [*STARTERS, None]},
    }
