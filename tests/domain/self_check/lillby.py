"""A made-up kommun to ask in, and what it answers."""

from portal.domain.catalogue.age_ranges import AgeRange
from portal.domain.catalogue.ages import Age, ChildAge
from portal.domain.catalogue.answers import Answer, Answers
from portal.domain.catalogue.facts import Residence, Situation
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.self_check.asking import next_question
from portal.domain.self_check.matching import Match, Matches, match
from portal.domain.sentences import sentence
from tests.domain.build import catalogue, insats, kommun

ADULT = Age(AgeRange(18, None))


PARENT = ChildAge(AgeRange(3, 12))


LIVES_HERE = Residence(("registered", "staying"))


HURT = Situation((("violence", frozenset({"victim"})),), {("violence", "victim"): sentence("Någon slår mig")})


def answers_about(*topics: str, **more: Answer) -> Answers:
    """Return answers that begin with these topics."""
    return {"topics": frozenset(topics), **more}


def found_in(place: Kommun, answers: Answers) -> Matches:
    """Return the lists of a kommun."""
    return match(place, catalogue(place), answers)


def ids(matches: tuple[Match, ...]) -> list[str]:
    """Return the ids of a list in its order."""
    return [one.insats.id for one in matches]


def asked_next(place: Kommun, answers: Answers) -> str | None:
    """Return the id of the next question, or None."""
    asked = next_question(place, catalogue(place), answers)
    return None if asked is None else asked.id


# ----------------------------------------------------------------------------------------- what is relevant

LILLBY = kommun(
    insats("course", PARENT, topics=("parenting",)),
    insats("advice", ADULT, topics=("money", "housing")),
    insats("home", ADULT, topics=("housing",), route="assessed", application="housing"),
    insats("care", topics=("housing",), route="assessed", started_by="court"),
)
