"""What every kommun shares: topics, questions, kinds of application and helplines are read strictly too."""

import shutil
from pathlib import Path

import pytest
import yaml

from portal import create_app
from portal.domain.catalogue.whole import Catalogue
from portal.domain.sentences import in_swedish
from portal.store.groups.programmes import BrokenProgrammes
from portal.store.loading import BrokenCatalogue, load_catalogue
from portal.store.reading import DATA
from tests.conftest import settings
from tests.store.made_up import GONE, ID, changed, write, write_kommun


def test_questions_are_read_as_they_stand(catalogue: Catalogue) -> None:
    bank = catalogue.questions
    assert next(iter(bank)) == "topics"
    assert (bank["age"].kind, bank["age"].low, bank["age"].high) == ("age", 0, 120)
    assert bank["violence"].only_if == "violence"
    assert [option.id for option in bank["for"].options] == ["me", "child", "relative"]
    assert [option.id for option in bank["topics"].options] == list(catalogue.topics)


def test_a_helpline_says_when_it_stands_first(catalogue: Catalogue) -> None:
    lines = {line.id: line for line in catalogue.helplines}
    assert lines["sos"].phone == "112"
    assert lines["sos"].always
    assert "violence" in lines["kvinnofridslinjen"].when
    assert catalogue.leave_to.startswith("https://")


def copy_of_shared_data(folder: Path) -> Path:
    """Copy the shared files to a folder, beside a made-up kommun."""
    for path in DATA.glob("*.yaml"):
        shutil.copy(path, folder / path.name)
    write_kommun(folder)
    return folder


def test_a_copy_of_the_shared_files_is_whole(tmp_path: Path) -> None:
    copy_of_shared_data(tmp_path)
    assert load_catalogue(tmp_path, shared_in=tmp_path).topics


@pytest.mark.parametrize("name", sorted(path.name for path in DATA.glob("*.yaml")))
def test_a_missing_shared_file_is_refused(tmp_path: Path, name: str) -> None:
    (copy_of_shared_data(tmp_path) / name).unlink()
    kind = BrokenProgrammes if name == "programmes.yaml" else BrokenCatalogue
    with pytest.raises(kind, match=f"{name}: the file is missing"):
        create_app(settings(data=tmp_path, shared_data=tmp_path))


BROKEN: dict[str, tuple[str, dict[str, object], str]] = {
    "a topic without a name": ("topics", {"violence.name": GONE}, "violence.name: is missing"),
    "an unknown key of a topic": ("topics", {"violence.colour": "red"}, "violence.colour: is not a key"),
    "safety in words": ("topics", {"violence.safety": "yes"}, "violence.safety: must be true or false"),
    "an unknown kind of question": ("questions", {"for.kind": "essay"}, "for.kind: has no 'essay'"),
    "a question that nobody asks": ("questions", {"for.ask": GONE}, "for.ask: is missing"),
    "a question with another gap": ("questions", {"age.ask": "Hur gammal är {du}?"}, "age.ask: has braces"),
    "an option with another gap": (
        "questions",
        {"residence.options.staying.name": "Bor i {byn}"},
        "residence.options.staying.name: has braces",
    ),
    "a choice of one": ("questions", {"referral.options": {"yes": {"name": "Ja"}}}, "referral.options: a question to"),
    "a number without a range": ("questions", {"age.range": GONE}, "age.range: a question about numbers"),
    "a range of three": ("questions", {"age.range": [0, 60, 120]}, "age.range: must be"),
    "a crossed range": ("questions", {"age.range": [120, 0]}, "age.range: a question about numbers"),
    "a range in words": ("questions", {"age.range": ["noll", "tio"]}, "age.range: must be"),
    "a follow-up to an unknown topic": ("questions", {"work.only_if": "dance"}, "work.only_if: has no 'dance'"),
    "a follow-up to a list": ("questions", {"work.only_if": ["work"]}, "work.only_if: has no ['work']"),
    "options from nowhere": ("questions", {"topics.options_from": "stars"}, "topics.options_from: has no 'stars'"),
    "a topic in no group": (
        "questions",
        {"topics.groups.safety.options": ["crime"]},
        "topics.groups: must have 'violence' in one group, not in 0",
    ),
    "a topic in two groups": (
        "questions",
        {"topics.groups.safety.options": ["violence", "crime", "money"]},
        "topics.groups: must have 'money' in one group, not in 2",
    ),
    "a group without a name": ("questions", {"topics.groups.care.name": GONE}, "topics.groups.care.name: is missing"),
    "a question that is a text": ("questions", {"age": "Hur gammal?"}, "age: must be a mapping"),
    "no question about topics": ("questions", {"topics": GONE}, "topics: is missing"),
    "a kind without its paragraph": ("application_kinds", {"other.law": GONE}, "other.law: is missing"),
    "a helpline without a number": ("helplines", {"lines.sos.phone": GONE}, "lines.sos.phone: is missing"),
    "a helpline with words": ("helplines", {"lines.sos.phone": "ring"}, "lines.sos.phone: is no phone number: 'ring'"),
    "a helpline for nothing known": ("helplines", {"lines.sos.when": ["dance"]}, "lines.sos.when: has no 'dance'"),
    "nowhere to leave to": ("helplines", {"leave_to": GONE}, "leave_to: is missing"),
    "an unknown key of the helplines": ("helplines", {"radio": "P1"}, "radio: is not a key"),
}


@pytest.mark.parametrize(("file", "changes", "line"), BROKEN.values(), ids=BROKEN)
def test_a_broken_shared_file_stops_the_start(tmp_path: Path, file: str, changes: dict[str, object], line: str) -> None:
    path = copy_of_shared_data(tmp_path) / f"{file}.yaml"
    write(path, changed(yaml.safe_load(path.read_text(encoding="utf-8")), changes))
    with pytest.raises(BrokenCatalogue) as refusal:
        create_app(settings(data=tmp_path, shared_data=tmp_path))
    told = str(refusal.value).splitlines()
    assert [found for found in told if found.startswith(f"{path.name}: {line}")], told


def test_a_condition_says_an_option_by_the_name_it_has_in_the_same_files(tmp_path: Path) -> None:
    folder = copy_of_shared_data(tmp_path)
    write_kommun(folder, kurs={"conditions": [{"situation": {"money": ["debts"]}}]})
    said = []
    for name in ("Skulder", "Räkningar som ligger kvar"):
        path = folder / "questions.yaml"
        questions = yaml.safe_load(path.read_text(encoding="utf-8"))
        write(path, changed(questions, {"money.options.debts.name": name}))
        (rule,) = load_catalogue(folder, shared_in=folder).kommuner[ID].get_insats("kurs").conditions
        said.append(in_swedish(rule.rule))
    assert "Skulder" in said[0]
    assert "Räkningar som ligger kvar" in said[1]
