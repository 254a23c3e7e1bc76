"""Parts of pages that many share are rendered once, and hold the answer of nobody."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.matching import Match
from portal.domain.sentences import sentence
from portal.web.portal import fragments
from portal.web.shown.fragments import Fragments
from tests.conftest import TUESDAY


@pytest.fixture
def ready(app: Flask) -> Iterator[Fragments]:
    """Return the Swedish parts of Lekeberg's pages."""
    with app.test_request_context("/sv/lekeberg/"):
        app.preprocess_request()
        yield fragments()


def test_a_match_looks_the_same_for_all_who_have_the_same_reasons(ready: Fragments, lekeberg: Kommun) -> None:
    insats = lekeberg.get_insats("abc-3-12")
    reason, other = sentence("Du har barn."), sentence("Du bor här.")
    card = ready.match("why", Match(insats, reasons=(reason,)))
    assert ready.match("why", Match(insats, reasons=(reason,))) is card
    assert "Du har barn." in card
    assert "Du bor här." in ready.match("why", Match(insats, reasons=(other,)))


def test_a_match_looks_different_in_each_list_and_with_what_is_to_ask(ready: Fragments, lekeberg: Kommun) -> None:
    insats = lekeberg.get_insats("abc-3-12")
    reason, rule = (sentence("Du har barn."),), (sentence("För den som bor här."),)
    shown = {
        ready.match("line", Match(insats, reasons=reason)),
        ready.match("line", Match(insats, reasons=reason, to_ask=rule)),
        ready.match("assessed", Match(insats, reasons=reason)),
        ready.match("near", Match(insats, not_met=rule)),
    }
    assert len(shown) == 4
    assert all("/sv/lekeberg/insatser/abc-3-12" in html for html in shown)


def test_a_contact_is_shown_anew_each_minute_because_somebody_may_have_hung_up(
    ready: Fragments, lekeberg: Kommun
) -> None:
    centre = lekeberg.contacts["kontaktcenter"]
    first = ready.contact(centre, lekeberg, "h3", TUESDAY)
    assert "Öppet nu" in first
    assert ready.contact(centre, lekeberg, "h3", TUESDAY + timedelta(seconds=59)) is first
    later = ready.contact(centre, lekeberg, "h3", TUESDAY.replace(hour=11, minute=45))
    assert "Stängt nu. Öppnar" in later
    assert "Öppet nu" in ready.contact(centre, lekeberg, "h3", TUESDAY)


def test_a_contact_has_the_level_of_its_place(ready: Fragments, lekeberg: Kommun) -> None:
    centre = lekeberg.contacts["kontaktcenter"]
    assert "<h2>Kontaktcenter</h2>" in ready.contact(centre, lekeberg, "h2", TUESDAY)
    assert "<h3>Kontaktcenter</h3>" in ready.contact(centre, lekeberg, "h3", TUESDAY)


def test_an_answer_stands_between_its_question_and_the_way_to_change_it(ready: Fragments, catalogue: Catalogue) -> None:
    before, after = ready.around(catalogue.questions["age"])
    assert "Din ålder" in before
    assert 'name="change" value="age"' in after
    assert ready.around(catalogue.questions["age"]) == (before, after)


def test_each_language_and_kommun_has_parts_of_its_own(app: Flask) -> None:
    feet = set()
    for path in ("/sv/lekeberg/", "/ar/lekeberg/", "/sv/mellerud/", "/sv/"):
        with app.test_request_context(path):
            app.preprocess_request()
            feet.add(fragments().foot + fragments().bar)
    assert len(feet) == 4
