"""The table of reports: how often a text was found wrong, never who found it."""

from portal.store.languages.tables import translation_reports


def test_a_report_is_a_number_beside_a_text_and_a_fault() -> None:
    key = [column.name for column in translation_reports.primary_key]
    assert key == ["language", "domain", "mark", "fault"]
    assert {*translation_reports.c.keys()} - {*key} == {"text", "number", "first_on", "last_on"}
