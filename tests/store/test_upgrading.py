"""A database that an older version has filled: brought to this one, everything in it opens with the same codes.

`older.backup.gz` was made by the version whose newest step was 0005, with the groups and applicants of its own tests;
its rows are put into a database of that shape, which is then upgraded as any is.
"""

from pathlib import Path

from portal.actions.applications.drafts import open_draft
from portal.actions.applications.following import status_of
from portal.actions.groups.places import my_place
from portal.domain.applications.rules import ApplicationRules
from portal.domain.groups.sign_ups import State
from portal.store import schema
from portal.store.applications.keys import reindex, rotate_applications
from portal.store.backup import restore
from portal.store.keys import rotate
from portal.store.known_value import learn_binding, seal_known
from portal.store.storage import Storage
from tests.groups import NOW
from tests.store.test_backup import empty

__all__ = ["empty"]

OLDER = Path(__file__).with_name("older.backup.gz")
PLACES = {"JCA-33T-5ED-GFE": State.PLACED, "W8F-NJW-QKH-J3X": State.WAITING, "Y79-8H5-Q3D-5HE": State.OFFERED}
APPLICATION, DRAFT = "8X3-4FD-3C9-CM7", "J7D-REK-AMA-P9F"


def opened(storage: Storage, rules: ApplicationRules) -> list[object]:
    """Return what the codes open."""
    places = [my_place(storage, code, NOW).sign_up.state for code in PLACES]
    return [*places, status_of(storage, rules, APPLICATION, NOW).application.kind, open_draft(storage, DRAFT, NOW).form]


def test_what_an_older_version_has_kept_opens_before_and_after_its_keys_are_rotated(
    empty: Storage,
    rules: ApplicationRules,
) -> None:
    assert restore(empty, OLDER).revision == "0005"
    assert schema.is_current(empty.database)
    assert schema.differences(empty.database) == []
    learn_binding(empty)
    reindex(empty)
    before = opened(empty, rules)
    assert before[:4] == [*PLACES.values(), "elderly"]
    assert empty.vault.takes_unbound
    rotate(empty)
    rotate_applications(empty)
    seal_known(empty)
    learn_binding(empty)
    assert not empty.vault.takes_unbound
    assert opened(empty, rules) == before
