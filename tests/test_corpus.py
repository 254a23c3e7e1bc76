"""Every field that takes a kind of thing takes it as people type it: the fields are found from the forms themselves.

`pytest tests/test_corpus.py -s` prints the fields that were found. A new question, a new fact of an application or a
new field on a page is tried without anybody remembering it.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from html import unescape

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.actions.applications.exporting import export_json
from portal.actions.applications.inbox import find_applications, open_application
from portal.domain.applications.forms import Form, fields_asked
from portal.domain.applications.kinds import ApplicationKind
from portal.domain.applications.personal_numbers import read_number
from portal.domain.applications.rules import ApplicationRules
from portal.domain.catalogue.insatser import REGIMES
from portal.domain.groups.details import Details, fields_allowed
from portal.domain.people.phone_numbers import dialled
from portal.domain.references import read_code, read_reference
from portal.domain.typed import is_blank, line_of, text_of
from portal.store.storage import Storage, open_storage
from portal.web.applications.fields import _LOOKS as LOOKS
from portal.web.applications.forms import Filling
from portal.web.arriving import Written
from portal.web.groups.forms import SignUpForm
from tests.applicant import Applicant, answers_for, code_on
from tests.apps import knowledge
from tests.bad_input import Attack, attacked
from tests.conftest import KEY, Town
from tests.corpus import KINDS, Case, cases
from tests.made_up_applicants import WORKER, id_of, sent

WORDS = knowledge().catalogue.questions.words


@dataclass(frozen=True)
class Place:
    """A field of a form, what it takes, and what becomes of what is typed there: None where she is asked again."""

    name: str
    kind: str
    answer: Callable[[str], object]


# ------------------------------------------------------------------------------------------------- finding the fields


def self_check() -> Iterator[Place]:
    """Yield the questions of the self-check that are answered by typing."""
    bank = knowledge().catalogue.questions
    for question in bank.values():
        if question.kind not in ("one_of", "any_of"):

            def answer(typed: str, name: str = question.id) -> object:
                answers, problems = bank.read_form(Written([(name, typed)]).items(multi=True))
                return None if problems else answers[name]

            yield Place(f"self-check {question.id}", question.kind, answer)


_OF_LOOKS = {"tel": "phones", "email": "emails", "number": "age", "area": "text"}
_OF_FACTS = {"number": "money", "date": "dates", "text": "text"}
_OF_NAMES = {"number": "personal_numbers", "other_number": "personal_numbers", "name": "names", "other_name": "names"}
_CHOSEN = ("radio", "tick", "checkbox", "menu")


def applications() -> Iterator[Place]:
    """Yield the fields of every kind of application that are answered by typing."""
    for kind in knowledge().applications.kinds.values():
        facts = {f"facts.{one.id}": _OF_FACTS[one.kind] for one in kind.facts if one.kind in _OF_FACTS}
        own = [one.name for one in fields(Form) if one.name not in ("facts", "consents", "insats", "is_protected")]
        named = {
            name: _OF_NAMES.get(name) or _OF_LOOKS[LOOKS[name]]
            for name in own
            if name in _OF_NAMES or LOOKS.get(name) not in (None, *_CHOSEN)
        }
        assert {name for name in own if LOOKS.get(name) not in _CHOSEN} == set(named), "a field of an unknown kind"
        for name, takes in {**named, **facts}.items():
            if name in _asked_with_all(kind.id):
                yield Place(f"application {kind.id} {name}", takes, _applied(kind.id, name))


def _asked_with_all(kind_id: str) -> tuple[str, ...]:
    kind = knowledge().applications.kinds[kind_id]
    sent = Written(MultiDict(_whole(kind)))
    return fields_asked(kind, Filling("lekeberg", kind, sent, ("sv",), (), WORDS).form)


def _whole(kind: ApplicationKind) -> dict[str, object]:
    """Return a form of a kind that asks for everything that the kind can ask."""
    for_whom = "child" if kind.consent != "none" else "trustee"
    more = {"for_whom": for_whom, "ways": ["call", "email", "letter"], "other_name": "Vipan"}
    return {**answers_for(kind), "language": "sv", "address": "Gatan 1", **more}


def _applied(kind_id: str, name: str) -> Callable[[str], object]:
    kind = knowledge().applications.kinds[kind_id]

    def answer(typed: str) -> object:
        given = MultiDict({**_whole(kind), name: typed})
        filling = Filling("lekeberg", kind, Written(given), ("sv",), (), WORDS)
        if any(problem.field == name for problem in filling.problems):
            return None
        return filling.form.facts[name[6:]] if name.startswith("facts.") else getattr(filling.form, name)

    return answer


_OF_SIGN_UP = {"email": "emails", "phone": "phones", "child_ages": "ages"}


def sign_ups() -> Iterator[Place]:
    """Yield the fields of a sign-up under every regime that are answered by typing."""
    typed_in = {one.name for one in fields(Details)} - {"interpreter", "child_minding", "needs"}
    for regime in REGIMES:
        for field in fields_allowed(regime):
            if field.id in typed_in:
                takes = _OF_SIGN_UP.get(field.id, "names")
                yield Place(f"sign-up {regime} {field.id}", takes, _signed_up(regime, field.id))


def _signed_up(regime: str, name: str) -> Callable[[str], object]:
    def answer(typed: str) -> object:
        whole = {"name": "Vipan", "nickname": "Vipan", "phone": "070-174 06 05", "seats": "2", name: typed}
        form = SignUpForm("many", Written(MultiDict(whole)), regime, WORDS)
        if any(problem.field == name for problem in form.problems):
            return None
        return getattr(form.details, name)

    return answer


@cache
def places() -> tuple[Place, ...]:
    """Return every field that is found in the forms."""
    return (*self_check(), *applications(), *sign_ups())


# ------------------------------------------------------------------------------------------------- every field


SAME: Mapping[str, Callable[[object], object]] = {
    "phones": lambda kept: dialled(str(kept)),
    "personal_numbers": lambda kept: read_number(str(kept)),
    "money": lambda kept: int(str(kept)),
    "ages": lambda kept: list(kept),  # type: ignore[call-overload]
    "months": lambda kept: list(kept),  # type: ignore[call-overload]
}
"""How what is kept is held against what is right."""


def right_of(kind: str, case: Case) -> object:
    """Return what must be kept of a case."""
    return line_of(case.typed) if kind == "names" else case.right


def test_every_kind_has_its_fields_and_every_field_its_cases() -> None:
    found = {kind: [place.name for place in places() if place.kind == kind] for kind in KINDS}
    for kind, names in found.items():
        print(f"\n{kind}: {len(names)} fields, {len(cases(kind))} cases")
        print("  " + "\n  ".join(names))
    assert {kind for kind, names in found.items() if not names} == {"codes"}, "codes are tried on their pages below"
    assert {place.kind for place in places()} <= set(KINDS)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "codes"])
def test_every_field_takes_what_people_type_and_asks_about_what_could_be_two_things(kind: str) -> None:
    wrong = []
    for place in places():
        for case in cases(kind) if place.kind == kind else ():
            kept = place.answer(case.typed)
            is_right = kept is None if case.is_asked else kept is not None
            if is_right and kept is not None:
                is_right = SAME.get(kind, lambda one: one)(kept) == right_of(kind, case)
            if not is_right:
                wrong.append(f"{place.name}: {case.typed!r} → {kept!r}, not {case.right!r}")
    assert not wrong, "\n".join(wrong)


def test_no_problem_of_a_field_is_without_an_example_or_a_limit() -> None:
    bank = knowledge().catalogue.questions
    for kind in ("age", "ages", "months"):
        for question in (one for one in bank.values() if one.kind == kind):
            for case in cases(kind):
                _, problems = bank.read_form([(question.id, case.typed)])
                assert all({"example", "low"} & {name for name, _ in one.says.values} for one in problems)


# ------------------------------------------------------------------------------------------------- codes and references


@pytest.mark.parametrize("case", cases("codes"), ids=lambda case: case.typed)
def test_a_code_and_a_reference_are_read_from_any_keyboard(case: Case) -> None:
    for typed in (_digits("8FN-M3F-7PJ-8PD"), "8FN-M3F-7PJ-8PD", "8fn-m3f-7pj-8pd"):
        for wanted in filter(None, [read_code(typed)]):
            assert read_code(str(Written([("code", typed.replace("-", case.right))])["code"])) == wanted
    reference = "A-105-512-430"
    known = read_reference(reference)
    for typed in (reference, _digits(reference), reference.lower(), reference.replace("A", "А")):
        assert read_reference(str(Written([("typed", typed.replace("-", case.right))])["typed"])) == known


def _digits(text: str) -> str:
    return text.translate({ord("0") + n: "٠١٢٣٤٥٦٧٨٩"[n] for n in range(10)})


# ------------------------------------------------------------------------------------------------- pages

OF_TYPES = {"tel": "phones", "email": "emails", "date": "dates"}


def test_no_page_with_a_field_for_typing_fails_on_what_people_type(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every form on every page, of residents and of staff, is found by looking at the pages themselves."""
    address = f"sqlite:///{tmp_path_factory.mktemp('corpus') / 'portal.sqlite'}"
    tried: dict[str, str] = {}
    with attacked(address, 1) as attack:
        _look_everywhere(attack)
        for action, (client, one) in sorted(attack.forms.items()):
            takes = [name for name, _ in one.fields if name in OF_PAGES]
            for name in takes:
                tried[f"{one.method} {action} {name}"] = OF_PAGES[name]
                for case in cases(OF_PAGES[name])[::3]:
                    data = MultiDict(one.fields)
                    data[name] = case.typed
                    answer = client.open(
                        action, method=one.method, **{"query_string" if one.method == "GET" else "data": data}
                    )
                    assert answer.status_code < 500, (action, name, case.typed)
    for place, kind in tried.items():
        print(f"\n{kind}: {place}", end="")
    assert set(tried.values()) == {"names", "text", "dates", "phones", "emails", "money"}


