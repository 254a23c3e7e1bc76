"""Files from strangers made harmless: what they show is kept, everything else is left behind.

A picture is decoded and drawn anew; a PDF is written anew from its pages alone. So nothing that hides in a file comes
along: where a photo was taken, scripts, files within files, a second format behind the first. It runs in a process of
its own (`quarantine`), which this module is the whole program of: bytes in, bytes out.
"""

import os
import re
import resource
import runpy
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image, ImageOps, UnidentifiedImageError

PNG, JPEG, PDF = "image/png", "image/jpeg", "application/pdf"

_BEGINNINGS = {b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG, b"%PDF-": PDF}
"""What a file says of itself in its first bytes. SVG, zip and the rest are not here."""

MOST_POINTS = {PNG: 50_000_000, JPEG: 210_000_000}
"""Of a picture: what is drawn in the memory there is. A photo is decoded no larger than it is kept, so that the largest
of a phone's modes (200 million) comes along."""

HEADER = 1024
"""Bytes within which a PDF begins: some programs write a line, or the head of a mail, before it."""

LONGEST_SIDE = 3508
"""Points of a picture that is kept: an A4 page at 300 to the inch. More shows nothing more on a screen or on paper."""

MOST_PAGES = 50
MEMORY = 1 << 30
"""Bytes that the process may have."""

NICE = 15
"""Who asks for a page comes before it."""

SECONDS = 20
QUALITY = 85
"""Of a JPEG that is drawn anew: small print stays readable."""

UNKNOWN, TOO_BIG, BROKEN, LOCKED, PICTURE, DOCUMENT, FILLED_IN = range(3, 10)
"""Why a file is refused, as what the process ends with."""

_SIGNS = {
    rb"....ftyp|RIFF....WEBP|GIF8|BM|II\*\0|MM\0\*|\0\0\0\x0cjP": PICTURE,
    rb"PK\x03\x04|\xd0\xcf\x11\xe0|\{\\rtf": DOCUMENT,
}
"""Other pictures (HEIC, AVIF, WebP, GIF, BMP, TIFF, JPEG 2000) and documents: each is told what to do with it."""


class Refused(Exception):
    """The file cannot come along; `reason` is one of the numbers above."""

    def __init__(self, reason: int) -> None:
        self.reason = reason
        super().__init__(reason)


def clean(content: bytes) -> tuple[str, bytes]:
    """Return the media type of a file and its harmless content; raise Refused."""
    media_type = next((kind for begins, kind in _BEGINNINGS.items() if content.startswith(begins)), None)
    if media_type is None and (begins := content.find(b"%PDF-", 0, HEADER + 5)) > 0:
        media_type, content = PDF, content[begins:]
    if media_type is None:
        raise Refused(next((why for sign, why in _SIGNS.items() if re.match(sign, content, re.DOTALL)), UNKNOWN))
    return media_type, _clean_pdf(content) if media_type == PDF else _clean_picture(content, media_type)


# ------------------------------------------------------------------------------------------------- pictures


def _clean_picture(content: bytes, media_type: str) -> bytes:
    shape = "PNG" if media_type == PNG else "JPEG"
    Image.MAX_IMAGE_PIXELS = None  # our own limit, before anything is decoded
    try:
        with Image.open(BytesIO(content), formats=(shape,)) as found:
            if found.width * found.height > MOST_POINTS[media_type]:
                raise Refused(TOO_BIG)
            drawn = _drawn(found)
            drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, ArithmeticError, LookupError, TypeError):
        raise Refused(BROKEN) from None
    written = BytesIO()
    if shape == "PNG":
        drawn.save(written, "PNG")
    else:
        drawn.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _drawn(found: Image.Image) -> Image.Image:
    """Return the points of a picture, upright, and nothing else of it."""
    found.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG need not be decoded larger than it is kept
    ImageOps.exif_transpose(found, in_place=True)
    if found.mode.startswith("I") or found.mode == "F":
        # 16 bits of grey, as scanners make: cutting them off would leave a white page.
        plain = found.convert("I").point(lambda value: value / 256).convert("L")
    elif found.has_transparency_data:
        # On white paper, as a reader would see it.
        seen = found.convert("RGBA")
        plain = Image.new("RGB", seen.size, "white")
        plain.paste(seen, mask=seen.getchannel("A"))
    else:
        plain = found.convert("L" if found.mode in ("1", "L") else "RGB")
    plain.info.clear()
    return plain


# ------------------------------------------------------------------------------------------------- PDF

_PAGE = frozenset(
    {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}
)
"""What a page may bring along: what it looks like."""

_BESIDE = frozenset(
    {
        *("/AF", "/Alternates", "/F", "/FDecodeParms", "/FFilter", "/LastModified", "/Measure", "/Metadata", "/OPI"),
        *("/PieceInfo", "/PS", "/PtData", "/Ref", "/StructParent", "/StructParents"),
    }
)
"""What a stream may have beside what it shows; /F would fetch its content from somewhere else."""

