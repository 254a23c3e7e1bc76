"""Cleaning in a process of its own: the reasons come through, and what a file does there stays there."""

import subprocess
import sys
from io import BytesIO

import pytest
from PIL import Image

from portal.domain.applications.refused_files import NoFileChosen
from portal.domain.refusals import BadFile, BrokenFile, FileIsTooBig, LockedFile, UnknownFile
from portal.store.applications import cleaning, quarantine
from portal.store.applications.quarantine import LARGEST, cleaned
from tests.made_up_applicants import picture
from tests.store.applications.test_cleaning import bomb, full_pdf, saved


def test_a_picture_comes_through() -> None:
    media_type, harmless = cleaned(picture("JPEG"))
    assert media_type == "image/jpeg"
    with Image.open(BytesIO(harmless)) as found:
        assert found.size == (40, 30)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", NoFileChosen),
        (b"hej", UnknownFile),
        (b"\xff\xd8\xff", BrokenFile),
        (bomb(), FileIsTooBig),
        (b"x" * (LARGEST + 1), FileIsTooBig),
    ],
    ids=["nothing", "a text", "half a picture", "a bomb", "much"],
)
def test_each_reason_is_told(content: bytes, refusal: type[BadFile]) -> None:
    with pytest.raises(refusal):
        cleaned(content)


def test_a_locked_pdf_is_told() -> None:
    pdf = full_pdf()
    pdf.Root.NeedsRendering = True
    with pytest.raises(LockedFile):
        cleaned(saved(pdf))


def test_the_portal_s_own_processes_never_load_what_reads_strangers_files() -> None:
    look = (
        "import sys, portal, portal.actions.applications.attachments; "
        "print([name for name in ('PIL', 'pikepdf') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "[]\n"


def test_the_numbers_of_the_reasons_are_the_same_on_both_sides() -> None:
    of_pictures = {cleaning.UNKNOWN, cleaning.TOO_BIG, cleaning.BROKEN, cleaning.PICTURE}
    assert set(quarantine.BY_NUMBER) == of_pictures | {cleaning.LOCKED, cleaning.DOCUMENT, cleaning.FILLED_IN}
