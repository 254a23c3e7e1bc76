"""The look of a kommun: a logo is a picture and nothing else, a colour can be read, and what is wrong is told."""

from pathlib import Path

import pytest

from portal.store.catalogue.look import MOST_LOGO, problem_of_logo
from portal.store.loading import load_catalogue
from tests.store.made_up import ID, KOMMUN_FILE, assert_refused, write, write_kommun

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20"><title>Solbacka</title><path d="M0 0h80v20z"/></svg>'
)


def svg(inside: str, head: str = "") -> bytes:
    """Return an SVG file with something in it."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8" {head}>{inside}</svg>'.encode()


def test_a_kommun_gives_its_logo_its_colour_and_who_runs_it(tmp_path: Path) -> None:
    told = {"logo": "logo.svg", "colour": "#0a5087", "run_by": "Solbacka kommun"}
    folder = write_kommun(tmp_path, kommun=told)
    write(folder / "logo.svg", LOGO)
    look = load_catalogue(tmp_path).kommuner[ID].look
    assert (look.logo, look.colour, look.run_by) == (LOGO, "#0a5087", "Solbacka kommun")


def test_a_kommun_need_say_nothing_of_its_look(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    look = load_catalogue(tmp_path).kommuner[ID].look
    assert (look.logo, look.colour, look.run_by) == (None, None, None)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("colour", "#ffcc00", "has a contrast of 1.5"),
        ("colour", "grön", "must be written as"),
        ("logo", "../logo.svg", "must be the name of an SVG file"),
        ("logo", "logo.png", "must be the name of an SVG file"),
        ("logo", "nothing.svg", "there is no file"),
    ],
)
def test_a_look_that_is_wrong_is_refused(tmp_path: Path, key: str, value: str, says: str) -> None:
    write_kommun(tmp_path, kommun={key: value})
    assert_refused(tmp_path, f"{KOMMUN_FILE}: {key}", says)


def test_a_logo_that_is_wrong_is_refused_by_the_catalogue(tmp_path: Path) -> None:
    write(write_kommun(tmp_path, kommun={"logo": "logo.svg"}) / "logo.svg", svg("<script/>"))
    assert_refused(tmp_path, f"{KOMMUN_FILE}: logo", "no part of a logo")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (svg("<script>alert(1)</script>"), "'script'"),
        (svg("<foreignObject/>"), "'foreignObject'"),
        (svg("<image href='https://example.org/a.png'/>"), "'image'"),
        (svg("<style>@import url(//example.org)</style>"), "'style'"),
        (svg("<a href='#x'/>"), "'a'"),
        (svg("<html:script xmlns:html='http://www.w3.org/1999/xhtml'/>"), "no part of a logo"),
        (svg("<use href='https://example.org/a.svg#x'/>"), "reference"),
        (svg("<use xlink:href='data:image/svg+xml,x' xmlns:xlink='http://www.w3.org/1999/xlink'/>"), "reference"),
        (svg("<path fill='url(https://example.org/a)'/>"), "'fill'"),
        (svg("<path fill='url( \"//example.org\")'/>"), "'fill'"),
        (svg("<path style='fill: red'/>"), "'style'"),
        (svg("", "onload='alert(1)'"), "'onload'"),
        (b"<!DOCTYPE svg [<!ENTITY x 'y'>]>" + svg("&x;"), "declaration"),
        (b"<?xml-stylesheet href='a.css'?>" + svg(""), "declaration"),
        (svg("<path d='" + "M0 0" * MOST_LOGO + "'/>"), "bytes"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "viewBox"),
        (b"<html/>", "viewBox"),
        (b"nothing", "is no SVG"),
        (b"\xff\xfe", "is no SVG"),
    ],
)
def test_what_a_logo_may_not_be(written: bytes, says: str) -> None:
    assert says in (problem_of_logo(written) or "")


def test_a_logo_may_use_what_is_in_it() -> None:
    inside = "<defs><path id='a' d='M0 0'/></defs><use href='#a'/><path fill='url(#b)'/><!-- said -->"
    assert problem_of_logo(b'<?xml version="1.0"?>' + svg(inside)) is None
