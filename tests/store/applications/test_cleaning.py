"""Strangers' files: what they show is kept, all that hides in them is not, and what is no picture or PDF is refused."""

import subprocess
import sys
import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, StreamDecodeLevel, String
from PIL import Image, PngImagePlugin

from portal.store.applications import cleaning
from portal.store.applications.cleaning import (
    BROKEN,
    DOCUMENT,
    FILLED_IN,
    JPEG,
    LOCKED,
    PDF,
    PICTURE,
    PNG,
    TOO_BIG,
    UNKNOWN,
    Refused,
    clean,
    without_notes,
)
from tests.made_up_applicants import picture

HIDDEN = b"KANARIE"


def reason(content: bytes) -> int:
    """Return why a file is refused."""
    with pytest.raises(Refused) as refusal:
        clean(content)
    return refusal.value.reason


# ------------------------------------------------------------------------------------------------- pictures


@pytest.mark.parametrize(("shape", "media_type"), [("PNG", PNG), ("JPEG", JPEG)])
def test_a_picture_is_kept_no_larger_than_a_page_shows(shape: str, media_type: str) -> None:
    kind, content = clean(picture(shape, (7000, 5000)))
    with Image.open(BytesIO(content)) as kept:
        assert (kind, max(kept.size)) == (media_type, cleaning.LONGEST_SIDE)
        assert kept.width / kept.height == pytest.approx(7 / 5, rel=0.01)


def noted_jpeg(**saved: object) -> bytes:
    """Return a photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "KANARIE", 6
    exif.get_ifd(0x8825)[1] = "KANARIE"
    return picture("JPEG", exif=exif, comment=HIDDEN, icc_profile=HIDDEN, **saved)


def noted_png() -> bytes:
    """Return a picture with notes of every kind that PNG has."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "KANARIE")
    notes.add_itxt("XML:com.adobe.xmp", "KANARIE")
    return picture("PNG", pnginfo=notes, icc_profile=HIDDEN)


@pytest.mark.parametrize("tail", [b"", b"PK\x03\x04" + HIDDEN, b"<svg>" + HIDDEN, b"%PDF-1.7 " + HIDDEN])
def test_nothing_hides_in_or_behind_a_picture(tail: bytes) -> None:
    for content, media_type, size in ((noted_jpeg() + tail, JPEG, (30, 40)), (noted_png() + tail, PNG, (40, 30))):
        assert HIDDEN in content
        kind, harmless = clean(content)
        assert kind == media_type
        assert HIDDEN not in harmless
        with Image.open(BytesIO(harmless)) as found:
            assert found.size == size  # upright, as it was held
            assert not found.getexif()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_to_write_a_png_is_read(mode: str) -> None:
    _, harmless = clean(picture("PNG", mode=mode))
    with Image.open(BytesIO(harmless)) as found:
        assert found.mode in ("L", "RGB")


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_every_way_to_write_a_jpeg_is_read(mode: str) -> None:
    assert clean(picture("JPEG", mode=mode))[0] == JPEG


def test_a_letter_that_was_scanned_with_sixteen_bits_stays_readable() -> None:
    page = Image.new("I;16", (2, 1))
    page.putpixel((0, 0), 65_000)
    page.putpixel((1, 0), 300)
    written = BytesIO()
    page.save(written, "PNG")
    with Image.open(BytesIO(clean(written.getvalue())[1])) as found:
        assert (found.getpixel((0, 0)), found.getpixel((1, 0))) == (253, 1)


def test_what_is_seen_through_lies_on_white_paper() -> None:
    page = Image.new("RGBA", (1, 1), (0, 0, 0, 0))
    written = BytesIO()
    page.save(written, "PNG")
    with Image.open(BytesIO(clean(written.getvalue())[1])) as found:
        assert found.getpixel((0, 0)) == (255, 255, 255)


