"""The statistics in the staff room: charts with their numbers, small ones hidden, and the same as a file."""

import csv
import io
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest

from portal.domain.catalogue.whole import Catalogue
from portal.domain.counting.counters import COUNTERS
from portal.domain.sentences import in_swedish
from portal.domain.staff.roles import Role
from portal.store.counting.tallies import take_day
from portal.web.staff.statistics import HIDDEN, _as_text
from tests.made_up_counts import PERIOD, fill
from tests.made_up_staff import Member, Room
from tests.pages import Page
from tests.web.each_language import LANGUAGES

SVG = "{http://www.w3.org/2000/svg}"


def reader(room: Room, day: date, kommun: str = "lekeberg") -> Member:
    """Return somebody who reads statistics, on the morning of a day."""
    room.clock.now = datetime.combine(day, room.clock.now.timetz())
    return room.sign_in(Role.STATISTICS, kommun=kommun)


def sections(page: Page) -> dict[str, Element]:
    """Return the section of each counter."""
    return {section.get("aria-labelledby") or "": section for section in page.all("section", class_="counter")}


def rows(section: Element) -> dict[str, str]:
    """Return the number of each row of the charts in a section, by its name."""
    found = {}
    for table in section.findall("table"):
        for row in table.iter("tr"):
            heading, cell = row.find("th[@scope='row']"), row.find("td")
            if heading is not None and cell is not None:
                found[words(heading)] = words(cell)
    return found


def words(element: Element) -> str:
    """Return the text of an element."""
    return " ".join("".join(element.itertext()).split())


AFTER = PERIOD.last_on + timedelta(days=2)


def test_every_counter_stands_on_the_page_with_its_numbers(room: Room) -> None:
    fill(room.storage)
    found = sections(reader(room, AFTER).get("/statistics?period=2027-1"))
    assert list(found) == list(COUNTERS)
    section = found["self_checks"]
    shown = rows(section)
    assert [shown[month] for month in ("januari", "februari", "mars", "april")] == ["40", "40", "40", "50"]
    assert (shown["Stöd att kontakta direkt"], shown["Inget stöd att kontakta direkt"]) == ("162", "8")
    assert [words(dd) for dd in section.iter("dd")] == ["170", "Minst 170"]
    assert "Det verkliga antalet är större." in words(section)
    assert [words(dd) for dd in found["groups"].iter("dd")][0] == "1"


def test_a_small_number_is_a_dash_that_is_said_in_words(room: Room, catalogue: Catalogue) -> None:
    fill(room.storage)
    money = in_swedish(catalogue.topics["money"].name)
    found = sections(reader(room, AFTER).get("/statistics?period=2027-1"))
    shown = rows(found["self_checks"])
    assert (shown["arabiska"], shown[money]) == ("6", "7")
    assert shown["Annat"] == "–Visas inte"
    assert "5" not in shown.values()
    # Nobody at all is as small a number as four.
    assert [words(dd) for dd in found["applications"].iter("dd")] == ["–Visas inte", "–Visas inte"]
    assert "Antalet är för litet för att delas upp." in words(found["applications"])


def test_a_bar_is_as_long_as_its_number(room: Room) -> None:
    fill(room.storage)
    section = sections(reader(room, AFTER).get("/statistics?period=2027-1"))["self_checks"]
    months = section.findall("table")[0]
    assert [bar.get("width") for bar in months.iter(f"{SVG}rect")] == ["80.0", "80.0", "80.0", "100.0"]
    assert all(chart.get("aria-hidden") == "true" for chart in section.iter(f"{SVG}svg"))


def test_before_it_is_over_only_its_months_are_shown(room: Room) -> None:
    fill(room.storage)
    member = reader(room, PERIOD.parts[1].last_on + timedelta(days=2))
    section = sections(member.get("/statistics"))["self_checks"]
    assert rows(section) == {"januari": "40", "februari": "40", "mars": "Pågår", "april": "Pågår"}
    assert [words(dd) for dd in section.iter("dd")] == ["Minst 80", "Minst 80"]
    assert "när alla fyra månader är slut" in words(section)


def test_the_weeks_stand_behind_the_months(room: Room) -> None:
    fill(room.storage)
    section = sections(reader(room, AFTER).get("/statistics?period=2027-1"))["self_checks"]
    (details,) = section.findall("details")
    weeks = [(words(row[0]), words(row[1]), words(row[2])) for row in details.findall(".//tbody/tr")]
    assert len(weeks) == 17
    assert weeks[0] == ("1", "januari", "10")


