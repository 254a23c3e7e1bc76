"""How much, where and at what cost: the numbers of an insats in sentences."""

import pytest

from portal.domain.catalogue.insatser import How, Span
from portal.domain.catalogue.whole import Catalogue
from portal.domain.sentences import sentence
from portal.web.shown.details import details_of, how_much
from portal.web.voices.voice import Voice
from tests.apps import create_app
from tests.conftest import settings


@pytest.fixture(scope="module")
def swedish() -> Voice:
    """Return the portal's Swedish voice."""
    return create_app(settings()).extensions["pages"].rooms["sv"].voice_of(None)


AMOUNTS: dict[str, tuple[How, list[str]]] = {
    "nothing is said": (How(), []),
    "one meeting": (How(meetings=Span(1, 1)), ["1 träff."]),
    "several meetings": (How(meetings=Span(4, 4)), ["4 träffar."]),
    "a range of meetings": (How(meetings=Span(9, 11)), ["9 till 11 träffar."]),
    "up to so many": (How(meetings=Span(None, 20)), ["Högst 20 träffar."]),
    "at most one": (How(meetings=Span(None, 1)), ["Högst 1 träff."]),
    "minutes": (How(minutes=Span(45, 45)), ["45 minuter varje gång."]),
    "a range of minutes": (How(minutes=Span(45, 60)), ["45 till 60 minuter varje gång."]),
    "up to so many minutes": (How(minutes=Span(None, 45)), ["Högst 45 minuter varje gång."]),
    "half an hour": (How(minutes=Span(30, 30)), ["30 minuter varje gång."]),
    "an hour": (How(minutes=Span(60, 60)), ["1 timme varje gång."]),
    "two hours": (How(minutes=Span(120, 120)), ["2 timmar varje gång."]),
    "an hour and a half": (How(minutes=Span(90, 90)), ["1,5 timmar varje gång."]),
    "a range of hours": (How(minutes=Span(150, 180)), ["2,5 till 3 timmar varje gång."]),
    "up to two hours": (How(minutes=Span(None, 120)), ["Högst 2 timmar varje gång."]),
    "up to an hour and a half": (How(minutes=Span(None, 90)), ["Högst 1,5 timmar varje gång."]),
    "how often": (How(every="two_weeks"), ["Varannan vecka"]),
    "weeks": (How(weeks=Span(1, 1)), ["1 vecka."]),
    "months": (How(months=Span(3, 6)), ["3 till 6 månader."]),
    "a group": (How(group=Span(6, 12)), ["6 till 12 personer i gruppen."]),
    "where": (How(places=("office", "home")), ["Det är: hos kommunen, hemma hos dig."]),
    "in its own words": (How(note=sentence("Kursen hålls på våren.")), ["Kursen hålls på våren."]),
}


@pytest.mark.parametrize(("how", "said"), AMOUNTS.values(), ids=AMOUNTS)
def test_an_amount_is_a_sentence(how: How, said: list[str], swedish: Voice) -> None:
    assert how_much(how, swedish) == said


def test_everything_is_said_in_one_order(swedish: Voice) -> None:
    how = How(
        meetings=Span(4, 4), minutes=Span(150, 150), every="week", weeks=Span(4, 4), group=Span(6, 12), places=("home",)
    )
    assert how_much(how, swedish) == [
        "4 träffar.",
        "2,5 timmar varje gång.",
        "En gång i veckan",
        "4 veckor.",
        "6 till 12 personer i gruppen.",
        "Det är: hemma hos dig.",
    ]


def test_every_insats_says_its_cost_and_what_is_written_down(catalogue: Catalogue, swedish: Voice) -> None:
    for kommun in catalogue.kommuner.values():
        for insats in kommun.insatser.values():
            details = details_of(insats, swedish)
            assert set(details) == {"much", "cost", "documentation", "way_in"}
            assert details["cost"]
            assert details["documentation"]
            assert "{" not in " ".join(line for lines in details.values() for line in lines)


def test_a_note_stands_after_what_is_true_of_all(catalogue: Catalogue, swedish: Voice) -> None:
    noted = [
        insats
        for kommun in catalogue.kommuner.values()
        for insats in kommun.insatser.values()
        if insats.documentation.note is not None
    ]
    assert noted
    for insats in noted:
        *_, note = details_of(insats, swedish)["documentation"]
        assert note == insats.documentation.note.text
