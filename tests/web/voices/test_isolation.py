"""Left-to-right runs inside right-to-left text keep their own order (the table of languages.md, section 3)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup, escape

from portal.web.voices.isolation import FSI, PDI, isolated_html, isolated_plain, marked_runs, marked_words, typed_html

# Text as it is stored → its pieces; the runs that would be shown in the wrong order stand as tuples.
RUNS: dict[str, list[str | tuple[str]]] = {
    "a phone number": ["الهاتف: ", ("0520-49 50 00",)],
    "a phone number from abroad": ["اتصل ", ("+46 520 49 50 00",)],
    "a range of ages": ["العمر ", ("15–17",), " سنة"],
    "opening hours": ["من ", ("08:00–16:00",)],
    "a printed number with hard spaces": ["الهاتف: ", ("0585\u2011487\u00a000",)],
    "a date": ["التاريخ ", ("2026-11-24",), "."],
    "a percentage": ["حوالي ", ("50%",)],
    "a lone short number": ["اتصل 112 الآن"],
    "text alone": ["مرحبا بك."],
    "a gap that is filled later": ["الدعم في {kommun}"],
    "a gap beside a number": ["من {low} إلى ", ("08:00",)],
    "nothing": [],
}

NAMES: dict[str, list[str | tuple[str]]] = {
    "a name, with the stop outside": ["برنامج ", ("COPE",), "."],
    "a name in brackets": ["الدورة (", ("ABC",), ")"],
    "a name that ends in brackets": ["الدورة ", ("Alla barn i centrum (ABC)",), "."],
    "a Swedish word": ["مكتب ", ("familjerådgivning",), " هنا"],
    "an e-mail": ["اكتب إلى ", ("namn@example.org",)],
    "a paragraph of the law": ["القانون ", ("11 kap. 6",), " هنا"],
}


def stored(pieces: list[str | tuple[str]]) -> str:
    """Return the text as it is stored."""
    return "".join(piece if isinstance(piece, str) else piece[0] for piece in pieces)


@pytest.mark.parametrize("pieces", [*RUNS.values(), *NAMES.values()], ids=[*RUNS, *NAMES])
def test_each_run_is_isolated_where_markup_is_impossible(pieces: list[str | tuple[str]]) -> None:
    shown = "".join(piece if isinstance(piece, str) else f"{FSI}{piece[0]}{PDI}" for piece in pieces)
    assert isolated_plain(stored(pieces)) == shown


@pytest.mark.parametrize("pieces", RUNS.values(), ids=RUNS)
def test_each_number_stands_in_an_element_of_its_own(pieces: list[str | tuple[str]]) -> None:
    shown = "".join(piece if isinstance(piece, str) else f'<bdi dir="ltr">{piece[0]}</bdi>' for piece in pieces)
    assert isolated_html(stored(pieces)) == shown


@pytest.mark.parametrize("pieces", NAMES.values(), ids=NAMES)
def test_each_name_stands_in_a_swedish_element_of_its_own(pieces: list[str | tuple[str]]) -> None:
    shown = "".join(
        piece if isinstance(piece, str) else f'<bdi dir="ltr" lang="sv">{piece[0]}</bdi>' for piece in pieces
    )
    assert isolated_html(stored(pieces)) == shown


def test_ready_html_is_left_alone() -> None:
    ready = Markup('<bdi dir="ltr">08:00</bdi>')
    assert isolated_html(ready) == ready


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="ab1 <>&\"'(){}.-–:+%§ابج،", max_size=40))
def test_isolation_adds_marks_and_changes_nothing_else(text: str) -> None:
    html = isolated_html(text)
    assert html.striptags() == " ".join(text.split())
    assert html.replace('<bdi dir="ltr" lang="sv">', "").replace('<bdi dir="ltr">', "").replace("</bdi>", "") == str(
        escape(text)
    )
    assert isolated_plain(text).replace(FSI, "").replace(PDI, "") == text


IN_OTHER_LETTERS = {
    "a name": ("ኮርስ ABC ንወለዲ", 'ኮርስ <span lang="sv">ABC</span> ንወለዲ'),
    "words together": ("(öppen förskola)።", '(<span lang="sv">öppen förskola</span>)።'),
    "a name with a number": ("Курс COPE 3–12", 'Курс <span lang="sv">COPE 3</span>–12'),
    "an address": ("пишіть: namn@example.org", 'пишіть: <span lang="sv">namn@example.org</span>'),
    "a gap that is filled later": ("Допомога в {kommun}", "Допомога в {kommun}"),
    "a number alone": ("18 ዓመት", "18 ዓመት"),
    "what may not be HTML": ("ሀ <b> & ሀ", 'ሀ &lt;<span lang="sv">b</span>&gt; &amp; ሀ'),
    "nothing": ("", ""),
}


@pytest.mark.parametrize(("text", "shown"), IN_OTHER_LETTERS.values(), ids=IN_OTHER_LETTERS)
def test_latin_letters_in_another_script_are_marked_as_swedish(text: str, shown: str) -> None:
    assert marked_runs(text) == shown


IN_LATIN_LETTERS = {
    "the Swedish word": ("Family centre (familjecentral)", "En familjecentral", True),
    "the Swedish word inflected": ("Family centre (familjecentral)", "Familjecentralen är öppen", True),
    "its first letter large": ("Support (Stödsamtal)", "stödsamtal", True),
    "an explanation of our own": ("Mini Maria (clinic for young people)", "Mini Maria", False),
    "one word of two": ("Course (COPE course)", "Kursen COPE", False),
    "only a number": ("Ages (3–12)", "Åldrar (3–12)", False),
    "no parentheses": ("Mini Maria", "Mini Maria", False),
}


@pytest.mark.parametrize(("text", "swedish", "is_marked"), IN_LATIN_LETTERS.values(), ids=IN_LATIN_LETTERS)
def test_a_swedish_word_in_parentheses_is_marked_as_swedish(text: str, swedish: str, is_marked: bool) -> None:
    before, _, rest = text.partition("(")
    inner = rest.removesuffix(")")
    marked = f'{before}(<span lang="sv">{inner}</span>)' if is_marked else text
    assert marked_words(text, swedish) == marked


def test_several_words_in_parentheses_are_each_looked_at() -> None:
    said = marked_words("A (tolk) & a (guide) or a (kurator)", "Tolk och kurator")
    assert said == 'A (<span lang="sv">tolk</span>) &amp; a (guide) or a (<span lang="sv">kurator</span>)'


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="ab1 <>&\"'(){}.-–ሀя", max_size=40))
def test_marking_adds_marks_and_changes_nothing_else(text: str) -> None:
    for marked in (marked_runs(text), marked_words(text, "a b")):
        assert str(marked).replace('<span lang="sv">', "").replace("</span>", "") == str(escape(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("رقم هاتفي 070-174 06 77.", 'رقم هاتفي <bdi dir="ltr">070-174 06 77</bdi>.'),
        ("+46 70 174 06 77", '<bdi dir="ltr">+46 70 174 06 77</bdi>'),
        ("ولد في 2015-03-04 <b>", 'ولد في <bdi dir="ltr">2015-03-04</bdi> &lt;b&gt;'),
        ("أعمارهم 5 8 12", "أعمارهم 5 8 12"),
        ("٠٧٠-١٧٤ ٠٦ ٧٧", '<bdi dir="ltr">٠٧٠-١٧٤ ٠٦ ٧٧</bdi>'),
        ("", ""),
    ],
)
def test_a_long_number_that_somebody_typed_keeps_the_order_of_its_digits(text: str, shown: str) -> None:
    assert typed_html(text) == shown
