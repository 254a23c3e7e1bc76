"""The file of one insats: what is whole is read as it stands, and anything else is refused with file and place."""

from pathlib import Path
from typing import Any

import pytest

from portal.domain.catalogue.age_range import AgeRange
from portal.domain.catalogue.ages import ChildAge
from portal.domain.catalogue.insatser import Insats, Span
from portal.store.loading import load_catalogue
from tests.store.made_up import GONE, ID, KURS, KURS_FILE, assert_refused, changed, write, write_kommun


def read(folder: Path, **kurs: object) -> Insats:
    """Return the course of the made-up kommun, with changes."""
    write_kommun(folder, kurs=kurs)
    return load_catalogue(folder).kommuner[ID].get_insats("kurs")


def test_a_whole_file_is_read_as_it_stands(tmp_path: Path) -> None:
    kurs = read(tmp_path)
    assert (kurs.id, kurs.name.text, kurs.route, kurs.access) == ("kurs", "Solbackakursen", "direct", "self")
    assert kurs.topics == {"parenting"}
    assert [said.text for said in kurs.happens] == KURS["happens"]
    assert (kurs.how.meetings, kurs.how.group, kurs.how.every) == (Span(4, 4), Span(6, 12), "week")
    assert kurs.how.places == ("office",)
    assert kurs.conditions[0] == ChildAge(AgeRange(3, 12))
    assert (kurs.decision.number, kurs.contact, kurs.cost.kind) == ("SN 12-3", "kursen", "free")
    assert kurs.without_guardian_from is None


def test_a_range_without_a_low_end_is_up_to(tmp_path: Path) -> None:
    assert read(tmp_path, how={"meetings": {"to": 20}}).how.meetings == Span(None, 20)


def test_white_space_in_a_text_is_one_space(tmp_path: Path) -> None:
    assert read(tmp_path, summary="  En kurs\n  i grupp. ").summary.text == "En kurs i grupp."


PART = {"id": "grupp", "name": "Gruppen", "summary": "En grupp.", "conditions": []}
OPTIONAL = ("search", "guidance", "how", "without_guardian_from")


@pytest.mark.parametrize("key", OPTIONAL)
def test_what_a_source_does_not_say_is_left_out(tmp_path: Path, key: str) -> None:
    assert read(tmp_path, **{key: GONE}).id == "kurs"


@pytest.mark.parametrize("key", [key for key in KURS if key not in (*OPTIONAL, "topics")])
def test_a_missing_key_is_refused(tmp_path: Path, key: str) -> None:
    write_kommun(tmp_path, kurs={key: GONE})
    assert_refused(tmp_path, f"{KURS_FILE}: {key}", "is missing")


def test_topics_are_short_for_fits_and_fits_say_more(tmp_path: Path) -> None:
    found = read(tmp_path, topics=["parenting", "school"], fits={"parenting": {"acting_out": 3}})
    assert found.fits.weights == {"school": {"any": 1}, "parenting": {"acting_out": 3}}
    assert found.topics == {"school", "parenting"}
    assert (found.weight, found.order) == ("everyday", 0)


def test_a_part_decides_where_it_has_fits_or_a_guardian_rule_of_its_own(tmp_path: Path) -> None:
    parts = [
        {**PART, "id": "plain"},
        {**PART, "id": "fitting", "fits": {"school": {"any": 2}}},
        {**PART, "id": "guarded", "without_guardian_from": None},
    ]
    found = read(tmp_path, parts=parts, without_guardian_from=15)
    assert [(part.id, part.decides, part.without_guardian_from) for part in found.parts] == [
        ("plain", False, 15),
        ("fitting", True, 15),
        ("guarded", True, None),
    ]
    assert found.topics >= {"school"}


