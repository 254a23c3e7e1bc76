"""Who has read the texts of a language, and saying in one tap that one is wrong."""

import pytest

from portal.store.languages.menu import load_languages
from portal.store.languages.reports import list_reports
from tests.conftest import Town

TRANSLATED = [tag for tag, language in load_languages().items() if not language.is_written]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_page_says_that_nobody_has_reviewed_it_and_leads_to_the_texts(town: Town, tag: str) -> None:
    page = town.visitor.get(f"/{tag}/lekeberg/")
    (truth,) = page.all("div", class_="truth")
    addresses = [link.get("href") for link in truth.iter("a")]
    assert addresses == [f"/{tag}/lekeberg/translation", "/sv/lekeberg/"]


def test_the_source_needs_no_such_line(town: Town) -> None:
    assert town.visitor.get("/sv/lekeberg/").all("div", class_="truth") == []


def test_each_text_stands_beside_its_swedish(town: Town) -> None:
    page = town.visitor.get("/ti/lekeberg/translation?of=abc-3-12")
    assert "Föräldrakurs ABC 3–12 år" in page.text
    assert len(page.all("button", name="text")) == len(page.all("span", class_="beside")) > 5


def test_one_tap_reports_which_text_in_which_language_and_what_is_wrong(town: Town) -> None:
    page = town.visitor.post("/ti/lekeberg/translation", data={"of": "abc-3-12", "fault": "hard", "text": "1"})
    assert page.status == 303
    (found,) = list_reports(town.storage)
    assert (found.report.language, found.report.domain, found.report.fault) == ("ti", "lekeberg", "hard")
    assert found.report.text == "En kurs i grupp om relationen till ditt barn. ABC betyder Alla barn i centrum."
    told = town.visitor.get(page.response.headers["Location"])
    assert told.all("p", role="status")


def test_a_question_and_a_page_are_texts_of_the_portal(town: Town) -> None:
    for of in ("questions", "pages"):
        town.visitor.post("/ar/lekeberg/translation", data={"of": of, "fault": "meaning", "text": "0"})
    assert {one.report.domain for one in list_reports(town.storage)} == {"messages"}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"of": "abc-3-12", "fault": "hard"},
        {"of": "abc-3-12", "fault": "ugly", "text": "1"},
        {"of": "abc-3-12", "fault": "hard", "text": "99999"},
        {"of": "abc-3-12", "fault": "hard", "text": "²"},
        {"of": "nothing", "fault": "hard", "text": "0"},
        {"of": "umgangesstod-of-nothing", "fault": "hard", "text": "-1"},
    ],
)
def test_what_is_no_text_is_refused_and_nothing_is_kept(town: Town, form: dict[str, str]) -> None:
    assert town.visitor.post("/ti/lekeberg/translation", data=form).status == 400
    assert list_reports(town.storage) == ()


def test_the_swedish_itself_can_be_hard_but_not_mean_something_else(town: Town) -> None:
    page = town.visitor.get("/sv/lekeberg/translation?of=questions")
    assert [radio.get("value") for radio in page.all("input", name="fault")] == ["hard", "language", "hurts"]
    assert page.all("span", class_="beside") == []
    wrong = town.visitor.post("/sv/lekeberg/translation", data={"of": "questions", "fault": "meaning", "text": "0"})
    assert wrong.status == 400


def test_there_is_nothing_to_report_of_what_is_not_there(town: Town) -> None:
    assert town.visitor.get("/ti/lekeberg/translation?of=nothing").status == 404
