"""Which numbers lead to somebody: as people write them, as pages show them, and what is none."""

import pytest

from portal.domain.people.phone_numbers import dialled, is_phone, is_short, leads_to_a_unit

WHOLE = {
    "070-174 06 05": "0701740605",
    "0701740605": "0701740605",
    "+46 70-174 06 05": "+46701740605",
    "+46 (0)70 174 06 05": "+46701740605",
    "(+46) 70 174 06 05": "+46701740605",
    "0046701740605": "+46701740605",
    "(070) 174 06 05": "0701740605",
    "070.174.06.05": "0701740605",
    "070/174 06 05": "0701740605",
    "070\u2011174\u00a006\u00a005": "0701740605",
    "070\u2013174 06 05": "0701740605",
    "46701740605": "+46701740605",
    "070-174 06 05 (mobil)": "0701740605",
    "tel: 070-174 06 05": "0701740605",
    "٠٧٠-١٧٤ ٠٦ ٠٥": "0701740605",
    "\u202a070-174 06 05\u202c": "0701740605",
    "08-465 004 00": "0846500400",
    "08-12 34 56": "08123456",
    "0585-487 00": "058548700",
    "+358 40 1234567": "+358401234567",
    "+252 61 5551234": "+252615551234",
}

SHORT = ("112", "1177", "113 13", "114 14", "116 016", "116 111", "90101")

NONE = (
    "",
    " ",
    "07",
    "123",
    "1234",
    "ring oss",
    "0585-487",
    "070-174 06 05; 112",
    "070-174 06 05 anknytning 4",
    "070-174 06",
    "070-174 06 055",
    "19900101-1234",
    "900101-1234",
    "+",
    "+46",
    "+46 585 487",
    "00000000",
    "0" * 40,
    "+0701740605",
)


@pytest.mark.parametrize(("written", "digits"), WHOLE.items())
def test_a_whole_number_is_read_however_it_is_written(written: str, digits: str) -> None:
    assert is_phone(written)
    assert leads_to_a_unit(written)
    assert not is_short(written)
    assert dialled(written) == digits


@pytest.mark.parametrize("written", SHORT)
def test_a_short_number_of_the_nation_is_no_person_s(written: str) -> None:
    assert is_short(written)
    assert not is_phone(written)
    assert leads_to_a_unit(written) == (written != "112")


@pytest.mark.parametrize("written", NONE)
def test_what_leads_nowhere_is_no_number(written: str) -> None:
    assert (is_phone(written), is_short(written), leads_to_a_unit(written)) == (False, False, False)
