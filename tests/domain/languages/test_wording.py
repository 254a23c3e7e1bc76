"""What a translation must hold to: gaps, the signs and letters of its script, its end, and the terms of the field."""

import re

import pytest

from portal.domain.languages.wording import (
    SCRIPTS,
    Wording,
    is_said_alike,
    problems,
    term,
    terms_left_out,
    wordings_met,
)

LATIN, ARABIC, DARI, ETHIOPIC, CYRILLIC = (SCRIPTS[name] for name in ("Latn", "Arab", "Arab-fa", "Ethi", "Cyrl"))

GOOD = {
    "English": ("Du får hjälp i dag.", "You get help today.", LATIN),
    "a gap that has moved": ("{n} barn i {kommun}", "In {kommun}: {n} children", LATIN),
    "a gap that stands twice": ("{unit} svarar.", "{unit} answers. Ask for {unit}.", LATIN),
    "quotation marks": ("Säg ”hej”.", "Say “hello”.", LATIN),
    "an end that is left open": ("Vi kommer snart.", "We are coming soon…", LATIN),
    "lines": ("Du får hjälp. Det är gratis.", "Du får hjälp.\nDet kostar inget.", LATIN),
    "Arabic": ("Behöver du tolk?", "هل تحتاج إلى مترجم؟", ARABIC),
    "Arabic commas": ("barn, tonåringar", "أطفال، مراهقون", ARABIC),
    "a phone number in Arabic": ("Ring 0520-49 50 00.", "اتصل على 0520-49 50 00.", ARABIC),
    "a phone number in one group": ("Ring 0520-495.", "اتصل على 0520-495.", ARABIC),
    "a phone number from abroad": ("Ring +46 520-49 50 00.", "اتصل على +46 520-49 50 00.", ARABIC),
    "a date": ("Den 2026-11-24 stänger vi.", "نغلق في 2026-11-24 هنا.", ARABIC),
    "a name in Arabic": ("Kursen COPE", "دورة COPE", ARABIC),
    "a Swedish word in parentheses": ("Familjens hus", "بيت العائلة (familjecentral)", ARABIC),
    "two Swedish words in parentheses": ("Familjens hus", "بيت العائلة (öppen förskola)", ARABIC),
    "Dari": ("Du kan komma.", "شما می\u200cتوانید بیایید.", DARI),
    "Tigrinya": ("Du får hjälp.", "ሓገዝ ትረኽቡ።", ETHIOPIC),
    "a comma in Tigrinya": ("barn, unga", "ቈልዑ፡ መንእሰያት", ETHIOPIC),
    "a question in Tigrinya": ("Är du i fara?", "ኣብ ሓደጋ ዲኹም?", ETHIOPIC),
    "a letter that is softened after a vowel": ("Tidigast", "እንተ ቐደመ ብቝጽሪ", ETHIOPIC),
    "Ukrainian": ("Har du familj?", "У вас є сім’я?", CYRILLIC),
    "a colon": ("Säg så här:", "Say this:", LATIN),
    "an exclamation": ("Hej!", "Hello.", LATIN),
    "a gap that may hold a sentence": ("Fråga {rules}", "Ask {rules}.", LATIN),
    "a stop inside parentheses": ("Ring. (Det är gratis.)", "Call. (It is free.)", LATIN),
}


@pytest.mark.parametrize(("swedish", "form", "script"), GOOD.values(), ids=GOOD)
def test_a_good_translation_breaks_no_rule(swedish: str, form: str, script: object) -> None:
    assert list(problems((swedish,), (form,), script)) == []  # type: ignore[arg-type]


