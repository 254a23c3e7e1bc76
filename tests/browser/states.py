"""Every page of the portal in every state that people meet, each with the request that leads there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from portal.domain.catalogue import Catalogue

KOMMUN = "/lekeberg"
CHECK = f"{KOMMUN}/self-check"
INSATSER = f"{KOMMUN}/insatser"

Fields = tuple[tuple[str, str], ...]

EVERY_LIST: Fields = (
    ("topics", "parenting"),
    ("topics", "violence"),
    ("violence", "victim"),
    ("children", "8"),
    ("age", "35"),
    ("residence", "elsewhere"),
    ("parenting", ""),
    ("born_abroad", ""),
    ("for", ""),
)
"""A mother hit at home who lives in another kommun: something for every list of the result, and lines to call first."""

NOTHING_FITS: Fields = (("topics", "wellbeing"), ("age", "14"), ("for", "me"), ("guardian_consent", "no"))
"""A child alone whose guardians say no: nothing to contact directly."""

KNOWS_NOTHING: Fields = tuple(
    (question, "")
    for question in ("topics", "for", "age", "children", "residence", "born_abroad", "guardian_consent", "referral")
)
"""Somebody who answers "don't know" to everything."""


@dataclass(frozen=True)
class State:
    """One page in one state: a GET, or a POST of those fields; `path` comes after the language."""

    name: str
    path: str
    fields: Fields | None = None
    status: int = 200


def states(catalogue: Catalogue) -> Mapping[str, tuple[State, ...]]:
    """Return every state by the room it belongs to."""
    return {
        "first pages": _first_pages(),
        "questions": tuple(_questions(catalogue)),
        "mistakes": tuple(_mistakes(catalogue)),
        "results": _results(),
        "searching": _searching(),
        "insatser": _insatser(),
        "applying": tuple(_applying(catalogue)),
        "errors": _errors(),
        "officials": _officials(),
    }


RESIDENTS = ("first pages", "questions", "mistakes", "results", "searching", "insatser", "applying", "errors")
"""The rooms that residents visit."""

ROOMS = (*RESIDENTS, "officials")
"""Every room, for tests that are spread over them."""


def every_topic(catalogue: Catalogue) -> Fields:
    """Return the answers that give the longest result: everything chosen, nothing more known."""
    return (*(("topics", topic) for topic in catalogue.topics), *KNOWS_NOTHING[1:])


def _first_pages() -> tuple[State, ...]:
    return (
        State("choosing a kommun", "/"),
        State("start", f"{KOMMUN}/"),
        State("privacy", f"{KOMMUN}/privacy"),
        State("what is counted", f"{KOMMUN}/counted"),
        State("accessibility", f"{KOMMUN}/accessibility"),
    )


def _questions(catalogue: Catalogue) -> Iterable[State]:
    yield State("the first question", CHECK)
    for question in catalogue.questions:
        # With violence among the answers, so that the lines to call stand above the question.
        yield State(f"the question {question}", CHECK, (("topics", "violence"), ("change", question)))


def _mistakes(catalogue: Catalogue) -> Iterable[State]:
    for question in catalogue.questions.values():
        before = () if question.id == "topics" else (("topics", "violence"),)
        wrong = () if question.options else ((question.id, "åtta"),)
        yield State(f"a mistake in {question.id}", CHECK, (*before, ("q", question.id), *wrong), status=422)


def _results() -> tuple[State, ...]:
    return (
        State("a result with every list", CHECK, EVERY_LIST),
        State("a result where nothing fits", CHECK, NOTHING_FITS),
        State("a result without a topic", CHECK, KNOWS_NOTHING),
        State("having been counted", f"{KOMMUN}/counted", (("direct", "yes"), ("topic", "money"))),
        State("a list of one's own", f"{KOMMUN}/my-list?i=abc-3-12&i=stodtelefon&i=hemtjanst"),
        State("an empty list", f"{KOMMUN}/my-list"),
        State("a list that has lost an insats", f"{KOMMUN}/my-list?i=abc-3-12&i=gone"),
    )


def _searching() -> tuple[State, ...]:
    return (
        State("all insatser", INSATSER),
        State("a search that finds", INSATSER, (("q", "abc"), ("topic", "parenting"))),
        State("a search that finds nothing", INSATSER, (("q", "qqqq"),)),
        State("a search that is too long", INSATSER, (("q", "å" * 81),), status=422),
    )


def _insatser() -> tuple[State, ...]:
    return (
        State("an insats to contact directly", f"{INSATSER}/abc-3-12"),
        State("an insats to apply for", f"{INSATSER}/hemtjanst"),
        State("an insats that a court starts", f"{INSATSER}/umgangesstod"),
        State("an insats one is invited to", f"{INSATSER}/efter-barnforhoret"),
        State("an insats that needs a referral", f"{INSATSER}/coachingteamet"),
        State("an insats about violence", f"{INSATSER}/rad-och-stod-vald"),
        State("an insats of another sort", f"{INSATSER}/kaa"),
        State("an insats of several parts", "/alingsas/insatser/familjebehandling"),
    )


def _applying(catalogue: Catalogue) -> Iterable[State]:
    yield State("applying", f"{KOMMUN}/apply")
    for kind in catalogue.application_kinds:
        yield State(f"applying for {kind}", f"{KOMMUN}/apply/{kind}")


def _errors() -> tuple[State, ...]:
    return (
        State("no such insats", f"{INSATSER}/nothing", status=404),
        State("no such page", f"{KOMMUN}/nothing/at/all", status=404),
        State("no such kommun", "/nowhere/", status=404),
        State("not to be sent", f"{KOMMUN}/privacy", (("name", "x"),), status=405),
        State("too much at once", CHECK, (("topics", "x" * 70_000),), status=413),
    )


def _officials() -> tuple[State, ...]:
    return (
        State("for the kommun", f"{KOMMUN}/officials"),
        State("the catalogue before the law", f"{KOMMUN}/officials/law"),
        State("the catalogue and SKR's list", f"{KOMMUN}/officials/skr"),
        State("two catalogues and SKR's list", f"{KOMMUN}/officials/skr?with=linkoping"),
        State("the ages that are reached", f"{KOMMUN}/officials/coverage"),
        State("the ages that two kommuner reach", f"{KOMMUN}/officials/coverage?with=linkoping"),
    )
