"""Every page that can be fetched, in every language: whole, within its budget, and with a title of its own."""

import re

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

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
    "/api-info",
    "/static/",
    "/healthz",
    "/readyz",
    "/metrics",
    "/icons.svg",
    "/robots.txt",
    "/sitemap.xml",
    "/favicon.ico",
    "/.well-known/",
    "/worker.js",
    "/dcat.ttl",
    "/datasets/",
    "/embed/",  # of kommuner that have named a site; tests/web/self_check/test_embed.py
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
            and not rule.rule.endswith((".ics", ".rss", ".webmanifest"))
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
    client, packed = app.test_client(), {}
    for path in pages(app, lang, "lekeberg"):
        if not path.endswith("/insatser") and "/officials" not in path:
            page = client.get(path, headers={"Accept-Encoding": "br"}).data
            packed[path] = len(page) + sum(weight(client, link) for link in linked(brotli.decompress(page).decode()))
    assert {path: size for path, size in packed.items() if size > PAGE_BUDGET} == {}


def linked(page: str) -> list[str]:
    """Return the stylesheets that a page links: the portal's, the kommun's colour, on some one of their own."""
    found = re.findall(r'<link rel="stylesheet" href="([^"]+)', page)
    assert found[0].startswith("/static/portal.css?")
    return found


def weight(client: FlaskClient, link: str) -> int:
    """Return the bytes of a stylesheet as it goes over the net."""
    path = ROOT / link.partition("?")[0].lstrip("/")
    style = path.read_bytes() if path.is_file() else client.get(link).data
    return len(brotli.compress(style, quality=client.application.config["COMPRESS_BR_LEVEL"]))


def test_every_kommun_of_the_catalogue_is_tried(catalogue: Catalogue) -> None:
    assert set(KOMMUNER) == set(INSATSER) == set(catalogue.kommuner)
    for kommun, insats in INSATSER.items():
        assert insats in catalogue.kommuner[kommun].insatser
