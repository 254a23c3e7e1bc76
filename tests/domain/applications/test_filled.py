"""A filled-in form: each answer under its label, in the order of the form, and nothing left out."""

from portal.domain.applications.filled import LABELS, YES_NO, rows_of
from portal.domain.applications.forms import FOR_WHOM, WAYS, Form, to_texts
from portal.domain.applications.kinds import ApplicationKind, Fact
from portal.domain.catalogue.answers import Option
from portal.domain.sentences import Sentence, sentence

HELP = (Option("home", sentence("Hemma")),)
KIND = ApplicationKind(
    id="made-up",
    name=Sentence("Påhittat"),
    summary=Sentence("Påhittat"),
    law="11 kap. 1 §",
    consent="sol",
    facts=(
        Fact(
            "help",
            "choice",
            sentence("Vilken hjälp?"),
            sentence("Därför."),
            options=(Option("home", sentence("Hemma")),),
        ),
        Fact("alone", "yes_no", sentence("Bor du ensam?"), sentence("Därför.")),
        Fact("rent", "number", sentence("Hur hög är hyran?"), sentence("Därför.")),
    ),
)
FORM = Form(
    for_whom="child",
    is_protected=True,
    name="Ros",
    other_name="Liv",
    age=13,
    ways=("call", "code"),
    phone="070-174 06 05",
    language="ar",
    wants="Två\nrader",
    facts={"rent": "4000", "alone": "no", "help": "home", "gone": "x"},
    consents={"child_agrees": "yes", "gone": "y"},
)


def test_the_answers_stand_in_the_order_of_the_form_and_what_is_asked_no_more_last() -> None:
    rows = {row.field: row for row in rows_of(FORM, KIND)}
    assert list(rows) == [
        *("for_whom", "is_protected", "name", "other_name", "age", "consents.child_agrees", "ways", "phone"),
        *("language", "wants", "facts.help", "facts.alone", "facts.rent", "facts.gone", "consents.gone"),
    ]
    assert rows["for_whom"].answers == (FOR_WHOM["child"],)
    assert rows["is_protected"].answers == (YES_NO["yes"],)
    assert rows["ways"].answers == (WAYS["call"], WAYS["code"])
    assert rows["wants"].answers == ("Två\nrader",)
    assert rows["facts.help"].answers == (Sentence("Hemma"),)
    assert rows["facts.alone"].answers == (YES_NO["no"],)
    assert (rows["facts.rent"].label, rows["facts.rent"].answers) == (Sentence("Hur hög är hyran?"), ("4000",))
    assert (rows["facts.gone"].label, rows["facts.gone"].answers) == (Sentence("facts.gone"), ("x",))
    assert rows["consents.child_agrees"].answers == (Sentence("Ja"),)


def test_without_its_kind_nothing_is_left_out() -> None:
    rows = rows_of(FORM, None)
    assert {row.field for row in rows} == set(to_texts(FORM))
    assert next(row for row in rows if row.field == "facts.help").answers == ("home",)


def test_every_field_of_a_form_has_a_label() -> None:
    fields = set(Form.__dataclass_fields__)
    assert set(LABELS) == fields - {"facts", "consents"}
