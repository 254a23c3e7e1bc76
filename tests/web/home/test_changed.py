"""The address that Plone tells: off where no setting names a key, and it does nothing but ring."""

from pathlib import Path

from flask.testing import FlaskClient

from portal.store.loading import DATA
from tests.actions.catalogue.test_heard import KEY, signed
from tests.apps import create_app
from tests.conftest import TUESDAY, settings

STAMP = str(int(TUESDAY.timestamp()))
WORD = {"Portal-Timestamp": STAMP, "Portal-Signature": signed(STAMP)}


def portal(link: Path, key: bytes) -> FlaskClient:
    """Return a visitor of a portal whose catalogue's folder is a link."""
    link.symlink_to(DATA)
    return create_app(settings(data=link, tell_key=key), lambda: TUESDAY).test_client()


def test_without_a_key_the_address_is_not_there(tmp_path: Path) -> None:
    assert portal(tmp_path / "link", b"").post("/catalogue/changed", headers=WORD).status_code == 404
    assert not (tmp_path / "link.told").exists()


def test_a_signed_word_rings_and_any_other_is_told_why_not(tmp_path: Path) -> None:
    client = portal(tmp_path / "link", KEY)
    for headers in ({}, WORD | {"Portal-Signature": signed("1")}, WORD | {"Portal-Timestamp": "soon"}):
        told = client.post("/catalogue/changed", headers=headers)
        assert (told.status_code, told.text) == (403, "The word is not signed with the key, or is old.\n")
    assert not (tmp_path / "link.told").exists()
    told = client.post("/catalogue/changed", headers=WORD)
    assert (told.status_code, told.data) == (204, b"")
    assert (tmp_path / "link.told").read_bytes() == b""


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    client = portal(tmp_path / "link", KEY)
    (tmp_path / "link.told").symlink_to(tmp_path / "nowhere" / "told")
    assert client.post("/catalogue/changed", headers=WORD).status_code == 503
