"""With script the portal is smoother: questions change in place, the phone's own Back works, leaving is quick."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from portal.store.languages.menu import load_languages
from tests.browser.states import CHECK, INSATSER
from tests.browser.visits import Resident

LANGUAGES = tuple(load_languages())

pytestmark = pytest.mark.browser

MOTHER = {
    "topics": ("parenting",),
    "children": ("8",),
    "residence": ("registered",),
    "age": ("35",),
    "for": ("me",),
    "born_abroad": ("no",),
    "parenting": ("everyday", "acting_out"),
}
FIRST = "Vad handlar det om?"


def go_back(resident: Resident) -> None:
    """Press the browser's own Back and wait for the question before."""
    resident.leave_form()
    resident.page.go_back()
    resident.arrive()


def answer_some(resident: Resident, count: int) -> list[tuple[str, list[str]]]:
    """Answer that many questions; return each with what was answered."""
    answered = []
    for _ in range(count):
        question = resident.asked()
        assert question is not None
        answered.append((question, list(MOTHER[question])))
        resident.reply(MOTHER)
    return answered


# ------------------------------------------------------------------------------------------ in place


def test_a_whole_check_never_loads_another_document(resident: Resident) -> None:
    resident.begin()
    resident.page.evaluate("window.sameDocument = true")
    asked = resident.go_through(MOTHER)
    assert len(asked) > 2
    assert resident.heading() == "Stöd som kan passa dig"
    assert resident.page.evaluate("window.sameDocument") is True


def test_the_title_follows_the_question(resident: Resident) -> None:
    resident.begin()
    seen = []
    for _ in resident.questions():
        resident.reply(MOTHER)
        expect(resident.page).to_have_title(f"{resident.heading()} – Insatsportalen")
        seen.append(resident.page.title())
    assert len(set(seen)) == len(seen) > 2


def test_the_address_stays_the_same(resident: Resident) -> None:
    resident.begin()
    before = resident.page.url
    resident.go_through(MOTHER)
    assert resident.page.url == before


def test_a_mistake_is_told_in_place(resident: Resident) -> None:
    resident.begin()
    resident.page.evaluate("window.sameDocument = true")
    resident.press()
    expect(resident.page.locator("#problems")).to_be_focused()
    assert resident.page.evaluate("window.sameDocument") is True
    resident.choose("parenting")
    resident.press()
    expect(resident.page.locator("#problems")).to_have_count(0)


# ------------------------------------------------------------------------------------------ one tap


def test_a_tap_on_the_only_answer_goes_on_and_back_undoes_it(resident: Resident) -> None:
    resident.begin()
    resident.go_to("residence", MOTHER)
    expect(resident.page.locator("#why .script")).to_be_visible()
    resident.tap("staying")
    assert resident.asked() != "residence"
    assert "residence=staying" in hidden(resident.page)
    go_back(resident)
    assert (resident.asked(), resident.given()) == ("residence", ["staying"])
    resident.tap("staying")  # the same again goes on too
    assert "residence=staying" in hidden(resident.page)


def test_keys_choose_and_do_not_go_on_and_neither_does_a_tap_where_more_can_be_chosen(resident: Resident) -> None:
    page = resident.page
    resident.begin()
    resident.leave_form()
    page.locator("#check .options label:has([value=parenting])").click()
    expect(page.locator(".group:has(:checked) .on")).to_be_visible()
    expect(page.locator(".on:visible")).to_have_count(1)
    resident.press()
    resident.go_to("residence", MOTHER)
    resident.leave_form()
    page.locator("#check .options input").first.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.evaluate("() => new Promise(done => setTimeout(done))")  # where a tap would have gone on
    assert (resident.asked(), len(resident.given())) == ("residence", 1)
    expect(page.locator("#check[data-left]")).to_have_count(1)
    page.keyboard.press("Enter")
    resident.arrive()
    assert resident.asked() != "residence"


