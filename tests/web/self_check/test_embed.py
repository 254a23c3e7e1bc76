"""The self-check in a frame of the kommun's own site: that site and no other, and nothing leads out of the frame."""

import re
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from flask import Flask

from portal.settings import DATA, ROOT
from portal.store.loading import Loaded, load_knowledge
from tests.apps import create_app
from tests.conftest import TUESDAY, settings
from tests.markup import parsed
from tests.pages import Page
from tests.web.each_language import LANGUAGES

SITE = "https://www.lekeberg.example"
EMBED = "/embed/{}/lekeberg/self-check"
RESULT = {"topics": "parenting", "age": "35", "for": "child", "children": "4", "residence": "registered"}
DEBTS = {"topics": "money", "money": "cannot_support", "age": "35", "for": "me", "residence": "registered"}


@pytest.fixture(scope="module")
def framed(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return a portal whose kommun Lekeberg has named a site of its own."""
    data = Path(copytree(DATA, tmp_path_factory.mktemp("named") / "data"))
    file = data / "kommuner" / "lekeberg" / "kommun.yaml"
    file.write_text(f'{file.read_text(encoding="utf-8")}\nembed_in: ["{SITE}"]\n', encoding="utf-8")
    knowledge = load_knowledge(data, only=("lekeberg", "mellerud"), shared_in=DATA)
    return create_app(replace(settings(), data=data), clock=lambda: TUESDAY, loaded=Loaded(knowledge))


def fetched(app: Flask, lang: str = "sv", sent: dict[str, str] | None = None) -> Page:
    """Return a page of the frame."""
    client, address = app.test_client(), EMBED.format(lang)
    answer = client.get(address) if sent is None else client.post(address, data=sent)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return Page(answer, parsed(answer.text))


def test_the_site_that_the_kommun_names_may_frame_it_and_no_other(framed: Flask) -> None:
    policy = fetched(framed).response.headers["Content-Security-Policy"]
    assert re.findall(r"frame-ancestors ([^;]+)", policy) == [SITE]
    for other in ("/sv/lekeberg/self-check", "/sv/lekeberg/", "/api/v1/kommuner"):
        assert "frame-ancestors 'none'" in framed.test_client().get(other).headers["Content-Security-Policy"]


def test_a_kommun_that_names_no_site_has_no_frame(framed: Flask) -> None:
    answer = framed.test_client().get("/embed/sv/mellerud/self-check")
    assert answer.status_code == 404
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert framed.test_client().get("/embed/xx/lekeberg/self-check").status_code == 404


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_has_no_header_and_no_menu_but_the_way_out(framed: Flask, lang: str) -> None:
    for page in (fetched(framed, lang), fetched(framed, lang, RESULT)):
        assert page.all("header", class_="top") == page.all("a", class_="brand") == page.all("nav") == []
        assert {link.get("target") for link in page.all("a", class_="leave")} == {"_top"}
        assert page.all("a", href="tel:112")
        assert page.one("base").get("target") == "_blank"
        assert page.one("base").get("href") is None
        check = page.one("form", id="check")
        assert (check.get("action"), check.get("target")) == (EMBED.format(lang), "_self")
        assert page.all("html")[0].get("lang") == lang


def test_a_change_of_language_stays_in_the_frame_and_an_application_opens_beside(framed: Flask) -> None:
    page = fetched(framed, "ar", DEBTS)
    leads = {button.get("formaction") or "": button for button in page.all("button", form="check")}
    assert EMBED.format("sv") in leads
    outside = [button for address, button in leads.items() if address and not address.startswith("/embed/")]
    assert outside
    assert {button.get("formtarget") for button in outside} == {"_blank"}


def test_only_the_height_can_leave_the_frame(framed: Flask) -> None:
    script = (ROOT / "static" / "embed.js").read_text(encoding="utf-8")
    assert re.findall(r"postMessage\((.*?), site\)", script) == ["{ insatsportalen: { height } }"]
    assert script.count("postMessage") == 1
    assert fetched(framed).one("header").get("data-frame") == SITE


def test_what_it_answers_has_a_few_sizes_like_the_self_check(framed: Flask) -> None:
    sizes = set()
    for topic in ("parenting", "violence", "money", "housing"):
        headers = {"Accept-Encoding": "identity"}
        sent = {"topics": topic, "q": "topics", "go_on": "1"}
        sizes.add(len(framed.test_client().post(EMBED.format("sv"), data=sent, headers=headers).data))
    assert len(sizes) == 1


def test_a_link_may_tick_a_topic_which_is_no_answer_yet(framed: Flask) -> None:
    def ticked(query: str) -> list[str | None]:
        answer = framed.test_client().get(f"/sv/lekeberg/self-check{query}")
        page = Page(answer, parsed(answer.text))
        return [field.get("value") for field in page.all("input", name="topics") if field.get("checked") is not None]

    assert ticked("?topic=parenting") == ["parenting"]
    assert ticked("?topic=violence") == ticked("?topic=nothing") == ticked("") == []


def test_the_web_editor_gets_the_lines_and_links_that_work(framed: Flask) -> None:
    answer = framed.test_client().get("/sv/lekeberg/officials/embed")
    page = Page(answer, parsed(answer.text))
    lines = "".join(page.one("code").itertext())
    assert f'src="https://localhost{EMBED.format("sv")}"' in lines
    assert 'event.origin === "https://localhost"' in lines
    assert SITE in page.text
    assert "topic=violence" not in page.text
    for address in re.findall(r"https://localhost(/[\w/.?=-]+/self-check[\w?=-]*)", page.text):
        assert framed.test_client().get(address).status_code == 200
    none = framed.test_client().get("/sv/mellerud/officials/embed")
    assert "embed_in" in none.text
