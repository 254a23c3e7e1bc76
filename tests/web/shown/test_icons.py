"""Pictograms: every picture in one file, unchanged, and never instead of words."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask

from portal.domain.catalogue.whole import Catalogue
from portal.settings import ROOT
from portal.web.shown.icons import sprite
from tests.pages import Visitor

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = ROOT / "static" / "vendor" / "icons"


def picture(folder: Path, name: str, body: str = '<path d="M0 0h1"/>') -> None:
    """Write one picture as the icon set has it."""
    head = 'xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" class="lucide"'
    (folder / f"{name}.svg").write_text(f"<!-- @license -->\n<svg {head}>\n  {body}\n</svg>\n", encoding="utf-8")


def tree(svg: str) -> ElementTree.Element:
    """Return a file of pictures as its elements."""
    return ElementTree.fromstring(svg)  # noqa: S314 - put together by ourselves


def test_each_picture_is_a_symbol_of_its_own_name(tmp_path: Path) -> None:
    picture(tmp_path, "sun", '<circle cx="12" cy="12" r="4" /><path d="M12 2v2" />')
    picture(tmp_path, "house")
    (tmp_path / "set.LICENSE").write_text("free", encoding="utf-8")
    found = sprite(tmp_path)
    assert found.names == {"sun", "house"}
    symbols = list(tree(found.svg))
    assert [symbol.attrib for symbol in symbols] == [
        {"id": name, "viewBox": "0 0 24 24", "fill": "none"} for name in ("house", "sun")
    ]
    assert [part.tag for part in symbols[1]] == [f"{SVG}circle", f"{SVG}path"]


def test_a_picture_is_used_by_the_content_of_the_file_and_hidden_from_who_listens(tmp_path: Path) -> None:
    picture(tmp_path, "sun")
    found = sprite(tmp_path)
    used = found.use("sun", "/portal")
    assert (
        used
        == f'<svg class="icon" aria-hidden="true"><use href="/portal/static/icons.svg?v={found.version}#sun"/></svg>'
    )
    picture(tmp_path, "house")
    assert sprite(tmp_path).version != found.version


def test_a_picture_that_is_not_there_is_an_error_and_a_prefix_cannot_become_html(tmp_path: Path) -> None:
    picture(tmp_path, "sun")
    with pytest.raises(KeyError, match="moon"):
        sprite(tmp_path).use("moon")
    assert '"><script>' not in sprite(tmp_path).use("sun", '"><script>')


def test_no_picture_of_ours_holds_anything_but_shapes() -> None:
    tags = {part.tag for part in tree(sprite(PICTURES).svg).iter()}
    shapes = ("svg", "symbol", "path", "circle", "rect", "line", "ellipse", "polyline", "polygon")
    assert tags <= {f"{SVG}{shape}" for shape in shapes}


def test_the_file_of_pictures_is_kept_by_the_browser_for_ever(app: Flask) -> None:
    found = sprite(PICTURES)
    response = app.test_client().get(f"/static/icons.svg?v={found.version}")
    assert (response.status_code, response.mimetype, response.text) == (200, "image/svg+xml", found.svg)
    assert "immutable" in response.headers["Cache-Control"]
    assert app.test_client().get("/static/icons.svg").headers["Cache-Control"] == "no-store"


def named(catalogue: Catalogue) -> set[str]:
    """Return the picture of every topic and option."""
    options = [option for question in catalogue.questions.values() for option in question.options]
    return {option.icon for option in options if option.icon}


def test_every_picture_that_the_questions_name_is_there(catalogue: Catalogue) -> None:
    found = named(catalogue)
    assert len(found) > 20
    assert found <= sprite(PICTURES).names


def test_every_topic_has_a_picture_of_its_own(catalogue: Catalogue) -> None:
    pictures = [option.icon for option in catalogue.questions["topics"].options]
    assert all(pictures)
    assert len(set(pictures)) == len(pictures)


def test_a_picture_stands_beside_its_words_and_never_alone(visitor: Visitor, catalogue: Catalogue) -> None:
    page = visitor.get("/ar/lekeberg/self-check")
    pictures = page.all(f"{SVG}svg", class_="icon")
    assert len(pictures) >= len(catalogue.topics)
    assert all(found.get("aria-hidden") == "true" for found in pictures)
    for label in page.one("div", class_="options").iter("label"):
        assert label.find(f"{SVG}svg") is not None
        assert "".join(label.find("span").itertext()).strip()  # type: ignore[union-attr]
