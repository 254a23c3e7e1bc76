"""The pages for the kommun: the law's guard, SKR's list filled in, ages by topic, two kommuner side by side."""

from collections import Counter
from datetime import date
from xml.etree.ElementTree import Element

import pytest

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.domain.officials.coverage import coverage
from portal.domain.officials.law import examine
from portal.domain.officials.survey import Answer, survey
from portal.store.officials.answers import save_answer
from portal.store.storage import open_storage
from portal.web.storage import put_storage
from tests.conftest import KEY, Town
from tests.pages import PAGE_BUDGET, Page, Visitor

PAGES = ("", "/law", "/skr", "/coverage", "/skr?with=linkoping", "/coverage?with=mellerud")


@pytest.mark.parametrize("lang", ["sv", "en", "ar"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_for_the_kommun_is_whole_in_every_language(visitor: Visitor, lang: str, page: str) -> None:
    assert visitor.get(f"/{lang}/lekeberg/officials{page}").status == 200


def test_the_law_page_lists_everything_the_guard_says(visitor: Visitor, lekeberg: Kommun) -> None:
    page = visitor.get("/sv/lekeberg/officials/law")
    found = list(examine(lekeberg))
    assert len(page.all("li", lang="sv")) == 0
    assert sum(len(details.findall(".//li")) for details in page.all("details", class_="more")) == len(found)
    for finding in found:
        assert finding.place in page.text
        assert finding.paragraph is None or finding.paragraph in page.text


def cells_of(page: Page) -> list[Element]:
    """Return the cell of the kommun in each row."""
    return [row.findall("td")[0] for row in page.all("tr") if row.findall("td")]


def test_the_skr_page_fills_in_every_row(visitor: Visitor, knowledge: Knowledge, lekeberg: Kommun) -> None:
    page = visitor.get("/sv/lekeberg/officials/skr?with=linkoping")
    mapped = survey(lekeberg, knowledge.skr)
    assert [cell.get("class") for cell in cells_of(page)] == [one.status for one in mapped.values()]
    silent = [cell for cell in cells_of(page) if cell.text == "Katalogen nämner den inte"]
    assert len(silent) == sum(one.is_silence for one in mapped.values()) > 300
    assert "85 av 409 rader har ett svar." in page.text


def test_what_a_source_that_lists_one_route_does_not_say_is_not_known(visitor: Visitor) -> None:
    page = visitor.get("/sv/linkoping/officials/skr")
    assert Counter(cell.get("class") for cell in cells_of(page)) == {"direct": 49, "not_known": 360}
    assert "Kommunens källa handlar bara om stöd som man inte ansöker om." in page.text
    assert "Svara tillsammans med dem." in page.text
    assert "Kommunens källa handlar bara" not in visitor.get("/sv/lekeberg/officials/skr").text


def test_officers_answers_stand_there_and_without_a_database_the_catalogue_speaks_alone(town: Town) -> None:
    answer = Answer("both", "<b>I hela kommunen</b>", "Fråga Eva.", "direct", date(2026, 11, 24))
    with town.storage.database.transaction() as connection:
        save_answer(connection, town.storage.vault, "linkoping", "hemtjanst-demens", answer)
    page = town.visitor.get("/sv/lekeberg/officials/skr?with=linkoping")
    assert "Både direkt och ansök" in page.text
    page = town.visitor.get("/sv/linkoping/officials/skr")
    assert "<b>I hela kommunen</b>" in page.text
    assert "Katalogen säger nu: Vet inte" in page.text
    assert "50 av 409 rader har ett svar." in page.text
    assert "Eva" not in page.response.text
    away = open_storage("sqlite:////nowhere/at/all.sqlite", [KEY])
    put_storage(town.visitor.client.application, away)
    page = town.visitor.get("/sv/linkoping/officials/skr")
    assert page.status == 200
    assert "49 av 409 rader har ett svar." in page.text
    away.close()


def test_the_coverage_page_shows_every_run_of_ages_of_both(visitor: Visitor, catalogue: Catalogue) -> None:
    page = visitor.get("/sv/mellerud/officials/coverage?with=lekeberg")
    drawn = [rect.get("class") for rect in page.all("{http://www.w3.org/2000/svg}rect")]
    runs = [
        [run.status for topic in catalogue.topics for run in coverage(catalogue.kommuner[kommun], catalogue)[topic]]
        for kommun in ("mellerud", "lekeberg")
    ]
    assert sorted(map(str, drawn)) == sorted(runs[0] + runs[1])


def test_a_kommun_that_is_not_there_stands_beside_nothing(visitor: Visitor) -> None:
    assert "<script" not in visitor.get("/sv/lekeberg/officials/skr?with=%3Cscript%3E").response.text.split("<main")[1]


def test_the_first_page_stays_within_one_round_trip(visitor: Visitor) -> None:
    visitor.headers["Accept-Encoding"] = "br"
    response = visitor.client.get("/ar/lekeberg/officials", headers=visitor.headers)
    assert response.headers["Content-Encoding"] == "br"
    assert len(response.data) <= PAGE_BUDGET
