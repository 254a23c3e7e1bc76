"""How one comes to get an insats: by calling, by applying, by a referral, or because somebody decides it."""

from portal.domain.catalogue.insatser import Insats
from portal.domain.sentences import Sentence, sentence

_BY_COURT = sentence("En domstol bestämmer om det här. Du kan inte ansöka själv.")
_BY_AUTHORITY = sentence("Kommunen eller en annan myndighet bestämmer om det här.")
_INVITED = sentence("Du blir inbjuden. Ring om du undrar.")
_REFERRED = sentence("Du behöver en remiss. Ring och fråga hur du får den.")
_BY_ROUTE = {
    "assessed": sentence("Du behöver ansöka. Kommunen utreder om du behöver stödet."),
    "direct": sentence("Du kan kontakta dem direkt. Du behöver ingen utredning."),
    "other": sentence("Du kan kontakta dem direkt."),
}


def how_it_begins(insats: Insats) -> Sentence:
    """Return how one comes to get an insats, in one or two short sentences."""
    if insats.started_by is not None:
        return _BY_COURT if insats.started_by == "court" else _BY_AUTHORITY
    if insats.access == "invited":
        return _INVITED
    return _REFERRED if insats.access == "referral" else _BY_ROUTE[insats.route]
