"""Who of the staff read or changed what of a person's data (SoLPuL 10 §)."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff: her id, and the kommun she works for."""

    id: str
    kommun: str


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One deed: `did` is a word such as "read_sign_ups", `subject` what it was about, such as "group:7k2m"."""

    at: datetime
    by: str
    kommun: str
    did: str
    subject: str