BROKEN = {
    "an unknown key": ({"price": 100}, "price", "not a key"),
    "a name that is a number": ({"name": 7}, "name", "must be a text"),
    "an empty name": ({"name": " "}, "name", "is empty"),
    "a summary that is a list": ({"summary": ["En kurs."]}, "summary", "must be a text"),
    "happens as one text": ({"happens": "Ni ses."}, "happens", "must be a list"),
    "happens with a number": ({"happens": ["Ni ses.", 3]}, "happens", "must be a list of texts"),
    "happens with an empty text": ({"happens": ["Ni ses.", ""]}, "happens", "must be a list of texts"),
    "no topics": ({"topics": []}, "fits", "needs a topic"),
    "fits that are a list": ({"fits": ["parenting"]}, "fits", "must be {topic"),
    "fits of an unknown topic": ({"fits": {"dance": {"any": 1}}}, "fits.dance", "must be a topic"),
    "fits without options": ({"fits": {"parenting": {}}}, "fits.parenting", "must be a topic"),
    "fits of an unknown option": ({"fits": {"parenting": {"dance": 1}}}, "fits.parenting", "has no option 'dance'"),
    "fits with another weight": ({"fits": {"parenting": {"any": 4}}}, "fits.parenting.any", "a weight is 1"),
    "fits with a yes": ({"fits": {"parenting": {"any": True}}}, "fits.parenting.any", "a weight is 1"),
    "an unknown weight": ({"weight": "heavy"}, "weight", "has no 'heavy'"),
    "an unknown way in": ({"way_in": {"by": "bus"}}, "way_in.by", "has no 'bus'"),
    "an unknown record": (
        {"documentation": {"regime": "full", "records": ["shoe size"]}},
        "documentation.records",
        "has no 'shoe size'",
    ),
    "an unknown follow-up": ({"follow_up": ["visits", "phone calls"]}, "follow_up", "has no 'phone calls'"),
    "a follow-up that stands twice": ({"follow_up": ["visits", "visits"]}, "follow_up", "has 'visits' twice"),
    "a follow-up as one text": ({"follow_up": "visits"}, "follow_up", "must be a list"),
    "an unknown topic": ({"topics": ["parenting", "dance"]}, "topics", "has no 'dance'"),
    "topics as one text": ({"topics": "parenting"}, "topics", "must be a list"),
    "an unknown route": ({"route": "maybe"}, "route", "has no 'maybe'"),
    "a route that is a list": ({"route": ["direct"]}, "route", "has no ['direct']"),
    "an unknown access": ({"access": "open"}, "access", "has no 'open'"),
    "an unknown contact": ({"contact": "nobody"}, "contact", "has no 'nobody'"),
    "a contact that is a list": ({"contact": ["kursen"]}, "contact", "['kursen']"),
    "an unknown decision": ({"decision": "beslut-1999"}, "decision", "has no 'beslut-1999'"),
    "a decision that is a mapping": ({"decision": {"board": "x"}}, "decision", "{'board': 'x'}"),
    "an unknown kind of application": (
        {"route": "assessed", "application": "dance"},
        "application",
        "has no 'dance'",
    ),
    "a kind of application that is a list": (
        {"route": "assessed", "application": ["other"]},
        "application",
        "['other']",
    ),
    "an unknown starter": ({"route": "assessed", "started_by": "king"}, "started_by", "has no 'king'"),
    "how as a text": ({"how": "ofta"}, "how", "must be a mapping"),
    "an unknown key of how": ({"how.times": 3}, "how.times", "not a key"),
    "meetings as a word": ({"how.meetings": "fyra"}, "how.meetings", "must be a number"),
    "no meetings at all": ({"how.meetings": 0}, "how.meetings", "must be a number"),
    "fewer than no meetings": ({"how.meetings": -2}, "how.meetings", "must be a number"),
    "meetings that are true": ({"how.meetings": True}, "how.meetings", "must be a number"),
    "half a meeting": ({"how.meetings": 2.5}, "how.meetings", "whole"),
    "endless meetings": ({"how.meetings": float("inf")}, "how.meetings", "must be"),
    "half a person in a group": ({"how.group": {"from": 2.5, "to": 6}}, "how.group", "whole"),
    "a crossed range": ({"how.weeks": {"from": 9, "to": 3}}, "how.weeks", "range is empty"),
    "a range without an end": ({"how.minutes": {"from": 60}}, "how.minutes", "must be a number"),
    "a range with a third end": ({"how.group": {"from": 2, "to": 6, "or": 9}}, "how.group", "must be a number"),
    "a range that is a list": ({"how.months": [3, 6]}, "how.months", "must be a number"),
    "an unknown frequency": ({"how.every": "often"}, "how.every", "has no 'often'"),
    "an unknown place": ({"how.places": ["moon"]}, "how.places", "has no 'moon'"),
    "an unknown cost": ({"cost": {"kind": "cheap"}}, "cost.kind", "has no 'cheap'"),
    "cost as a text": ({"cost": "free"}, "cost", "must be a mapping"),
    "an unknown key of cost": ({"cost.sek": 100}, "cost.sek", "not a key"),
    "conditions as a mapping": ({"conditions": {"age": {"from": 18}}}, "conditions", "must be a list"),
    "an unknown regime": ({"documentation.regime": "secret"}, "documentation.regime", "has no 'secret'"),
    "a missing regime": ({"documentation.regime": GONE}, "documentation.regime", "is missing"),
    "an unknown key of documentation": ({"documentation.law": "x"}, "documentation.law", "not a key"),
    "a source without its heading": ({"source.heading": GONE}, "source.heading", "is missing"),
    "an unknown key of the source": ({"source.page": 3}, "source.page", "not a key"),
    "an age as a text": ({"without_guardian_from": "15"}, "without_guardian_from", "must be a whole number"),
    "an age that is true": ({"without_guardian_from": True}, "without_guardian_from", "must be a whole number"),
    "an unknown form": ({"form": "dance"}, "form", "has no 'dance'"),
    "a form that is a list": ({"form": ["lss"]}, "form", "has no ['lss']"),
    "special reasons that are a list": ({"special_reasons": ["a"]}, "special_reasons", "must be a text"),
    "target ages as a number": ({"target_ages": 18}, "target_ages", "{from: …, to: …}"),
    "crossed target ages": ({"target_ages": {"from": 18, "to": 3}}, "target_ages", "range is empty"),
    "parts as a mapping": ({"parts": PART}, "parts", "must be a list"),
    "a part that is a text": ({"parts": ["Gruppen"]}, "parts", "must be a mapping"),
    "a part without an id": ({"parts": [{**PART, "id": ""}]}, "parts.id", "is empty"),
    "a part with an unknown key": ({"parts": [{**PART, "cost": "free"}]}, "parts.grupp.cost", "not a key"),
    "a part with a bad condition": (
        {"parts": [{**PART, "conditions": [{"height": 3}]}]},
        "parts.grupp.conditions.1",
        "no condition 'height'",
    ),
}


