"""A deed in the trail names who did what to what, and holds nothing that a person wrote."""

from dataclasses import fields

from portal.domain.audit import Actor, AuditEvent
from tests.domain.made_up import NOW


def test_a_deed_names_who_and_what() -> None:
    by = Actor("leader-1", "solbacka")
    event = AuditEvent(NOW, by.id, by.kommun, "read_sign_ups", "group:7k2m")
    assert [field.name for field in fields(event)] == ["at", "by", "kommun", "did", "subject"]
    assert event == AuditEvent(NOW, "leader-1", "solbacka", "read_sign_ups", "group:7k2m")
