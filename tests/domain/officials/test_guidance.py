"""What is said in words, and what a condition decides: where they contradict each other, and what to do."""

from dataclasses import replace

import pytest

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, ChildAge
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.conditions import Any
from portal.domain.catalogue.facts import Acute, Referral, Residence
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.whole import Catalogue
from portal.domain.officials.guidance import contradicting_guidance
from portal.domain.sentences import in_swedish, sentence
from tests.domain.build import insats, kommun

ADULT, SMALL = Age(AgeRange(18, None)), ChildAge(AgeRange(3, 12))
LIVES_HERE = Residence(("registered", "staying"))


def found_in(words: str, *rules: Condition, **more: object) -> list[str]:
    """Return what is wrong with this guidance of an insats with these conditions."""
    offered: Insats = replace(insats("course", *rules), guidance=(sentence("Ring oss."), sentence(words)), **more)
    found = list(contradicting_guidance(kommun(offered)))
    assert {(one.file, one.place) for one in found} <= {("kommuner/lillby/insatser/course.yaml", "guidance.2")}
    return [in_swedish(one.says) for one in found]


@pytest.mark.parametrize(
    ("words", "rules", "more", "says"),
    [
        ("Åldern spelar ingen roll.", (SMALL,), {}, "a condition asks for an age"),
        ("Åldern spelar ingen roll.", (), {}, "guardians have to say yes"),
        ("Är du under 15 år behöver vårdnadshavare säga ja.", (), {"without_guardian_from": 16}, "says 16"),
        ("Är du 15–17 år behöver vårdnadshavare inte säga ja.", (), {}, "under 18"),
        ("Barnet ska vara högst 10 år.", (SMALL,), {}, "the conditions end at 12"),
        ("Du ska vara under 21 år.", (Age(AgeRange(None, 21)),), {}, "the conditions end at 21"),
        ("Du behöver en remiss till teamet.", (ADULT,), {}, "access is self"),
        ("Du behöver ingen remiss.", (ADULT,), {"access": "referral"}, "access is referral"),
        ("Du får komma, var du än bor.", (LIVES_HERE,), {}, "a condition asks where she lives"),
        ("Det är barnet som ska vara folkbokfört här.", (LIVES_HERE,), {}, "no condition looks at the child"),
    ],
)
def test_guidance_that_a_condition_contradicts_is_found_with_what_to_do(
    words: str, rules: tuple[Condition, ...], more: dict[str, object], says: str
) -> None:
    (found,) = found_in(words, *rules, **more)
    assert found.startswith("says “")
    assert says in found
    assert ": " in found


@pytest.mark.parametrize(
    ("words", "rules", "more"),
    [
        ("Åldern spelar ingen roll.", (ADULT, LIVES_HERE), {"conditions": (LIVES_HERE, Referral()), "route": "other"}),
        ("Är du under 15 år behöver vårdnadshavare säga ja.", (), {"without_guardian_from": 15}),
        ("Är du under 18 år behöver din vårdnadshavare säga ja.", (), {}),
        ("Är du under 12 år behöver din vårdnadshavare säga ja.", (), {"route": "assessed"}),
        ("Är du 15–17 år behöver vårdnadshavare inte säga ja.", (), {"without_guardian_from": 15}),
        ("Barnet ska vara högst 12 år.", (SMALL,), {}),
        ("Den som har gjort brottet ska vara under 21 år.", (Age(AgeRange(None, 20)),), {}),
        ("Hon ska vara under 21 år.", (LIVES_HERE,), {}),
        ("Du ska vara högst 14 år.", (SMALL,), {"target_ages": AgeRange(3, 14)}),
        ("Du behöver en remiss.", (), {"access": "referral"}),
        ("Du behöver en remiss.", (Any((ADULT, Referral())),), {}),
        ("Du behöver ingen remiss.", (), {}),
        ("Du får komma, var du än bor.", (Any((LIVES_HERE, Acute(("violence",)))),), {}),
        ("Du får komma, var du än bor.", (ADULT,), {}),
        ("Det är barnet som måste vara folkbokfört.", (Residence(("child_registered",)),), {}),
        ("Du kan komma ensam.", (SMALL, LIVES_HERE), {}),
    ],
)
def test_guidance_that_agrees_is_not(words: str, rules: tuple[Condition, ...], more: dict[str, object]) -> None:
    assert found_in(words, *rules, **more) == []


def test_what_the_law_adds_is_not_the_kommun_s() -> None:
    assert found_in("Åldern spelar ingen roll.", SMALL, by_law="13 kap. 1 §") == []


def test_no_guidance_of_the_catalogue_contradicts_a_condition(catalogue: Catalogue) -> None:
    assert [one.line for kommun in catalogue.kommuner.values() for one in contradicting_guidance(kommun)] == []
