"""Forms filled in on a computer: what was typed is shown, whoever draws it, or it is said that it cannot be."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from portal.store.applications.cleaning import FILLED_IN, Refused, clean
from portal.store.applications.filled_fields import DEEPEST, draw_fields
from tests.corpus.files.test_as_they_come import letter, saved, words


def filled(typed: str | list[str], *, needs: bool | None, drawn: str = "", high: float = 20, kind: str = "Tx") -> bytes:
    """Return a form with one field: what was typed, whether it must be drawn, and what a program has drawn."""
    pdf = letter()
    page = pdf.pages[0].obj
    value = String(typed) if isinstance(typed, str) else Array([String(one) for one in typed])
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name(f"/{kind}"), T=String("a"), V=value, F=4,
            DA=String("/Helv 0 Tf 0 g"), Rect=Array([20, 20, 220, 20 + high]),
        )
    )  # fmt: skip
    if drawn:
        field.AP = Dictionary(
            N=pikepdf.Stream(
                pdf, f"BT /F 10 Tf 2 5 Td ({drawn}) Tj ET".encode(), Type=Name.XObject, Subtype=Name.Form,
                BBox=Array([0, 0, 200, high]), Resources=page.Resources,
            )
        )  # fmt: skip
    page.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    if needs is not None:
        pdf.Root.AcroForm.NeedAppearances = needs
    return saved(pdf)


NAMES = "Åsa Öberg, José Núñez, 10 € – två"


@pytest.mark.parametrize("needs", [True, False, None])
def test_what_was_typed_into_a_form_is_shown_whatever_the_form_says(needs: bool | None) -> None:
    assert NAMES in words(clean(filled(NAMES, needs=needs))[1])
    assert "Ja" in words(clean(filled(["Ja", "Nej"], needs=needs, kind="Ch", high=40))[1])


def test_what_a_program_has_drawn_itself_stays_in_every_script_and_what_is_old_is_drawn_anew() -> None:
    for needs in (False, None):
        shown = words(clean(filled("مرحبا", needs=needs, drawn="DRAWN"))[1])
        assert "DRAWN" in shown
    anew = words(clean(filled("Ny text", needs=True, drawn="OLD"))[1])
    assert ("Ny text" in anew, "OLD" in anew) == (True, False)


def test_many_lines_and_long_text_are_drawn_smaller_and_whole() -> None:
    text = "Första raden\nandra raden som är lite längre än fältet är brett och därför fortsätter\n\ntredje"
    shown = " ".join(words(clean(filled(text, needs=True, high=70))[1]).split())
    assert all(word in shown for word in text.split())
    assert "x" * 60 in words(clean(filled("x" * 60, needs=True))[1]).replace("\n", "")


@pytest.mark.parametrize(("typed", "needs"), [("مرحبا", True), ("ሰላም", None), ("ord " * 400, True)])
def test_what_cannot_be_drawn_is_told_and_never_lost(typed: str, needs: bool | None) -> None:
    with pytest.raises(Refused) as refusal:
        clean(filled(typed, needs=needs))
    assert refusal.value.reason == FILLED_IN


def test_a_field_within_fields_is_drawn_and_what_is_no_form_is_left_alone() -> None:
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(300, 200)).obj
        widget = pdf.make_indirect(Dictionary(Subtype=Name.Widget, Rect=Array([20, 20, 220, 40])))
        field = pdf.make_indirect(Dictionary(FT=Name.Tx, V=String("INNE"), Kids=Array([widget])))
        page.Annots = Array([widget])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field, Name.X]))
        assert draw_fields(pdf)
        assert b"INNE".hex().encode() in widget.AP.N.read_bytes()
        field.V = pdf.make_stream(b"INNE")
        del widget.AP
        assert not draw_fields(pdf)
        for _ in range(DEEPEST + 2):
            field = pdf.make_indirect(Dictionary(Kids=Array([field])))
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        assert draw_fields(pdf), "too deep for any form"
        pdf.Root.AcroForm = Array([])
        assert draw_fields(pdf)
