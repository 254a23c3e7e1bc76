"""How much, where and at what cost: the numbers of an insats in sentences."""

from collections.abc import Iterator

from markupsafe import Markup

from portal.domain.catalogue.insatser import Cost, Documentation, How, Insats, Span, WayIn
from portal.domain.sentences import Sentence, counted, fixed, forms, sentence
from portal.web.voices.voice import Voice

_EVERY = {
    "day": sentence("Varje dag"),
    "several_times_a_week": sentence("Flera gånger i veckan"),
    "week": sentence("En gång i veckan"),
    "two_weeks": sentence("Varannan vecka"),
    "month": sentence("En gång i månaden"),
}
_PLACES = {
    "office": sentence("hos kommunen"),
    "home": sentence("hemma hos dig"),
    "phone": sentence("på telefon"),
    "online": sentence("på nätet"),
    "school": sentence("i skolan"),
    "open_house": sentence("på en öppen mötesplats"),
}
_COST = {
    "free": sentence("Gratis."),
    "fee": sentence("Det kostar pengar."),
    "not_stated": sentence("Kommunen har inte skrivit vad det kostar. Fråga när du ringer."),
}
_REGIMES = {
    "full": sentence("Personalen skriver ner det som är viktigt. Du får läsa vad som står om dig."),
    "advice": sentence("Det är rådgivning. Personalen behöver inte skriva ner något personligt om dig."),
    "no_identity": sentence("Personalen skriver inte ner vem du är."),
    "partly": sentence("En del skrivs ner och en del inte."),
    "not_stated": sentence("Kommunen har inte sagt vad som skrivs ner. Fråga när du ringer."),
}

_RECORDS = {
    "count": sentence("hur många som kommer"),
    "age": sentence("ålder"),
    "sex": sentence("kön"),
    "reason": sentence("varför man tog kontakt"),
    "role": sentence("om man är utsatt för våld eller använder våld"),
    "period": sentence("när stödet började och slutade"),
    "problems": sentence("vanliga problem, utan att någon ser vem det gäller"),
}
_FILES = {
    "own": sentence("Det skrivs i dina egna papper."),
    "child": sentence("Det skrivs i barnets papper, också det som du själv berättar som förälder."),
    "family": sentence("Det skrivs i familjens papper."),
}
_WAYS_IN = {
    "visit": sentence("Du kan komma dit."),
    "drop_in": sentence("Du kan komma utan att boka tid."),
    "e_service": sentence("Du anmäler dig på kommunens webbplats."),
    "school": sentence("Prata med skolan. De hjälper dig vidare."),
    "elevhalsa": sentence("Prata med elevhälsan i skolan. De hjälper dig vidare."),
    "health_care": sentence("Prata med vården. De hjälper dig vidare."),
    "police": sentence("Polisen eller socialtjänsten hjälper dig vidare."),
    "letter": sentence("Kommunen skriver ett brev till dig. Du kan också ringa och fråga."),
    "unit": sentence("Prata med den på kommunen som du redan har kontakt med."),
}


def details_of(insats: Insats, voice: Voice) -> dict[str, list[Markup]]:
    """Return the details of an insats by heading: the way in, how much, where, cost and what is written down."""
    documentation = [voice.html(said) for said in _written_down(insats.documentation)]
    cost = [voice.html(said) for said in cost_of(insats.cost)]
    way_in = [] if insats.way_in is None else [voice.html(said) for said in _way_in(insats.way_in)]
    return {"much": how_much(insats.how, voice), "cost": cost, "documentation": documentation, "way_in": way_in}


def cost_of(cost: Cost) -> list[Sentence]:
    """Return what it costs, as far as the source says."""
    return [_COST[cost.kind], *([] if cost.note is None else [cost.note])]


def _written_down(documentation: Documentation) -> Iterator[Sentence]:
    yield _REGIMES[documentation.regime]
    if documentation.file is not None:
        yield _FILES[documentation.file]
    if documentation.records:
        yield sentence("Det här skrivs alltid upp: {what}.", what=tuple(_RECORDS[one] for one in documentation.records))
    if documentation.note is not None:
        yield documentation.note


def _way_in(way_in: WayIn) -> Iterator[Sentence]:
    if way_in.by in _WAYS_IN:
        yield _WAYS_IN[way_in.by]
    if way_in.note is not None:
        yield way_in.note


def how_much(how: How, voice: Voice) -> list[Markup]:
    """Return how many meetings, how long, how often, in what group and where, each as a sentence."""
    found = [
        _span(
            how.meetings,
            fixed("{low} till {high} träffar."),
            forms("{n} träff.", "{n} träffar."),
            forms("Högst {n} träff.", "Högst {n} träffar."),
        ),
        _length(how.minutes),
        _EVERY[how.every] if how.every else None,
        _span(
            how.weeks,
            fixed("{low} till {high} veckor."),
            forms("{n} vecka.", "{n} veckor."),
            forms("Högst {n} vecka.", "Högst {n} veckor."),
        ),
        _span(
            how.months,
            fixed("{low} till {high} månader."),
            forms("{n} månad.", "{n} månader."),
            forms("Högst {n} månad.", "Högst {n} månader."),
        ),
        _span(
            how.group,
            fixed("{low} till {high} personer i gruppen."),
            forms("{n} person i gruppen.", "{n} personer i gruppen."),
            forms("Högst {n} person i gruppen.", "Högst {n} personer i gruppen."),
        ),
        sentence("Det är: {places}.", places=tuple(_PLACES[place] for place in how.places)) if how.places else None,
        how.note,
    ]
    return [voice.html(said) for said in found if said is not None]


def _span(span: Span | None, between: str, exactly: tuple[str, str], at_most: tuple[str, str]) -> Sentence | None:
    if span is None:
        return None
    if span.low is not None and span.low != span.high:
        return sentence(between, low=_number(span.low), high=_number(span.high))
    if span.low is None:
        return counted(*at_most, count=int(span.high))
    return counted(*exactly, count=int(span.low))


def _length(minutes: Span | None) -> Sentence | None:
    if minutes is None:
        return None
    if all(end >= 60 and end % 30 == 0 for end in (minutes.low or minutes.high, minutes.high)):
        return _hours(minutes)
    return _span(
        minutes,
        fixed("{low} till {high} minuter varje gång."),
        forms("{n} minut varje gång.", "{n} minuter varje gång."),
        forms("Högst {n} minut varje gång.", "Högst {n} minuter varje gång."),
    )


def _hours(minutes: Span) -> Sentence:
    """Return a length in whole and half hours: nobody says 150 minutes."""
    high = minutes.high / 60
    if minutes.low is None:
        if high % 1:
            return sentence("Högst {high} timmar varje gång.", high=_number(high))
        return counted("Högst {n} timme varje gång.", "Högst {n} timmar varje gång.", int(high))
    if minutes.low != minutes.high:
        return sentence("{low} till {high} timmar varje gång.", low=_number(minutes.low / 60), high=_number(high))
    if high % 1:
        return sentence("{low} timmar varje gång.", low=_number(high))
    return counted("{n} timme varje gång.", "{n} timmar varje gång.", int(high))


def _number(value: float) -> str:
    # A comma in every language of the portal: it is what stands on Swedish posters.
    return str(int(value)) if value == int(value) else str(value).replace(".", ",")
