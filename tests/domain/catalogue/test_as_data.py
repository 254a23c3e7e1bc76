"""A condition as data: what was read comes back as it was written."""

import pytest

from portal.domain.catalogue.as_data import as_data
from portal.domain.catalogue.conditions import KINDS, read_condition
from tests.domain.catalogue.test_conditions import NAMES, WRITTEN


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_comes_back_as_it_is_read(kind: str) -> None:
    condition = read_condition({kind: WRITTEN[kind][0]}, NAMES)
    assert read_condition(as_data(condition), NAMES) == condition
    assert list(as_data(condition)) == [kind]
