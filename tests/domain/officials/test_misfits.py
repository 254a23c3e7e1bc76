"""Whom an insats is for, and whom its conditions let in: where they contradict each other, and what to do."""

from dataclasses import replace

import pytest

from portal.domain.catalogue.conditions import Any, Not
from portal.domain.catalogue.facts import Acute, Residence, Situation
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.whole import Catalogue
from portal.domain.officials.misfits import misfits
from portal.domain.sentences import in_swedish
from tests.domain.build import insats, kommun, part, question_bank

HURT = Situation((("violence", frozenset({"victim", "needs_shelter"})),), {})
HURTING = Situation((("violence", frozenset({"perpetrator"})),), {})


def found_in(offered: Insats) -> list[tuple[str, str]]:
    """Return the place of each misfit in one insats, and how what is said of it begins."""
    found = list(misfits(kommun(offered), question_bank()))
    assert {finding.file for finding in found} <= {f"kommuner/lillby/insatser/{offered.id}.yaml"}
    return [(finding.place, in_swedish(finding.says).split(":")[0]) for finding in found]


def test_a_fit_that_the_conditions_refuse_is_one_that_nobody_can_give() -> None:
    offered = insats("talks", Not(HURTING), fits={"violence": {"victim": 3, "perpetrator": 2}})
    assert found_in(offered) == [("fits.violence.perpetrator", "nobody can give it")]


def test_a_fit_that_is_given_together_with_another_is_none() -> None:
    assert found_in(insats("talks", HURT, fits={"violence": {"victim": 3, "perpetrator": 2}})) == []
    either = Any((HURTING, Residence(("registered",))))
    assert found_in(insats("talks", either, fits={"violence": {"victim": 3}})) == []


def test_a_fit_of_the_whole_that_no_part_has_is_found_by_nobody() -> None:
    one = part("one", fits={"violence": {"victim": 2}})
    offered = insats("talks", fits={"violence": {"victim": 1, "perpetrator": 1}}, parts=(one,))
    assert found_in(offered) == [("fits.violence.perpetrator", "is a fit of no part, so nobody finds it")]


@pytest.mark.parametrize("rule", [HURT, Acute(("shelter",))])
def test_a_general_entry_may_not_hide_from_part_of_its_group(rule: Situation | Acute) -> None:
    ((place, says),) = found_in(insats("talks", rule, fits={"violence": {"any": 1, "victim": 3}}))
    assert place == "fits.violence.any"
    assert says.startswith("is for whoever ticks violence, but the conditions refuse ")


def test_the_part_that_hides_is_named() -> None:
    one = part("one", HURT, fits={"violence": {"any": 1}})
    assert [place for place, _ in found_in(insats("talks", topics=("violence",), parts=(one,)))] == [
        "parts.one.fits.violence.any"
    ]


def test_a_placement_needs_a_situation_of_its_own() -> None:
    offered = insats("roof", fits={"housing": {"any": 1, "tonight": 3}}, weight="placement")
    assert found_in(offered) == [
        ("fits.housing.any", "another place to live is shown only for a situation"),
    ]
    assert found_in(insats("roof", fits={"housing": {"tonight": 3}}, weight="placement")) == []


def test_what_only_a_court_starts_has_no_conditions_to_ask() -> None:
    assert found_in(insats("sentence", HURT, topics=("violence",), started_by="court")) == []


def test_what_the_law_adds_stands_in_its_own_file() -> None:
    offered = replace(insats("law", HURT, topics=("violence",)), by_law="13 kap. 1 §")
    (finding,) = misfits(kommun(offered), question_bank())
    assert (finding.file, finding.place) == ("law.yaml", "law.fits.violence.any")


def test_no_kommun_has_any(catalogue: Catalogue) -> None:
    found = [finding.line for one in catalogue.kommuner.values() for finding in misfits(one, catalogue.questions)]
    assert found == []
