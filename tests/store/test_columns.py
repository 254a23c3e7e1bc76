"""How values stand in the tables."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.store.columns import STOCKHOLM, to_instant, to_number
from portal.store.schema import metadata
from tests.domain.made_up import NOW

SEALED = {"sign_ups": {"sealed"}, "alerts": {"sealed"}, "outbox": {"sealed"}}


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_comes_back_exactly_in_swedish_time(instant: datetime) -> None:
    found = to_instant(to_number(instant))
    assert found == instant
    assert found.tzinfo is STOCKHOLM


def test_an_instant_without_a_time_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        to_number(NOW.replace(tzinfo=None))
    assert to_number(NOW + timedelta(microseconds=1)) == to_number(NOW) + 1


def test_no_column_is_named_after_what_may_never_be_kept() -> None:
    forbidden = {"name_of_person", "email_address", "phone", "personnummer", "nickname", "address", "details", "reason"}
    for table in metadata.sorted_tables:
        # What an editor says in public of a unit of the kommun is nobody's secret.
        if table.name not in ("closures", "contact_edits"):
            assert not forbidden & set(table.c.keys()), table.name
        assert SEALED.get(table.name, set()) <= set(table.c.keys())
