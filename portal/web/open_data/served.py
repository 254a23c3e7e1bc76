"""What a program can fetch of a kommun, and what is said of all of it: licence and whom to ask."""

from dataclasses import dataclass

from portal.web.open_data.places import id_of


@dataclass(frozen=True)
class Published:
    """The licence of the data, as an address, and the e-mail of whoever answers questions about it."""

    licence: str
    email: str


@dataclass(frozen=True)
class Served:
    """One thing that a program can fetch: its address below the portal's own, what it is, and its format."""

    path: str
    title: str
    mime: str


def served_of(kommun: str) -> tuple[Served, ...]:
    """Return every form in which what a kommun offers can be fetched."""
    services = f"api/hsds/v3/services?organization_id={id_of(kommun)}"
    return (
        Served(f"api/v1/{kommun}/insatser", "Stöd, på varje språk", "application/json"),
        Served(f"api/v1/{kommun}/groups", "Grupper som man kan anmäla sig till", "application/json"),
        Served(services, "Stöd enligt Open Referral (HSDS 3.1)", "application/json"),
        Served(f"api/cpsv/{kommun}.ttl", "Stöd som offentliga tjänster (CPSV-AP 3.2)", "text/turtle"),
        Served(f"sv/{kommun}/groups/calendar.ics", "Grupper som kalender", "text/calendar"),
        Served(f"sv/{kommun}/insatser.rss", "Vad som är nytt", "application/rss+xml"),
    )
