"""The keys on a page are the portal's own, and one that comes back is taken only where it is."""

from portal.web.form_keys import key_from, new_key
from tests.conftest import Town
from tests.groups import NOW, key_for

FORM = "sign-up many"


def test_a_key_of_a_page_is_taken_back_and_any_other_is_replaced(town: Town) -> None:
    with town.visitor.client.application.test_request_context():
        mine = new_key(FORM)
        assert key_from(mine, FORM).text == mine
        for sent in ("", "chosen by somebody else", new_key("sign-up full")):
            replaced = key_from(sent, FORM)
            assert replaced.text not in (sent, mine)
            assert key_from(replaced.text, FORM) == replaced


def test_a_key_that_is_known_but_old_says_so(town: Town) -> None:
    old = key_for(FORM, NOW.replace(year=2025))
    with town.visitor.client.application.test_request_context():
        assert (key_from(old, FORM).text, key_from(old, FORM).is_old) == (old, True)