@pytest.mark.parametrize(("changes", "place", "says"), BROKEN.values(), ids=BROKEN)
def test_a_broken_insats_is_refused(tmp_path: Path, changes: dict[str, Any], place: str, says: str) -> None:
    write_kommun(tmp_path, kurs=changes)
    assert_refused(tmp_path, f"{KURS_FILE}: {place}", says)


UNLAWFUL = {
    "assessed without application or starter": ({"route": "assessed"}, "application", "11 kap. 1 §"),
    "assessed with application and starter": (
        {"route": "assessed", "application": "other", "started_by": "court"},
        "application",
        "11 kap. 1 §",
    ),
    "direct with application": ({"application": "other"}, "application", "11 kap. 5 §"),
    "direct with a starter": ({"started_by": "court"}, "application", "11 kap. 5 §"),
    "without a guardian at 14": ({"without_guardian_from": 14}, "without_guardian_from", "21 kap. 2 §"),
    "without a guardian at 18": ({"without_guardian_from": 18}, "without_guardian_from", "21 kap. 2 §"),
}


@pytest.mark.parametrize(("changes", "place", "paragraph"), UNLAWFUL.values(), ids=UNLAWFUL)
def test_an_unlawful_insats_is_refused_with_its_paragraph(
    tmp_path: Path, changes: dict[str, Any], place: str, paragraph: str
) -> None:
    write_kommun(tmp_path, kurs=changes)
    assert_refused(tmp_path, f"{KURS_FILE}: {place}", f"[{paragraph}]")


IN_BRACES = {
    "name": "Kurs {kommun}",
    "summary": "En kurs i {kommun}.",
    "audience": "För }dig.",
    "happens": ["Ni ses {ofta}."],
    "guidance": ["Du {kan} komma."],
    "search": ["{kurs}"],
    "how.note": "Kursen {hålls}.",
    "cost.note": "{Fika} ingår.",
    "documentation.note": "{Inget}",
}


@pytest.mark.parametrize("key", IN_BRACES)
def test_braces_in_a_text_are_refused_because_they_mark_gaps(tmp_path: Path, key: str) -> None:
    write_kommun(tmp_path, kurs={key: IN_BRACES[key]})
    assert_refused(tmp_path, f"{KURS_FILE}: {key}", "braces")


