"""An electronic identity in a real browser, with a provider on another site, as it is where it is used."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page, Playwright

from portal.store import schema
from portal.store.storage import open_storage
from tests.browser.serving import served
from tests.browser.visits import ARGUMENTS, visit
from tests.groups import KEY

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]

FORM = "/sv/lekeberg/apply/elderly"


@pytest.fixture
def address(tmp_path: Path, app: Flask) -> Iterator[str]:
    """Return the address of a portal on 127.0.0.1 whose provider is on localhost: to a browser, another site."""
    empty = tmp_path / "empty.sqlite"
    storage = open_storage(f"sqlite:///{empty}", [KEY])
    schema.upgrade(storage.database)
    storage.close()
    people = (
        User(sub="8501012382", claims={"acr": "loa3", "name": "Kanariefågel Maria Vipansson"}),
        User(sub="weak", claims={"acr": "password"}),
    )
    with run_server_in_thread(user_claims=people) as provider:
        asked = {
            "PORTAL_EID_OIDC_ISSUER": f"http://localhost:{provider.server_port}",
            "PORTAL_EID_OIDC_CLIENT_ID": "portal",
            "PORTAL_EID_OIDC_CLIENT_SECRET": "a secret that both know",
            "PORTAL_EID_OIDC_ACR": "loa3",
        }
        with served(tmp_path, empty, **asked) as server:
            yield server.address


def identify_as(page: Page, sub: str) -> None:
    """Go to the provider from the page of a kind, and come back from it."""
    page.goto(f"{FORM}?insats=hemtjanst")
    page.get_by_role("link", name="Börja med e-legitimation").click()
    page.locator("input[name=sub]").fill(sub)
    page.locator("form:has(input[name=sub]) button").first.click()


def test_who_comes_from_a_provider_on_another_site_goes_on_to_the_form(
    playwright: Playwright, chromium: str, address: str
) -> None:
    # Localhost is looked up here, and nothing else: the provider is reached, and the browser sees another site.
    arguments = [one.replace("EXCLUDE 127.0.0.1", "EXCLUDE 127.0.0.1, EXCLUDE localhost") for one in ARGUMENTS]
    with playwright.chromium.launch(executable_path=chromium, args=arguments) as browser:
        with visit(browser, address, locale="sv-SE") as page:
            identify_as(page, "8501012382")
            page.get_by_role("heading", name="Du har legitimerat dig").wait_for()
            assert page.context.cookies() == []
            page.get_by_role("button", name="Börja ansökan").click()
            page.wait_for_url(f"**{FORM}")
            assert page.locator("input[name=identity]").get_attribute("value")
            assert page.locator("input[name=name]").first.get_attribute("value") == "Kanariefågel Maria Vipansson"
        with visit(browser, address, locale="sv-SE") as page:
            identify_as(page, "weak")
            page.get_by_role("heading", name="Legitimeringen gick inte").wait_for()
            assert page.context.cookies() == []
            page.get_by_role("button", name="Börja ansökan").click()
            page.wait_for_url(f"**{FORM}")
            assert page.locator("input[name=insats]").first.get_attribute("value") == "hemtjanst"
