"""What Plone answers becomes the files of a kommun, and nothing that is no answer of Plone's does."""

from pathlib import Path
from typing import Any

import pytest

from portal.store.catalogue.plone import UnreadableAnswer, kommun_file, objects_of, written_of
from portal.store.loading import DATA
from portal.store.reading import parse_yaml
from tests.plone_site import published

LEKEBERG = DATA / "kommuner" / "lekeberg"


def one(kind: str, **changes: Any) -> dict[str, Any]:
    """Return an object as Plone gives it, with changes."""
    key = {"insats": "abc-3-12", "contact": "kontaktcenter"}[kind]
    (found,) = [item for item in published(LEKEBERG)[kind] if item["id"] == key]
    return found | changes


def test_every_kommun_comes_back_from_plone_as_it_went_there() -> None:
    for folder in sorted((DATA / "kommuner").iterdir()):
        site = published(folder)
        written = written_of(site["insats"], site["contact"])
        paths = {path.stem: path for path in (folder / "insatser").glob("*.yaml")}
        assert written.insatser.keys() == paths.keys()
        for key, path in paths.items():
            assert parse_yaml(written.insatser[key]) == parse_yaml(path.read_text(encoding="utf-8"))
        before = (folder / "kommun.yaml").read_text(encoding="utf-8")
        assert parse_yaml(kommun_file(before, written.contacts)) == parse_yaml(before)


def test_a_choice_is_its_token_and_what_is_empty_is_no_key() -> None:
    changed = one("insats", route={"title": "Utan behovsprövning", "token": "direct"}, guidance=[" ", ""], weight=None)
    said = parse_yaml(written_of([changed], [one("contact")]).insatser["abc-3-12"])
    assert isinstance(said, dict)
    assert said["route"] == "direct"
    assert not {"guidance", "weight"} & said.keys()


@pytest.mark.parametrize(
    ("kind", "changes", "says"),
    [
        ("insats", {"id": "../../kommun"}, "no id"),
        ("insats", {"id": None}, "no id"),
        ("insats", {"review_state": "draft"}, "asked for each published"),
        ("insats", {"@type": "Document"}, "asked for each published"),
        ("insats", {"title": ["en", "två"]}, "title is no text"),
        ("insats", {"happens": "en rad"}, "happens is no list"),
        ("contact", {"rest": "hours: ["}, "cannot be read"),
        ("contact", {"rest": "phone: 0100-12 34 56"}, "field of its own"),
        ("contact", {"rest": "bara ord"}, "field of its own"),
    ],
)
def test_what_is_no_insats_or_contact_is_refused(kind: str, changes: dict[str, Any], says: str) -> None:
    found = {other: [one(other)] for other in ("insats", "contact")} | {kind: [one(kind, **changes)]}
    with pytest.raises(UnreadableAnswer, match=says):
        written_of(found["insats"], found["contact"])


def test_no_page_two_of_one_name_and_no_object_are_refused() -> None:
    for insatser, contacts, says in (
        ([], [one("contact")], "no published insats"),
        ([one("insats")], [], "no published contact"),
        ([one("insats"), one("insats")], [one("contact")], "two of Plone's pages"),
        (["abc-3-12"], [one("contact")], "no object"),
    ):
        with pytest.raises(UnreadableAnswer, match=says):
            written_of(insatser, contacts)
    with pytest.raises(UnreadableAnswer, match="no mapping"):
        kommun_file("[]", {})


def test_a_folder_that_says_nothing_gives_no_objects(tmp_path: Path) -> None:
    (tmp_path / "kommun.yaml").write_text("[]", encoding="utf-8")
    assert list(objects_of(tmp_path)) == []
