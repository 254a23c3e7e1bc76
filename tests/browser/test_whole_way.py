"""The whole way of an application, on a phone in Arabic: from the self-check until only the counters remain."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from portal.actions.applications.jobs import run_application_jobs
from portal.actions.applications.units import give_units
from portal.domain.applications.rules import ApplicationRules
from portal.domain.counting.periods import tertial_of
from portal.store.applications.deletions import list_deletions
from portal.store.counting.counters import list_rows
from tests.browser.staff import BY, StaffPortal, staff_portal
from tests.browser.test_apply import ANSWERS, NAME, PHONE, WANTS, Applicant, fill_until_check
from tests.browser.test_right_to_left import as_seen
from tests.browser.visits import Resident, visit
from tests.conftest import TUESDAY

pytestmark = pytest.mark.browser

ASKED, ANSWER = "ما هو رقم هاتفك؟", "رقم هاتفي 070-174 06 77"
UNITS = ("adults", "disability", "reception")


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory, app: Flask) -> Iterator[StaffPortal]:
    """Return a portal with staff; the app has compiled the translations."""
    with staff_portal(tmp_path_factory.mktemp("whole")) as found:
        yield found


def counted(portal: StaffPortal, key: str) -> int:
    """Return how many of something have been counted in the kommun in this tertial."""
    with portal.storage.database.reading() as connection:
        rows = list_rows(connection, "lekeberg", tertial_of(TUESDAY.date()))
    return sum(row.number for row in rows if row.key == key)


def apply(page: Page) -> str:
    """Go through the self-check, apply with its answers, pause, come back and send; return the code."""
    applicant, resident = Applicant(page, has_script=True), Resident(page)
    resident.begin("ar")
    resident.go_through(ANSWERS)
    applicant.page.locator("#applying > summary").click()
    applicant.press("button[name=bring]")
    applicant.next()
    page.locator("#name").fill(NAME)
    applicant.next()
    applicant.press("button[value=pause]")
    code = applicant.code()
    open_application(page, code)
    applicant.press("button[value=go_on]")
    fill_until_check(applicant)
    applicant.press("button[value=send]")
    assert applicant.code() == code
    return code


def open_application(page: Page, code: str) -> None:
    """Come with the code, as from another phone."""
    page.goto("/ar/lekeberg/my-application")
    page.locator("#code").fill(code)
    Applicant(page, has_script=True).press("form.search button")


def press(page: Page, name: str) -> None:
    """Press a button or a link of the staff room, and wait for the page that follows."""
    found = page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first
    with page.expect_navigation():
        found.click()


def ask_for_more(page: Page) -> None:
    """Find the new application in the inbox, take it in hand and ask for more in Arabic."""
    page.goto("/staff/applications")
    assert NAME not in page.locator("main").inner_text()
    with page.expect_navigation():
        page.locator("main .list a").first.click()
    assert WANTS in page.locator("main").inner_text()
    press(page, "Jag arbetar med den")
    press(page, "Fråga efter mer")
    assert page.locator("label.take .theirs[lang=ar][dir=rtl]").count() > 2
    page.locator("label.take input").first.check()
    page.locator("#text").fill(ASKED)
    press(page, "Skicka")


def close(page: Page) -> None:
    """Read the answer, say that the case system has it all, and close."""
    page.reload()
    assert ANSWER in page.locator("main").inner_text()
    assert as_seen(page, "070-174 06 77") == {"070-174 06 77"}  # a number to call, in a line from the right
    press(page, "Avsluta")
    page.locator("input[name=in_sample][value=no]").check()
    press(page, "Ja, avsluta")
    press(page, "Jag har fört över den")


def test_the_whole_way_of_an_application(browser: Browser, portal: StaffPortal, rules: ApplicationRules) -> None:
    give_units(portal.storage, BY, portal.staff_id, UNITS, TUESDAY)
    came, ended = counted(portal, "applications"), counted(portal, "applications_ended")
    with (
        visit(browser, portal.address, viewport=PHONE) as page,
        visit(browser, portal.address, viewport=PHONE, locale="sv-SE") as staff,
    ):
        code = apply(page)
        assert counted(portal, "applications") == came + 1

        portal.sign_in(staff)
        ask_for_more(staff)

        open_application(page, code)
        assert ASKED in page.locator("main").inner_text()
        page.locator("textarea[name=text]").fill(ANSWER)
        Applicant(page, has_script=True).press("button[value=add]")

        close(staff)
        open_application(page, code)
        assert page.locator("textarea").count() == 0
        assert page.context.cookies() == []

        before = len(list_deletions(portal.storage, "lekeberg"))
        run_application_jobs(portal.storage, rules, TUESDAY + timedelta(days=31))
        assert len(list_deletions(portal.storage, "lekeberg")) == before + 1
        page.goto("/ar/lekeberg/my-application")
        page.locator("#code").fill(code)
        Applicant(page, has_script=True).press("form.search button")
        assert page.locator("#problems").count() == 1
    assert (counted(portal, "applications"), counted(portal, "applications_ended")) == (came + 1, ended + 1)
