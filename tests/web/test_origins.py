"""What another site's page sends in a visitor's name is refused, whatever it sends; what her own pages send is not."""

from collections.abc import Iterator

import pytest

from tests.conftest import Town

CODE = "KX4-7TM-9PR-2HC"
ACTING = {
    "/sv/lekeberg/groups": {"insats": "cope-3-12"},
    "/sv/lekeberg/groups/many": {"email": "ros@example.se"},
    "/sv/lekeberg/groups/many/sign-up": {"nickname": "Ros", "email": "ros@example.se"},
    "/sv/lekeberg/my-place": {"code": CODE, "do": "left"},
    "/sv/lekeberg/apply/violence": {"begin": "1"},
    "/sv/lekeberg/apply/violence/file": {"code": CODE},
    "/sv/lekeberg/my-application": {"code": CODE, "do": "withdraw"},
    "/sv/lekeberg/my-application/add": {"code": CODE, "text": "Hej"},
    "/sv/lekeberg/counted": {"direct": "yes"},
}
OTHERS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
    {"Origin": "https://elsewhere.example"},
    {"Origin": "http://localhost.elsewhere.example"},
]
OWN = [
    {},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://localhost"},
    {"Origin": "https://localhost"},
    {"Origin": "null"},
]


@pytest.fixture
def town(town: Town) -> Iterator[Town]:
    """Return the town, whose visitor loses her headers afterwards."""
    before = dict(town.visitor.headers)
    yield town
    town.visitor.headers.clear()
    town.visitor.headers.update(before)


@pytest.mark.parametrize("headers", OTHERS, ids=str)
@pytest.mark.parametrize("address", ACTING)
def test_a_form_on_another_site_does_nothing(town: Town, address: str, headers: dict[str, str]) -> None:
    town.visitor.headers.update(headers)
    page = town.visitor.post(address, data=ACTING[address])
    assert (page.status, page.heading()) == (403, "Formuläret kom från en annan webbplats")


@pytest.mark.parametrize("headers", OWN, ids=str)
@pytest.mark.parametrize("address", ACTING)
def test_a_form_on_a_page_of_the_portal_is_taken(town: Town, address: str, headers: dict[str, str]) -> None:
    town.visitor.headers.update(headers)
    assert town.visitor.post(address, data=ACTING[address]).status != 403


@pytest.mark.parametrize("headers", OTHERS, ids=str)
def test_a_link_on_another_site_leads_in(town: Town, headers: dict[str, str]) -> None:
    town.visitor.headers.update(headers)
    assert town.visitor.get("/sv/lekeberg/groups/many/sign-up").status == 200
