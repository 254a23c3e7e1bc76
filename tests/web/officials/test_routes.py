"""The pages for the kommun: the law's guard, SKR's list filled in, ages by topic, two kommuner side by side."""

import pytest

from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.domain.officials.coverage import coverage, map_of
from portal.domain.officials.law import examine
from tests.pages import PAGE_BUDGET, Visitor

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


def test_the_skr_page_fills_in_every_row(visitor: Visitor, knowledge: Knowledge, lekeberg: Kommun) -> None:
    page = visitor.get("/sv/lekeberg/officials/skr?with=linkoping")
    mapped = map_of(lekeberg, knowledge.skr)
    for status in ("direct", "assessed", "none"):
        cells = [cell for row in page.all("tr") for cell in row.findall("td")[:1] if cell.get("class") == status]
        assert len(cells) == sum(one.status == status for one in mapped.values()), status


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
