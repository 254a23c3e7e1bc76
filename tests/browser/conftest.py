"""What browser tests share: the portal on a port of this machine, one Chromium, and a fresh page for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from tests.browser.chromium import find
from tests.browser.serving import Server, served
from tests.browser.visits import ARGUMENTS, PATIENCE, Resident, visit


@pytest.fixture(scope="session")
def server(app: Flask, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a portal that runs for all tests of this process; the app has compiled the translations."""
    with served(tmp_path_factory.mktemp("served"), filled) as server:
        yield server


@pytest.fixture(scope="session")
def address(server: Server) -> str:
    """Return where the portal answers."""
    return server.address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return what drives browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of a Chromium that is there; `make test` fetches one where there is none."""
    path = find()
    assert path is not None, "The browser tests need Chromium: install one, set CHROMIUM to its path, or run make test."
    return path


@pytest.fixture(scope="session")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    """Return one Chromium for all tests of this process."""
    expect.set_options(timeout=PATIENCE)
    with playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS) as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Return an empty page of a fresh profile."""
    with visit(browser, address) as page:
        yield page


@pytest.fixture(scope="module")
def looking(browser: Browser, address: str) -> Iterator[Page]:
    """Return one page for all tests of a module that only look: a profile of one's own costs half a second."""
    with visit(browser, address) as page:
        yield page


@pytest.fixture
def resident(page: Page) -> Resident:
    """Return somebody who goes through the self-check with script."""
    return Resident(page)
