"""A whole self-check leaves nothing behind: not in the browser, not in an address, not on the server, nowhere else."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, Response

from portal.web.security import KEPT
from tests.browser.serving import Server
from tests.browser.visits import ARGUMENTS, Resident, visit

pytestmark = pytest.mark.browser

ANSWERS = {
    "topics": ("violence", "substance"),
    "violence": ("victim", "has_left"),
    "substance": ("gambling",),
    "age": ("97",),
    "residence": ("elsewhere",),
}
MISTAKE = "nittiosju"
SOUGHT = "misshandel"
SECRETS = {word for said in ANSWERS.values() for words in said for word in words.split()} | {MISTAKE, SOUGHT}

NOTHING = {"cookie": "", "local": [], "session": [], "databases": [], "caches": [], "workers": 0}
_KEPT = """async () => ({
  cookie: document.cookie,
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  databases: await indexedDB.databases(),
  caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""

# Every line that may be written about a request: the portal's own, gunicorn's two. The Referer in the second is empty.
_LINES = (
    re.compile(r"portal\.access: (GET|POST) (?P<path>\S+) \d{3} \d+\.\d"),
    re.compile(r'127\.0\.0\.1 - - \[[^]]+\] "(GET|POST) (?P<path>\S+) HTTP/1\.1" \d{3} \S+ "-" "[^"]*"'),
    re.compile(r"\[[^]]+\] \[\d+\] \[DEBUG\] (GET|POST) (?P<path>\S+)"),
)
# And gunicorn's fixed words about a connection that the browser has left.
_CONNECTION = re.compile(r"\[[^]]+\] \[\d+\] \[DEBUG\] (Ignor|Clos)(ing|ed) [a-z ]+\.? ?(No more data after: b'')?")


@dataclass
class Visit:
    """What can be seen of a visit from outside: what went over the net, and what was left."""

    requests: list[Request] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    received: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    histories: list[Any] = field(default_factory=list)
    kept_by_script: dict[str, Any] = field(default_factory=dict)
    kept_by_browser: dict[str, Any] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)

    def look(self, page: Page) -> None:
        """Note what the browser shows of a page to whoever sits down at it."""
        self.addresses.add(page.url)
        self.titles.add(page.title())
        self.histories.append(page.evaluate("history.state"))


@contextmanager
def witnessed(context: BrowserContext, server: Server) -> Iterator[Visit]:
    """See everything that a visit does, in the browser and on the server."""
    seen = Visit()
    context.on("request", lambda request: seen.requests.append(request))
    context.on("response", lambda response: seen.responses.append(response))
    before, written = files(server.project), len(server.lines())
    yield seen
    seen.sent = [request.all_headers() for request in seen.requests]
    seen.received = [(response.url, response.all_headers()) for response in seen.responses]
    seen.kept_by_script = context.pages[0].evaluate(_KEPT)
    seen.kept_by_browser = dict(context.storage_state(indexed_db=True))
    seen.lines = server.lines()[written:]
    after = files(server.project)
    seen.changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def files(folder: Path) -> dict[str, tuple[int, str]]:
    """Return every file below a folder with when it was written and what it holds."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, sha256(path.read_bytes()).hexdigest())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def walk(resident: Resident, seen: Visit) -> None:
    """Go the whole way: every question, a mistake, the result, back, another language, a list, a search."""
    page = resident.page
    resident.begin()
    for question in resident.questions():
        if question == "age":
            resident.write(MISTAKE)
            resident.press()
            seen.look(page)
        resident.reply(ANSWERS)
        seen.look(page)
    resident.press("back")
    seen.look(page)
    resident.speak("en")
    seen.look(page)
    resident.go_through(ANSWERS)
    seen.look(page)
    page.locator("#more > summary").click()
    page.locator("input[name=i]").first.check()
    pressed = page.locator("#share button.button").first
    if resident.has_script:
        pressed.click()
        page.locator("ul.cards").wait_for()
        seen.look(page)
        page.go_back()
        page.locator(
            "footer a[href$='/groups']"
        ).click()  # not a card: its title may well hold a word that is secret here
        page.locator("[data-result]:visible").wait_for()
        seen.look(page)
        page.go_back()
        page.locator(".first h2").wait_for()
    else:
        with page.context.expect_page() as opened:
            pressed.click()
        opened.value.locator("ul.cards").wait_for()
        seen.look(opened.value)
    seen.look(page)
    page.goto("/sv/lekeberg/insatser")
    page.locator("#q").fill(SOUGHT)
    page.locator("form.search button").click()
    page.locator('#found a[href$="/insatser"]').wait_for()
    seen.look(page)


@pytest.fixture(scope="module", params=[True, False], ids=["with script", "without script"])
def seen(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Visit:
    """Return what was seen of a whole visit."""
    with visit(browser, server.address, java_script_enabled=request.param) as page:
        # The first page makes the server read its templates.
        page.goto("/sv/lekeberg/")
        with witnessed(page.context, server) as seen:
            walk(Resident(page, has_script=request.param), seen)
    return seen


def words(address: str) -> set[str]:
    """Return the words of an address after its host."""
    parts = urlsplit(unquote(address))
    return set(re.split(r"[^\w-]+", f"{parts.path} {parts.query} {parts.fragment}"))


def test_answers_travel_in_the_body_of_a_post(seen: Visit) -> None:
    bodies = " ".join(unquote((request.post_data or "").replace("+", " ")) for request in seen.requests)
    assert {secret for secret in SECRETS if secret in bodies} == SECRETS


def test_no_address_holds_an_answer(seen: Visit) -> None:
    asked_for = {request.url for request in seen.requests} | seen.addresses
    assert {address for address in asked_for if words(address) & SECRETS} == set()


def test_no_title_holds_an_answer(seen: Visit) -> None:
    assert {title for title in seen.titles if set(re.split(r"\W+", title)) & SECRETS} == set()


def test_the_history_holds_a_count_at_most(seen: Visit) -> None:
    kept = [state for state in seen.histories if state is not None]
    assert all(set(state) <= {"depth", "away"} and state["depth"] < 20 for state in kept)
    assert {state["away"] for state in kept if "away" in state} <= {True}


def test_no_request_says_which_page_it_comes_from(seen: Visit) -> None:
    assert {headers.get("referer", "") for headers in seen.sent} == {""}


def test_nothing_is_fetched_from_another_host(seen: Visit, address: str) -> None:
    assert {urlsplit(request.url).netloc for request in seen.requests} == {urlsplit(address).netloc}


def test_nothing_is_left_in_the_browser(seen: Visit) -> None:
    assert seen.kept_by_script == NOTHING
    assert seen.kept_by_browser == {"cookies": [], "origins": []}


def test_every_response_keeps_the_promised_headers(seen: Visit) -> None:
    assert seen.received
    for url, headers in seen.received:
        assert "set-cookie" not in headers, url
        assert headers["referrer-policy"] == "no-referrer", url
        assert "default-src 'none'" in headers["content-security-policy"], url
        assert "unsafe" not in headers["content-security-policy"], url
        if "/static/" not in url:
            # The start of a kommun and its list are the same for everybody; whatever follows is kept nowhere.
            is_for_all = re.fullmatch(r"/[^/]+/[^/]+/(insatser)?", urlsplit(url).path) is not None
            assert headers["cache-control"] in ((KEPT, "no-store") if is_for_all else ("no-store",)), url


def test_no_line_of_a_log_holds_more_than_the_path(seen: Visit) -> None:
    known = {urlsplit(request.url)._replace(scheme="", netloc="").geturl() for request in seen.requests}
    paths = known | {urlsplit(address).path for address in known}
    lines = [line for line in seen.lines if not _CONNECTION.fullmatch(line)]
    for line in lines:
        matches = [match for shape in _LINES if (match := shape.fullmatch(line))]
        assert [match["path"] in paths for match in matches] == [True], line
    posts = [request for request in seen.requests if request.method == "POST"]
    assert sum(line.startswith("portal.access: POST") for line in lines) == len(posts)


def test_no_file_of_the_portal_changes(seen: Visit) -> None:
    assert seen.changed == set()


@pytest.fixture
def profile(playwright: Playwright, chromium: str, address: str, tmp_path: Path) -> Iterator[BrowserContext]:
    """Return a browser that keeps its profile on disk, as the one at home does."""
    with playwright.chromium.launch_persistent_context(
        tmp_path, executable_path=chromium, args=ARGUMENTS, base_url=address
    ) as context:
        yield context


def on_disk(folder: Path, wanted: set[str]) -> set[str]:
    """Return which words stand in any file of a profile, in either of the encodings that Chromium writes."""
    contents = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    return {word for word in wanted for said in contents if word.encode() in said or word.encode("utf-16-le") in said}


def test_the_browser_writes_no_answer_to_its_disk(profile: BrowserContext, tmp_path: Path) -> None:
    resident = Resident(profile.pages[0])
    resident.begin()
    resident.go_through(ANSWERS)
    profile.close()
    assert on_disk(tmp_path, {"gambling", "has_left", "lekeberg/self-check"}) == {"lekeberg/self-check"}


def test_a_change_of_language_writes_no_answer_to_the_disk(profile: BrowserContext, tmp_path: Path) -> None:
    resident = Resident(profile.pages[0])
    resident.begin()
    resident.reply({"topics": ("substance",)})
    resident.speak("en")
    profile.close()
    assert on_disk(tmp_path, {"substance", "lekeberg/self-check"}) == {"lekeberg/self-check"}
