"""SKR's list: its rows in order, each with its area, section and group."""

from portal.domain.officials.skr import SkrArea, SkrGroup, SkrList, SkrRow, SkrSection

ABC, COPE, CARE, REST = (SkrRow(name, name.upper(), line) for line, name in enumerate(("abc", "cope", "care", "rest")))
PARENTS, CHILDREN, OLD = (
    SkrGroup("parents", "", (ABC, COPE)),
    SkrGroup("children", "", (CARE,)),
    SkrGroup("old", "", (REST,)),
)
OPEN, HOME = SkrSection("open", "", (PARENTS, CHILDREN)), SkrSection("home", "", (OLD,))
FAMILY, AGEING = SkrArea("family", "", (OPEN,)), SkrArea("ageing", "", (HOME,))
LIST = SkrList((FAMILY, AGEING), "lista.txt", 2021)


def test_an_area_has_the_rows_of_all_its_groups_in_order() -> None:
    assert list(FAMILY.rows()) == [ABC, COPE, CARE]


def test_the_list_has_every_row_by_id_in_order() -> None:
    assert list(LIST.rows.items()) == [("abc", ABC), ("cope", COPE), ("care", CARE), ("rest", REST)]


def test_every_row_has_its_place() -> None:
    assert list(LIST.places()) == [
        (FAMILY, OPEN, PARENTS, ABC),
        (FAMILY, OPEN, PARENTS, COPE),
        (FAMILY, OPEN, CHILDREN, CARE),
        (AGEING, HOME, OLD, REST),
    ]


def test_an_empty_list_has_no_rows() -> None:
    assert SkrList(()).rows == {}


def test_a_group_is_found_with_its_area_and_section() -> None:
    assert LIST.find_group("children") == (FAMILY, OPEN, CHILDREN)
    assert LIST.find_group("nobody") is None
    assert list(LIST.groups) == ["parents", "children", "old"]
