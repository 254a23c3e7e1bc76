"""A kommun that is only files is served in full: pages, self-check, application and API, in every language."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.pages import Page, Visitor
from tests.store.catalogue.test_look import LOGO
from tests.store.made_up import ID, write, write_kommun
from tests.web.each_language import LANGUAGES

INSATSER: dict[str, dict[str, Any]] = {
    "kvinnojour": {
        "name": "Solbacka kvinnojour",
        "topics": ["violence"],
        "conditions": [{"any": [{"residence": ["registered", "staying"]}, {"acute": ["violence"]}]}],
    },
    "budget": {
        "name": "Solbacka och Granby budgetråd",
        "topics": ["money"],
        "conditions": [{"residence": ["registered", "neighbour"]}, {"age": {"from": 18}}],
    },
    "remissgrupp": {"name": "Remissgruppen", "access": "referral", "conditions": []},
    "kontaktfamiljen": {
        "name": "En annan familj ibland",
        "route": "assessed",
        "application": "child-and-family",
        "documentation": {"regime": "full", "cited": None, "enacted": "14 kap. 3 §"},
    },
}


@pytest.fixture(scope="module")
def solbacka(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the portal with the made-up kommun alone."""
    folder = tmp_path_factory.mktemp("data")
    write_kommun(folder, insatser=INSATSER)
    return create_app(settings(data=folder), clock=lambda: TUESDAY)


@pytest.fixture
def resident(solbacka: Flask) -> Visitor:
    """Return somebody of the made-up kommun whose every page is inspected."""
    return Visitor(solbacka.test_client())


@pytest.fixture
def program(solbacka: Flask) -> FlaskClient:
    """Return a program that asks the made-up kommun."""
    return solbacka.test_client()


def insatser(page: Page) -> set[str]:
    """Return the insatser that a page leads to."""
    paths = [link.get("href") or "" for link in page.all("a")]
    return {path.rsplit("/", 1)[1] for path in paths if "/insatser/" in path}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_pages_are_served(resident: Visitor, lang: str) -> None:
    assert [link.get("href") for link in resident.get(f"/{lang}/").one("ul", class_="choices").iter("a")] == [
        f"/{lang}/{ID}/"
    ]
    start = resident.get(f"/{lang}/{ID}/")
    assert "Solbacka" in start.heading()
    assert start.all("a", href="tel:0100123456")
    assert {"kurs", *INSATSER} <= insatser(resident.get(f"/{lang}/{ID}/insatser"))
    for insats_id in ("kurs", *INSATSER):
        assert resident.get(f"/{lang}/{ID}/insatser/{insats_id}").status == 200
    assert resident.get(f"/{lang}/{ID}/my-list?i=kurs").all("a", href=f"/{lang}/{ID}/insatser/kurs")
    assert "kontaktfamiljen" in insatser(resident.get(f"/{lang}/{ID}/apply/child-and-family"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_self_check_leads_to_a_result(resident: Visitor, lang: str) -> None:
    address, answered = (
        f"/{lang}/{ID}/self-check",
        {
            "topics": "parenting",
            "age": "34",
            "for": "child",
            "children": "5",
            "residence": "registered",
            "referral": "no",
        },
    )
    page = resident.get(address)
    seen = []
    while page.all("input", name="q"):
        question = dict(page.hidden())["q"]
        seen.append(question)
        kept = {name: value for name, value in page.hidden() if name != "q"}
        page = resident.post(address, data={**kept, "q": question, question: answered[question]})
        assert page.status == 200
    assert len(seen) == len(set(seen))
    assert {"kurs", "remissgrupp", "kontaktfamiljen"} <= insatser(page)
    assert {box.get("value") for box in page.all("input", name="i")} == {"kurs", "remissgrupp"}
    assert page.all("a", href="tel:0100123456")
    assert page.all("a", href=f"/{lang}/{ID}/apply/child-and-family")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_api_decides_the_same(program: FlaskClient, lang: str) -> None:
    (kommun,) = program.get(f"/api/v1/kommuner?lang={lang}").get_json()["kommuner"]
    assert (kommun["id"], kommun["full_name"]) == (ID, "Solbacka kommun")
    answers = {"topics": ["money"], "age": 34, "residence": "neighbour", "money": ["debts"]}
    told = program.post(f"/api/v1/{ID}/self-check?lang={lang}", json={"answers": answers}).get_json()
    assert "budget" in [entry["id"] for entry in told["direct"]]
    assert program.get(f"/api/v1/{ID}/insatser/budget?lang={lang}").get_json()["route"] == "direct"


def test_violence_is_met_wherever_one_lives(program: FlaskClient) -> None:
    answers = {"topics": ["violence"], "residence": "elsewhere", "age": 30}
    told = program.post(f"/api/v1/{ID}/self-check", json={"answers": answers}).get_json()
    assert "kvinnojour" in [entry["id"] for entry in told["direct"]]


def test_it_offers_its_neighbours_by_name_and_no_place_that_it_does_not_tell_apart(resident: Visitor) -> None:
    page = resident.post(f"/sv/{ID}/self-check", data={"topics": "money", "change": "residence"})
    offered = [choice.get("value") for choice in page.all("input", name="residence")]
    assert offered == ["registered", "staying", "neighbour", "elsewhere"]
    assert "Nej, jag bor i Granby" in page.text


def test_it_looks_like_itself_by_its_files_alone(tmp_path: Path) -> None:
    folder = write_kommun(tmp_path, kommun={"logo": "logo.svg", "colour": "#0a5087", "run_by": "Solbacka kommun"})
    write(folder / "logo.svg", LOGO)
    client = create_app(settings(data=tmp_path), clock=lambda: TUESDAY).test_client()
    start = Visitor(client).get(f"/ar/{ID}/")
    logo = start.one("img", alt="Solbacka kommun").get("src") or ""
    style = next(
        link.get("href") or "" for link in start.all("link") if f"kommuner/{ID}.css" in (link.get("href") or "")
    )
    assert "Solbacka kommun" in "".join(start.one("footer").itertext())
    for address, said, kind in ((logo, LOGO, "image/svg+xml"), (style, "--main: #0a5087;", "text/css")):
        answer = client.get(address)
        assert (said in answer.text, answer.mimetype) == (True, kind)
        assert "immutable" in answer.headers["Cache-Control"]


def test_without_a_logo_its_name_stands_and_nothing_is_fetched(resident: Visitor) -> None:
    start = resident.get(f"/sv/{ID}/")
    assert "".join(start.one("a", class_="brand").itertext()).strip() == "Solbacka kommun Insatsportalen"
    assert not start.all("img")
    assert not [link for link in start.all("link") if "kommuner" in (link.get("href") or "")]
    assert resident.get(f"/static/kommuner/{ID}.svg").status == 404
    assert resident.get("/static/kommuner/nowhere.css").status == 404


def test_no_other_kommun_is_served(resident: Visitor) -> None:
    assert resident.get("/sv/lekeberg/").status == 404


def test_what_nobody_has_translated_is_shown_in_swedish(resident: Visitor) -> None:
    assert resident.get(f"/en/{ID}/insatser/kurs").heading() == "Solbackakursen"
