"""What a resident does who finds a wrong translation, and who mends it."""

from datetime import date

from portal.domain.languages.reports import FAULTS, Report
from portal.store.languages import reports
from portal.store.storage import Storage


def report_translation(storage: Storage, report: Report, today: date) -> None:
    """Count that somebody finds a text wrong; raise ValueError for a fault that is none of FAULTS."""
    if report.fault not in FAULTS:
        raise ValueError(report.fault)
    reports.add_report(storage, report, today)


def settle_report(storage: Storage, language: str, domain: str, text: str) -> int:
    """Forget what was reported of a text that has been mended or was right; return how many reports there were."""
    return reports.remove_reports(storage, language, domain, text)