def test_next_stands_under_the_last_group_in_which_something_is_chosen(resident: Resident) -> None:
    resident.begin()
    expect(resident.page.locator(".on:visible")).to_have_count(0)
    resident.choose("separation", "wellbeing")
    expect(resident.page.locator(".on:visible")).to_have_count(1)
    resident.leave_form()
    resident.page.locator(".group:has([value=wellbeing]) .on").click()
    resident.arrive()
    assert "topics=wellbeing" in hidden(resident.page)


# ------------------------------------------------------------------------------------------ back


def test_back_leads_through_every_question_with_its_answer(resident: Resident) -> None:
    resident.begin()
    answered = answer_some(resident, 4)
    found = []
    for _ in answered:
        go_back(resident)
        found.append((resident.asked(), resident.given()))
    assert found == answered[::-1]


def test_back_from_the_result_leads_to_the_last_question(resident: Resident) -> None:
    resident.begin()
    asked = resident.go_through(MOTHER)
    go_back(resident)
    assert (resident.asked(), resident.given()) == (asked[-1], list(MOTHER[asked[-1]]))


def test_back_from_the_first_question_leads_out_of_the_check(resident: Resident) -> None:
    resident.begin()
    answer_some(resident, 2)
    go_back(resident)
    go_back(resident)
    resident.page.go_back()
    assert urlsplit(resident.page.url).path == "/sv/lekeberg/"


def test_the_button_and_the_browser_go_back_alike(resident: Resident) -> None:
    resident.begin()
    answered = answer_some(resident, 3)
    go_back(resident)
    by_browser = (resident.asked(), resident.given(), resident.page.evaluate("history.state"))
    resident.press()
    resident.press("back")
    assert (resident.asked(), resident.given(), resident.page.evaluate("history.state")) == by_browser
    go_back(resident)
    assert (resident.asked(), resident.given()) == answered[1]


def test_forward_changes_nothing_and_back_still_works(resident: Resident) -> None:
    resident.begin()
    answered = answer_some(resident, 3)
    go_back(resident)
    resident.page.go_forward()
    assert (resident.asked(), resident.given()) == answered[2]
    go_back(resident)
    assert (resident.asked(), resident.given()) == answered[1]


def test_a_mistake_costs_no_extra_press_of_back(resident: Resident) -> None:
    resident.begin()
    resident.choose("parenting")
    resident.press()
    resident.press()
    expect(resident.page.locator("#problems")).to_be_focused()
    go_back(resident)
    assert resident.heading() == FIRST
    resident.page.go_back()
    assert urlsplit(resident.page.url).path == "/sv/lekeberg/"


def test_back_works_at_the_first_press_after_a_reload(resident: Resident) -> None:
    resident.begin()
    answer_some(resident, 2)
    resident.page.reload()
    answered = answer_some(resident, 1)
    go_back(resident)
    assert (resident.asked(), resident.given()) == answered[0]


def test_back_from_a_change_keeps_every_answer(resident: Resident) -> None:
    resident.begin()
    resident.go_through(MOTHER)
    resident.page.locator("#more > summary").click()
    resident.page.locator("[name=change][value=topics]").click()
    expect(resident.page.locator("h1")).to_have_text(FIRST)
    resident.page.go_back()
    expect(resident.page.locator("h1")).not_to_have_text(FIRST)
    assert "topics=parenting" in hidden(resident.page)


def test_back_works_after_a_change_of_language(resident: Resident) -> None:
    resident.begin()
    answered = answer_some(resident, 2)
    resident.speak("en")
    go_back(resident)
    assert (resident.asked(), resident.given()) == answered[1]
    expect(resident.page.locator("html")).to_have_attribute("lang", "en")
    assert urlsplit(resident.page.url).path == f"/en{CHECK}"


def test_the_address_says_the_language_of_the_page_after_a_reload_too(resident: Resident) -> None:
    page = resident.page
    resident.begin()
    answer_some(resident, 2)
    resident.speak("en")
    page.reload()
    page.wait_for_function("history.state === null || !history.state.depth")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.wait_for_url(f"**/en{CHECK}")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")


# ------------------------------------------------------------------------------------------ leaving quickly


