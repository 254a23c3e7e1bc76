"""The map of the site (sitemaps.org): each page with its languages, so that a search leads to the reader's own."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from portal.domain.catalogue.kommuner import Kommun

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"


def pages_of_kommun(kommun: Kommun) -> Iterator[str]:
    """Yield the addresses of a kommun's pages below the language; groups come and go, and stand in their list."""
    for page in ("", "insatser", "groups", "apply", "privacy", "accessibility"):
        yield f"{kommun.id}/{page}"
    for insats in kommun.insatser:
        yield f"{kommun.id}/insatser/{insats}"


def written(root: str, rests: Sequence[str], languages: Sequence[str]) -> bytes:
    """Return the map: an entry for each page in Swedish, with its addresses in every language beside."""
    ElementTree.register_namespace("", SITEMAP)
    ElementTree.register_namespace("xhtml", XHTML)
    whole = ElementTree.Element(f"{{{SITEMAP}}}urlset")
    for rest in rests:
        entry = ElementTree.SubElement(whole, f"{{{SITEMAP}}}url")
        ElementTree.SubElement(entry, f"{{{SITEMAP}}}loc").text = f"{root}{languages[0]}/{rest}"
        for tag in languages:
            where = {"rel": "alternate", "hreflang": tag, "href": f"{root}{tag}/{rest}"}
            ElementTree.SubElement(entry, f"{{{XHTML}}}link", where)
    return bytes(ElementTree.tostring(whole, encoding="utf-8", xml_declaration=True))
