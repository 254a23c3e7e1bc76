"""Applying for support that is assessed: what one can apply for, how, and whom to contact."""

import pytest

from portal.domain.applications.rules import ApplicationRules
from tests.pages import Visitor
from tests.web.each_language import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_can_be_applied_for_in_every_kommun(visitor: Visitor, rules: ApplicationRules, lang: str) -> None:
    for kommun in rules.kommuner.values():
        page = visitor.get(f"/{lang}/{kommun.id}/apply")
        links = [link.get("href") for link in page.one("main").iter("a") if "/apply/" in (link.get("href") or "")]
        assert links == [f"/{lang}/{kommun.id}/apply/{kind}" for kind in rules.kinds]
        assert page.all("a", class_="call")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_kind_says_whom_to_contact_and_what_it_can_lead_to(
    visitor: Visitor, rules: ApplicationRules, lang: str
) -> None:
    for kommun in rules.kommuner.values():
        for kind in rules.kinds.values():
            page = visitor.get(f"/{lang}/{kommun.id}/apply/{kind.id}")
            assert page.all("a", class_="call"), (kommun.id, kind.id)
            assert kind.law.split()[0] in page.text
            links = {link.get("href") for link in page.all("a")}
            for insats in kommun.insatser.values():
                path = f"/{lang}/{kommun.id}/insatser/{insats.id}"
                assert (path in links) == (insats.application == kind.id), (path, kind.id)


@pytest.mark.parametrize("kind", ["violence", "housing", "financial"])
def test_where_it_can_be_acute_the_lines_stand_first(visitor: Visitor, kind: str) -> None:
    text = visitor.get(f"/sv/lekeberg/apply/{kind}").response.text
    assert text.index('id="call-now"') < text.index('class="contact"')


def test_where_it_is_not_acute_no_lines_stand_in_the_way(visitor: Visitor) -> None:
    assert 'id="call-now"' not in visitor.get("/sv/lekeberg/apply/elderly").response.text
