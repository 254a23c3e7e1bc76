"""Somebody finds a translation wrong; somebody mends it."""

from datetime import date

import pytest

from portal.actions.languages.reports import report_translation, settle_report
from portal.domain.languages.reports import Report
from portal.store.languages.reports import list_reports
from portal.store.storage import Storage

DAY = date(2026, 11, 24)


def test_a_report_is_kept_until_it_is_settled(storage: Storage) -> None:
    report_translation(storage, Report("so", "messages", "Ring nu", "hard"), DAY)
    assert [one.number for one in list_reports(storage)] == [1]
    assert settle_report(storage, "so", "messages", "Ring nu") == 1
    assert list_reports(storage) == ()


def test_a_fault_that_nobody_can_choose_is_refused(storage: Storage) -> None:
    with pytest.raises(ValueError, match="ugly"):
        report_translation(storage, Report("so", "messages", "Ring nu", "ugly"), DAY)
    assert list_reports(storage) == ()
