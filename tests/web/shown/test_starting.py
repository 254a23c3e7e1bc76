"""How one comes to get an insats, for every insats there is."""

from portal.domain.catalogue.whole import Catalogue
from portal.web.shown.starting import how_it_begins


def test_each_kind_of_way_says_what_it_is(catalogue: Catalogue) -> None:
    words = {"referral": "remiss", "invited": "inbjuden"}
    for kommun in catalogue.kommuner.values():
        for insats in kommun.insatser.values():
            said = how_it_begins(insats).text
            if insats.started_by == "court":
                assert "domstol" in said
            elif insats.started_by:
                assert "myndighet" in said
            elif insats.access in words:
                assert words[insats.access] in said
            else:
                assert ("ansöka" in said) is (insats.route == "assessed")
