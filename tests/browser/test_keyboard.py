"""A keyboard is enough: every step can be reached and seen, and the focus is led to what is new."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visits import Resident

pytestmark = pytest.mark.browser

MOST_STEPS = 40
"""More presses of Tab than any page has stops before its main part ends."""

# A ring of at least 2 px round what has the focus, or round the label that holds it, in another colour than the paper.
_RING = """() => {
  const focused = document.activeElement, paper = getComputedStyle(document.documentElement).backgroundColor;
  return [focused, focused.closest("label")].filter(box => box).some(box => {
    const style = getComputedStyle(box);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== paper;
  });
}"""
_ON_SCREEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
}"""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the wanted element has the focus; every stop on the way is seen."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        assert page.evaluate(_RING), page.evaluate("document.activeElement.outerHTML")
        assert page.evaluate(_ON_SCREEN), page.evaluate("document.activeElement.outerHTML")
        if page.locator(f":is({wanted}):focus").count():
            return
    raise AssertionError(f"Tab never comes to {wanted}")


def press_next(resident: Resident) -> None:
    """Go on to the next page by Tab and Enter."""
    tab_to(resident.page, "#next")
    resident.leave_form()
    resident.page.keyboard.press("Enter")
    resident.arrive()


def test_tab_space_and_enter_lead_from_the_start_to_the_result(resident: Resident) -> None:
    page = resident.page
    page.goto("/sv/lekeberg/")
    tab_to(page, "a.button.big")
    page.keyboard.press("Enter")
    page.locator("#check").wait_for()
    tab_to(page, "[value=parenting]")
    page.keyboard.press("Space")
    press_next(resident)
    for question in resident.questions():
        if page.locator("#answer[type=text]").count():
            tab_to(page, "#answer")
            page.keyboard.type("8" if question == "children" else "35")
        else:
            tab_to(page, "#check .options input")
            page.keyboard.press("Space")
        press_next(resident)
    assert resident.heading() == "Stöd som kan passa dig"
    tab_to(page, "a[href^='tel:']")


def test_enter_in_a_field_goes_on(resident: Resident) -> None:
    resident.begin()
    resident.go_to("children", {"topics": ("parenting",)})
    resident.write("8")
    resident.leave_form()
    resident.page.locator("#answer").press("Enter")
    resident.page.locator("#check:not([data-left])").wait_for()
    assert resident.page.locator("html").get_attribute("lang") == "sv"
    assert resident.asked() != "children"


def test_enter_in_a_choice_goes_on(resident: Resident) -> None:
    resident.begin()
    resident.choose("parenting")
    resident.leave_form()
    resident.page.locator("[value=parenting]").press("Enter")
    resident.page.locator("#check:not([data-left])").wait_for()
    assert resident.page.locator("html").get_attribute("lang") == "sv"
    assert resident.asked() != "topics"


def test_the_arrows_choose_between_answers_of_which_one_holds(resident: Resident) -> None:
    resident.begin()
    resident.go_to("residence", {"topics": ("parenting",)})
    tab_to(resident.page, "[name=residence]")
    resident.page.keyboard.press("ArrowDown")
    assert resident.given() == ["staying"]


def test_the_focus_is_led_to_a_new_question(resident: Resident) -> None:
    resident.begin()
    resident.choose("parenting")
    press_next(resident)
    expect(resident.page.locator("main")).to_be_focused()
    resident.page.keyboard.press("Tab")
    expect(resident.page.locator("main :focus")).to_have_count(1)


def test_the_focus_is_led_to_a_problem(resident: Resident) -> None:
    resident.begin()
    press_next(resident)
    expect(resident.page.locator("#problems")).to_be_focused()
    resident.page.keyboard.press("Tab")
    expect(resident.page.locator("#problems a")).to_be_focused()
    resident.page.keyboard.press("Enter")
    resident.page.keyboard.press("Tab")
    expect(resident.page.locator("#check .options input").first).to_be_focused()


def test_the_first_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/sv/lekeberg/insatser")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    assert page.evaluate(_ON_SCREEN)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main :focus")).to_have_count(1)


def test_an_answer_is_changed_by_keyboard(resident: Resident) -> None:
    resident.begin()
    resident.go_through({"topics": ("couple",)})
    tab_to(resident.page, "#more > summary")
    resident.page.keyboard.press("Enter")
    tab_to(resident.page, "[name=change]")
    resident.leave_form()
    resident.page.keyboard.press("Enter")
    resident.arrive()
    assert resident.asked() == "topics"