BAD_CONDITIONS: dict[str, tuple[object, str]] = {
    "a word": ("age", "one kind with its value"),
    "nothing": (None, "one kind with its value"),
    "two keys": ({"age": {"from": 18}, "for": ["me"]}, "one kind with its value"),
    "an unknown kind": ({"height": {"from": 150}}, "no condition 'height'"),
    "an age without ends": ({"age": {}}, "at least one of them"),
    "an age of nothing": ({"age": {"from": None}}, "needs from or to"),
    "an age with another end": ({"age": {"above": 18}}, "{from: …, to: …}"),
    "an age as a number": ({"age": 18}, "{from: …, to: …}"),
    "a crossed range": ({"child_age": {"from": 12, "to": 3}}, "range is empty"),
    "a negative age": ({"recipient_age": {"from": -1}}, "not -1"),
    "an age past the oldest": ({"age": {"to": 121}}, "not 121"),
    "an age as a text": ({"age": {"from": "18"}}, "not '18'"),
    "half a year": ({"baby_months": {"from": 0.5}}, "not 0.5"),
    "an age that is true": ({"age": {"from": True}}, "not True"),
    "no residence": ({"residence": []}, "residence is a list"),
    "residence as a text": ({"residence": "registered"}, "residence is a list"),
    "an unknown residence": ({"residence": ["mars"]}, "has no 'mars'"),
    "a residence that is a list": ({"residence": [["registered"]]}, "has no ['registered']"),
    "a residence twice": ({"residence": ["staying", "staying"]}, "twice"),
    "for nobody known": ({"for": ["dog"]}, "has no 'dog'"),
    "no situation": ({"situation": {}}, "situation is"),
    "a situation as a text": ({"situation": "victim"}, "situation is"),
    "an unknown situation topic": ({"situation": {"dance": ["waltz"]}}, "no topic 'dance'"),
    "a topic without a follow-up": ({"situation": {"couple": ["disagree"]}}, "no topic 'couple'"),
    "an unknown situation": ({"situation": {"violence": ["waltz"]}}, "has no 'waltz'"),
    "a situation that is a list": ({"situation": {"violence": [["victim"]]}}, "has no ['victim']"),
    "a situation without options": ({"situation": {"violence": []}}, "situation violence is a list"),
    "born abroad false": ({"born_abroad": False}, "born_abroad: true"),
    "a referral in words": ({"referral": "yes"}, "referral: true"),
    "no acute need": ({"acute": []}, "acute is a list"),
    "an unknown acute need": ({"acute": ["hunger"]}, "has no 'hunger'"),
    "any of nothing": ({"any": []}, "at least two"),
    "any of one": ({"any": [{"age": {"from": 18}}]}, "at least two"),
    "any of a text": ({"any": "age"}, "at least two"),
    "all of one": ({"all": [{"age": {"from": 18}}]}, "at least two"),
    "not of nothing": ({"not": None}, "one kind with its value"),
    "not of two": ({"not": {"age": {"from": 18}, "for": ["me"]}}, "one kind with its value"),
    "a bad part": ({"any": [{"age": {"from": 18}}, {"height": 3}]}, "no condition 'height'"),
}


@pytest.mark.parametrize(("condition", "says"), BAD_CONDITIONS.values(), ids=BAD_CONDITIONS)
def test_a_bad_condition_is_refused_with_its_number(tmp_path: Path, condition: object, says: str) -> None:
    write_kommun(tmp_path, kurs={"conditions": [{"for": ["child"]}, condition]})
    assert_refused(tmp_path, f"{KURS_FILE}: conditions.2", says)


UNREADABLE: dict[str, tuple[object, str]] = {
    "broken YAML": ("name: [Kurs", "cannot be read"),
    "bytes that are not UTF-8": ("name: Föräldrakurs".encode("latin-1"), "cannot be read"),
    "a NUL byte": ("name: Kurs\x00\n", "cannot be read"),
    "a key that stands twice": ("name: Kurs\nname: Kursen\n", "'name' stands twice"),
    "an object of Python": ("name: !!python/object/apply:os.getcwd []\n", "cannot be read"),
    "brackets too deep to follow": ("name: " + "[" * 5000 + "]" * 5000, "cannot be read"),
    "a list": (["Kurs"], "must be a mapping"),
    "a text": ("Kurs", "must be a mapping"),
    "nothing": ("", "must be a mapping"),
}


@pytest.mark.parametrize(("content", "says"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, content: object, says: str) -> None:
    write(write_kommun(tmp_path) / "insatser" / "kurs.yaml", content)
    assert_refused(tmp_path, KURS_FILE, says)


@pytest.mark.parametrize("name", ["Kurs.yaml", "två.yaml", "en kurs.yaml", "kurs-.yaml", "kurs.yml", "kurs.yaml~"])
def test_a_bad_file_name_is_refused(tmp_path: Path, name: str) -> None:
    write(write_kommun(tmp_path) / "insatser" / name, changed(KURS, {"name": "En annan kurs"}))
    assert_refused(tmp_path, f"kommuner/{ID}/insatser/{name}", "must be an id")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    (write_kommun(tmp_path) / "insatser" / "grupp.yaml").mkdir()
    assert_refused(tmp_path, f"kommuner/{ID}/insatser/grupp.yaml", "cannot be read")


def test_two_insatser_of_one_name_are_refused(tmp_path: Path) -> None:
    write_kommun(tmp_path, insatser={"samma": {"name": KURS["name"]}})
    assert_refused(tmp_path, f"kommuner/{ID}/insatser/samma.yaml: name", "also the name of kurs")