def bomb() -> bytes:
    """Return a small picture that says it is enormous."""
    head = b"\0\x01\x86\xa0\0\x01\x86\xa0\x08\x02\0\0\0"

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"", UNKNOWN),
        (b"hej", UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", UNKNOWN),
        (b"PK\x03\x04", DOCUMENT),
        (b"GIF89a", PICTURE),
        (b" %PDF-1.7", BROKEN),
        (b"\xff\xd8\xff", BROKEN),
        (picture("PNG")[:60], BROKEN),
        (picture("JPEG")[:-60], BROKEN),
        (b"\x89PNG\r\n\x1a\n<script>", BROKEN),
        (b"%PDF-1.7 hej", BROKEN),
        (bomb(), TOO_BIG),
    ],
    ids=range(12),
)
def test_what_is_no_picture_is_refused(content: bytes, wanted: int) -> None:
    assert reason(content) == wanted


# ------------------------------------------------------------------------------------------------- PDF


def inner(pdf: Pdf, content: bytes, **keys: object) -> Stream:
    """Return a picture within a PDF."""
    found = Stream(pdf, content)
    found.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=40,
        Height=30,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        **keys,
    )
    return found


def full_pdf() -> Pdf:
    """Return a letter in which something hides in every place, with names that look like what is taken away."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 300)).obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    photo = inner(pdf, noted_jpeg(), Filter=Name.DCTDecode, Metadata=pdf.make_stream(HIDDEN), AF=String("KANARIE"))
    packed = inner(pdf, zlib.compress(noted_jpeg()), Filter=Array([Name.FlateDecode, Name.DCTDecode]))
    page.Resources = Dictionary(
        XObject=Dictionary(A=photo, JavaScript=packed), Font=Dictionary(F=font, AA=font, Metadata=font)
    )
    page.Contents = pdf.make_stream(b"q 40 0 0 30 9 9 cm /A Do /JavaScript Do Q BT /F 12 Tf 20 200 Td (SHOWN) Tj ET")
    script = Dictionary(S=Name.JavaScript, JS=String("KANARIE"))
    page.AA, page.PieceInfo = Dictionary(O=script), Dictionary(X=String("KANARIE"))
    drawn = pdf.make_stream(b"BT /F 10 Tf 5 5 Td (TYPED) Tj ET")
    drawn.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 99, 20]), Resources=Dictionary(Font=Dictionary(F=font)),
        PieceInfo=Dictionary(X=script), Group=Dictionary(S=Name.Transparency, X=script),
    )  # fmt: skip
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), V=String("TYPED"), F=4, A=script,
            Rect=Array([100, 100, 200, 120]), AP=Dictionary(N=drawn),
        )
    )  # fmt: skip
    page.Annots = pdf.make_indirect(Array([field]))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    pdf.Root.OpenAction = script
    pdf.docinfo["/Author"] = "KANARIE"
    pdf.attachments["fil.exe"] = HIDDEN
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "KANARIE"
    return pdf


def saved(pdf: Pdf, **how: object) -> bytes:
    """Return a PDF as bytes."""
    written = BytesIO()
    pdf.save(written, **how)  # type: ignore[arg-type]
    return written.getvalue()


def unpacked(content: bytes) -> bytes:
    """Return a PDF with everything in it that can be unpacked."""
    with Pdf.open(BytesIO(content)) as pdf:
        return saved(pdf, compress_streams=False, stream_decode_level=StreamDecodeLevel.generalized, qdf=True)


def test_a_pdf_keeps_what_it_shows_and_nothing_else() -> None:
    content = saved(full_pdf())
    assert unpacked(content).count(HIDDEN) > 8
    kind, harmless = clean(content + b"PK\x03\x04" + HIDDEN)
    plain = unpacked(harmless)
    assert kind == PDF
    assert HIDDEN not in plain
    assert b"SHOWN" in plain
    assert b"TYPED" in plain
    for active in (
        b"/JS",
        b"/OpenAction",
        b"/AcroForm",
        b"/EmbeddedFile",
        b"/Annots",
        b"/Metadata 1",
        b"/S /JavaScript",
    ):
        assert active not in plain
    with Pdf.open(BytesIO(harmless)) as pdf:
        resources = pdf.pages[0].obj.Resources
        assert {"/F", "/AA", "/Metadata"} <= set(resources.Font.keys())
        assert {"/A", "/JavaScript"} <= set(resources.XObject.keys())


def test_what_pages_inherit_comes_along() -> None:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 200)).obj
    pdf.Root.Pages.MediaBox = Array([0, 0, 123, 45])
    del page.MediaBox
    with Pdf.open(BytesIO(clean(saved(pdf))[1])) as found:
        assert [int(end) for end in found.pages[0].mediabox] == [0, 0, 123, 45]


def test_what_was_typed_and_not_yet_drawn_is_drawn_or_refused() -> None:
    for typed, is_drawn in (("ANEW", True), ("مرحبا", False)):
        pdf = full_pdf()
        form = pdf.Root.AcroForm
        form.NeedAppearances = True
        form.Fields[0].V = String(typed)
        if is_drawn:
            plain = unpacked(clean(saved(pdf))[1])
            assert b"ANEW".hex().encode() in plain
            assert b"TYPED" not in plain
        else:
            assert reason(saved(pdf)) == FILLED_IN


def test_a_pdf_that_is_locked_or_needs_a_program_is_refused() -> None:
    assert reason(saved(full_pdf(), encryption=pikepdf.Encryption(owner="a", user="b"))) == LOCKED
    opened = clean(saved(full_pdf(), encryption=pikepdf.Encryption(owner="a", user="")))[1]
    assert b"SHOWN" in unpacked(opened)
    dynamic = full_pdf()
    dynamic.Root.NeedsRendering = True
    assert reason(saved(dynamic)) == LOCKED


def test_a_pdf_has_pages_but_not_too_many() -> None:
    many = Pdf.new()
    for _ in range(cleaning.MOST_PAGES + 1):
        many.add_blank_page()
    assert reason(saved(many)) == TOO_BIG
    assert reason(saved(Pdf.new())) == BROKEN


def test_a_photo_in_a_pdf_that_is_no_photo_is_refused() -> None:
    for content, filters in (
        (HIDDEN, Name.DCTDecode),
        (b"\xff\xd8" + HIDDEN, Name.DCTDecode),
        (b"\xff\xd8", Name.DCTDecode),
        (HIDDEN, Array([Name.ASCIIHexDecode, Name.DCTDecode])),
        (HIDDEN, Array([Name.FlateDecode, Name.DCTDecode])),
    ):
        pdf = Pdf.new()
        page = pdf.add_blank_page().obj
        page.Resources = Dictionary(XObject=Dictionary(A=inner(pdf, content, Filter=filters)))
        assert reason(saved(pdf)) == BROKEN


def nested(levels: int) -> bytes:
    """Return a file with lists within lists."""
    pdf = Pdf.new()
    deep = Array([])
    for _ in range(levels):
        deep = Array([deep])
    page = pdf.add_blank_page().obj
    page.Group = Dictionary(S=Name.Transparency, X=deep)
    return saved(pdf)


def test_nesting_has_an_end() -> None:
    assert reason(nested(cleaning.DEEPEST + 5)) == BROKEN
    assert clean(nested(cleaning.DEEPEST - 5))[0] == PDF


def test_a_jpeg_without_its_notes_shows_the_same() -> None:
    noted = noted_jpeg()
    plain = without_notes(noted[:2] + b"\xff" + noted[2:] + HIDDEN)
    assert b"Exif" not in plain
    with Image.open(BytesIO(noted)) as before, Image.open(BytesIO(plain)) as after:
        assert before.tobytes() == after.tobytes()


def test_a_note_of_any_length_is_taken_out_whole() -> None:
    for many in (1, 40, 400, 8000):
        plain = without_notes(picture("JPEG", comment=HIDDEN * many))
        assert HIDDEN not in plain
        assert plain == without_notes(picture("JPEG"))


# ------------------------------------------------------------------------------------------------- the process


def run(content: bytes) -> tuple[int, bytes]:
    """Run the program on a file; return what it ends with and what it writes."""
    program = [sys.executable, "-I", str(Path(cleaning.__file__))]
    done = subprocess.run(program, input=content, capture_output=True, check=False)  # noqa: S603 - our own program
    return done.returncode, done.stdout


def test_the_program_writes_the_type_and_the_content_or_says_why_not() -> None:
    code, told = run(picture("PNG"))
    assert (code, told.split(b"\n", 1)[0]) == (0, b"image/png")
    assert run(b"hej") == (UNKNOWN, b"")
    assert run(bomb()) == (TOO_BIG, b"")


def test_the_program_needs_nothing_of_the_portal() -> None:
    text = Path(cleaning.__file__).read_text(encoding="utf-8")
    assert "import portal" not in text
    assert "from portal" not in text
