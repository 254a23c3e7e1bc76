"""Wishes are shown from five up: fewer could point at a person."""

from portal.domain.groups.wishes import SHOWN_FROM, Wish, Wished, shown

TIGRINYA = Wish("abc-3-12", "ti", "evening")
SOMALI = Wish("abc-3-12", "so", "day")
UKRAINIAN = Wish("cope", "uk", "day")


def test_fewer_than_five_are_not_shown() -> None:
    assert SHOWN_FROM == 5
    assert shown({TIGRINYA: 4, SOMALI: 5}) == (Wished(SOMALI, 5),)


def test_the_most_wished_comes_first_and_equals_in_order() -> None:
    assert [one.wish for one in shown([(UKRAINIAN, 7), (TIGRINYA, 5), (SOMALI, 5)])] == [UKRAINIAN, SOMALI, TIGRINYA]
