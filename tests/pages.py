"""Pages in tests: every fetch is inspected before the test looks at it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.web.security import KEPT
from tests.markup import parsed

PAGE_BUDGET = 14_600
"""Bytes of one round trip."""


@dataclass
class Page:
    """One answer and, for a page, its parsed tree."""

    response: TestResponse
    tree: Element | None = None

    @property
    def status(self) -> int:
        """Return the status."""
        return self.response.status_code

    @property
    def text(self) -> str:
        """Return the visible text, white space folded."""
        return " ".join(" ".join(self._texts(self.tree)).split()) if self.tree is not None else self.response.text

    def _texts(self, element: Element) -> list[str]:
        if element.tag in ("script", "style"):
            return []
        found = [element.text or ""]
        for child in element:
            found += [*self._texts(child), child.tail or ""]
        return found

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of that tag with those attributes, in order; `class_` stands for class."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in (self.tree.iter(tag) if self.tree is not None else [])
            if all(
                value in (element.get(name) or "").split() or element.get(name) == value
                for name, value in wanted.items()
            )
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} elements {tag} {attributes}"
        return found[0]

    def heading(self) -> str:
        """Return the text of the h1, in the language of the page: Swedish may stand beside it."""
        return " ".join("".join(_in_one_language(self.one("h1"))).split())

    def hidden(self) -> list[tuple[str, str]]:
        """Return the hidden fields of the self-check's form, in order."""
        return [
            (found.get("name") or "", found.get("value") or "")
            for found in self.one("form", id="check").iter("input")
            if found.get("type") == "hidden"
        ]


@dataclass
class Visitor:
    """Somebody who asks for pages."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **more: Any) -> Page:
        """Fetch and inspect a page."""
        return self._inspected(self.client.get(path, headers=self.headers, **more))

    def post(self, path: str, **more: Any) -> Page:
        """Send a form or JSON; inspect what comes back."""
        return self._inspected(self.client.post(path, headers=self.headers, **more))

    def _inspected(self, response: TestResponse) -> Page:
        assert response.status_code != 500, response.text
        assert "Set-Cookie" not in response.headers
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "script-src 'self'" in response.headers["Content-Security-Policy"]
        if response.mimetype != "text/html" or 300 <= response.status_code < 400:
            return Page(response)
        assert response.headers["Cache-Control"] == (KEPT if is_for_all(response) else "no-store")
        if "HX-Request" in self.headers:
            return Page(response, html5lib.parse(response.text, namespaceHTMLElements=False))
        page = Page(response, parsed(response.text))
        inspect(page)
        return page


def is_for_all(response: TestResponse) -> bool:
    """Return whether an answer is one of the few pages that are the same for everybody, asked for with no query."""
    request = response.request
    is_such = re.fullmatch(r"/|/[^/]+/|/[^/]+/[^/]+/(insatser)?", request.path) is not None
    is_plain = request.method == "GET" and not request.query_string and "HX-Request" not in request.headers
    return response.status_code == 200 and is_such and is_plain


def inspect(page: Page) -> None:
    """Hold a page to what every page must be (WCAG 2.2: 1.3.1, 2.4.2, 3.1.1, 4.1.2)."""
    root = page.tree
    assert root is not None
    assert root.get("lang"), "the page names no language"
    assert root.get("dir") in ("ltr", "rtl")
    title = "".join(page.one("title").itertext())
    assert title.startswith(page.heading()) or _bare(title).startswith(_bare(page.heading())), (title, page.heading())
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    labelled = {label.get("for") for label in root.iter("label") if label.get("for")}
    inside = {id(field) for label in root.iter("label") for field in label.iter()}
    for tag in ("input", "select", "textarea"):
        for element in root.iter(tag):
            if element.get("type") in ("hidden", "submit"):
                continue
            assert element.get("id") in labelled or id(element) in inside or element.get("aria-label"), element.attrib
    for element in root.iter():
        for attribute in ("aria-describedby", "aria-labelledby", "form", "for"):
            for target in (element.get(attribute) or "").split():
                assert target in ids, f"{attribute} points at {target}, which is not there"
        assert not element.get("style"), "no style attribute passes the content security policy"
        assert not [name for name in element.attrib if str(name).startswith("on")], "no inline script"


def _in_one_language(element: Element) -> Iterator[str]:
    """Yield the texts of an element without the Swedish that stands beside them."""
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield " "
        elif child.get("class") != "beside":
            yield from _in_one_language(child)
        yield child.tail or ""


def _bare(text: str) -> str:
    return "".join(char for char in text if char not in "\u2068\u2069")
