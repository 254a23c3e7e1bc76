"""The four catalogues against their sources: every entry is there, by its route and its heading."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from portal.domain.catalogue.ages import Age, BabyMonths, ChildAge, RecipientAge
from portal.domain.catalogue.answers import Answer, Answers
from portal.domain.catalogue.condition import MET, NOT_MET, Condition
from portal.domain.catalogue.conditions import flatten
from portal.domain.catalogue.whole import Catalogue
from portal.domain.counting.visits import counted_by_unit
from portal.domain.knowledge import Knowledge

LISTED = Path(__file__).parent / "insatser.csv"
"""Every entry of the four source documents: kommun, id, route, heading, document."""


def listed() -> list[dict[str, str]]:
    """Return the rows of the list."""
    with LISTED.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


DECIDED = {
    ("lekeberg", "mi-vald"): "direct",  # with or without a decision [1907]: one may begin without
    ("lekeberg", "dodsbo"): "other",  # nobody applies; who is near tells the kommun [2275]
    ("lekeberg", "umgangesstod"): "other",  # a court has decided
}
"""Entries whose place in the source says another route than its own words (docs/reading/lekeberg.md)."""

WITHIN_OTHERS = {("lekeberg", "trygghetslarm")}
"""Services that the source offers inside another entry."""


def test_every_entry_of_the_sources_is_there_with_its_route_and_heading(catalogue: Catalogue) -> None:
    for row in listed():
        insats = catalogue.kommuner[row["kommun"]].insatser[row["id"]]
        route = DECIDED.get((row["kommun"], row["id"]), row["kind"])
        assert (insats.route, insats.source.heading) == (route, row["heading_in_source"])
        assert insats.source.document == row["source"]


def test_nothing_else_is_there_but_what_the_law_adds(catalogue: Catalogue) -> None:
    known = {(row["kommun"], row["id"]) for row in listed()} | WITHIN_OTHERS
    for kommun in catalogue.kommuner.values():
        added = [insats for insats in kommun.insatser.values() if (kommun.id, insats.id) not in known]
        assert all(insats.by_law for insats in added)


@pytest.mark.parametrize(("kommun", "count"), [("lekeberg", 93), ("alingsas", 29), ("mellerud", 16), ("linkoping", 52)])
def test_each_catalogue_is_whole(catalogue: Catalogue, kommun: str, count: int) -> None:
    own = [insats for insats in catalogue.kommuner[kommun].insatser.values() if insats.by_law is None]
    assert len(own) == count


@pytest.mark.parametrize(
    ("kommun", "asked"),
    [
        # 18 "Besöksstatistik" and 11 "Individbaserad uppföljning"; [315] hands statistics in
        ("alingsas", {"visits": 18, "individuals": 11, "national_statistics": 1}),
        # [325-328]: ISU, and for the business statistics and surveys
        ("mellerud", {"visits": 7, "individuals": 10, "outcomes": 10, "survey": 6}),
        ("lekeberg", {"individuals": 22, "outcomes": 5}),  # each entry's own words (docs/reading/lekeberg.md)
        ("linkoping", {}),  # the document says nothing of it
    ],
)
def test_follow_up_is_what_each_source_asks_for(catalogue: Catalogue, kommun: str, asked: dict[str, int]) -> None:
    own = catalogue.kommuner[kommun].own_insatser
    assert Counter(one for insats in own for one in insats.follow_up) == asked


@pytest.mark.parametrize(
    ("kommun", "count"),
    [("alingsas", 17), ("mellerud", 3), ("lekeberg", 2), ("linkoping", 0)],
)
def test_visits_that_no_group_counts_can_be_counted_by_a_tap(catalogue: Catalogue, kommun: str, count: int) -> None:
    units = counted_by_unit(catalogue.kommuner[kommun])
    assert sum(len(insatser) for insatser in units.values()) == count


@pytest.mark.parametrize("kommun", ["lekeberg", "alingsas", "mellerud", "linkoping"])
def test_every_age_condition_turns_at_its_limits(catalogue: Catalogue, kommun: str) -> None:
    turned = 0
    for insats in catalogue.kommuner[kommun].insatser.values():
        for rule in flatten((*insats.conditions, *(rule for part in insats.parts for rule in part.conditions))):
            if isinstance(rule, Age | RecipientAge | ChildAge | BabyMonths):
                turned += turns_at_its_limits(rule)
    assert turned


def turns_at_its_limits(rule: Age | RecipientAge | ChildAge | BabyMonths) -> int:
    """Hold an age condition to both sides of each of its ends; return how many sides there were."""
    low, high = rule.ages.low, rule.ages.high
    inside = {age for age in (low, high) if age is not None}
    outside = {low - 1 if low else None, high + 1 if high is not None else None} - {None}
    for age in inside:
        assert rule.evaluate(answers_of(rule, age)) is MET, (rule, age)
    for age in outside:
        if age is not None and not (isinstance(rule, BabyMonths) and age > 23):
            assert rule.evaluate(answers_of(rule, age)) is NOT_MET, (rule, age)
    return len(inside) + len(outside)


def answers_of(rule: Condition, age: int) -> Answers:
    """Return the answers of somebody who has, or is, exactly that age."""
    given: dict[str, Answer] = {"for": "me", "age": age, "children": (age,)}
    if isinstance(rule, BabyMonths):
        given |= {"children": (age // 12,), "babies": (age,)}
    return given


def test_every_direct_insats_of_a_source_rests_on_a_decision_and_every_insats_can_be_reached(
    catalogue: Catalogue,
) -> None:
    for kommun in catalogue.kommuner.values():
        for insats in kommun.insatser.values():
            reached = kommun.reached_by(kommun.contact_of(insats))
            assert reached.phone or reached.email
            assert insats.decision.board


def test_the_enacted_paragraph_stands_beside_the_cited_one(catalogue: Catalogue) -> None:
    for insats in catalogue.kommuner["lekeberg"].insatser.values():
        cited, enacted = insats.documentation.cited, insats.documentation.enacted
        if cited and "14 § 7" in cited:
            assert enacted is not None
            assert "14 kap. 5 §" in enacted
        if cited and "14 § 6" in cited:
            assert enacted is not None
            assert "14 kap. 4 §" in enacted


def test_every_row_an_insats_names_is_on_skrs_list_and_every_row_has_a_place(
    knowledge: Knowledge, catalogue: Catalogue
) -> None:
    places = [row.id for _, _, _, row in knowledge.skr.places()]
    assert len(places) == len(set(places)) == len(knowledge.skr.rows) == 409
    for kommun in catalogue.kommuner.values():
        for insats in kommun.insatser.values():
            assert set(insats.skr) <= set(places)


def test_skrs_rows_by_area(knowledge: Knowledge) -> None:
    assert {area.id: len(list(area.rows())) for area in knowledge.skr.areas} == {
        "aldre": 75,
        "barn-och-unga": 119,
        "funktionshinder": 57,
        "missbruk-och-beroende": 59,
        "socialpsykiatri": 53,
        "vald-i-nara-relationer": 46,
    }
