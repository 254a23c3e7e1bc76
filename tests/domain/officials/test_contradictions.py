"""A catalogue that contradicts itself: each finding names the file and the place."""

from dataclasses import replace
from datetime import date

import pytest

from portal.domain.catalogue.age_ranges import AgeRange
from portal.domain.catalogue.ages import Age, ChildAge, RecipientAge
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.conditions import All, Any, Not
from portal.domain.catalogue.facts import Residence
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.whole import Catalogue
from portal.domain.officials.contradictions import confirmed_ahead, contradictions
from portal.domain.sentences import in_swedish, sentence
from tests.domain.build import insats, kommun, part

ADULT, CHILD = Age(AgeRange(18, None)), Age(AgeRange(None, 15))
RECIPIENT_ADULT, RECIPIENT_CHILD = RecipientAge(AgeRange(18, None)), RecipientAge(AgeRange(None, 15))
LIVES_HERE = Residence(("registered", "staying"))


def found_in(offered: Insats) -> list[tuple[str, str]]:
    """Return the place of each contradiction in one insats, and what is said of it."""
    found = list(contradictions(kommun(offered)))
    assert {finding.file for finding in found} <= {f"kommuner/lillby/insatser/{offered.id}.yaml"}
    return [(finding.place, in_swedish(finding.says)) for finding in found]


@pytest.mark.parametrize(
    "rules",
    [
        (ADULT, CHILD),
        (ADULT, LIVES_HERE, CHILD),
        (RECIPIENT_ADULT, RECIPIENT_CHILD),
        (All((ADULT, LIVES_HERE)), CHILD),
        (ADULT, Any((CHILD, All((CHILD, LIVES_HERE))))),
    ],
)
def test_rules_that_nobody_can_meet_are_found(rules: tuple[Condition, ...]) -> None:
    says = "nobody can meet them all: the ages exclude each other"
    assert found_in(insats("course", *rules)) == [("conditions", says)]
    assert found_in(insats("course", rules[0], parts=(part("one", *rules[1:]),))) == [("parts.one.conditions", says)]


@pytest.mark.parametrize(
    "rules",
    [
        (),
        (ADULT, RECIPIENT_CHILD),
        (ADULT, Age(AgeRange(None, 18))),
        (ADULT, Any((CHILD, LIVES_HERE))),
        (ADULT, Not(CHILD)),
        (ChildAge(AgeRange(0, 3)), ChildAge(AgeRange(13, 18))),
    ],
)
def test_rules_that_somebody_can_meet_are_not(rules: tuple[Condition, ...]) -> None:
    assert found_in(insats("course", *rules)) == []


SMALL = ChildAge(AgeRange(3, 10))


def test_a_name_and_an_audience_with_other_ages_than_the_rules_are_found() -> None:
    offered = replace(
        insats("abc", SMALL, LIVES_HERE), name=sentence("ABC 3–12 år"), audience=sentence("För barn 3-12 år.")
    )
    assert found_in(offered) == [
        ("name", "says 3–12 år, but the conditions say 3–10 år"),
        ("audience", "says 3-12 år, but the conditions say 3–10 år"),
    ]


def test_the_name_of_a_part_has_the_ages_of_the_part() -> None:
    teens = replace(part("teens", ChildAge(AgeRange(13, 18))), name=sentence("Tonår 12–18 år"))
    small = replace(part("small", SMALL), name=sentence("Barn 3–10 år"))
    offered = insats("abc", ChildAge(AgeRange(3, 18)), parts=(teens, small))
    assert [place for place, _ in found_in(offered)] == ["parts.teens.name"]
    both = sentence("För barn 3–10 år eller 13–18 år.")
    assert [place for place, _ in found_in(replace(offered, audience=both))] == ["parts.teens.name"]


@pytest.mark.parametrize(
    ("rules", "audience"),
    [
        ((SMALL,), "För föräldrar med barn 3–10 år."),
        ((ChildAge(AgeRange(None, 6)),), "För föräldrar med barn 0–6 år."),
        ((ADULT,), "För dig som är vuxen och står nära en ung person, 13–21 år."),
        ((LIVES_HERE,), "För dig som är 13–21 år."),
        ((SMALL,), "För alla. Kursen tar 8–10 veckor."),
    ],
)
def test_what_agrees_or_speaks_of_another_age_is_no_contradiction(rules: tuple[Condition, ...], audience: str) -> None:
    assert found_in(replace(insats("abc", *rules), audience=sentence(audience))) == []


def test_ages_of_the_target_group_that_are_known_to_differ_may_stand_in_the_text() -> None:
    offered = replace(insats("abc", SMALL), audience=sentence("För barn 3–12 år."), target_ages=AgeRange(3, 12))
    assert found_in(offered) == []


def test_what_the_law_adds_is_not_the_kommun_s() -> None:
    assert found_in(replace(insats("law", ADULT, CHILD), by_law="6 kap. 1 §")) == []


def test_the_catalogue_contradicts_itself_nowhere(catalogue: Catalogue) -> None:
    assert [finding.line for one in catalogue.kommuner.values() for finding in contradictions(one)] == []


def test_a_confirmation_in_the_future_is_found() -> None:
    place = kommun()
    assert list(confirmed_ahead(place, date(2026, 1, 15))) == []
    (finding,) = confirmed_ahead(place, date(2026, 1, 14))
    assert finding.line == (
        "kommuner/lillby/kommun.yaml: contacts.kontaktcenter.confirmed.on: is a day to come: 2026-01-15"
    )
