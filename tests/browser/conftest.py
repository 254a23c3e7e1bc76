"""What browser tests share: the portal on a port of this machine, one Chromium, and a fresh page for each test."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.browser.chromium import find
from tests.browser.visits import Resident, visit

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Whatever a page asks for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Serve the portal; return its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a Chromium that is there; `make test` fetches one where there is none."""
    path = find()
    assert path is not None, "The browser tests need Chromium: install one, set CHROMIUM to its path, or run make test."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Return an empty page of a fresh profile."""
    with visit(browser, address) as page:
        yield page


@pytest.fixture
def resident(page: Page) -> Resident:
    """Return somebody who goes through the self-check with script."""
    return Resident(page)
