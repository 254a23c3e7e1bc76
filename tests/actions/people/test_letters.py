"""The words of mails: every letter has some, all short, and none tells what the group is about."""

import re

import pytest

from portal.actions.people.letters import words_of
from portal.domain.people.letters import Letter, Mail
from portal.domain.sentences import in_swedish

GAPS = {
    "day": "2027-01-12",
    "time": "18:00",
    "code": "KX4-7TM-9PR-2HC",
    "words": "Ta med ett foto.",
    "group": "7k2m",
    "email": "exempel@example.se",
    "left": "3",
}
TELLING = re.compile(
    r"våld|biff|abc|cope|förälder|föräld|barn|kurs|grupp|missbruk|beroende|socialtjänst|insats", re.IGNORECASE
)


def said(letter: Letter, link: str | None = None) -> list[str]:
    """Return the subject and lines of a letter, in Swedish."""
    words = words_of(Mail(letter, "exempel@example.se", "sv", "solbacka", GAPS), "Solbacka kommun", link)
    lines = (line if isinstance(line, str) else in_swedish(line) for line in words.lines)
    return [in_swedish(words.subject), *lines]


@pytest.mark.parametrize("letter", Letter)
def test_no_letter_tells_what_it_is_about(letter: Letter) -> None:
    for line in said(letter):
        assert not TELLING.search(line), line


@pytest.mark.parametrize("letter", Letter)
def test_every_letter_speaks_in_short_sentences(letter: Letter) -> None:
    lines = said(letter)
    assert len(lines) >= 5
    assert lines[0] == "Meddelande från Solbacka kommun"
    for line in lines[1:]:
        assert all(len(part.split()) <= 12 for part in re.split(r"[.!:] ", line)), line


@pytest.mark.parametrize("letter", [Letter.PLACED, Letter.WAITING, Letter.OFFERED, Letter.GOT_PLACE, Letter.REMINDER])
def test_what_one_can_act_on_carries_a_code(letter: Letter) -> None:
    assert "Din kod är KX4-7TM-9PR-2HC." in said(letter)


def test_an_offer_says_until_when() -> None:
    assert "Svara ja eller nej senast 2027-01-12 klockan 18:00." in said(Letter.OFFERED)


def test_a_link_stands_only_where_there_is_one() -> None:
    lines = said(Letter.LAPSED, "https://stod.example.se/x")
    assert lines[lines.index("Här är sidan:") + 1] == "https://stod.example.se/x"
    assert not [line for line in said(Letter.LAPSED) if "sidan:" in line]
