"""Drawing: every script of the portal can be read back from the PDF, and what is attached follows on its own pages."""

import json
import subprocess
import sys
from base64 import b64encode
from io import BytesIO
from unicodedata import normalize

import pikepdf
import pytest
from pypdf import PdfReader

from portal.store.applications import drawing
from portal.store.applications.drawing import CANNOT_DRAW, MISSING, drawn, is_rtl
from tests.made_up_applicants import picture


def read(pdf: bytes) -> list[str]:
    """Return the text of each page, letters that are drawn joined as they are written."""
    return [normalize("NFKC", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def paper(pages: int = 1) -> bytes:
    """Return a PDF of blank pages."""
    made = pikepdf.Pdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(200, 300))
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


def letters(text: str) -> list[str]:
    """Return the letters of a text, in no order: a line from right to left comes out of a PDF either way."""
    return sorted(char for char in text if char.isalpha())


@pytest.mark.parametrize(
    "text", ["Åäö och 13 kap. 4 §", "Привіт, мені потрібна допомога", "ሰላም ሓገዝ የድልየኒ", "Qof baa ii baahan"]
)
def test_a_text_from_left_to_right_is_read_back(text: str) -> None:
    assert text in " ".join(read(drawn([["text", text]], []))[0].split())


@pytest.mark.parametrize("text", ["أحتاج مساعدة في البيت", "به کمک نیاز دارم", "من پێویستم بە یارمەتییە"])
def test_a_text_from_right_to_left_is_read_back(text: str) -> None:
    (page,) = read(drawn([["text", text]], []))
    assert letters(page) == letters(normalize("NFKC", text))


def glyphs(pdf: bytes) -> set[bytes]:
    """Return which glyphs the first page of a PDF draws."""
    with pikepdf.Pdf.open(BytesIO(pdf)) as found:
        drawn_as = b""
        for operands, operator in pikepdf.parse_content_stream(found.pages[0]):
            if str(operator) in ("Tj", "TJ"):
                parts = operands[0] if str(operator) == "TJ" else operands
                drawn_as += b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
    return {drawn_as[place : place + 2] for place in range(0, len(drawn_as), 2)}


def test_letters_of_arabic_are_joined() -> None:
    # First, in the middle and last: one letter has three shapes.
    assert len(glyphs(drawn([["text", "ببب"]], []))) >= 3
    assert len(glyphs(drawn([["text", "bbb"]], []))) == 1


def test_what_no_font_has_does_not_stop_the_paper() -> None:
    assert "Hej" in read(drawn([["text", "Hej 😀 \u0001"]], []))[0]


LOST = {
    "Chinese": "我需要帮助",
    "Thai": "ฉันต้องการความช่วยเหลือ",
    "Hindi": "मुझे मदद चाहिए",
    "Bengali": "আমার সাহায্য দরকার",
    "Georgian": "დახმარება მჭირდება",
    "Hebrew": "אני צריכה עזרה",
    "Armenian": "Ինձ օգնություն է պետք",
    "Korean": "도움이 필요해요",
    "emoji": "👩‍👩‍👧 🏳️‍🌈 ☎️",
}


@pytest.mark.parametrize("text", LOST.values(), ids=LOST)
def test_a_paper_says_what_it_cannot_draw_and_where_it_stood(text: str) -> None:
    lines = [["title", "Ansökan"], ["label", "Vad personen behöver"], ["text", f"Hej {text} tack"], ["label", "Namn"]]
    page = " ".join(read(drawn([*lines, ["text", "Åsa"]], []))[0].split())
    assert page.startswith(f"Ansökan {CANNOT_DRAW} Vad personen behöver.")
    assert f"Hej {MISSING}" in page
    assert page.count(MISSING) <= 2


def test_a_paper_that_draws_everything_says_nothing_of_it() -> None:
    texts = ["Åäö é ñ – 10 € 13 kap. 4 §", "Привіт ї", "ሰላም፡", "می‌خواهم \u2066070-174 06 05\u2069 چە"]
    page = read(drawn([["title", "Ansökan"], *(["text", text] for text in texts)], []))[0]
    assert CANNOT_DRAW not in page
    assert MISSING not in page
    assert CANNOT_DRAW in read(drawn([["title", "A"]], [["文件.png", "image/png", b64encode(picture()).decode()]]))[0]


def test_long_texts_go_on_over_pages_and_no_line_is_lost() -> None:
    pages = read(drawn([["label", "Behov"], ["text", "\n".join(f"rad {n}." for n in range(200))]], []))
    assert len(pages) > 2
    assert all(f"rad {n}." in " ".join(pages) for n in range(200))


def test_files_follow_each_under_its_name() -> None:
    files = [
        ["brev.png", "image/png", b64encode(picture()).decode()],
        ["hög.jpg", "image/jpeg", b64encode(picture("JPEG", (30, 3000))).decode()],
        ["papper.pdf", "application/pdf", b64encode(paper(2)).decode()],
    ]
    made = drawn([["title", "Ansökan"]], files)
    pages = read(made)
    assert [name in pages[number] for number, name in enumerate(["Ansökan", "brev.png", "hög.jpg", "papper.pdf"])] == [
        True
    ] * 4
    assert len(pages) == 6
    assert [len(page.images) for page in PdfReader(BytesIO(made)).pages] == [0, 1, 1, 0, 0, 0]


@pytest.mark.parametrize(("text", "wanted"), [("مرحبا", True), ("070 مرحبا", True), ("Hej مرحبا", False), ("1", False)])
def test_the_first_letter_tells_from_where_a_line_is_read(text: str, wanted: bool) -> None:
    assert is_rtl(text) is wanted


def test_twenty_small_files_with_huge_pictures_are_drawn_within_their_memory_and_time() -> None:
    huge = b64encode(picture("PNG", (7000, 7000))).decode()
    files = [[f"bild {number}.png", "image/png", huge] for number in range(20)]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-I", drawing.__file__],
        input=json.dumps({"lines": [["title", "Ansökan"]], "files": files}).encode(),
        capture_output=True,
        check=True,
        timeout=600,  # of its own time of the processor it has a minute: others work on this machine
    )
    assert len(PdfReader(BytesIO(done.stdout)).pages) == 21
    with pikepdf.Pdf.open(BytesIO(done.stdout)) as made:
        sizes = {(int(one.Width), int(one.Height)) for page in made.pages for one in page.get_images().values()}
    assert sizes == {(drawing.LONGEST_SIDE, drawing.LONGEST_SIDE)}
