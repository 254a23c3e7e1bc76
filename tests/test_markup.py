"""The quick reading of a page says what html5lib says, and leaves to it whatever is wrong."""

from xml.etree.ElementTree import tostring

import pytest
from html5lib.html5parser import ParseError

from portal.domain.knowledge import Knowledge
from tests.browser.states import RESIDENTS, states
from tests.conftest import Town
from tests.markup import as_written, parsed, parsed_strictly


def page(body: str) -> str:
    """Return a page with that in its body."""
    return f'<!DOCTYPE html>\n<html lang="sv"><head><title>x</title></head><body>{body}</body></html>'


@pytest.mark.parametrize(
    "wrong",
    [
        "<p><div></div></p>",
        "<a href=x href=y>q</a>",
        "<p>a &amp b &foo; c</p>",
        "<p>a\x01b</p>",
        "<p>&#0;</p>",
        "<ul><li>x</li></ul></div>",
        "<b><i>x</b></i>",
        "<h1>x</h2>",
        "<h1><h2>x</h2></h1>",
        "<div/>x",
        "</br>",
        "<a>q<a>x</a></a>",
        "<form><form></form></form>",
        "<button><button>x</button></button>",
        "<table><p>x</p></table>",
        "<table><form></form></table>",
        "<table><tbody><tr><input type=hidden></tr></tbody></table>",
        "<select><div>x</div></select>",
        "<svg><path></svg>",
        "<svg><p>x</p></svg>",
        "<template><td>x</td></template>",
        "<image src=x>",
        "<body class=x>",
        "</body>x",
        "<div>x",
    ],
)
def test_what_has_to_be_mended_is_refused(wrong: str) -> None:
    with pytest.raises(ParseError):
        parsed(page(wrong))


def test_a_page_without_its_first_line_is_refused() -> None:
    with pytest.raises(ParseError):
        parsed(page("<p>x</p>").partition("\n")[2])


@pytest.mark.parametrize("right", ["<p>x", "<ul><li>x<li>y</ul>", "<table><tr><td>x</table>"])
def test_what_may_be_left_out_is_left_to_html5lib(right: str) -> None:
    assert as_written(page(right)) is None
    assert tostring(parsed(page(right))) == tostring(parsed_strictly(page(right)))


@pytest.mark.parametrize("language", ["sv", "ar"])
def test_every_page_is_read_quickly_and_as_html5lib_reads_it(town: Town, knowledge: Knowledge, language: str) -> None:
    for room in RESIDENTS:
        for state in states(knowledge)[room]:
            answer = town.visitor.client.open(
                f"/{language}{state.path}",
                method="GET" if state.fields is None else "POST",
                data=None if state.fields is None else dict(state.fields),
            )
            read = as_written(answer.text)
            assert read is not None, state.name
            assert tostring(read) == tostring(parsed_strictly(answer.text)), state.name
