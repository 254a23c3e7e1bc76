"""Every page that can be fetched, in every language: whole, within its budget, and with a title of its own."""

import re

import brotli
import pytest
from flask import Flask

from portal.domain.catalogue.whole import Catalogue
from portal.settings import ROOT
from tests.pages import PAGE_BUDGET, Visitor
from tests.web.each_language import DIRECTIONS, LANGUAGES

KOMMUNER = ("alingsas", "lekeberg", "linkoping", "mellerud")

# One value for each gap in an address, for each kommun.
INSATSER = {"alingsas": "mini-maria", "lekeberg": "abc-3-12", "linkoping": "vald-grupp", "mellerud": "stodsamtal"}
CONTACTS = {"alingsas": "mini-maria", "lekeberg": "oppenvarden", "linkoping": "kvinnojouren", "mellerud": "lotsen"}
VALUES = {"kind_id": "violence"}

NOT_FOR_PEOPLE = (
    "/api/",
    "/static/",
    "/healthz",
    "/readyz",
    "/icons.svg",
    "/robots.txt",
    "/favicon.ico",
    "/.well-known/",
)


def pages(app: Flask, lang: str, kommun: str) -> list[str]:
    """Return the address of every page for people."""
    group = "many" if kommun == "lekeberg" else kommun
    values = {**VALUES, "lang": lang, "kommun": kommun, "insats_id": INSATSER[kommun], "group_id": group}
    values["contact_id"] = CONTACTS[kommun]
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and not rule.rule.startswith(NOT_FOR_PEOPLE)
            and not rule.rule.endswith(".ics")
        ]


@pytest.mark.parametrize("kommun", KOMMUNER)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_is_whole_in_every_language(app: Flask, visitor: Visitor, lang: str, kommun: str) -> None:
    titles: dict[str, str] = {}
    for path in pages(app, lang, kommun):
        page = visitor.get(path)
        assert page.status == 200, path
        assert page.tree is not None
        if path != "/":
            assert (page.tree.get("lang"), page.tree.get("dir")) == (lang, DIRECTIONS[lang])
        title = "".join(page.one("title").itertext())
        assert title.endswith(" – Insatsportalen")
        titles[path] = title
    # The first page is the same with and without a language; "/self-check" asks its first question.
    assert len(set(titles.values())) >= len(titles) - 1, titles


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_but_the_lists_fits_one_round_trip(app: Flask, lang: str) -> None:
    client = app.test_client()
    styles = {
        path.name: len(brotli.compress(path.read_bytes(), quality=app.config["COMPRESS_BR_LEVEL"]))
        for path in (ROOT / "static").glob("*.css")
    }
    packed = {}
    for path in pages(app, lang, "lekeberg"):
        if not path.endswith("/insatser") and "/officials" not in path:
            page = client.get(path, headers={"Accept-Encoding": "br"}).data
            packed[path] = len(page) + sum(styles[name] for name in linked(brotli.decompress(page).decode()))
    assert {path: size for path, size in packed.items() if size > PAGE_BUDGET} == {}


def linked(page: str) -> list[str]:
    """Return the names of the stylesheets that a page links: a few pages have a second one of their own."""
    found = re.findall(r'<link rel="stylesheet" href="/static/([a-z.]+)', page)
    assert found[0] == "portal.css"
    return found


def test_every_kommun_of_the_catalogue_is_tried(catalogue: Catalogue) -> None:
    assert set(KOMMUNER) == set(INSATSER) == set(catalogue.kommuner)
    for kommun, insats in INSATSER.items():
        assert insats in catalogue.kommuner[kommun].insatser
