"""What is counted, said in full; and the one request that counts, which carries nothing but what the page says."""

import re
import shutil
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

from portal.actions.counting.counters import always
from portal.domain.catalogue.whole import Catalogue
from portal.domain.counting.counters import COUNTERS
from portal.domain.counting.periods import tertial_of
from portal.domain.counting.statistics import Row
from portal.domain.sentences import in_swedish
from portal.store.counting.counters import list_rows
from portal.store.counting.tables import counters
from portal.store.storage import open_storage
from portal.web.counting.batch import LATEST, SOONEST, at_random
from tests.apps import create_app
from tests.conftest import KEY, TUESDAY, settings
from tests.pages import Page, Visitor
from tests.web.each_language import LANGUAGES

COUNTED = "/sv/lekeberg/counted"
CHECK = "/sv/lekeberg/self-check"
ANSWERS = [
    ("topics", "parenting"),
    ("topics", "violence"),
    ("violence", "victim"),
    ("children", "8"),
    ("age", "35"),
    ("residence", "elsewhere"),
    ("parenting", ""),
    ("born_abroad", ""),
    ("for", ""),
]
NOTHING_FITS = [
    ("topics", "wellbeing"),
    ("age", "14"),
    ("for", "me"),
    ("guardian_consent", "no"),
    ("wellbeing", ""),
    ("residence", ""),
]
FORM = {"content_type": "application/x-www-form-urlencoded"}