def test_the_tertials_since_counting_began_can_be_chosen(room: Room) -> None:
    with room.storage.database.transaction() as connection:
        take_day(connection, date(2026, 11, 20))
    page = reader(room, AFTER).get("/statistics?period=2026-3")
    (nav,) = [nav for nav in page.all("nav") if nav.get("aria-label") == "Välj tid"]
    assert [(words(link), link.get("aria-current")) for link in nav.iter("a")] == [
        ("Maj till augusti 2027", None),
        ("Januari till april 2027", None),
        ("September till december 2026", "page"),
    ]


@pytest.mark.parametrize("period", ["2027-4", "x", "", "2027"])
def test_a_time_that_is_none_is_not_found(room: Room, period: str) -> None:
    member = reader(room, AFTER)
    assert member.get(f"/statistics?period={period}").status == 404
    assert member.client.get(f"/staff/statistics.csv?period={period}").status_code == 404


def test_nobody_sees_the_numbers_of_another_kommun(room: Room) -> None:
    fill(room.storage)
    member = reader(room, AFTER, "mellerud")
    section = sections(member.get("/statistics?period=2027-1"))["self_checks"]
    assert set(rows(section).values()) == {"–Visas inte"}
    assert "170" not in member.client.get("/staff/statistics.csv?period=2027-1").text


def downloaded(member: Member, period: str = "2027-1") -> list[dict[str, str]]:
    """Return the rows of the file."""
    answer = member.client.get(f"/staff/statistics.csv?period={period}")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith(f'attachment; filename="statistik-lekeberg-{period}.csv"')
    text = answer.data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_name_that_begins_as_a_formula_is_none_in_a_spreadsheet() -> None:
    assert [_as_text(cell) for cell in ("=1+1", "+46", "-2", "@x", "Åsa", "12", HIDDEN)] == [
        *("'=1+1", "'+46", "'-2", "'@x"),
        *("Åsa", "12", HIDDEN),
    ]


def test_the_file_has_the_numbers_of_the_page_and_hides_the_same(room: Room) -> None:
    fill(room.storage)
    found = downloaded(reader(room, AFTER))
    by_key = {(row["period"], row["counter"], row["by"], row["value"]): row for row in found}
    assert len(by_key) == len(found)
    whole = by_key["2027-1", "self_checks", "", ""]
    assert whole == {
        "kommun": "lekeberg",
        "period": "2027-1",
        "first_day": "2027-01-04",
        "last_day": "2027-05-02",
        "counter": "self_checks",
        "counter_name": in_swedish(COUNTERS["self_checks"].name),
        "by": "",
        "value": "",
        "value_name": "",
        "number": "170",
    }
    assert by_key["2027-w05", "self_checks", "", ""]["number"] == "10"
    assert by_key["2027-1", "self_checks", "language", "ar"]["number"] == "6"
    assert by_key["2027-1", "self_checks", "language", "ar"]["value_name"] == "arabiska"
    assert by_key["2027-1", "self_checks", "language", ""]["number"] == "–"
    assert {row["number"] for row in found if row["counter"] == "applications"} == {"–"}
    assert all(row["number"] == "–" or int(row["number"]) >= 5 for row in found if row["counter"] != "groups")


def test_of_what_is_not_over_the_file_says_nothing(room: Room) -> None:
    fill(room.storage)
    found = downloaded(reader(room, PERIOD.parts[0].last_on + timedelta(days=2)))
    periods = {row["period"] for row in found if row["counter"] == "self_checks"}
    assert periods == {"2027-m01", "2027-w01", "2027-w02", "2027-w03", "2027-w04"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_whole_in_every_language(room: Room, lang: str) -> None:
    fill(room.storage)
    member = reader(room, AFTER)
    member.post("/account/language", {"lang": lang})
    page = member.get("/statistics?period=2027-1")
    assert page.status == 200
    assert page.tree is not None
    assert page.tree.get("lang") == lang
    bars = [bar for section in sections(page).values() for bar in section.iter(f"{SVG}rect")]
    ends = {float(bar.get("x") or 0) + float(bar.get("width") or 0) for bar in bars}
    # In a language from right to left the bars begin at the right.
    assert ends == {100.0} if page.tree.get("dir") == "rtl" else {bar.get("x") for bar in bars} <= {"0", "0.0"}
