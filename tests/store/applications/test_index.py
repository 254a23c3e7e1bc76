"""By what an application is found: the words of names and numbers, of one kommun and one door."""

import pytest

from portal.domain.applications.rules import ApplicationRules
from portal.store.applications.index import CASE, NAME, NUMBER, case_of, count_entries, find_ids, words_of, write_index
from portal.store.applications.stored import find_by_code
from portal.store.kept_key import new_key
from portal.store.storage import Storage
from tests.conftest import KEY, open_storage
from tests.made_up_applicants import KOMMUN, form, sent


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Åsa-Märta  O'Näs", ("asa", "marta", "asamarta", "o", "nas", "onas", "martao")),
        ("ÅSA åsa", ("asa",)),
        ("فاطمة الزهراء", ("فاطمه", "الزهراء", "فاطمهالزهراء")),
        ("Å", ("a",)),
        ("- _", ()),
        ("ＡＮＮＡ", ("anna",)),
    ],
)
def test_a_name_is_the_words_it_has(name: str, words: tuple[str, ...]) -> None:
    assert words_of(name) == words


def test_no_name_has_more_words_than_there_is_room_for() -> None:
    assert len(words_of(" ".join(chr(97 + n) * 3 for n in range(26)))) == 24


def test_it_is_found_under_every_key_and_in_its_own_place_only(
    storage: Storage, rules: ApplicationRules, database_url: str
) -> None:
    receipt = sent(storage, rules)
    changed = open_storage(database_url, [new_key(), KEY])
    with changed.database.transaction() as connection:
        stored = find_by_code(changed, connection, receipt.code)
        assert stored is not None
        one = stored.application
        place = (changed, connection, KOMMUN)
        assert find_ids(*place, "shared", NAME, ["vipansson", "kanariefagel"]) == {one.id}
        assert find_ids(*place, "shared", NUMBER, ["8501012382"]) == {one.id}
        assert find_ids(*place, "shared", NAME, []) == frozenset()
        assert find_ids(*place, "family_counselling", NAME, ["vipansson"]) == frozenset()
        assert find_ids(changed, connection, "mellerud", "shared", NAME, ["vipansson"]) == frozenset()
        write_index(changed, connection, one, form(name="Lärka", number=""), "SN 2026 / 1")
        assert find_ids(*place, "shared", NAME, ["vipansson"]) == frozenset()
        assert find_ids(*place, "shared", CASE, [case_of("sn2026/1")]) == {one.id}
        assert count_entries(connection, one.id) == 2
        write_index(changed, connection, one, form(name="", number=""), None)
        assert count_entries(connection, one.id) == 0
    changed.close()
