"""Finding a kommun by its name, or by a postal town."""

from dataclasses import replace

import pytest

from portal.domain.catalogue.places import kommuner_found, names_of
from tests.domain.build import kommun

LILLBY = replace(kommun(), postal_towns=("Lillby", "Mellanby"))
STORBY = replace(kommun(), id="storby", name="Storåker", full_name="Storåkers kommun", postal_towns=("Mellanby",))


def test_a_kommun_is_found_by_its_names_and_the_towns_that_no_other_shares() -> None:
    assert names_of(LILLBY, (LILLBY, STORBY)) == ["lillby", "lillby kommun", "lillby"]
    assert names_of(LILLBY, (LILLBY,)) == ["lillby", "lillby kommun", "lillby", "mellanby"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lillby", ["lillby"]),
        ("Lillby,", ["lillby"]),
        ("  lillby   kommun ", ["lillby"]),
        ("Lil", ["lillby"]),
        ("storakers", ["storby"]),
        ("Stroåker", ["storby"]),
        ("storåke\u200br", ["storby"]),
        ("storåkerr", ["storby"]),
        ("mellanby", ["lillby", "storby"]),
        ("Melanby", ["lillby", "storby"]),
        ("kommun", ["lillby", "storby"]),
        ("", ["lillby", "storby"]),
        ("by", []),
        ("Granstad", []),
        ("lxy", []),
    ],
)
def test_a_kommun_is_found_as_people_write_it(typed: str, found: list[str]) -> None:
    assert [one.id for one in kommuner_found(typed, (LILLBY, STORBY))] == found
