"""The self-check in a frame of another site, in a real browser: two origins, a phone of 360 pixels."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from tests.browser.serving import served
from tests.browser.visits import visit

AROUND = """<!doctype html><html lang="sv"><title>Kommunen</title><h1>Kommunen</h1>{lines}
<script>window.heard = []; addEventListener("message", (event) => heard.push(JSON.stringify(event.data)));</script>"""


class Site(BaseHTTPRequestHandler):
    """The kommun's own site, on an origin of its own: one page, with the lines that its web editor has pasted."""

    lines: ClassVar[str] = ""

    def do_GET(self) -> None:
        """Answer with the page."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(AROUND.replace("{lines}", self.lines).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as http.server names it
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Return the origin of the kommun's own site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(site: str, filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where a portal answers whose kommun Lekeberg has named its own site."""

    def name_it(project: Path) -> None:
        file = project / "data" / "kommuner" / "lekeberg" / "kommun.yaml"
        file.write_text(f'{file.read_text(encoding="utf-8")}\nembed_in: ["{site}"]\n', encoding="utf-8")

    with served(tmp_path_factory.mktemp("framed"), filled, prepare=name_it) as server:
        yield server.address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Return an empty page on a phone."""
    with visit(browser, address) as page:
        page.set_viewport_size({"width": 360, "height": 740})
        yield page


def pasted(page: Page, address: str) -> str:
    """Return the lines that the portal gives to a web editor."""
    page.goto(f"{address}/sv/lekeberg/officials/embed")
    return page.locator("pre code").inner_text()


def opened(page: Page, address: str, site: str) -> FrameLocator:
    """Open the kommun's own page with the pasted lines, and return the frame in it."""
    Site.lines = pasted(page, address)
    page.goto(f"{site}/page")
    frame = page.frame_locator("#insatsportalen")
    expect(frame.locator("#check")).to_be_visible()
    return frame


def test_the_whole_self_check_runs_in_the_frame_and_nothing_leaves_it(page: Page, address: str, site: str) -> None:
    frame = opened(page, address, site)
    first = page.locator("#insatsportalen").bounding_box()
    frame.locator("input[name=topics][value=parenting]").check()
    frame.locator("#next").click()
    expect(frame.locator("input[type=checkbox][name=topics]")).to_have_count(0)
    for _ in range(10):
        if frame.locator("h1", has_text="Stöd som kan passa dig").count():
            break
        question = frame.locator("h1").inner_text()
        frame.locator("button[name=skip]").click()
        expect(frame.locator("h1")).not_to_have_text(question)
    expect(frame.locator("h1")).to_have_text("Stöd som kan passa dig")
    # The page around is where it was, and has heard heights alone: first that of the questions, then another.
    assert page.url == f"{site}/page"
    heard = page.evaluate("window.heard")
    assert heard
    assert {"".join(char for char in one if not char.isdigit()) for one in heard} == {'{"insatsportalen":{"height":}}'}
    assert len(set(heard)) > 1
    last = page.locator("#insatsportalen").bounding_box()
    assert first is not None
    assert last is not None
    assert first["height"] != last["height"]
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_frame_grows_smaller_too(page: Page, address: str, site: str) -> None:
    frame = opened(page, address, site)
    frame.locator("details.languages summary").click()
    page.wait_for_function("window.heard.length > 1")
    open_height = page.evaluate("JSON.parse(heard.at(-1)).insatsportalen.height")
    frame.locator("details.languages summary").click()
    page.wait_for_function(f"JSON.parse(heard.at(-1)).insatsportalen.height < {open_height}")


def test_leaving_quickly_leaves_the_whole_page(page: Page, address: str, site: str) -> None:
    frame = opened(page, address, site)
    page.route("https://www.smhi.se/**", lambda route: route.fulfill(body="Väder", content_type="text/html"))
    frame.locator(".framed .leave").click()
    page.wait_for_url("https://www.smhi.se/")
    assert page.evaluate("history.length") >= 1
    assert len(page.frames) == 1


def test_a_site_that_is_not_named_gets_nothing(browser: Browser, page: Page, address: str, site: str) -> None:
    Site.lines = pasted(page, address)
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as other, browser.new_page() as unnamed:
        thread = Thread(target=other.serve_forever)
        thread.start()
        unnamed.goto(f"http://127.0.0.1:{other.server_address[1]}/page")  # the same page on another origin
        assert unnamed.frame_locator("#insatsportalen").locator("#check").count() == 0
        assert unnamed.evaluate("window.heard") == []
        other.shutdown()
        thread.join()
