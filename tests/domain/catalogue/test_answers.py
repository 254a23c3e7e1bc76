"""Answers from forms and from the API: what is read, what is refused, and with which words."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.catalogue.answers import (
    MOST_CHILDREN,
    Answer,
    Answers,
    Option,
    OptionGroup,
    Question,
    QuestionBank,
    problem_nothing_chosen,
    problem_unknown_field,
)
from portal.domain.refusals import Problem
from portal.domain.sentences import Sentence, in_swedish, sentence
from tests.domain.build import question_bank

BANK = question_bank()

WRITE_AN_AGE = "Skriv åldern i hela år, till exempel 34."
WRITE_AGES = "Skriv åldern i hela år med mellanslag mellan, till exempel 3 8."
WRITE_0_TO_120 = "Skriv ett tal från 0 till 120."
WRITE_0_TO_25 = "Skriv ett tal från 0 till 25."
CHOOSE_ONE = "Välj bara ett svar."
CHOOSE_EITHER = "Du har valt både ett svar och att inget stämmer. Välj det ena."
WRONG_SHAPE = "Svaret har fel form. Se frågans beskrivning."


def read_form_field(name: str, *values: str) -> Answer:
    """Return the answer in one form field without problems."""
    answers, problems = BANK.read_form((name, value) for value in values)
    assert problems == ()
    return answers[name]


def form_problem(name: str, *values: str) -> str:
    """Return what the page says about one form field that cannot be read."""
    answers, problems = BANK.read_form((name, value) for value in values)
    assert name not in answers
    (problem,) = problems
    assert problem.field == name
    return in_swedish(problem.says)


def json_problem(name: str, value: object) -> str:
    """Return what the API says about one value that cannot be read."""
    answers, problems = BANK.read_json({name: value})
    assert name not in answers
    (problem,) = problems
    assert problem.field == name
    return in_swedish(problem.says)


# ------------------------------------------------------------------------------------------------ forms


@pytest.mark.parametrize(
    ("text", "age"),
    [("34", 34), ("  34 ", 34), ("0", 0), ("120", 120), ("007", 7), ("٣٤", 34), ("۳۴", 34), ("३४", 34)],
)
def test_an_age_is_read_in_the_digits_of_any_script(text: str, age: int) -> None:
    assert read_form_field("age", text) == age


@pytest.mark.parametrize(
    "text", ["34 år", "-1", "+5", "3.5", "3,5", "1_0", "²", "½", "0x10", "12345", "9" * 5000, "\ufffd\ufffd", "NaN"]
)
def test_an_age_that_is_no_number_is_refused(text: str) -> None:
    assert form_problem("age", text) == WRITE_AN_AGE


@pytest.mark.parametrize("text", ["121", "999", "9999", "٩٩٩"])
def test_an_impossible_age_is_refused(text: str) -> None:
    assert form_problem("age", text) == WRITE_0_TO_120


def test_an_age_is_one_number() -> None:
    assert form_problem("age", "34", "35") == CHOOSE_ONE


@pytest.mark.parametrize("name", list(BANK))
@pytest.mark.parametrize("values", [("",), ("   ",), ("", "\t")])
def test_a_field_left_empty_is_a_dont_know(name: str, values: tuple[str, ...]) -> None:
    assert read_form_field(name, *values) is None


def test_a_question_not_asked_is_absent() -> None:
    assert BANK.read_form([("age", "34")]) == ({"age": 34}, ())


def test_a_choice_is_one_of_the_options() -> None:
    assert read_form_field("residence", " staying ") == "staying"


def test_the_same_choice_twice_is_one_choice() -> None:
    assert read_form_field("for", "child", "", "child") == "child"


def test_two_choices_where_one_is_asked_for_are_refused() -> None:
    assert form_problem("for", "child", "me") == CHOOSE_ONE


@pytest.mark.parametrize("forged", ["mars", "Registered", "none", "registered staying"])
def test_a_choice_that_is_not_offered_is_refused_and_named(forged: str) -> None:
    assert form_problem("residence", forged) == f"Svaret ”{forged}” finns inte. Välj ett av svaren på sidan."


def test_several_options_can_be_chosen_and_doubles_count_once() -> None:
    assert read_form_field("topics", "money", "parenting", "money") == frozenset({"money", "parenting"})


def test_none_of_these_is_an_empty_answer_and_not_a_dont_know() -> None:
    assert read_form_field("violence", "none") == frozenset()
    assert read_form_field("violence", "none", "none") == frozenset()


def test_none_of_these_beside_an_option_is_refused() -> None:
    assert form_problem("violence", "victim", "none") == CHOOSE_EITHER


def test_none_of_these_is_only_read_where_it_is_offered() -> None:
    assert form_problem("topics", "none") == "Svaret ”none” finns inte. Välj ett av svaren på sidan."


def test_one_wrong_option_among_right_ones_is_named() -> None:
    assert form_problem("topics", "money", "gold") == "Svaret ”gold” finns inte. Välj ett av svaren på sidan."


@pytest.mark.parametrize(
    "values",
    [
        ("3 8",),
        ("8 3",),
        ("3, 8",),
        ("3;8",),
        (" 3\u00a08 ",),
        ("3\r\n8",),
        ("3", "8"),
        ("8,", "3"),
        ("3 & 8",),
        ("٣ ۸",),
    ],
)
def test_ages_are_read_however_they_are_separated_and_put_in_order(values: tuple[str, ...]) -> None:
    assert read_form_field("children", *values) == (3, 8)


@pytest.mark.parametrize("text", ["٣، ٨", "3،8", "3؛ 8", "3፣ 8"])
def test_ages_are_read_with_the_commas_of_arabic_dari_and_tigrinya(text: str) -> None:
    assert read_form_field("children", text) == (3, 8)


def test_children_of_the_same_age_all_count() -> None:
    assert read_form_field("children", "4 4") == (4, 4)


def test_no_children_is_an_empty_answer() -> None:
    assert read_form_field("children", "none") == ()
    assert read_form_field("children", "none", "none") == ()


def test_no_children_beside_an_age_is_refused() -> None:
    assert form_problem("children", "none", "3") == CHOOSE_EITHER


@pytest.mark.parametrize("text", ["tre", "3 x", "-3", "3.5", "3,8", "3,8,5,1", ",", ";;", "3 none", "12345", "3–8"])
def test_ages_that_are_no_numbers_are_refused(text: str) -> None:
    assert form_problem("children", text) == WRITE_AGES


@pytest.mark.parametrize("text", ["26", "3 26", "9999"])
def test_an_impossible_age_of_a_child_is_refused(text: str) -> None:
    assert form_problem("children", text) == WRITE_0_TO_25


def test_more_children_than_any_family_has_are_refused() -> None:
    assert read_form_field("children", " ".join(["4"] * 20)) == (4,) * 20
    assert form_problem("children", " ".join(["4"] * 21)) == WRITE_0_TO_25


def test_months_are_read_within_two_years() -> None:
    assert read_form_field("babies", "23, 0") == (0, 23)
    assert form_problem("babies", "24") == "Skriv ett tal från 0 till 23."
    assert form_problem("babies", "3,5") == "Skriv hela månader med mellanslag mellan, till exempel 3 8."


def test_a_field_that_no_question_has_is_refused_once() -> None:
    assert form_problem("shoe", "39", "40") == "Frågan ”shoe” finns inte. Ta bort den och försök igen."


def test_what_can_be_read_is_kept_beside_what_cannot() -> None:
    answers, problems = BANK.read_form([("age", "old"), ("for", "me"), ("shoe", "39"), ("topics", "money")])
    assert answers == {"for": "me", "topics": frozenset({"money"})}
    assert [problem.field for problem in problems] == ["age", "shoe"]


def test_a_long_forged_value_is_shown_shortened() -> None:
    assert form_problem("for", "x" * 41) == f"Svaret ”{'x' * 40}…” finns inte. Välj ett av svaren på sidan."
    assert form_problem("for", "x" * 40) == f"Svaret ”{'x' * 40}” finns inte. Välj ett av svaren på sidan."


def test_the_name_of_a_long_forged_field_is_shown_shortened() -> None:
    said = in_swedish(problem_unknown_field("x" * 5000).says)
    assert said == f"Frågan ”{'x' * 40}…” finns inte. Ta bort den och försök igen."


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\u202e", "\ud800", "\n"])
def test_a_sign_that_cannot_be_shown_is_replaced(char: str) -> None:
    assert form_problem("for", f"a{char}b") == "Svaret ”a\ufffdb” finns inte. Välj ett av svaren på sidan."


def test_broken_utf_8_is_refused_as_it_arrives() -> None:
    text = b"bj\xf6rn".decode("utf-8", "replace")
    assert form_problem("for", text) == "Svaret ”bj\ufffdrn” finns inte. Välj ett av svaren på sidan."


# -------------------------------------------------------------------------------------------- JSON


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("age", 0, 0),
        ("age", 120, 120),
        ("for", "child", "child"),
        ("topics", ["money", "money", "parenting"], frozenset({"money", "parenting"})),
        ("violence", [], frozenset()),
        ("children", [8, 3], (3, 8)),
        ("children", [], ()),
        ("babies", [23, 0], (0, 23)),
        *((name, None, None) for name in BANK),
    ],
)
def test_the_api_reads_each_kind_of_answer(name: str, value: object, answer: Answer) -> None:
    assert BANK.read_json({name: value}) == ({name: answer}, ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("age", "34"),
        ("age", 34.0),
        ("age", True),
        ("age", [34]),
        ("for", 1),
        ("for", ["me"]),
        ("for", {"me": True}),
        ("topics", "money"),
        ("topics", ["money", 1]),
        ("topics", {"money": True}),
        ("children", 3),
        ("children", "3 8"),
        ("children", [3, "8"]),
        ("children", [3, None]),
        ("children", [True]),
        ("children", [3.0]),
        ("babies", {"months": [3]}),
    ],
)
def test_the_api_refuses_an_answer_of_another_type(name: str, value: object) -> None:
    assert json_problem(name, value) == WRONG_SHAPE


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("age", -1, WRITE_0_TO_120),
        ("age", 121, WRITE_0_TO_120),
        ("age", 10**400, WRITE_0_TO_120),
        ("children", [3, 26], WRITE_0_TO_25),
        ("children", [-1], WRITE_0_TO_25),
        ("children", [10**400], WRITE_0_TO_25),
        ("children", [4] * 21, WRITE_0_TO_25),
        ("for", "mars", "Svaret ”mars” finns inte. Välj ett av svaren på sidan."),
        ("for", "", "Svaret ”” finns inte. Välj ett av svaren på sidan."),
        ("topics", ["money", "gold"], "Svaret ”gold” finns inte. Välj ett av svaren på sidan."),
        ("violence", ["none"], "Svaret ”none” finns inte. Välj ett av svaren på sidan."),
        ("shoe", None, "Frågan ”shoe” finns inte. Ta bort den och försök igen."),
    ],
)
def test_the_api_refuses_an_answer_that_cannot_be(name: str, value: object, says: str) -> None:
    assert json_problem(name, value) == says


def test_the_api_names_every_wrong_field_and_keeps_the_rest() -> None:
    answers, problems = BANK.read_json({"age": "x", "for": None, "shoe": 1, "children": []})
    assert answers == {"for": None, "children": ()}
    assert [problem.field for problem in problems] == ["age", "shoe"]


# -------------------------------------------------------------------------- back into a form, and no crash


def test_answers_are_written_as_the_form_would_send_them() -> None:
    answers: Answers = {
        "topics": frozenset({"money", "parenting"}),
        "for": None,
        "age": 34,
        "children": (3, 8),
        "babies": (),
        "violence": frozenset(),
        "residence": "staying",
    }
    assert BANK.write_form(answers) == (
        ("topics", "parenting"),
        ("topics", "money"),
        ("for", ""),
        ("age", "34"),
        ("children", "3 8"),
        ("babies", "none"),
        ("violence", "none"),
        ("residence", "staying"),
    )


def possible(bank: QuestionBank, name: str) -> st.SearchStrategy[Answer]:
    """Return every answer that a form can give to a question."""
    question = bank[name]
    ids = [option.id for option in question.options]
    if question.kind == "one_of":
        return st.none() | st.sampled_from(ids)
    if question.kind == "any_of":
        return st.none() | st.frozensets(st.sampled_from(ids), min_size=0 if question.none else 1)
    numbers = st.integers(question.low, question.high)
    if question.kind == "age":
        return st.none() | numbers
    return st.none() | st.lists(numbers, max_size=MOST_CHILDREN).map(sorted).map(tuple)


some_answers = st.fixed_dictionaries({}, optional={name: possible(BANK, name) for name in BANK})


@settings(derandomize=True, deadline=None, max_examples=50)
@given(answers=some_answers)
def test_answers_written_to_a_form_are_read_back_the_same_and_in_the_same_order(answers: dict[str, Answer]) -> None:
    read, problems = BANK.read_form(BANK.write_form(answers))
    assert problems == ()
    assert list(read.items()) == list(answers.items())


odd_texts = st.text("0129 ,;،-_.٣۳½é\x00\u202e\ufffdnoe", max_size=8)
names = st.sampled_from(list(BANK)) | odd_texts
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | odd_texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(odd_texts, inner, max_size=2),
    max_leaves=4,
)


@settings(derandomize=True, deadline=None, max_examples=50)
@given(pairs=st.lists(st.tuples(names, odd_texts), max_size=5))
def test_any_form_gives_an_answer_or_a_problem_for_each_field(pairs: list[tuple[str, str]]) -> None:
    answers, problems = BANK.read_form(pairs)
    assert set(answers) <= set(BANK)
    assert len(answers) + len(problems) == len({name for name, _ in pairs})


@settings(derandomize=True, deadline=None, max_examples=50)
@given(given_answers=st.dictionaries(names, json_values, max_size=5))
def test_any_json_gives_an_answer_or_a_problem_for_each_field(given_answers: dict[str, object]) -> None:
    answers, problems = BANK.read_json(given_answers)
    assert set(answers) <= set(BANK)
    assert len(answers) + len(problems) == len(given_answers)


# ------------------------------------------------------------------------------------------- questions


def test_an_option_is_found_by_its_id() -> None:
    assert BANK["for"].option("child") == Option("child", sentence("child"))
    assert BANK["for"].option("mars") is None


@pytest.mark.parametrize("name", ["age", "children", "babies"])
def test_a_page_of_numbers_sent_empty_asks_for_something_to_be_written(name: str) -> None:
    says = sentence("Skriv ett svar, eller tryck på Hoppa över.")
    assert problem_nothing_chosen(BANK[name]) == Problem(name, says)


@pytest.mark.parametrize("name", ["topics", "for", "violence"])
def test_a_page_of_choices_sent_empty_asks_for_a_choice(name: str) -> None:
    says = sentence("Välj ett svar, eller tryck på Hoppa över.")
    assert problem_nothing_chosen(BANK[name]) == Problem(name, says)


def test_options_stand_under_the_headings_of_their_groups_in_the_order_of_the_groups() -> None:
    more, less = Sentence("Mer"), Sentence("Mindre")
    a, b, c = (Option(name, Sentence(name)) for name in "abc")
    asked = Question("q", "any_of", more, more, more, (a, b, c))
    assert asked.in_groups("abc") == [(None, (a, b, c))]
    assert asked.in_groups("b") == [(None, (b,))]
    grouped = replace(asked, groups=(OptionGroup("m", more, ("c", "a")), OptionGroup("l", less, ("b",))))
    assert grouped.in_groups("abc") == [(more, (c, a)), (less, (b,))]
    assert grouped.in_groups("ac") == [(more, (c, a))]