_ACTIONS = frozenset(
    {
        *("/GoTo3DView", "/GoToE", "/GoToR", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Rendition"),
        *("/RichMediaExecute", "/SetOCGState", "/Sound", "/SubmitForm", "/Thread", "/Trans", "/URI"),
    }
)
_HIDDEN_TYPES = frozenset({"/Action", "/Annot", "/EmbeddedFile", "/Filespec", "/Metadata"})

DEEPEST = 60
_FIELDS = Path(__file__).with_name("filled_fields.py")


def _clean_pdf(content: bytes) -> bytes:
    try:
        with pikepdf.Pdf.open(BytesIO(content)) as found, pikepdf.Pdf.new() as written:
            _refuse_pdf(found)
            found.flatten_annotations("all")
            for page in found.pages:
                for key in set(page.obj.keys()) - _PAGE:
                    del page.obj[key]
            written.pages.extend(found.pages)
            _strip(written)
            saved = BytesIO()
            written.save(saved, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    except pikepdf.PasswordError:
        raise Refused(LOCKED) from None
    except (pikepdf.PdfError, ValueError, TypeError, LookupError, RuntimeError, AttributeError):
        raise Refused(BROKEN) from None
    return saved.getvalue()


def _refuse_pdf(found: pikepdf.Pdf) -> None:
    """Refuse what cannot be shown, and draw what was typed into the fields of a form: it is what she wants to show."""
    if found.Root.get("/NeedsRendering", False):
        raise Refused(LOCKED)  # its pages are made by a program that we do not run
    if len(found.pages) > MOST_PAGES:
        raise Refused(TOO_BIG)
    if not len(found.pages):
        raise Refused(BROKEN)
    # By its path, as this program itself is started: it is read only where a form is.
    if "/AcroForm" in found.Root and not runpy.run_path(str(_FIELDS))["draw_fields"](found):
        raise Refused(FILLED_IN)


def _strip(written: pikepdf.Pdf) -> None:
    for key in set(written.Root.keys()) - {"/Type", "/Pages"}:
        del written.Root[key]
    for key in {"/Info", "/ID"} & set(written.trailer.keys()):
        del written.trailer[key]
    for one in written.objects:
        _strip_object(one, DEEPEST)


def _strip_object(one: object, deep: int) -> None:
    if deep < 0:
        raise Refused(BROKEN)
    if isinstance(one, pikepdf.Array):
        for part in one:
            _strip_direct(part, deep)
        return
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return
    if isinstance(one, pikepdf.Stream):
        for key in _BESIDE & set(one.keys()):
            del one[key]
        _strip_jpeg(one)
    for key in set(one.keys()):
        if _is_hidden(one[key]):
            del one[key]
        else:
            _strip_direct(one[key], deep)


def _strip_direct(part: object, deep: int) -> None:
    # What is not direct is an object of its own, and gets its turn.
    if isinstance(part, pikepdf.Object) and not part.is_indirect:
        _strip_object(part, deep - 1)


def _is_hidden(part: object) -> bool:
    """Return whether something is no part of what a page shows: an action, a file, a note. Names tell nothing here."""
    if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        return False
    is_hidden_type = str(part.get("/Type", "")) in _HIDDEN_TYPES
    return is_hidden_type or str(part.get("/S", "")) in _ACTIONS or "/JS" in part or "/EF" in part or "/XFA" in part


def _strip_jpeg(one: pikepdf.Stream) -> None:
    """Take the notes out of a photo in a PDF without drawing it anew."""
    filters = one.get("/Filter")
    names = [str(name) for name in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    if names[-1] != "/DCTDecode":
        return
    raw, parms = one.read_raw_bytes(), one.get("/DecodeParms")
    last = parms[-1] if isinstance(parms, pikepdf.Array) and len(parms) == len(names) else parms
    if isinstance(filters, pikepdf.Array) and len(filters) > 1:  # packed once more, by any of the ways there are
        before = [pikepdf.Name(name) for name in names[:-1]]
        hints = pikepdf.Array(list(parms)[:-1]) if isinstance(parms, pikepdf.Array) else None
        one.write(raw, filter=before, decode_parms=hints)
        raw = one.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    given = last if isinstance(last, pikepdf.Dictionary) else None
    one.write(without_notes(raw), filter=pikepdf.Name.DCTDecode, decode_parms=given)


def without_notes(jpeg: bytes) -> bytes:
    """Return a JPEG without its notes (EXIF, XMP, comments); what tells its colours stays. Raise Refused."""
    if not jpeg.startswith(b"\xff\xd8"):
        raise Refused(BROKEN)
    kept, place = bytearray(jpeg[:2]), 2
    while place + 4 <= len(jpeg):
        marker, length = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4], "big")
        if jpeg[place] != 0xFF or (marker != 0xFF and length < 2):
            raise Refused(BROKEN)
        if marker == 0xFF:  # a byte that only fills
            place += 1
            continue
        if marker == _SCAN:
            end = jpeg.rfind(b"\xff\xd9")
            return bytes(kept) + jpeg[place : end + 2 if end > place else len(jpeg)]
        if marker not in _NOTES:
            kept += jpeg[place : place + 2 + length]
        place += 2 + length
    raise Refused(BROKEN)


_SCAN = 0xDA
_NOTES = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
"""Markers of JPEG: APP1 (EXIF, XMP) to APP13, APP15, comments. APP0 and APP14 say how its colours are written."""


def main() -> int:
    """Clean what comes in; write its media type, a line break and the content. Return why it was refused, or 0."""
    _limit()
    try:
        media_type, cleaned = clean(sys.stdin.buffer.read())
    except Refused as refused:
        return refused.reason
    except (MemoryError, RecursionError, Image.DecompressionBombError):
        return TOO_BIG
    sys.stdout.buffer.write(media_type.encode() + b"\n" + cleaned)
    sys.stdout.buffer.flush()
    return 0


def _limit() -> None:
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    raise SystemExit(main())
