"""The lives of the kommuner from their files: each fault is a finding with file, life and what is wrong."""

from pathlib import Path
from statistics import median

import pytest

from portal.domain.catalogue.answers import Answers
from portal.domain.catalogue.whole import Catalogue
from portal.domain.self_check.matching import MOST_FOR_WHO_DOES_NOT_KNOW, MOST_SHOWN, Match, match
from portal.domain.sentences import in_swedish
from portal.store.loading import load_catalogue
from portal.store.officials.lives import prove_lives, read_lives
from portal.store.reading import DATA, Findings
from tests.store.made_up import write_kommun

LIFE = """
- id: somebody
  tells: "Någon, 34."
  answers: {topics: [parenting], age: 34}
  first: [kurs]
  at_most: 9
  source: "[1]"
"""


def faults_of(folder: Path, text: str) -> list[str]:
    """Return the findings of a made-up kommun with these lives."""
    write_kommun(folder)
    (folder / "kommuner" / "solbacka" / "lives.yaml").write_text(text, encoding="utf-8")
    _, findings = prove_lives(folder, load_catalogue(folder))
    return [finding.line for finding in findings]


def test_every_life_of_the_kommuner_gets_what_it_must() -> None:
    told, findings = prove_lives(load_catalogue.__defaults__[0], load_catalogue())
    assert [finding.line for finding in findings] == []
    least = {"lekeberg": 60, "linkoping": 50, "alingsas": 40, "mellerud": 30}
    assert {kommun: len(lives) >= least[kommun] for kommun, lives in told.items()} == dict.fromkeys(least, True)


def test_lists_are_short_and_reasons_say_what_she_said_once(catalogue: Catalogue) -> None:
    """Median of direct and maybe at most 5, never over 9 for one topic, at most 7 for who does not know."""
    lengths = []
    for kommun in catalogue.kommuner.values():
        for life in read_lives(DATA, kommun, catalogue, Findings()):
            found, topics = match(kommun, catalogue, life.answers), life.answers.get("topics")
            shown = (*found.direct, *found.maybe)
            lengths.append(len(shown))
            most = MOST_FOR_WHO_DOES_NOT_KNOW if topics is None else MOST_SHOWN if len(topics) == 1 else 3 * MOST_SHOWN
            assert len(shown) <= most, life.id
            for one in (*shown, *found.apply):
                reasons = [in_swedish(reason) for reason in one.reasons]
                assert len(set(reasons)) == len(reasons), (life.id, one.insats.id)
                assert reasons[0].startswith(("Du svarade: ", "Du valde: ", "Du vet inte ")), (life.id, one.insats.id)
                if len(one.insats.variants) == 1:
                    assert reasons[0].startswith("Du svarade: ") is _answers_an_option(one, life.answers), life.id
    assert median(lengths) <= 5


def _answers_an_option(one: Match, answers: Answers) -> bool:
    """Return whether it is for an option that she ticked."""
    return any(
        option in one.insats.fits.options(topic)
        for topic in answers.get("topics") or ()
        for option in answers.get(topic) or ()
    )


def test_a_life_is_read_with_what_it_tells_and_where_that_stands(tmp_path: Path) -> None:
    assert faults_of(tmp_path, LIFE) == []
    ((told,),) = prove_lives(tmp_path, load_catalogue(tmp_path))[0].values()
    life = told.life
    assert (life.id, life.tells, life.source) == ("somebody", "Någon, 34.", "[1]")
    assert (life.first, life.must, life.at_most) == (("kurs",), (), 9)


def test_a_kommun_without_lives_has_none(tmp_path: Path) -> None:
    write_kommun(tmp_path)
    assert prove_lives(tmp_path, load_catalogue(tmp_path)) == ({}, ())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("first: [nowhere]", "somebody.first: has no 'nowhere'"),
        ("answers: {topics: [moon]}", "somebody.answers.topics: is no answer"),
        ("answers: [1]", "somebody.answers: must be the answers"),
        ("talk: [nobody]", "somebody.talk: has no 'nobody'"),
        ("more: 1", "somebody.more: is not a key that is known here"),
        ("at_most: many", "somebody.at_most: must be a whole number"),
    ],
)
def test_what_names_nothing_that_exists_is_refused(tmp_path: Path, wrong: str, says: str) -> None:
    key = wrong.partition(":")[0]
    lines = [line for line in LIFE.splitlines() if not line.strip().startswith(f"{key}:")]
    found = faults_of(tmp_path, "\n".join([*lines, f"  {wrong}"]))
    assert any(says in line for line in found), found


def test_a_life_twice_and_a_file_that_is_no_list_are_refused(tmp_path: Path) -> None:
    assert any("stands twice" in line for line in faults_of(tmp_path / "twice", LIFE + LIFE))
    assert any("must be a list" in line for line in faults_of(tmp_path / "none", "a: 1"))
