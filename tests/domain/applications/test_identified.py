"""Whether an identity is of the one whose name and number stand in the form."""

from datetime import UTC, datetime

import pytest

from portal.domain.applications.forms import Form
from portal.domain.applications.identified import is_about
from portal.domain.applications.states import Identification

AT = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "typed", "fits"),
    [
        ("Anna Maria Berg-Åkesson", "anna berg åkesson", True),
        ("Anna Maria Berg", "Anna Maria Berg", True),
        ("Anna Maria Berg", "Maria", True),
        ("Anna Maria Berg", "Kim Berg", False),
        ("Anna Maria Berg", "", True),
        ("", "Kim Berg", True),
        ("أحمد علي", "أحمد", True),
    ],
)
def test_every_word_that_is_typed_is_one_of_her_names(said: str, typed: str, fits: bool) -> None:
    assert is_about(Identification("x", "", AT, said), Form(name=typed)) is fits


@pytest.mark.parametrize(
    ("said", "typed", "fits"),
    [
        ("8501012382", "19850101-2382", True),
        ("8501012382", "", True),
        ("8501012382", "ett nummer", True),
        ("", "850101-2382", True),
        ("8501012382", "850101-2390", False),
    ],
)
def test_a_number_that_is_typed_is_hers(said: str, typed: str, fits: bool) -> None:
    assert is_about(Identification("x", "", AT, "", said), Form(number=typed)) is fits
