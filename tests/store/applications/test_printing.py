"""Printing in a process of its own: a paper comes back, or a refusal that tells nothing of what stood on it."""

import subprocess
import sys

import pytest
from fpdf.bidi import BidiParagraph

from portal.store.applications import printing
from portal.store.applications.files import File, FileInfo
from portal.store.applications.printing import CannotPrint, in_order, printed
from tests.domain.made_up import NOW
from tests.made_up_applicants import picture
from tests.store.applications.test_drawing import read


def file(content: bytes, media_type: str = "image/png") -> File:
    """Return a file."""
    return File(FileInfo("1", "brev.png", media_type, len(content), NOW), content)


def test_a_paper_comes_back_with_its_files() -> None:
    pages = read(printed([("title", "Ansökan"), ("text", "مرحبا")], [file(picture())]))
    assert len(pages) == 2
    assert "Ansökan" in pages[0]


@pytest.mark.parametrize("media_type", ["image/png", "application/pdf"])
def test_a_file_that_cannot_be_read_is_a_refusal_without_a_word(media_type: str) -> None:
    with pytest.raises(CannotPrint) as refused:
        printed([("text", "Kanariefågel")], [file(b"Kanariefagel", media_type)])
    assert "Kanarie" not in repr(refused.value)


def test_the_portal_s_own_processes_load_nothing_that_draws() -> None:
    wanted = "('fpdf', 'pikepdf', 'PIL')"
    code = f"import sys, portal.actions.applications.printing; print([one for one in {wanted} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
    assert printing.SECONDS > 60


@pytest.mark.parametrize(
    ("line", "visual"),
    [
        ("رقم هاتفي 070-174 06 77", "070-174 06 77"),
        ("الرقم 850101-2382 لي", "850101-2382"),
        ("Ring 070-174 06 77", "070-174 06 77"),
        ("أعمارهم 5 8 12", "12 8 5"),
    ],
)
def test_a_long_number_stands_as_it_was_typed_in_a_line_from_the_right(line: str, visual: str) -> None:
    shown = "".join(one.character for one in BidiParagraph(in_order(line)).reorder_resolved_levels())
    assert visual in shown


def test_a_number_that_is_kept_in_order_is_drawn_whole() -> None:
    (page,) = read(printed([("text", "Ring 070-174 06 77 nu")], ()))
    assert "070-174 06 77" in page
