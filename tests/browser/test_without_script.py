"""Everything works in a browser that runs no script."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.states import INSATSER
from tests.browser.visits import Resident, visit

pytestmark = pytest.mark.browser

MOTHER = {"topics": ("parenting",), "children": ("8",), "residence": ("registered",), "age": ("35",)}


@pytest.fixture
def resident(browser: Browser, address: str) -> Iterator[Resident]:
    """Return somebody whose browser runs no script."""
    with visit(browser, address, java_script_enabled=False) as page:
        yield Resident(page, has_script=False)


def contacts(page: Page) -> str:
    """Return what a result says about whom to contact directly."""
    return page.locator("section.first").inner_text()


def test_the_whole_check_leads_to_somebody_to_contact(resident: Resident) -> None:
    resident.begin()
    asked = resident.go_through(MOTHER)
    assert {"topics", "children", "residence"} <= set(asked)
    assert resident.heading() == "Stöd som kan passa dig"
    assert "Föräldrakurs ABC 3–12 år" in contacts(resident.page)
    assert resident.page.locator("section a[href^='tel:']").first.is_visible()


def test_every_question_may_be_skipped(resident: Resident) -> None:
    resident.begin()
    asked = resident.go_through({})
    assert len(asked) > 1
    assert resident.page.locator("#right-title").is_visible()


def test_back_leads_to_the_question_before_with_its_answer(resident: Resident) -> None:
    resident.begin()
    resident.reply(MOTHER)
    before = resident.asked()
    assert before is not None
    resident.reply(MOTHER)
    resident.press("back")
    assert (resident.asked(), resident.given()) == (before, list(MOTHER.get(before, ())))
    resident.press("back")
    assert (resident.asked(), resident.given()) == ("topics", ["parenting"])
    resident.page.get_by_role("link", name="Tillbaka").click()
    assert urlsplit(resident.page.url).path == "/sv/lekeberg/"


def test_an_answer_can_be_changed_from_the_result(resident: Resident) -> None:
    resident.begin()
    resident.go_through(MOTHER)
    resident.page.locator("#more > summary").click()
    with resident.page.expect_navigation():
        resident.page.locator("[name=change][value=children]").click()
    assert (resident.asked(), resident.given()) == ("children", ["8"])
    resident.write("15")
    resident.press()
    resident.go_through(MOTHER)
    assert "Föräldrakurs ABC Tonår" in contacts(resident.page)
    assert "Föräldrakurs ABC 3–12 år" not in contacts(resident.page)


def test_another_language_keeps_the_question_and_what_was_typed(resident: Resident) -> None:
    resident.begin()
    resident.go_to("children", MOTHER)
    resident.write("åttio")
    resident.speak("ar")
    expect(resident.page.locator("html")).to_have_attribute("dir", "rtl")
    assert (resident.asked(), resident.given()) == ("children", ["åttio"])


def test_a_mistake_is_told_beside_the_field_and_costs_nothing(resident: Resident) -> None:
    resident.begin()
    resident.go_to("children", MOTHER)
    resident.write("åttio")
    resident.press()
    expect(resident.page.locator("#answer")).to_have_attribute("aria-invalid", "true")
    assert resident.page.locator("#answer-error").is_visible()
    assert resident.given() == ["åttio"]
    resident.write("8")
    resident.press()
    resident.go_through(MOTHER)
    assert "Föräldrakurs ABC 3–12 år" in contacts(resident.page)


def test_a_list_of_ones_own_holds_what_was_taken_and_no_answer(resident: Resident) -> None:
    resident.begin()
    resident.go_through(MOTHER)
    resident.page.locator("#more > summary").click()
    left, *taken = resident.page.locator("input[name=i]").all()
    left.uncheck()
    wanted = [field.get_attribute("value") for field in taken]
    with resident.page.context.expect_page() as opened:
        resident.page.locator("#share button.button").first.click()
    listed = opened.value
    expect(listed.locator("h1")).to_have_text("Min lista")
    assert parse_qs(urlsplit(listed.url).query) == {"i": wanted}
    assert listed.locator("ul.cards > li").count() == len(wanted) > 0


def test_a_search_finds(resident: Resident) -> None:
    page = resident.page
    page.goto(f"/sv{INSATSER}")
    page.locator("#q").fill("medling")
    with page.expect_navigation():
        page.locator("form.search button").click()
    assert "Medling vid brott" in page.locator("#found").inner_text()
    assert "Hemtjänst" not in page.locator("#found").inner_text()
    assert "medling" not in page.url


def test_the_link_that_leaves_quickly_leaves(resident: Resident) -> None:
    def answer(route: Route) -> None:
        route.fulfill(body="<title>Sol</title>", content_type="text/html")

    resident.page.route(re.compile("^https:"), answer)
    resident.page.goto("/sv/lekeberg/")
    resident.page.locator("a.leave").click()
    expect(resident.page).to_have_title("Sol")


def test_no_button_is_shown_that_needs_script(resident: Resident) -> None:
    resident.page.goto("/sv/lekeberg/my-list?i=abc-3-12")
    assert resident.page.locator("[data-copy]").count() == 1
    assert not resident.page.locator("[data-copy]").is_visible()
    assert not resident.page.locator("[data-print]").is_visible()
