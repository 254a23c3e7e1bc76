"""What a life must get, and what is said where it does not."""

from dataclasses import replace

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age
from portal.domain.catalogue.contacts import CHILD, Helpline
from portal.domain.officials.lives import Life, Tally, tally, tell
from portal.domain.sentences import sentence
from tests.domain.build import catalogue, insats, kommun

ADULT = Age(AgeRange(18, None))
PLACE = kommun(
    insats("course", ADULT, fits={"parenting": {"any": 2}}),
    insats("advice", ADULT),
    insats("home", ADULT, route="assessed", application="housing"),
)
KNOWN = catalogue(PLACE)
LIFE = Life(
    "mother",
    "Mamma, 34.",
    {"topics": frozenset({"parenting"}), "age": 34},
    first=("advice", "course"),
    must=("home",),
    never=(),
    talk=(),
    at_most=2,
    source="[1]",
)


def test_a_life_that_gets_what_she_must_has_no_fault() -> None:
    told = tell(LIFE, PLACE, KNOWN)
    assert (told.faults, told.length, told.is_first_right) == ((), 2, True)


def test_what_may_fit_is_as_long_to_read_as_what_fits() -> None:
    unsure = tell(replace(LIFE, answers={"topics": frozenset({"parenting"})}), PLACE, KNOWN)
    assert unsure.length == 2


def test_each_fault_says_what_is_wrong() -> None:
    life = replace(LIFE, first=("home",), must=("roof",), never=("advice",), talk=("bris",), at_most=1)
    assert tell(life, PLACE, KNOWN).faults == (
        "course stands first, not home",
        "roof is missing",
        "advice must never be there",
        "the line bris is not among those shown first",
        "2 entries, at most 1",
    )


def test_who_gets_nothing_is_told_so() -> None:
    told = tell(replace(LIFE, answers={**LIFE.answers, "age": 3}), PLACE, KNOWN)
    assert told.faults[0] == "nothing stands first, not advice or course"


def test_where_nothing_is_demanded_first_anything_may_stand_there() -> None:
    assert tell(replace(LIFE, first=()), PLACE, KNOWN).is_first_right


def test_lives_are_tallied() -> None:
    told = [tell(LIFE, PLACE, KNOWN), tell(replace(LIFE, first=("home",)), PLACE, KNOWN)]
    assert tally(told) == Tally(2, 1, 1, 2)
    assert tally([]) == Tally(0, 0, 0, 0)


def test_only_what_is_missing_or_must_not_be_there_is_a_fault() -> None:
    life = replace(LIFE, must=("home", "roof", "advice"), never=("ring", "advice", "nobody"))
    assert tell(life, PLACE, KNOWN).faults == ("roof is missing", "advice must never be there")


def test_a_line_that_is_shown_is_no_fault() -> None:
    line = Helpline(
        "bris", "Bris", "116 111", sentence("barn"), sentence("För barn."), frozenset({CHILD}), False, True, "katalog"
    )
    known = replace(KNOWN, helplines=(line,))
    young = replace(LIFE, answers={**LIFE.answers, "age": 12}, talk=("bris", "sos"))
    assert [fault for fault in tell(young, PLACE, known).faults if "line" in fault] == [
        "the line sos is not among those shown first"
    ]
