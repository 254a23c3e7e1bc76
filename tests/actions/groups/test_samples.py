"""Sample groups: obviously made up, marked, in the coming weeks, and made once."""

import re
from datetime import timedelta

from portal.actions.groups import leading
from portal.actions.groups.samples import load_samples
from portal.domain.audit import Actor
from portal.domain.catalogue.kommuner import Kommun
from portal.domain.catalogue.whole import Catalogue
from portal.domain.groups.planning import wrong_fields
from portal.store.groups.planning import list_coming
from portal.store.groups.programmes import load_programmes
from portal.store.storage import Storage
from tests.made_up_groups import NOW


def test_samples_are_made_once_and_again_when_they_have_begun(storage: Storage, lekeberg: Kommun) -> None:
    programmes = load_programmes()
    made = load_samples(storage, [lekeberg], programmes, NOW)
    assert made == 3 * 6
    assert load_samples(storage, [lekeberg], programmes, NOW) == 0
    assert load_samples(storage, [lekeberg], programmes, NOW + timedelta(weeks=8)) == made


def test_a_sample_says_that_it_is_one(storage: Storage, lekeberg: Kommun) -> None:
    load_samples(storage, [lekeberg], load_programmes(), NOW)
    coming = list_coming(storage, "lekeberg", NOW)
    for seen in coming:
        group = seen.group
        assert group.is_sample
        assert group.name.startswith("Exempel: ")
        assert "Exempel" in group.place or group.is_online
        assert group.has_interpreter == (len(group.languages) == 2)
        assert wrong_fields(group) == ()
        assert NOW < group.begins_at < NOW + timedelta(weeks=7)
        assert lekeberg.get_insats(group.insats).contact == group.contact
    full = [seen for seen in coming if seen.left == 0]
    assert len(full) == 6
    assert all(seen.waiting == 1 and seen.can_wait for seen in full)
    assert {seen.group.time_of_day for seen in coming} == {"day", "evening"}
    assert any(seen.group.never_both_parents for seen in coming)


def test_people_in_samples_have_numbers_reserved_for_fiction(storage: Storage, lekeberg: Kommun) -> None:
    load_samples(storage, [lekeberg], load_programmes(), NOW)
    by = Actor("leader-1", "lekeberg")
    listed = [
        one
        for seen in leading.list_groups(storage, by, NOW)
        for one in leading.list_sign_ups(storage, by, seen.group.id, NOW)
    ]
    assert listed
    for one in listed:
        assert one.details is not None
        assert re.fullmatch(r"070-174 06 (0[5-9]|[1-9]\d)", one.details.phone)
        assert one.details.called.startswith("Exempel")


def test_every_kommun_has_samples_in_every_regime(catalogue: Catalogue, storage: Storage) -> None:
    if storage.database.is_sqlite:
        assert load_samples(storage, catalogue.kommuner.values(), load_programmes(), NOW) > 50
    for kommun in catalogue.kommuner.values():
        assert bool(list_coming(storage, kommun.id, NOW)) is storage.database.is_sqlite
