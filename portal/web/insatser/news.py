"""What is new in the catalogue of a kommun, for a reader of feeds (RSS 2.0)."""

from collections.abc import Iterable
from email.utils import format_datetime
from xml.etree import ElementTree

from portal.domain.catalogue.insatser import Insats
from portal.domain.catalogue.kommuner import Kommun
from portal.web.voices.voice import Voice

MOST = 30
"""Entries of a feed."""

ATOM = "http://www.w3.org/2005/Atom"


def latest(insatser: Iterable[Insats]) -> list[Insats]:
    """Return those whose file came last, the newest first; what the law adds has no day of its own."""
    dated = [(insats.updated_at, insats) for insats in insatser if insats.updated_at is not None]
    return [insats for _, insats in sorted(dated, key=lambda one: one[0], reverse=True)][:MOST]


def feed(kommun: Kommun, insatser: Iterable[Insats], voice: Voice, base: str, own: str) -> bytes:
    """Return the feed; `base` is the address of the kommun's pages, `own` that of the feed itself."""
    ElementTree.register_namespace("atom", ATOM)
    rss = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(rss, "channel")
    told = {"title": f"Insatsportalen: {kommun.name}", "link": f"{base}/insatser", "description": kommun.full_name}
    for name, text in {**told, "language": voice.language.tag}.items():
        ElementTree.SubElement(channel, name).text = text
    where = {"rel": "self", "href": own, "type": "application/rss+xml"}
    ElementTree.SubElement(channel, f"{{{ATOM}}}link", where)
    for insats in latest(insatser):
        _add(channel, insats, voice, f"{base}/insatser/{insats.id}")
    return bytes(ElementTree.tostring(rss, encoding="utf-8", xml_declaration=True))


def _add(channel: ElementTree.Element, insats: Insats, voice: Voice, address: str) -> None:
    entry = ElementTree.SubElement(channel, "item")
    told = {"title": voice.words(insats.name), "link": address, "description": voice.words(insats.summary)}
    if insats.updated_at is not None:
        told["pubDate"] = format_datetime(insats.updated_at, usegmt=True)
        # An entry that is new again has another id, or a reader would not show it.
        ElementTree.SubElement(
            entry, "guid", {"isPermaLink": "false"}
        ).text = f"{address}#{insats.updated_at:%Y%m%d%H%M%S}"
    for name, text in told.items():
        ElementTree.SubElement(entry, name).text = text