class Portal:
    """A portal with a database of its own, whose later moment comes when a test says so."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.plans: list[Callable[[], object]] = []
        address = f"sqlite:///{folder / 'portal.sqlite'}"
        self.app: Flask = create_app(
            settings(database_url=address), clock=lambda: TUESDAY, later=self._later, chance=always
        )
        self.storage = open_storage(address, [KEY])
        self.visitor = Visitor(self.app.test_client())

    def _later(self, plan: Callable[[], object]) -> None:
        self.plans.append(plan)

    def begin_anew(self) -> None:
        """Forget what was counted, and who visited."""
        self.app.extensions["batch"].close()
        with self.storage.database.transaction() as connection:
            connection.execute(counters.delete())
        self.plans = []
        self.visitor = Visitor(self.app.test_client())
        self.visitor.get(CHECK)

    def rows(self, kommun: str = "lekeberg") -> dict[tuple[str, str], int]:
        """Return what is kept, by key and value: the whole under the day, what divides it under the tertial's first."""
        found_in = tertial_of(TUESDAY.date())
        with self.storage.database.reading() as connection:
            found: tuple[Row, ...] = list_rows(connection, kommun, found_in)
        for row in found:
            assert row.counted_on == (TUESDAY.date() if row.key == "self_checks" else found_in.first_on)
        return {(row.key, row.value): row.number for row in found}

    def files(self) -> dict[str, str]:
        """Return what every file of the database holds, but that of its locks: whoever reads takes one."""
        found = [path for path in self.folder.iterdir() if path.suffix != ".sqlite-shm"]
        return {path.name: sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture(scope="module")
def served(sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Return the portal of these tests."""
    folder = tmp_path_factory.mktemp("counting")
    shutil.copy(sqlite_file, folder / "portal.sqlite")
    found = Portal(folder)
    yield found
    found.storage.close()


@pytest.fixture
def portal(served: Portal) -> Portal:
    """Return a portal in which nobody has been counted."""
    served.begin_anew()
    return served


def result(visitor: Visitor, answers: list[tuple[str, str]], lang: str = "sv") -> Page:
    """Return the result of those answers."""
    page = visitor.post(f"/{lang}/lekeberg/self-check", data=urlencode(answers), **FORM)
    assert not page.all("input", name="q")
    return page


def offered(page: Page) -> list[tuple[str, str]]:
    """Return what the button of the result would send."""
    section = page.one("section", id="count-me")
    fields = [(found.get("name") or "", found.get("value") or "") for found in section.iter("input")]
    assert [found.get("type") for found in section.iter("input")] == ["hidden"] * len(fields)
    return fields


# ------------------------------------------------------------------------------- the self-check counts nothing


def test_a_self_check_writes_nothing_and_counts_nothing(portal: Portal) -> None:
    before = portal.files()
    portal.visitor.get(CHECK)
    portal.visitor.post(CHECK, data={"topics": "violence", "q": "topics"})
    result(portal.visitor, ANSWERS)
    assert (portal.files(), portal.plans, portal.rows()) == (before, [], {})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_result_offers_to_count_and_sends_nothing_by_itself(portal: Portal, lang: str) -> None:
    page = result(portal.visitor, ANSWERS, lang)
    (form,) = page.one("section", id="count-me").iter("form")
    assert (form.get("action"), form.get("method")) == (f"/{lang}/lekeberg/counted", "post")
    # Only the button sends it: htmx sends a form when it is submitted, unless something else is asked for.
    assert "data-hx-trigger" not in form.attrib
    assert len(page.all("section", id="count-me")[0].findall(".//button")) == 1


def test_the_form_holds_what_the_page_says_and_no_other_answer(portal: Portal) -> None:
    assert offered(result(portal.visitor, ANSWERS)) == [
        ("direct", "yes"), ("topic", "parenting"), ("topic", "violence")
    ]  # fmt: skip
    assert offered(result(portal.visitor, NOTHING_FITS)) == [("direct", "no"), ("topic", "wellbeing")]


def test_who_named_no_topic_sends_none(portal: Portal) -> None:
    nothing = [(question, "") for question in (
        "topics", "for", "age", "children", "residence", "born_abroad", "guardian_consent", "referral"
    )]  # fmt: skip
    assert [name for name, _ in offered(result(portal.visitor, nothing))] == ["direct"]


def test_a_result_with_something_wrong_offers_nothing(portal: Portal) -> None:
    page = portal.visitor.post(CHECK, data=urlencode([*ANSWERS, ("dance", "waltz")]), **FORM)
    assert (page.status, page.all("section", id="count-me")) == (422, [])


# ------------------------------------------------------------------------------------------- being counted


def count(portal: Portal, fields: list[tuple[str, str]], path: str = COUNTED, **more: object) -> Page:
    """Send a form, as a browser does for the button."""
    return portal.visitor.post(path, data=urlencode(fields), **FORM, **more)


def test_who_presses_the_button_is_counted_later_and_each_thing_for_itself(portal: Portal) -> None:
    before = portal.files()
    for _ in range(2):
        page = count(portal, offered(result(portal.visitor, ANSWERS, "ar")), "/ar/lekeberg/counted")
        assert page.status == 200
    assert portal.files() == before
    (plan,) = portal.plans
    plan()
    assert portal.rows() == {
        ("self_checks", ""): 2,
        ("self_checks_by_result", "direct"): 2,
        ("self_checks_by_language", "ar"): 2,
        ("self_checks_by_topic", "parenting"): 2,
        ("self_checks_by_topic", "violence"): 2,
    }
    assert portal.rows("mellerud") == {}


def test_where_nothing_was_found_that_is_counted(portal: Portal) -> None:
    count(portal, [("direct", "no")])
    portal.plans[0]()
    assert portal.rows()["self_checks_by_result", "no_direct"] == 1


@pytest.mark.parametrize(
    "fields",
    [
        [],
        [("topic", "money")],
        [("direct", "perhaps")],
        [("direct", "yes"), ("direct", "no")],
        [("direct", "yes"), ("topic", "dance")],
        [("direct", "yes"), ("age", "35")],
        [("direct", "yes"), ("topics", "money")],
        [("direct", "yes"), ("name", "Ros")],
        [("direct", "yes"), ("topic", "money"), ("topic", "")],
    ],
)
def test_a_request_with_anything_else_counts_nothing(portal: Portal, fields: list[tuple[str, str]]) -> None:
    assert count(portal, fields).status == 400
    assert portal.plans == []


def test_another_site_cannot_press_the_button_for_somebody(portal: Portal) -> None:
    for sent_from, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200)):
        portal.visitor.headers["Sec-Fetch-Site"] = sent_from
        assert count(portal, [("direct", "yes")]).status == status
    assert len(portal.plans) == 1


def test_one_topic_is_counted_once_however_often_it_is_sent(portal: Portal) -> None:
    count(portal, [("direct", "yes"), *[("topic", "money")] * 50])
    portal.plans[0]()
    assert portal.rows()["self_checks_by_topic", "money"] == 1


def test_the_database_may_be_down() -> None:
    # In the one of these settings nobody has made a table. Who presses the button need not know, nor wait.
    plans: list[Callable[[], object]] = []
    app = create_app(settings(), clock=lambda: TUESDAY, later=plans.append, chance=always)
    answer = app.test_client().post(COUNTED, data={"direct": "yes"})
    assert (answer.status_code, "Tack. Du är räknad." in answer.text) == (200, True)
    (plan,) = plans
    assert plan() == 0
    assert len(plans) == 2
    # A process that ends cannot wait for it any longer.
    assert app.extensions["batch"].close() == 0
    assert len(plans) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_thanks_stand_in_a_page_of_their_own_and_for_htmx_in_a_part(portal: Portal, lang: str) -> None:
    page = count(portal, [("direct", "yes")], f"/{lang}/lekeberg/counted")
    assert page.all("a", href=f"/{lang}/lekeberg/counted")
    portal.visitor.headers["HX-Request"] = "true"
    part = count(portal, [("direct", "yes")], f"/{lang}/lekeberg/counted")
    assert "<html" not in part.response.text
    assert "".join(part.one("p").itertext()).startswith(page.heading())


def test_the_moment_of_writing_is_anywhere_within_an_hour() -> None:
    assert (SOONEST, LATEST) == (1800, 5400)
    ran: list[str] = []
    timers = [at_random(lambda: ran.append("written")) for _ in range(20)]
    for timer in timers:
        timer.cancel()
    assert len({timer.interval for timer in timers}) == 20
    assert all(SOONEST <= timer.interval <= LATEST and timer.daemon for timer in timers)
    assert ran == []


# ------------------------------------------------------------------------------------------- the page


def test_the_page_says_everything_that_is_counted_and_why(visitor: Visitor) -> None:
    page = visitor.get(COUNTED)
    assert [" ".join("".join(found.itertext()).split()) for found in page.all("h3")] == [
        in_swedish(counter.name) for counter in COUNTERS.values()
    ]
    for counter in COUNTERS.values():
        assert in_swedish(counter.what) in page.text
        assert in_swedish(counter.why) in page.text
        for dimension in counter.dimensions:
            assert in_swedish(dimension.name) in page.text


def test_the_page_says_exactly_what_the_button_sends(visitor: Visitor) -> None:
    page = visitor.get(COUNTED)
    first_list = page.one("main").find("ul")
    assert first_list is not None
    assert [item.text for item in first_list] == [
        "kommunen",
        "språket på sidan",
        "om du fick stöd att kontakta direkt, ja eller nej",
        "ämnena du valde",
    ]
    assert "Vill du inte? Tryck inte." in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_privacy_page_leads_to_what_is_counted(visitor: Visitor, lang: str) -> None:
    assert visitor.get(f"/{lang}/lekeberg/privacy").all("a", href=f"/{lang}/lekeberg/counted")


def test_every_topic_can_be_counted(portal: Portal, catalogue: Catalogue) -> None:
    count(portal, [("direct", "yes"), *(("topic", topic) for topic in catalogue.topics)])
    portal.plans[0]()
    topics = {value for key, value in portal.rows() if key == "self_checks_by_topic"}
    assert topics == set(catalogue.topics)


def test_no_log_line_holds_what_was_sent(portal: Portal, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        count(portal, [("direct", "yes"), ("topic", "violence")])
    assert [re.sub(r" \d+\.\d$", "", record.getMessage()) for record in caplog.records] == [f"POST {COUNTED} 200"]
