"""Messages: in their order, sealed, and one form is one message."""

from portal.actions.applications.by_code import opened
from portal.domain.applications.messages import Message, What
from portal.domain.applications.rules import ApplicationRules
from portal.store.applications.messages import add_message, is_added, list_messages, new_message_id
from portal.store.storage import Storage
from tests.made_up_applicants import NOW, sent


def test_what_is_said_stays_in_its_order(storage: Storage, rules: ApplicationRules) -> None:
    said = [
        Message(new_message_id(), NOW, What.ASKED, "worker-1", "متى؟", ("name", "reach")),
        Message(new_message_id(), NOW, What.ADDED, "", "غدا"),
        Message(new_message_id(), NOW, What.CLOSED, "worker-1"),
    ]
    with opened(storage, sent(storage, rules).code, NOW) as (connection, stored):
        for one in said:
            add_message(connection, stored, one, f"hash of {one.text}" if one.text else None)
        assert list_messages(connection, stored) == tuple(said)
        assert is_added(connection, stored, ("another", "hash of غدا"))
        assert not is_added(connection, stored, ("another",))
