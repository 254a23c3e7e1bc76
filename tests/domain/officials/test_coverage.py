"""Whom a catalogue reaches: ages by topic, situations that nobody serves."""

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import Age, ChildAge, RecipientAge
from portal.domain.catalogue.facts import For, Residence, Situation
from portal.domain.catalogue.fits import ANY
from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.officials.coverage import (
    ASSESSED,
    DIRECT,
    NOTHING,
    OLDEST,
    OLDEST_CHILD,
    Run,
    coverage,
    reach,
    situations,
    unreached_situations,
    worse_situations,
)
from tests.domain.build import catalogue, insats, kommun

ADULT = Age(AgeRange(18, None))
FOR_HERSELF = For(("me",))
LIVES_HERE = Residence(("registered", "staying"))

# -------------------------------------------------------------------------------------------- ages by topic


def runs_of(*offered: Insats) -> tuple[Run, ...]:
    """Return the ages that the topic parenting reaches."""
    place = kommun(*offered)
    return coverage(place, catalogue(place))["parenting"]


def test_a_topic_without_insatser_reaches_nobody() -> None:
    place = kommun(insats("a", topics=("money",)))
    found = coverage(place, catalogue(place))
    assert found["parenting"] == (Run(0, OLDEST, NOTHING),)
    assert list(found) == ["parenting", "violence", "money", "housing"]


def test_support_for_oneself_stands_at_ones_own_age() -> None:
    assert runs_of(insats("a", ADULT, FOR_HERSELF)) == (Run(0, 17, NOTHING), Run(18, OLDEST, DIRECT))


def test_support_for_parents_stands_at_the_age_of_the_child() -> None:
    assert runs_of(insats("a", ChildAge(AgeRange(3, 12)))) == (
        Run(0, 2, NOTHING),
        Run(3, 12, DIRECT),
        Run(13, OLDEST, NOTHING),
    )


def test_a_parent_may_ask_for_a_child_who_is_grown_up() -> None:
    assert runs_of(insats("a", ChildAge(AgeRange(20, None)))) == (
        Run(0, 19, NOTHING),
        Run(20, OLDEST_CHILD, DIRECT),
        Run(OLDEST_CHILD + 1, OLDEST, NOTHING),
    )


def test_who_helps_somebody_stands_at_her_own_age_and_at_the_age_of_the_one_she_helps() -> None:
    helps = For(("relative",))
    assert runs_of(insats("a", helps, RecipientAge(AgeRange(65, None)))) == (
        Run(0, 64, NOTHING),
        Run(65, OLDEST, DIRECT),
    )
    assert runs_of(insats("a", helps, ADULT)) == (Run(0, OLDEST, DIRECT),)


def test_direct_support_counts_before_assessed() -> None:
    care = insats("care", RecipientAge(AgeRange(None, 20)), route="assessed")
    talks = insats("talks", RecipientAge(AgeRange(13, 18)))
    jobs = insats("jobs", RecipientAge(AgeRange(30, 40)), route="other")
    assert runs_of(care, talks, jobs) == (
        Run(0, 12, ASSESSED),
        Run(13, 18, DIRECT),
        Run(19, 20, ASSESSED),
        Run(21, 29, NOTHING),
        Run(30, 40, DIRECT),
        Run(41, OLDEST, NOTHING),
    )


def test_another_residence_refuses_and_a_situation_is_one_that_somebody_ticks() -> None:
    hurt = Situation((("violence", frozenset({"victim"})),), {})
    place = kommun(insats("a", hurt, LIVES_HERE, topics=("violence",)), insats("b", Residence(("neighbour",))))
    found = coverage(place, catalogue(place))
    assert found["violence"] == (Run(0, OLDEST, DIRECT),)
    assert found["parenting"] == (Run(0, OLDEST, NOTHING),)


# ------------------------------------------------------------------------------------------- situations

HURT = Situation((("violence", frozenset({"victim"})),), {})


def unreached(*offered: Insats) -> dict[str, tuple[str, ...]]:
    """Return the situations that no insats of a kommun is for."""
    place = kommun(*offered)
    return unreached_situations(situations(place, catalogue(place)))


def test_a_situation_that_no_insats_is_for_is_named() -> None:
    talks = insats("talks", fits={"violence": {"victim": 3}})
    roof = insats("roof", topics=("housing",))
    assert unreached(talks, roof) == {"violence": ("needs_shelter", "perpetrator")}
    assert unreached() == {
        "violence": ("victim", "needs_shelter", "perpetrator"),
        "housing": ("tonight", "insecure"),
    }


def test_what_is_ticked_together_with_whose_it_is_counts_as_real_residents_tick_it() -> None:
    """Alone the option is refused; a real resident also says whose trouble it is."""
    talks = insats("talks", HURT, fits={"violence": {"needs_shelter": 3}})
    roof = insats("roof", topics=("housing",))
    assert unreached(talks, roof) == {"violence": ("victim", "perpetrator")}


def test_a_situation_that_reaches_less_than_its_topic_is_told_with_its_ages() -> None:
    talks = insats("talks", RecipientAge(AgeRange(18, None)), fits={"violence": {"victim": 3}})
    shelter = insats("shelter", fits={"violence": {"needs_shelter": 3}}, route="assessed")
    young = insats("young", RecipientAge(AgeRange(None, 17)), fits={"violence": {"needs_shelter": 2}})
    place = kommun(talks, shelter, young)
    assert list(worse_situations(situations(place, catalogue(place)))) == [
        ("violence", "victim", Run(0, 17, NOTHING)),
        ("violence", "needs_shelter", Run(18, OLDEST, ASSESSED)),
        ("violence", "perpetrator", Run(0, OLDEST, NOTHING)),
    ]


def test_between_two_telling_ages_nothing_changes(lekeberg: Kommun, catalogue: Catalogue) -> None:
    """Only some ages are tried: each of the others must be told the same."""
    found = situations(lekeberg, catalogue)
    for topic in ("wellbeing", "company"):
        offered = lekeberg.placed_by_topic[topic]
        options = [option for option in found[topic] if option != ANY]
        for option, runs in found[topic].items():
            for run in runs:
                assert {reach(offered, topic, option, options, age) for age in range(run.first, run.last + 1)} == {
                    run.status
                }