# What the screen shows right after the click, before the other page has come.
_TELL_WHAT_IS_LEFT = """() => addEventListener(
  "click", () => console.log(`${document.body.childElementCount} elements, title '${document.title}'`)
)"""  # the window hears of a press after the document: what empties the page has done so


def test_leaving_quickly_empties_the_page_and_takes_its_place_in_the_history(resident: Resident) -> None:
    page = resident.page
    page.goto("/sv/lekeberg/privacy")
    page.goto("/sv/lekeberg/self-check")
    resident.choose("violence")
    page.route(re.compile("^https:"), lambda route: route.fulfill(body="<p>Sol", content_type="text/html"))
    page.evaluate(_TELL_WHAT_IS_LEFT)
    with page.expect_console_message() as said, page.expect_request(re.compile("^https:")) as left:
        page.locator("a.leave").click()
    assert said.value.text == "0 elements, title ''"
    assert "referer" not in left.value.headers
    page.wait_for_url(re.compile("^https:"))
    page.go_back()
    assert urlsplit(page.url).path == "/sv/lekeberg/privacy"


# ------------------------------------------------------------------------------------------ languages


def test_another_language_keeps_the_place_and_the_answers(resident: Resident) -> None:
    resident.begin()
    answer_some(resident, 2)
    asked, kept = resident.asked(), hidden(resident.page)
    for tag in LANGUAGES:
        if tag != "sv":
            resident.speak(tag)
            assert (resident.asked(), hidden(resident.page)) == (asked, kept)
            assert urlsplit(resident.page.url).path == f"/{tag}{CHECK}"


def test_another_language_keeps_the_result(resident: Resident) -> None:
    resident.begin()
    resident.go_through({"topics": ("parenting",), "age": ("35",), "children": ("8",)})
    shown, kept = resident.page.locator("article").count(), hidden(resident.page)
    assert shown
    for tag in ("ti", "fa-AF", "sv-simple"):
        resident.speak(tag)
        assert (resident.page.locator("article").count(), hidden(resident.page)) == (shown, kept)


def test_another_language_keeps_what_was_chosen_and_typed(resident: Resident) -> None:
    resident.begin()
    resident.choose("parenting", "violence")
    resident.speak("en")
    assert resident.given() == ["parenting", "violence"]
    resident.go_to("age", {"topics": ("violence",)})
    resident.write("thirty-five")
    resident.speak("sv")
    assert resident.given() == ["thirty-five"]


def hidden(page: Page) -> list[str]:
    """Return the answers that a question carries along."""
    return page.locator("#check").evaluate(
        "form => [...form.querySelectorAll('[type=hidden]')].map(field => `${field.name}=${field.value}`)"
    )


# ------------------------------------------------------------------------------------------ searching


def test_the_list_narrows_while_one_types_and_the_word_stays_out_of_the_address(page: Page) -> None:
    page.goto(f"/sv{INSATSER}")
    address = page.url
    expect(page.locator("#found")).to_contain_text("Hemtjänst")
    page.locator("#q").press_sequentially("medling")
    expect(page.locator("#found")).not_to_contain_text("Hemtjänst")
    expect(page.locator("#found")).to_contain_text("Medling vid brott")
    assert (page.url, page.evaluate("history.length")) == (address, 2)
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("medling")


def test_the_list_narrows_when_a_topic_is_chosen(page: Page) -> None:
    page.goto(f"/sv{INSATSER}")
    page.locator("#topic").select_option("money")
    expect(page.locator("#found")).not_to_contain_text("Hemtjänst")
    expect(page.locator("#found")).to_contain_text("Budget- och skuldrådgivning")


# ------------------------------------------------------------------------------------------ a code in an address


@pytest.mark.parametrize(("written", "read"), [("%C3%A5-1", "å-1"), ("100%", "100%"), ("%E5", "%E5")])
def test_a_code_in_an_address_moves_into_its_field_whatever_it_holds(
    page: Page, address: str, written: str, read: str
) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}/sv/lekeberg/my-place#{written}")
    expect(page.locator("[data-code]")).to_have_value(read)
    assert wrong == []
    assert "#" not in page.url
