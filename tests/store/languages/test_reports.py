"""Reports of wrong translations are counted, on both databases."""

from datetime import date

from portal.domain.languages.reports import Report
from portal.store.languages.reports import add_report, list_reports, remove_reports
from portal.store.storage import Storage

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
WRONG = Report("ti", "lekeberg", "En kurs i grupp.", "meaning")
HARD = Report("ti", "lekeberg", "En kurs i grupp.", "hard")
ELSEWHERE = Report("ar", "messages", "Ring 112", "hurts")


def test_a_report_again_is_counted_and_the_most_reported_comes_first(storage: Storage) -> None:
    for report, day in ((HARD, MONDAY), (WRONG, MONDAY), (ELSEWHERE, MONDAY), (WRONG, TUESDAY)):
        add_report(storage, report, day)
    found = list_reports(storage)
    assert (found[0].report, found[0].number, found[0].first_on, found[0].last_on) == (WRONG, 2, MONDAY, TUESDAY)
    assert {(one.report, one.number) for one in found[1:]} == {(HARD, 1), (ELSEWHERE, 1)}


def test_reports_are_read_by_whose_text_it_is(storage: Storage) -> None:
    add_report(storage, WRONG, MONDAY)
    add_report(storage, ELSEWHERE, MONDAY)
    assert [one.report for one in list_reports(storage, ("lekeberg",))] == [WRONG]
    assert list_reports(storage, ("mellerud",)) == ()


def test_a_text_that_is_mended_leaves_the_list_and_no_other_does(storage: Storage) -> None:
    for report in (WRONG, WRONG, HARD, ELSEWHERE):
        add_report(storage, report, MONDAY)
    assert remove_reports(storage, "ti", "lekeberg", WRONG.text) == 3
    assert [one.report for one in list_reports(storage)] == [ELSEWHERE]
    assert remove_reports(storage, "ti", "lekeberg", WRONG.text) == 0