BAD = {
    "empty": ("Nästa", " ", LATIN, "a form is empty"),
    "a gap is lost": ("{n} barn", "children", LATIN, "the gaps are none, not {n}"),
    "a gap too many": ("barn", "{n} children", LATIN, "the gaps are {n}, not none"),
    "a gap is translated": ("{kommun}", "{municipality}", LATIN, "the gaps are {municipality}, not {kommun}"),
    "space at the end": ("Nästa", "Next ", LATIN, "has white space that nobody needs"),
    "two spaces": ("Nästa sida", "Next  page", LATIN, "has white space that nobody needs"),
    "not composed": ("Nästa", "Se\u0301", LATIN, "is not in Unicode's composed form (NFC)"),
    "a control character": ("Nästa", "Next\u2069", LATIN, "has a control character (U+2069)"),
    "a joiner where none is": ("Nästa", "التا\u200cلي", ARABIC, "has a control character (U+200C)"),
    "a tab": ("Nästa", "Next\tpage", LATIN, "has a control character (U+0009)"),
    "digits of the east": ("18 år", "۱۸ سال", DARI, "has the digit ۱: numbers are Latin"),
    "a letter of another script": ("Nästa", "Nехt", LATIN, "has a letter of another script"),
    "a Persian letter": ("Nästa", "التالی", ARABIC, "has ی (U+06CC)"),
    "an Arabic letter": ("Nästa", "بعدي", DARI, "has ي (U+064A)"),
    "a range": ("3–12 år", "3–12 سنة", ARABIC, "has a range with a dash"),
    "a range at the end": ("i åldern 3–12", "العمر 3–12", ARABIC, "has a range with a dash"),
    "a range of hours": ("Öppet 08:00–16:00", "من 08:00–16:00", ARABIC, "has a range with a dash"),
    "a range of hours with a hyphen": ("Öppet 08:00-16:00", "من 08:00-16:00", ARABIC, "has a range with a dash"),
    "a range of years": ("2024–2025", "2024–2025", ARABIC, "has a range with a dash"),
    "a range in Dari": ("3–12 år", "3-12 سال", DARI, "has a range with a dash"),
    "a Latin comma": ("barn, unga", "أطفال, شباب", ARABIC, "has a Latin comma"),
    "a Latin comma in Dari": ("barn, unga", "اطفال, جوانان", DARI, "has a Latin comma"),
    "a Latin question mark": ("Vem?", "من?", ARABIC, "has a Latin question mark"),
    "a Latin question mark in Dari": ("Vem?", "کی?", DARI, "has a Latin question mark"),
    "a comma of Ethiopia": ("barn, unga", "ቈልዑ፣ መንእሰያት", ETHIOPIC, "has ፣ (U+1363)"),
    "an old question mark": ("Vem?", "መን፧", ETHIOPIC, "has ፧ (U+1367)"),
    "a Latin comma in Tigrinya": ("barn, unga", "ቈልዑ, መንእሰያት", ETHIOPIC, "has a Latin comma"),
    "a Latin stop in Tigrinya": ("Du får hjälp.", "ሓገዝ ትረኽቡ.", ETHIOPIC, "has a Latin full stop"),
    "a spelling of Ethiopia": ("Hjälp", "አገዝ", ETHIOPIC, "has the spelling of Ethiopia"),
    "a softened letter first": ("Nummer", "እቲ ቝጽሪ", ETHIOPIC, "begins a word with a letter that stands within words"),
    "tanwin after the alif": ("Nu", "فوراً", ARABIC, "has the tanwin after the alif"),
    "a mark above ه": ("Sida", "صفحه\u0654 نو", DARI, "has ه with a mark above"),
    "a Russian letter": ("Vi", "мы", CYRILLIC, "has ы (U+044B)"),
    "a typewriter's apostrophe": ("Familj", "сім'я", CYRILLIC, "has a typewriter's apostrophe"),
    "no stop": ("Du får hjälp.", "You get help", LATIN, "does not end with ."),
    "no stop in Tigrinya": ("Du får hjälp.", "ሓገዝ ትረኽቡ", ETHIOPIC, "does not end with ።"),
    "a stop for a question": ("Behöver du tolk?", "هل تحتاج إلى مترجم.", ARABIC, "does not end with ؟"),
    "a stop too many": ("Nästa", "Next.", LATIN, "ends with ., the Swedish does not"),
    "a word in Latin letters": ("Hjälp", "допомога help", CYRILLIC, "has a word in Latin letters"),
}


