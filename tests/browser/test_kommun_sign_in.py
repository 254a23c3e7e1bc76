"""The kommun's own sign-in in a real browser, with a provider on another site, as it is where it is used."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Page, Playwright

from portal.actions.staff.accounts import COMMAND_LINE, add_staff
from portal.domain.staff.roles import Role
from portal.store import schema
from portal.store.storage import open_storage
from tests.browser.serving import served
from tests.browser.visits import ARGUMENTS, visit
from tests.conftest import TUESDAY
from tests.groups import KEY

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::DeprecationWarning")]


@pytest.fixture
def address(tmp_path: Path, app: Flask) -> Iterator[str]:
    """Return the address of a portal on 127.0.0.1 whose provider is on localhost: to a browser, another site."""
    empty = tmp_path / "empty.sqlite"
    storage = open_storage(f"sqlite:///{empty}", [KEY])
    schema.upgrade(storage.database)
    add_staff(storage, COMMAND_LINE, "lea@example.se", [Role.LEADER], "lekeberg", TUESDAY)
    storage.close()
    people = (
        User(sub="lea", claims={"email": "lea@example.se", "email_verified": True}),
        User(sub="stranger", claims={"email": "stranger@example.se", "email_verified": True}),
    )
    with run_server_in_thread(user_claims=people) as provider:
        asked = {
            "PORTAL_OIDC_ISSUER": f"http://localhost:{provider.server_port}",
            "PORTAL_OIDC_CLIENT_ID": "portal",
            "PORTAL_OIDC_CLIENT_SECRET": "a secret that both know",
        }
        with served(tmp_path, empty, **asked) as server:
            yield server.address


def sign_in_as(page: Page, sub: str) -> None:
    """Go to the provider by the page to sign in, and come back from it."""
    page.goto("/staff/sign-in")
    page.get_by_role("link", name="Logga in med kommunens konto").click()
    page.locator("input[name=sub]").fill(sub)
    page.locator("form:has(input[name=sub]) button").first.click()


def test_who_comes_from_a_provider_on_another_site_is_let_in(
    playwright: Playwright, chromium: str, address: str
) -> None:
    # Localhost is looked up here, and nothing else: the provider is reached, and the browser sees another site.
    arguments = [one.replace("EXCLUDE 127.0.0.1", "EXCLUDE 127.0.0.1, EXCLUDE localhost") for one in ARGUMENTS]
    with playwright.chromium.launch(executable_path=chromium, args=arguments) as browser:
        with visit(browser, address, locale="sv-SE") as page:
            sign_in_as(page, "lea")
            page.wait_for_url("**/staff/groups")
            page.reload()
            assert page.locator(".rooms").is_visible()
        with visit(browser, address, locale="sv-SE") as page:
            sign_in_as(page, "stranger")
            page.get_by_text("Du har inget konto här.").wait_for()
