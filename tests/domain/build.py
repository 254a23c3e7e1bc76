"""Small values of the domain: a question, an insats, a kommun, each with only what a test names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from portal.domain.catalogue.answers import Option, Question, QuestionBank
from portal.domain.catalogue.condition import Condition
from portal.domain.catalogue.contacts import Confirmation, Contact
from portal.domain.catalogue.fits import ANY, Fits
from portal.domain.catalogue.insatser import Cost, Decision, Documentation, How, Insats, Part, Source
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue, Topic
from portal.domain.sentences import sentence

TOPICS = ("parenting", "violence", "money", "housing")
YES_OR_NO = ("yes", "no")
HURT_OR_HURTING = ("victim", "needs_shelter", "perpetrator")


def question(
    question_id: str,
    kind: str,
    options: tuple[str, ...] = (),
    *,
    none: str | None = None,
    only_if: str | None = None,
    ages: tuple[int, int] = (0, 0),
) -> Question:
    """Return a question; the name of an option is its id."""
    return Question(
        question_id,
        kind,
        ask=sentence(f"{question_id}?"),
        short=sentence(question_id),
        why=sentence("Därför."),
        options=tuple(Option(option, sentence(option)) for option in options),
        none=None if none is None else sentence(none),
        only_if=only_if,
        low=ages[0],
        high=ages[1],
    )


def question_bank() -> QuestionBank:
    """Return a bank with a question of every kind; topics is the only one of several that has no "none of these"."""
    questions = (
        question("topics", "any_of", TOPICS),
        question("for", "one_of", ("me", "child", "relative")),
        question("age", "age", ages=(0, 120)),
        question("helped_age", "age", ages=(0, 120)),
        question("children", "ages", none="Jag har inga barn", ages=(0, 25)),
        question("babies", "months", ages=(0, 23)),
        question("residence", "one_of", ("registered", "staying", "neighbour", "elsewhere")),
        question("guardian_consent", "one_of", YES_OR_NO),
        question("referral", "one_of", YES_OR_NO),
        question("violence", "any_of", HURT_OR_HURTING, none="Inget av detta", only_if="violence"),
        question("housing", "any_of", ("tonight", "insecure"), none="Inget av detta", only_if="housing"),
    )
    return QuestionBank({one.id: one for one in questions})


def insats(
    insats_id: str,
    *conditions: Condition,
    topics: tuple[str, ...] = ("parenting",),
    fits: Mapping[str, Mapping[str, int]] | None = None,
    weight: str = "everyday",
    given_by: tuple[str, ...] = (),
    route: str = "direct",
    access: str = "self",
    without_guardian_from: int | None = None,
    contact: str = "oppenvarden",
    application: str | None = None,
    started_by: str | None = None,
    parts: tuple[Part, ...] = (),
) -> Insats:
    """Return an insats with these conditions; without `fits` it is for all of its topics."""
    return Insats(
        id=insats_id,
        name=sentence(insats_id),
        route=route,
        access=access,
        fits=Fits({topic: {ANY: 1} for topic in topics} if fits is None else fits),
        summary=sentence("Det är stöd."),
        audience=sentence("För den som vill."),
        happens=(sentence("Ni pratar."),),
        guidance=(),
        search=(),
        how=How(),
        cost=Cost("free"),
        conditions=conditions,
        parts=parts,
        without_guardian_from=without_guardian_from,
        documentation=Documentation("advice", None, "14 kap. 4 §"),
        decision=Decision("katalog", "Socialnämnden", None, None),
        source=Source("katalog.txt", insats_id),
        contact=contact,
        application=application,
        started_by=started_by,
        weight=weight,
        given_by=frozenset(given_by),
        follow_up=("individuals",),
    )


def part(
    part_id: str,
    *conditions: Condition,
    fits: Mapping[str, Mapping[str, int]] | None = None,
    decides: bool = False,
    without_guardian_from: int | None = None,
) -> Part:
    """Return a part of an insats with conditions of its own; it decides where it has fits."""
    return Part(
        part_id,
        sentence(part_id),
        sentence("En grupp."),
        conditions,
        How(),
        decides=decides or fits is not None,
        fits=None if fits is None else Fits(fits),
        without_guardian_from=without_guardian_from,
    )


def kommun(*insatser: Insats) -> Kommun:
    """Return a kommun that offers these, in this order, whose öppenvård is reached through a contact centre."""
    contacts = (
        Contact(
            "kontaktcenter",
            sentence("Kontaktcenter"),
            phone="0585-487 00",
            confirmed=Confirmation(date(2026, 1, 15), "kommunen"),
        ),
        Contact("oppenvarden", sentence("Öppenvården"), through="kontaktcenter"),
    )
    duty = replace(contacts[0], id="emergency_duty", unit=sentence("Socialjouren"))
    return Kommun(
        emergency_duty=duty,
        id="lillby",
        name="Lillby",
        full_name="Lillby kommun",
        neighbours=("Storby",),
        postal_towns=(),
        contact_centre="kontaktcenter",
        contacts={contact.id: contact for contact in contacts},
        insatser={one.id: one for one in insatser},
        decisions={},
    )


def catalogue(*kommuner: Kommun) -> Catalogue:
    """Return a catalogue of these kommuner, with the question bank above."""
    return Catalogue(
        questions=question_bank(),
        topics={topic: Topic(topic, sentence(topic), sentence("")) for topic in TOPICS},
        helplines=(),
        kommuner={one.id: one for one in kommuner},
        leave_to="https://example.org",
    )
