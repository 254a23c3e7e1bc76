"""Every page of the portal in every state that people meet, each with the request that leads there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from portal.domain.applications.rules import ApplicationRules
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from tests import applications
from tests.groups import CANCELLED, LAPSED, LEFT, OFFERED, PLACED, WAITING

KOMMUN = "/lekeberg"
CHECK = f"{KOMMUN}/self-check"
INSATSER = f"{KOMMUN}/insatser"
GROUPS = f"{KOMMUN}/groups"
MY_PLACE = f"{KOMMUN}/my-place"

_PEOPLE = count()

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


def states(knowledge: Knowledge) -> Mapping[str, tuple[State, ...]]:
    """Return every state by the room it belongs to."""
    return {
        "first pages": _first_pages(),
        "questions": (*_questions(knowledge.catalogue), *_stops()),
        "mistakes": tuple(_mistakes(knowledge.catalogue)),
        "results": _results(),
        "searching": _searching(),
        "insatser": _insatser(),
        "groups": _groups(),
        "applying": tuple(_applying(knowledge.applications)),
        "applications": tuple(_applications()),
        "translation": _translation(),
        "errors": _errors(),
        "officials": _officials(),
    }


RESIDENTS = (
    "first pages",
    "questions",
    "mistakes",
    "results",
    "searching",
    "insatser",
    "groups",
    "applying",
    "applications",
    "translation",
    "errors",
)
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
        State("what is kept in the phone", f"{KOMMUN}/saved"),
        State("privacy", f"{KOMMUN}/privacy"),
        State("what is counted", f"{KOMMUN}/counted"),
        State("accessibility", f"{KOMMUN}/accessibility"),
    )


def _questions(catalogue: Catalogue) -> Iterable[State]:
    yield State("the first question", CHECK)
    for question in catalogue.questions:
        # With violence among the answers, so that the lines to call stand above the question.
        yield State(f"the question {question}", CHECK, (("topics", "violence"), ("change", question)))


def _stops() -> Iterable[State]:
    unsafe: Fields = (("topics", "violence"), ("violence", "not_safe_now"), ("q", "violence"))
    yield State("an answer that cannot wait", CHECK, unsafe)


def _mistakes(catalogue: Catalogue) -> Iterable[State]:
    for question in catalogue.questions.values():
        before = () if question.id == "topics" else (("topics", "violence"),)
        wrong = () if question.options else ((question.id, "åttio"),)
        yield State(f"a mistake in {question.id}", CHECK, (*before, ("q", question.id), *wrong), status=422)


def _results() -> tuple[State, ...]:
    return (
        State("a result with every list", CHECK, EVERY_LIST),
        State("a result where nothing fits", CHECK, NOTHING_FITS),
        State("a result without a topic", CHECK, KNOWS_NOTHING),
        State("a result in two languages", CHECK, (*EVERY_LIST, ("beside", "1"))),
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
        State("an insats in two languages", f"{INSATSER}/abc-3-12?beside=sv"),
        State("an insats to print", f"{INSATSER}/abc-3-12/leaflet"),
        State("what to show at the desk", f"{INSATSER}/abc-3-12/card"),
        State("what to show a unit at its desk", f"{KOMMUN}/contacts/oppenvarden/card"),
        State("a unit that there is not", f"{KOMMUN}/contacts/none/card", status=404),
        State("an insats to apply for", f"{INSATSER}/hemtjanst"),
        State("an insats that a court starts", f"{INSATSER}/umgangesstod"),
        State("an insats one is invited to", f"{INSATSER}/efter-barnforhoret"),
        State("an insats that needs a referral", f"{INSATSER}/coachingteamet"),
        State("an insats about violence", f"{INSATSER}/rad-och-stod-vald"),
        State("an insats of another sort", f"{INSATSER}/kaa"),
        State("an insats of several parts", "/alingsas/insatser/familjebehandling"),
    )


def _groups() -> tuple[State, ...]:
    form = f"{GROUPS}/many/sign-up"
    key = ("form_key", "a-form-of-the-browser-tests-0000")
    return (
        State("coming groups", GROUPS),
        State("groups that fit a filter", f"{GROUPS}?insats=abc-3-12&language=ti&time=evening&where=place"),
        State("no group that fits", f"{GROUPS}?insats=cope-3-12"),
        State("a wish", GROUPS, (("insats", "abc-3-12"), ("language", "ti"), ("time", "evening"))),
        State("half a wish", GROUPS, (("insats", "abc-3-12"),), status=422),
        State("one group", f"{GROUPS}/many"),
        State("a full group", f"{GROUPS}/full"),
        State("a group and line that are full", f"{GROUPS}/shut"),
        State("a group where parents are apart", f"{GROUPS}/apart"),
        State("a cancelled group", f"{GROUPS}/gone"),
        State("a group that has begun", f"{GROUPS}/begun"),
        State("word of a free place", f"{GROUPS}/full", (("email", _an_email()),)),
        State("word of a free place to nobody", f"{GROUPS}/full", (("email", "ros"),), status=422),
        State("signing up", form),
        State("signing up two, by name", f"{GROUPS}/named/sign-up?seats=2"),
        State("signing up to wait", f"{GROUPS}/full/sign-up"),
        State("mistakes in a sign-up", form, (("nickname", ""), ("email", "ros"), ("interpreter", "x")), status=422),
        State("signing up where nobody can", f"{GROUPS}/shut/sign-up", status=409),
        State("a receipt", form, (key, ("nickname", "Ros"), ("email", _an_email())), status=201),
        State("a receipt of the line", *_waiting_form(key), status=201),
        State("my place, without a code", MY_PLACE),
        State("a wrong code", MY_PLACE, (("code", "KX4-7TM-9PR-2HD"),), status=422),
        *(
            State(f"my place, {name}", MY_PLACE, (("code", one.code), ("do", deed)))
            for name, one, deed in (
                ("placed", PLACED, ""),
                ("waiting", WAITING, ""),
                ("offered", OFFERED, ""),
                ("left", LEFT, ""),
                ("lapsed", LAPSED, ""),
                ("cancelled", CANCELLED, ""),
                ("about to leave", PLACED, "leave"),
                ("about to say no", OFFERED, "no_thanks"),
            )
        ),
        State("my place, a change that is none", MY_PLACE, (("code", PLACED.code), ("do", "contact")), status=422),
    )


def _an_email() -> str:
    """Return the address of another person each time: one person gets so many places."""
    return f"ros{next(_PEOPLE)}@example.se"


def _waiting_form(key: tuple[str, str]) -> tuple[str, Fields]:
    return f"{GROUPS}/full/sign-up", (key, ("nickname", "Ros"), ("email", _an_email()), ("may_wait", "1"))


def _applying(rules: ApplicationRules) -> Iterable[State]:
    yield State("applying", f"{KOMMUN}/apply")
    for kind in rules.kinds:
        yield State(f"applying for {kind}", f"{KOMMUN}/apply/{kind}")


APPLYING: Fields = (
    ("form_key", "an-application-of-browser-tests-"),
    ("for_whom", "guardian"),
    ("name", "Kanariefågel Vipansson"),
    ("number", "850101-2382"),
    ("other_name", "Ros"),
    ("age", "13"),
    ("consents.child_agrees", "yes"),
    ("consents.other_guardian", "not_safe"),
    ("ways", "call"),
    ("ways", "email"),
    ("ways", "letter"),
    ("phone", "070-174 06 77"),
    ("email", "koltrast@example.se"),
    ("address", "Exempelgatan 1"),
    ("reach_note", "Gökottan sover dagtid."),
    ("language", "ar"),
    ("wants", "أحتاج مساعدة في البيت."),
    ("facts.safe_now", "yes"),
    ("facts.children", "yes"),
    ("facts.afraid_of", "partner"),
)
"""Everything that somebody answers for a child that is beaten at home: every step has its longest look."""


def _applications() -> Iterable[State]:
    form, mine = f"{KOMMUN}/apply/violence", f"{KOMMUN}/my-application"
    yield State("an application begins", form, (("begin", "1"),))
    yield State("an application brings answers along", form, (*EVERY_LIST, ("bring", "1")))
    for step in ("who", "person", "consent", "reach", "contact", "wants", "files", "check"):
        yield State(f"an application, {step}", form, (*APPLYING, ("q", step), ("stay", "1")))
    cannot_wait: Fields = (*APPLYING, ("facts.now", "no_wish_to_live"), ("q", "wants"))
    yield State("an application that cannot wait", form, cannot_wait)
    for step in ("who", "person", "reach", "wants"):
        yield State(f"an application, mistakes in {step}", form, (("q", step), ("number", "x")), status=422)
    wrong: Fields = (("ways", "call"), ("ways", "email"), ("ways", "letter"), ("number", "x"), ("q", "contact"))
    yield State("an application, mistakes in contact", form, wrong, status=422)
    draft: Fields = (*APPLYING[1:], ("form_key", "a-draft-of-the-browser-tests-000"))
    yield State("an application is paused", form, (*draft, ("q", "wants"), ("do", "pause")), status=201)
    yield State("an application takes files", form, (*draft, ("q", "files"), ("do", "attach")), status=201)
    yield State("an application's receipt", form, (*APPLYING, ("q", "check"), ("do", "send")), status=201)
    opened: Fields = (*APPLYING[1:], ("code", applications.CODES["draft"]))
    yield State("an application, a file that is none", f"{KOMMUN}/apply/elderly/file", opened, status=422)
    newer: Fields = (*opened, ("seen", "another"), ("q", "wants"), ("do", "pause"))
    yield State("an application, a newer draft", f"{KOMMUN}/apply/elderly", newer, status=409)
    waits: Fields = (("code", "KX4-7TM-9PR-2HD"), ("do", "add"), ("text", "أحتاج مساعدة في البيت."))
    yield State("my application, a text that waits for its code", f"{mine}/add", waits, status=422)
    yield State("my application, without a code", mine)
    yield State("my application, a wrong code", mine, (("code", "KX4-7TM-9PR-2HD"), ("reference", "A")), status=422)
    for name, code in applications.CODES.items():
        yield State(f"my application, {name}", mine, (("code", code),))
        yield State(f"my application, a copy of {name}", mine, (("code", code), ("do", "copy")))
    yield State("my application, about to be withdrawn", mine, (("code", applications.CODES["sent"]), ("do", "leave")))
    yield State("my application, about to be removed", mine, (("code", applications.CODES["draft"]), ("do", "leave")))
    nothing: Fields = (("code", applications.CODES["asked"]), ("do", "add"), ("text", ""))
    yield State("my application, nothing was added", f"{mine}/add", nothing, status=422)
    yield State(
        "my application, not any more", mine, (("code", applications.CODES["closed"]), ("do", "withdraw")), status=409
    )


def _translation() -> tuple[State, ...]:
    address = f"{KOMMUN}/translation"
    return (
        State("what is true of the texts", address),
        State("a question's texts", f"{address}?of=questions"),
        State("the texts of an insats", f"{address}?of=abc-3-12"),
        State("a report is taken", f"{address}?told=1"),
    )


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
        State("the self-check in the kommun's own page", f"{KOMMUN}/officials/embed"),
        State("the ages that are reached", f"{KOMMUN}/officials/coverage"),
        State("the ages that two kommuner reach", f"{KOMMUN}/officials/coverage?with=linkoping"),
    )
