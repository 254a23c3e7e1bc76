"""What an operator is shown: the form of the log, and which release it is."""

import pytest

from portal.operating import log_of, release_of
from portal.outside_settings import BadSettings


def test_the_log_is_text_or_json_and_nothing_else() -> None:
    assert [log_of(said) for said in ({}, {"PORTAL_LOG": ""}, {"PORTAL_LOG": "json"})] == ["text", "text", "json"]
    with pytest.raises(BadSettings, match="PORTAL_LOG"):
        log_of({"PORTAL_LOG": "xml"})


def test_a_release_is_called_as_told_or_by_its_version() -> None:
    assert release_of({})[0].isdigit()
    assert release_of({"PORTAL_RELEASE": "20261201-0400"}) == "20261201-0400"
    for bad in ('one"two', "ett två", "x" * 65):
        with pytest.raises(BadSettings, match="PORTAL_RELEASE"):
            release_of({"PORTAL_RELEASE": bad})
