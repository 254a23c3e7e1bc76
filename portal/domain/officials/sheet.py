"""SKR's survey as rows of a file that a kommun can send in.

The survey is Swedish and is answered in Swedish, so these are no texts to translate.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.officials.skr import SkrList
from portal.domain.officials.survey import ASSESSED, DIRECT, NONE, NOT_KNOWN, STATUSES, Surveyed
from portal.domain.sentences import in_swedish

HEADINGS = (
    "Verksamhetsområde",
    "Avsnitt",
    "För vem",
    "Insats",
    "Svar",
    "Förklaring",
    "Källa",
    "Väg in",
    "Svaret kommer från",
    "Att kontrollera",
    "Vad som hör till området",
    "Rad i SKR:s lista",
    "Id",
)
"""What the columns of the file are called."""

_SAYS_THE_CATALOGUE, _SAYS_AN_OFFICER = "katalogen", "kommunen"

_ACCESS = {
    "self": "Man tar kontakt själv.",
    "referral": "Man behöver en remiss.",
    "invited": "Kommunen eller en annan myndighet bjuder in.",
}
_BY = {
    "phone": "Man ringer.",
    "visit": "Man kan komma dit.",
    "drop_in": "Man kan komma utan att boka tid.",
    "e_service": "Man anmäler sig på kommunens webbplats.",
    "school": "Skolan hjälper vidare.",
    "elevhalsa": "Elevhälsan hjälper vidare.",
    "health_care": "Vården hjälper vidare.",
    "police": "Polisen eller socialtjänsten hjälper vidare.",
    "letter": "Man får ett brev.",
    "unit": "Enheten frågar.",
}
_NO_CELL = tuple("=+-@\t\r＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of the list with everything that is known about it, in words."""

    area: str
    section: str
    group: str
    surveyed: Surveyed
    explanation: str
    source: str
    way_in: str
    doubt: str
    note: str

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the row as HEADINGS names it, safe to open in a spreadsheet."""
        row, answer = self.surveyed.row, self.surveyed.answer
        by = _SAYS_THE_CATALOGUE if answer is None else f"{_SAYS_AN_OFFICER} {answer.answered_on.isoformat()}"
        said = in_swedish(STATUSES[self.surveyed.status])
        found = (self.area, self.section, self.group, row.name, said, self.explanation, self.source, self.way_in)
        by = by if self.surveyed.status != NOT_KNOWN or answer is not None else ""
        return tuple(map(guarded, (*found, by, self.doubt, self.note, str(row.line), row.id)))


def sheet(kommun: Kommun, skr: SkrList, surveyed: Mapping[str, Surveyed]) -> Iterator[SheetRow]:
    """Yield every row of SKR's list, in its order, as it stands in the file."""
    for area, section, group, row in skr.places():
        one = surveyed[row.id]
        words = (_explanation(kommun, one), _source(kommun, one), _ways_in(kommun, one), _doubt(one))
        yield SheetRow(area.name, section.name, group.name, one, *words, area.note or "")


def guarded(cell: str) -> str:
    """Return what a cell says so that no spreadsheet reckons with it: what looks like a formula gets a mark before."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_NO_CELL) else cell


def _explanation(kommun: Kommun, one: Surveyed) -> str:
    if one.answer is not None and one.answer.explanation:
        return one.answer.explanation
    if one.answer is not None and one.answer.status != one.listed.status:
        return ""
    if one.listed.status == NOT_KNOWN:
        return " ".join((_unsaid(kommun), *map(_by_law, one.listed.by_law)))
    if one.listed.status == NONE:
        return "Står inte i kommunens katalog."
    found = " ".join(_named(insats) for insats in one.insatser)
    return found if one.listed.is_whole or one.answer is not None else f"{found} {_unsaid(kommun)}"


def _named(insats: Insats) -> str:
    return f"{in_swedish(insats.name)}: {in_swedish(insats.summary)}"


def _by_law(insats: Insats) -> str:
    return f"Lagen säger att man kan ansöka om det: {in_swedish(insats.name)} ({insats.by_law})."


def _unsaid(kommun: Kommun) -> str:
    """Return what the source does not set out to say."""
    if kommun.lists == {DIRECT}:
        return "Källan har bara insatser utan behovsprövning. Om behovsprövade säger den inget."
    if kommun.lists == {ASSESSED}:
        return "Källan har bara behovsprövade insatser. Om andra säger den inget."
    return "Källan säger inte om den har alla insatser."


def _source(kommun: Kommun, one: Surveyed) -> str:
    own = [] if one.answer is None else [f"Kommunens svar {one.answer.answered_on.isoformat()}"]
    if one.answer is not None and one.answer.status != one.listed.status:
        return " ".join(own)
    known = [f"{insats.source.document}, {insats.source.heading} ({_decided(insats)})" for insats in one.insatser]
    if one.listed.status == NONE:
        known = sorted({insats.source.document for insats in kommun.own_insatser})
    return " | ".join((*own, *known))


def _decided(insats: Insats) -> str:
    decision = insats.decision
    on = None if decision.date is None else decision.date.isoformat()
    return ", ".join(said for said in (decision.board, decision.number, on) if said)


def _ways_in(kommun: Kommun, one: Surveyed) -> str:
    return " ".join(dict.fromkeys(_way_in(kommun, insats) for insats in one.insatser))


def _way_in(kommun: Kommun, insats: Insats) -> str:
    by = "" if insats.way_in is None else f" {_BY[insats.way_in.by]}"
    how = "Man ansöker." if insats.route == ASSESSED and insats.access == "self" else _ACCESS[insats.access]
    return f"{how}{by} {in_swedish(kommun.contact_of(insats).unit)}."


def _doubt(one: Surveyed) -> str:
    if one.is_overtaken:
        return f"Katalogen har ändrats sedan svaret. Nu säger den: {in_swedish(STATUSES[one.listed.status])}."
    if not one.is_doubtful:
        return ""
    if one.status == NONE:
        return "Katalogen nämner den inte."
    return "Källan säger bara en del."
