"""QR codes: drawn here, of the address alone, and large enough to be read."""

import re

import segno
from markupsafe import Markup

from portal.web.shown.qr import MOST_CHARACTERS, qr_code

ADDRESS = "https://insatser.example.se/ar/lekeberg/insatser/abc-3-12"


def squares(svg: str) -> int:
    """Return how many squares wide a drawn code is."""
    return int(re.findall(r'viewBox="0 0 (\d+) \d+"', svg)[0])


def test_a_code_is_a_picture_that_who_listens_passes_over() -> None:
    drawn = qr_code(ADDRESS)
    assert isinstance(drawn, Markup)
    assert drawn.startswith('<svg aria-hidden="true"')
    assert 'class="code"' in drawn
    assert drawn.count("<svg") == 1
    assert "style" not in drawn


def test_a_code_is_the_one_of_its_address() -> None:
    assert qr_code(ADDRESS) == qr_code(ADDRESS)
    assert qr_code(ADDRESS) != qr_code(ADDRESS + "1")
    wanted = segno.make(ADDRESS, error="m", micro=False)
    (path,) = re.findall(r' d="([^"]+)"', qr_code(ADDRESS))
    assert path in wanted.svg_inline(border=2, omitsize=True)


def test_an_address_cannot_become_html() -> None:
    assert "script" not in qr_code('https://example.se/"><script>')


def test_the_longest_address_is_still_readable_on_paper() -> None:
    # 9 rem are 38 mm: under half a millimetre a square would be too small for an old camera.
    assert 38 / squares(qr_code("a" * MOST_CHARACTERS)) > 0.5