_AT_THE_DOOR = re.compile("/staff/(?:sign|verify|second|code|tf-|recovery|passkey|choose|kommun)")
"""Pages that take the one who is in out again."""


def _look_everywhere(attack: Attack) -> None:
    """Fetch every page once as everybody who may, so that the forms on them are known."""
    for rule in attack.rules:
        made = "".join((attack.parts.get(text) or ["x"])[0] if gap else text.lstrip("|") for gap, text in rule._trace)
        if "GET" in (rule.methods or ()) and not _AT_THE_DOOR.match(made):
            who = [member.client for member in attack.members] if made.startswith("/staff") else [attack.client]
            for client in who:
                attack._remember(client, client.get(made, buffered=True), made)


OF_PAGES = {
    "phone": "phones",
    "email": "emails",
    "code": "names",
    "typed": "names",
    "q": "names",
    "reference": "names",
    "find": "names",
    "name": "names",
    "nickname": "names",
    "place": "text",
    "message": "text",
    "reason": "text",
    "first_on": "dates",
    "last_on": "dates",
    "capacity": "money",
    "first_time": "dates",
}
"""What the fields of pages take, by their names."""


def test_a_number_copied_from_our_own_page_is_taken_by_our_own_form(town: Town) -> None:
    page = town.visitor.get("/sv/lekeberg/apply/other")
    shown = [unescape(one) for one in re.findall(r'href="tel:[^"]*"[^>]*>(?:<[^>]*>)*([^<]+)<', page.response.text)]
    assert any("\u2011" in one for one in shown)
    for copied in shown:
        if len(dialled(copied)) >= 8:
            for place in (place for place in places() if place.kind == "phones"):
                assert place.answer(copied) is not None, (place.name, copied)


