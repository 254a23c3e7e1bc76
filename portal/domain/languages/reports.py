"""Reports of a wrong translation: which text, which language, what is wrong; never who said it."""

from dataclasses import dataclass
from datetime import date

from portal.domain.sentences import Sentence, sentence

FAULTS: dict[str, Sentence] = {
    "meaning": sentence("Det betyder något annat än på svenska"),
    "hard": sentence("Det är svårt att förstå"),
    "language": sentence("Det är fel språk eller felstavat"),
    "hurts": sentence("Det låter hotfullt eller sårande"),
}
"""What can be wrong with a translation, in the order of the page."""

MOST = 10_000
"""Reports of one text that are counted; more would only be noise."""


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody finds a text wrong in a language; `domain` is whose text it is, `text` the Swedish."""

    language: str
    domain: str
    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class Reported:
    """How often a text has been reported for a fault, and between which days."""

    report: Report
    number: int
    first_on: date
    last_on: date
