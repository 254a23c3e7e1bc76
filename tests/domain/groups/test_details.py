"""What a form may ask: under each regime only that, and each wrong field is named."""

from dataclasses import fields, replace

import pytest

from portal.domain.catalogue.insatser import REGIMES
from portal.domain.groups.details import IDENTITY_EXEMPT, NEEDS, Details, Field, fields_allowed, problems_of
from portal.domain.sentences import in_swedish

NAMED = Details(name="Exempel Exempelsson", email="exempel@example.se")


NICKNAMED = Details(nickname="Exempel", phone="070-174 06 05")


@pytest.mark.parametrize("regime", REGIMES)
def test_where_identity_is_exempt_the_form_has_no_field_for_a_name(regime: str) -> None:
    ids = {field.id for field in fields_allowed(regime)}
    assert ("name" in ids) is (regime not in IDENTITY_EXEMPT)
    assert ("nickname" in ids) is (regime in IDENTITY_EXEMPT)
    assert ("child_ages" in ids) is (regime not in IDENTITY_EXEMPT)
    assert {"email", "phone", "interpreter"} <= ids


def test_every_regime_that_exempts_is_a_regime_and_the_strictest_is_among_them() -> None:
    assert set(IDENTITY_EXEMPT) <= set(REGIMES)
    assert "no_identity" in IDENTITY_EXEMPT


@pytest.mark.parametrize("regime", REGIMES)
def test_every_field_of_a_form_is_a_detail_and_no_form_asks_for_more(regime: str) -> None:
    known = {field.name for field in fields(Details)}
    assert {field.id for field in fields_allowed(regime)} <= known
    assert not known & {"personnummer", "reason", "diagnosis", "message", "note", "address"}
    assert [field for field in fields_allowed(regime) if field.is_required] == [
        Field("nickname" if regime in IDENTITY_EXEMPT else "name", is_required=True)
    ]


def test_an_unknown_regime_is_refused() -> None:
    with pytest.raises(ValueError, match="secret"):
        fields_allowed("secret")


@pytest.mark.parametrize(("details", "regime"), [(NAMED, "full"), (NICKNAMED, "no_identity"), (NICKNAMED, "advice")])
def test_the_least_is_enough(details: Details, regime: str) -> None:
    assert problems_of(details, regime) == ()


def test_everything_that_is_allowed_may_be_filled_in() -> None:
    whole = replace(
        NAMED,
        name="x" * 60,
        second_name="Exempel Två",
        child_ages=(0, 20) * 6,
        interpreter="fa-AF",
        child_minding=True,
        needs=tuple(NEEDS),
    )
    assert problems_of(whole, "full", seats=2) == ()


def wrong(details: Details, regime: str, seats: int = 1) -> list[str]:
    """Return the fields that have problems."""
    return [problem.field for problem in problems_of(details, regime, seats)]


WRONG: dict[str, tuple[Details, str, list[str]]] = {
    "a name where it is exempt": (replace(NICKNAMED, name="Exempel"), "no_identity", ["name"]),
    "a child's age where it is exempt": (replace(NICKNAMED, child_ages=(3,)), "advice", ["child_ages"]),
    "a nickname where a name is asked for": (replace(NAMED, nickname="E"), "full", ["nickname"]),
    "no name": (replace(NAMED, name=" "), "full", ["name"]),
    "no nickname": (replace(NICKNAMED, nickname=""), "no_identity", ["nickname"]),
    "a long name": (replace(NAMED, name="x" * 61), "full", ["name"]),
    "a personnummer as a name": (replace(NAMED, name="Exempel 19900101-1234"), "full", ["name"]),
    "a short personnummer": (replace(NICKNAMED, nickname="900101 1234"), "advice", ["nickname"]),
    "lines in a name": (replace(NAMED, name="Ex\nempel"), "full", ["name"]),
    "a second name for one seat": (replace(NAMED, second_name="Två"), "full", ["second_name"]),
    "no way to be reached": (replace(NAMED, email=""), "full", ["email"]),
    "an age of 21": (replace(NAMED, child_ages=(21,)), "full", ["child_ages"]),
    "too many children": (replace(NAMED, child_ages=(1,) * 13), "full", ["child_ages"]),
    "a language in words": (replace(NAMED, interpreter="det vi talar hemma"), "full", ["interpreter"]),
    "a need in words": (replace(NAMED, needs=("because",)), "full", ["needs"]),
}


@pytest.mark.parametrize(("details", "regime", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_by_its_field(details: Details, regime: str, expected: list[str]) -> None:
    assert wrong(details, regime) == expected


def test_the_second_name_belongs_to_two_seats() -> None:
    assert wrong(replace(NAMED, second_name="Två"), "full", seats=2) == []


def test_every_problem_is_said_in_short_sentences() -> None:
    for details, regime, _ in WRONG.values():
        for problem in problems_of(details, regime):
            assert all(len(part.split()) <= 12 for part in in_swedish(problem.says).split(". "))


def test_a_group_calls_her_what_she_wrote() -> None:
    assert (NAMED.called, NICKNAMED.called) == ("Exempel Exempelsson", "Exempel")
