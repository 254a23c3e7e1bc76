"""Details go in and come out whole."""

from hypothesis import given
from hypothesis import strategies as st

from portal.domain.groups.details import Details
from portal.store.crypto import Vault
from portal.store.groups.details import open_details, seal_details
from portal.store.kept_key import new_key

VAULT = Vault([new_key()])

words = st.text(max_size=20)


@given(
    st.builds(
        Details, words, words, words, words, words, words, st.lists(st.integers(0, 20)).map(tuple), words,
        st.booleans(), st.lists(words).map(tuple),
    )
)  # fmt: skip
def test_details_come_out_as_they_went_in(details: Details) -> None:
    assert open_details(VAULT, "a1b2", seal_details(VAULT, "a1b2", details)) == details


def test_what_is_no_longer_kept_is_none() -> None:
    assert open_details(VAULT, "a1b2", None) is None
