"""Who of the staff may see what: her kommun, her units, and only as a case worker."""

from itertools import product

import pytest

from portal.domain.applications.handling import Handler, may_handle, may_see, needs_consent
from portal.domain.applications.states import State
from tests.domain.applications.made_up import application

WORKER = Handler("w", "lillby", frozenset({"adults", "family_counselling"}), is_case_worker=True)


def test_she_sees_what_her_unit_has() -> None:
    assert may_see(WORKER, application())
    assert may_handle(WORKER, "lillby", "adults")
    assert WORKER.shared_units == {"adults"}


@pytest.mark.parametrize(
    ("handler", "found"),
    [
        (WORKER, application(kommun="storby")),
        (WORKER, application(unit="elderly")),
        (WORKER, application(state=State.DRAFT)),
        (Handler("w", "lillby", frozenset({"adults"})), application()),
        (Handler("w", "lillby", is_case_worker=True), application()),
    ],
)
def test_she_sees_nothing_else(handler: Handler, found: object) -> None:
    assert not may_see(handler, found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "kommun", "needs"),
    [("adults", "lillby", False), ("adults", "storby", True), ("family_counselling", "lillby", True)],
)
def test_another_authority_and_a_door_need_her_yes(unit: str, kommun: str, needs: bool) -> None:
    assert needs_consent(application(unit=unit), kommun) is needs


def test_of_all_kommuner_and_units_she_handles_her_own_only() -> None:
    places = product(("lillby", "storby"), ("adults", "elderly", "family_counselling"))
    assert [place for place in places if may_handle(WORKER, *place)] == [
        ("lillby", "adults"),
        ("lillby", "family_counselling"),
    ]