@pytest.mark.parametrize(("swedish", "form", "script", "says"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said(swedish: str, form: str, script: object, says: str) -> None:
    told = list(problems((swedish,), (form,), script))  # type: ignore[arg-type]
    assert any(line.startswith(says) for line in told), told


def test_every_form_of_a_plural_is_held_to_the_swedish_plural() -> None:
    swedish = ("En träff.", "{n} träffar.")
    assert list(problems(swedish, ("{n} meeting.", "{n} meetings."), LATIN)) == []
    assert list(problems(swedish, ("One meeting.", ""), LATIN)) == [
        "the gaps are none, not {n}",
        "a form is empty",
    ]


# ------------------------------------------------------------------------------------------------- terms

TOLK = term("interpreter", ("tolk", "tolken", " Tolkar "), ("interpret", "language help"))


@pytest.mark.parametrize("swedish", ["Du kan få en tolk.", "TOLKEN kommer.", "Två tolkar, alltid"])
@pytest.mark.parametrize("said", ["You get an interpreter.", "INTERPRETING is free.", "Help with the language"])
def test_a_term_is_said_by_any_of_its_words_however_inflected(swedish: str, said: str) -> None:
    assert list(terms_left_out(swedish, (said,), [TOLK])) == []


def test_a_term_that_is_left_out_is_named_with_its_words() -> None:
    assert list(terms_left_out("Du kan få en tolk.", ("You get help.",), [TOLK])) == [
        "interpreter: interpret / language help"
    ]


@pytest.mark.parametrize("swedish", ["Vi tolkar inte", "Du kan komma.", "dövtolk", "tolkning"])
def test_a_term_is_looked_for_as_a_whole_word(swedish: str) -> None:
    alone = term("interpreter", ("tolk", "tolken"), ("interpret",))
    assert list(terms_left_out(swedish, ("You can come.",), [alone])) == []


def test_a_term_may_be_said_in_any_form_of_a_plural() -> None:
    assert list(terms_left_out("{n} tolkar", ("{n} person", "{n} interpreters"), [TOLK])) == []


# ---------------------------------------------------------------------------------------------- wordings

ALWAYS = Wording(re.compile("daroogo"), "maandooriye")
OF_A_CHILD = Wording(re.compile("guardian"), "parents", re.compile("vårdnadshavare", re.IGNORECASE))


def test_a_wrong_wording_is_told_with_what_is_said_instead() -> None:
    told = list(wordings_met("Droger", ("Khamri", "daroogo"), [ALWAYS, OF_A_CHILD]))
    assert told == ["says “daroogo”: maandooriye"]
    assert list(wordings_met("Droger", ("maandooriye",), [ALWAYS])) == []


@pytest.mark.parametrize(("swedish", "is_met"), [("Dina Vårdnadshavare", True), ("Förmyndare", False)])
def test_a_wording_may_be_wrong_only_for_some_swedish_texts(swedish: str, is_met: bool) -> None:
    assert bool(list(wordings_met(swedish, ("your guardian",), [OF_A_CHILD]))) == is_met


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        (("huumeet",), ("huumeet",), True),
        (("Perhekeskus (Familjecentral)",), ("perhekeskus (familjecentral)",), True),
        (("Mini Maria",), ("Mini Maria (klinikka)",), True),
        (("huumeet",), ("huumausaineet",), False),
        (("huume", "huumeet"), ("huume", "huumausaineet"), False),
    ],
)
def test_two_translations_are_alike_apart_from_capitals_and_parentheses(
    one: tuple[str, ...], other: tuple[str, ...], are_alike: bool
) -> None:
    assert is_said_alike(one, other) == are_alike