def test_a_form_says_which_question_each_problem_is_about_and_keeps_what_was_typed(town: Town) -> None:
    kind = knowledge().applications.kinds["financial"]
    applicant = Applicant(town.visitor, "financial")
    applicant.begin()
    applicant.fill(kind, "wants")
    page = applicant.press(wants="Mat", facts__income="1,5", facts__rent="300000", facts__household="alone")
    said = ["".join(one.itertext()) for one in page.one("div", id="problems").iter("a")]
    assert page.status == 422
    assert [one.split("? ")[1] for one in said[-2:]] == [
        "Skriv ett helt tal med siffror, till exempel 4000.",
        "Skriv ett tal från 0 till 100000.",
    ]
    assert len(set(said)) == len(said) >= 3
    assert page.one("input", id="facts.income").get("value") == "1,5"


# ------------------------------------------------------------------------------------------------- round trips


@pytest.fixture
def shut(sqlite_file: object, tmp_path: object) -> Iterator[Storage]:
    """Return a storage on a database of its own, where every answer is sealed."""
    found = open_storage(f"sqlite:///{shutil.copy(str(sqlite_file), f'{tmp_path}/portal.sqlite')}", [KEY])
    yield found
    found.close()


@examples(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(min_size=1, max_size=60),
    name=st.text(st.characters(categories=("L", "M"), include_characters=" '-\u200c"), min_size=1, max_size=30),
)
def test_what_is_typed_is_stored_exported_and_found(
    shut: Storage, rules: ApplicationRules, text: str, name: str
) -> None:
    _goes_round(shut, rules, text, name)


def test_what_people_type_is_stored_exported_and_found_by_another_spelling(
    shut: Storage, rules: ApplicationRules
) -> None:
    for case, words in zip(cases("names"), cases("text") * 3, strict=False):
        _goes_round(shut, rules, words.typed, case.typed, str(case.right))


def _goes_round(storage: Storage, rules: ApplicationRules, text: str, name: str, sought: str | None = None) -> None:
    """Send an application, and assert that staff read, export and find what was written."""
    kept = Written([("wants", text), ("name", name)])
    wants, called = kept["wants"].strip(), line_of(kept["name"])
    if is_blank(wants) or is_blank(called):
        return
    receipt = sent(storage, rules, who=f"{text}{name}", wants=wants, name=called)
    mine, now = id_of(storage, rules, receipt), datetime.now().astimezone()
    opened = open_application(storage, rules, WORKER, mine, now).form
    assert (opened.wants, opened.name) == (wants, called)
    assert opened.wants == text_of(text).strip()
    told = json.dumps(json.loads(export_json(storage, rules, WORKER, mine, now)), ensure_ascii=False)
    assert json.dumps(wants, ensure_ascii=False)[1:-1] in told
    if any(char.isalnum() for char in called):
        for typed in (name, name.upper(), sought or name):
            found = find_applications(storage, rules, WORKER, typed, now)
            assert mine in {one.application.id for one in found}, (name, typed)


@pytest.mark.parametrize("case", cases("text")[:6], ids=range(6))
def test_what_is_typed_is_shown_as_it_is_kept(town: Town, case: Case) -> None:
    kind = knowledge().applications.kinds["elderly"]
    applicant = Applicant(town.visitor)
    applicant.begin()
    page = applicant.fill(kind, wants=case.typed)
    shown = "\n".join("\n".join(part.itertext()) for part in page.all("dd"))
    for line in str(case.right).split("\n"):
        assert line in shown.replace("\u2068", "").replace("\u2069", "")
    assert code_on(applicant.press("send"))
