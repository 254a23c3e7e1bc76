"""Files as phones, scanners and other programs make them: each comes along, or says what to do instead."""

import base64
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from pypdf import PdfReader

from portal.actions.applications.attachments import REFUSALS
from portal.domain.applications.refused_files import FilledInFile, NoFileChosen, OtherDocument, OtherPicture
from portal.domain.refusals import BadFile, FileIsTooBig, UnknownFile
from portal.domain.sentences import in_swedish
from portal.store.applications.cleaning import JPEG, LONGEST_SIDE, MOST_POINTS, PDF, PNG, Refused, clean
from portal.store.applications.quarantine import BY_NUMBER, cleaned
from tests.made_up_applicants import picture


def saved(pdf: Pdf) -> bytes:
    """Return a PDF as bytes."""
    written = BytesIO()
    pdf.save(written)
    return written.getvalue()


def letter() -> Pdf:
    """Return a page that says something."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 200)).obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F=font))
    page.Contents = pdf.make_stream(b"BT /F 12 Tf 20 150 Td (INTYG) Tj ET")
    return pdf


def words(content: bytes) -> str:
    """Return what a reader of PDF finds on the first page."""
    return PdfReader(BytesIO(content)).pages[0].extract_text()


BEFORE = {
    "a mark of the order of bytes": b"\xef\xbb\xbf",
    "a line break": b"\r\n",
    "the head of a mail": b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n\r\n",
    "a page of a printer": b"\x1b%-12345X@PJL JOB\n" + b" " * 900,
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_a_pdf_may_begin_a_little_later(before: bytes) -> None:
    kind, harmless = clean(before + saved(letter()))
    assert (kind, harmless[:5], words(harmless).strip()) == (PDF, b"%PDF-", "INTYG")


def test_a_pdf_that_begins_far_down_is_no_pdf() -> None:
    with pytest.raises(Refused):
        clean(b" " * 1025 + saved(letter()))


def lzw(content: bytes) -> bytes:
    """Return bytes as LZW writes them that packs nothing: each alone, with a fresh start before the codes grow."""
    bits = "".join(
        f"{256:09b}" + "".join(f"{byte:09b}" for byte in content[at : at + 200]) for at in range(0, len(content), 200)
    )
    bits += f"{257:09b}"
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


def run_length(content: bytes) -> bytes:
    """Return bytes as runs that repeat nothing."""
    parts = (content[at : at + 128] for at in range(0, len(content), 128))
    return b"".join(bytes([len(part) - 1]) + part for part in parts) + b"\x80"


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "ASCII85Decode": lambda raw: base64.a85encode(raw) + b"~>",
    "ASCIIHexDecode": lambda raw: raw.hex().encode() + b">",
    "FlateDecode": zlib.compress,
    "LZWDecode": lzw,
    "RunLengthDecode": run_length,
}


@pytest.mark.parametrize("ways", [(one,) for one in PACKED] + [("ASCII85Decode", "FlateDecode")], ids="+".join)
@pytest.mark.parametrize("is_photo", [True, False])
def test_a_picture_in_a_pdf_may_be_packed_in_every_way(ways: tuple[str, ...], is_photo: bool) -> None:
    exif = Image.Exif()
    exif[0x010E] = "KANARIE"
    raw = picture("JPEG", exif=exif) if is_photo else bytes(range(256)) * 14 + bytes(16)
    packed, filters = raw, [*ways, "DCTDecode"] if is_photo else list(ways)
    for way in reversed(ways):
        packed = PACKED[way](packed)
    pdf = letter()
    inner = pikepdf.Stream(
        pdf, packed, Type=Name.XObject, Subtype=Name.Image, Width=40, Height=30, BitsPerComponent=8,
        ColorSpace=Name.DeviceRGB, Filter=Array([Name(f"/{one}") for one in filters]),
    )  # fmt: skip
    pdf.pages[0].obj.Resources.XObject = Dictionary(P=inner)
    _, harmless = clean(saved(pdf))
    assert b"KANARIE" not in harmless
    with Pdf.open(BytesIO(harmless)) as found:
        kept = pikepdf.PdfImage(found.pages[0].obj.Resources.XObject.P).as_pil_image()
        assert kept.size == (40, 30)
        if not is_photo:
            assert kept.tobytes() == raw


# ------------------------------------------------------------------------------------------------- pictures


def test_the_largest_picture_of_a_phone_is_made_smaller_within_its_memory_and_time() -> None:
    # A photo of two hundred million points, as the largest cameras of phones make them; in the program of its own.
    large = Image.new("L", (16320, 12240), 200)
    written = BytesIO()
    large.save(written, "JPEG", quality=30)
    kind, harmless = cleaned(written.getvalue())
    with Image.open(BytesIO(harmless)) as found:
        assert (kind, max(found.size)) == (JPEG, LONGEST_SIDE)
    assert large.width * large.height < MOST_POINTS[JPEG]


def other(shape: str, **how: object) -> bytes:
    """Return a picture in a format that is not taken."""
    return picture(shape, **how)


PAGES = [Image.new("L", (40, 30), shade) for shade in (0, 255)]

OTHERS: dict[str, tuple[bytes, type[BadFile]]] = {
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", OtherPicture),
    "AVIF": (b"\0\0\0\x20ftypavif\0\0\0\0avifmif1", OtherPicture),
    "WebP": (other("WEBP"), OtherPicture),
    "GIF": (other("GIF"), OtherPicture),
    "TIFF of many pages": (other("TIFF", save_all=True, append_images=PAGES), OtherPicture),
    "BMP": (other("BMP"), OtherPicture),
    "Word": (b"PK\x03\x04\x14\0[Content_Types].xml", OtherDocument),
    "an older Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OtherDocument),
    "RTF": (b"{\\rtf1\\ansi", OtherDocument),
    "a film": (b"\x1aE\xdf\xa3", UnknownFile),
    "text": (b"hej", UnknownFile),
    "nothing": (b"", NoFileChosen),
    "too many points": (picture("PNG", (8000, 7000), mode="1"), FileIsTooBig),
}


@pytest.mark.parametrize(("content", "refusal"), OTHERS.values(), ids=OTHERS)
def test_what_is_not_taken_says_what_to_do(content: bytes, refusal: type[BadFile]) -> None:
    with pytest.raises(refusal) as told:
        cleaned(content)
    assert type(told.value) is refusal
    assert in_swedish(refusal.says).count(".") in (1, 2)


def test_every_refusal_of_a_file_is_known_where_it_waits() -> None:
    assert set(REFUSALS.values()) == set(BY_NUMBER.values())
    assert FilledInFile in REFUSALS.values()
    assert set(MOST_POINTS) == {PNG, JPEG}
