"""What a kommun's Plone has published is taken whole and lawful, or not at all."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.actions.officials.fetching import BATCH, NotFetched, Site, fetch, mark_of
from portal.store.loading import DATA
from tests.plone_site import Answer, PloneSite, plone_site, published
from tests.store.made_up import ID, KURS_FILE, write_kommun

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """Return a folder with a made-up kommun."""
    write_kommun(tmp_path / "base")
    return tmp_path / "base"


@pytest.fixture
def plone(base: Path) -> Iterator[PloneSite]:
    """Return a Plone that has published what the folder says."""
    with plone_site(published(base / "kommuner" / ID)) as site:
        yield site


def test_what_is_published_is_taken_and_again_is_as_it_was(plone: PloneSite, base: Path, tmp_path: Path) -> None:
    link, site = tmp_path / "catalogue", Site(plone.address, ID)
    plone.objects["insats"][0]["title"] = "Kursen har ett nytt namn"
    looked = fetch(site, link, base, take=False)
    assert (looked.is_taken, link.exists()) == (False, False)
    found = fetch(site, link, base)
    assert found.is_taken
    assert f"~ insatser/{Path(KURS_FILE).name}" in found.changes
    assert "Kursen har ett nytt namn" in (link / KURS_FILE).read_text(encoding="utf-8")
    again = fetch(site, link, link.resolve())
    assert (again.is_taken, again.changes) == (False, ())
    # Only what is published is asked for, as anybody.
    assert all("review_state=published" in asked for asked in plone.asked)


def test_what_is_withdrawn_goes_and_much_of_it_only_when_it_is_meant(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(DATA / "kommuner" / "mellerud", folder / "kommuner" / "mellerud")
    (folder / "kommuner/mellerud/lives.yaml").unlink(missing_ok=True)
    link = tmp_path / "catalogue"
    with plone_site(published(folder / "kommuner" / "mellerud")) as plone:
        site, insatser = Site(plone.address, "mellerud"), plone.objects["insats"]
        gone = insatser.pop()["id"]
        assert f"- insatser/{gone}.yaml" in fetch(site, link, folder).changes
        assert not list(link.rglob(f"{gone}.yaml"))
        del insatser[len(insatser) // 2 :]
        with pytest.raises(NotFetched, match="--fewer"):
            fetch(site, link, link.resolve())
        assert fetch(site, link, link.resolve(), fewer=True).is_taken


def publish_many(plone: PloneSite) -> None:
    """Publish one course more than a batch holds."""
    kurs, names = plone.objects["insats"][0], [f"kurs-{number}" for number in range(BATCH + 1)]
    plone.objects["insats"] = [kurs | {"id": name, "title": name} for name in names]


def test_a_catalogue_of_several_batches_is_read_whole(plone: PloneSite, base: Path, tmp_path: Path) -> None:
    kurs = plone.objects["insats"][0]
    plone.objects["insats"] = [
        kurs | {"id": f"kurs-{number}", "title": f"Kurs {number}"} for number in range(BATCH + 1)
    ]
    fetch(Site(plone.address, ID), tmp_path / "catalogue", base)
    assert len(list((tmp_path / "catalogue" / KURS_FILE).parent.iterdir())) == BATCH + 1


def answers(status: int = 200, body: bytes = b"{}", **headers: str) -> Callable[[dict[str, Any]], Answer]:
    """Return how a Plone is spoilt so that it always answers one thing."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: (status, JSON | named, body)


def spoilt_items(told: dict[str, Any], **changes: str) -> dict[str, Any]:
    """Return an answer whose insatser all say something else."""
    return told | {"items": [one | changes if one["@type"] == "insats" else one for one in told["items"]]}


SPOILT_ANSWERS: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "pages missing": (lambda told: told | {"items_total": told["items_total"] + 3}, "says it has 4 of insats"),
    "more than it says": (lambda told: told | {"items": told["items"] * 2}, "says it has 1 of insats, and gives 2"),
    "nothing": (lambda told: told | {"items": [], "items_total": 0}, "no published insats"),
    "no total": (lambda told: {"items": told["items"]}, "does not say how many"),
    "a made-up total": (lambda told: told | {"items_total": 10**9}, "does not say how many"),
    "a list": (answers(body=b"[]"), "another shape"),
    "html": (answers(body=b"<html>", Content_Type="text/html"), "text/html"),
    "html that says it is json": (answers(body=b"<html>"), "no JSON"),
    "no utf-8": (answers(body=b'{"items": "\xff"}'), "no JSON"),
    "deeper than anybody writes": (answers(body=b"[" * 200_000), "no JSON"),
    "packed": (answers(Content_Encoding="gzip"), "not plain JSON"),
    "nobody may": (answers(401), "401"),
    "a fault": (answers(500), "500"),
    "not there": (answers(404), "404"),
    "elsewhere": (answers(302, Location="http://192.0.2.1/"), "leads elsewhere"),
    "cut off": (answers(body=b"{", Content_Length="1000"), "does not answer"),
    "far too large": (answers(body=b" " * 8_100_000), "more than 8,000,000 bytes"),
    "half a letter": (lambda told: spoilt_items(told, rest="note: \ud800"), "cannot be written"),
    "a list in a list in a list": (lambda told: spoilt_items(told, rest=f"how: {'[' * 5000}"), "not whole and lawful"),
    "a draft": (
        lambda told: told | {"items": [one | {"review_state": "draft"} for one in told["items"]]},
        "asked for each published",
    ),
}


@pytest.mark.parametrize("name", SPOILT_ANSWERS)
def test_a_spoilt_answer_is_refused_with_a_sentence_and_nothing_is_taken(
    name: str, plone: PloneSite, base: Path, tmp_path: Path
) -> None:
    link, site = tmp_path / "catalogue", Site(plone.address, ID)
    fetch(site, link, base)
    before, beside = link.resolve(), sorted((tmp_path / ".catalogue").iterdir())
    plone.spoil, says = SPOILT_ANSWERS[name]
    with pytest.raises(NotFetched, match=says):
        fetch(site, link, before)
    assert (link.resolve(), sorted((tmp_path / ".catalogue").iterdir())) == (before, beside)


def test_what_changes_while_it_is_read_is_read_the_next_time(plone: PloneSite, base: Path, tmp_path: Path) -> None:
    kurs = plone.objects["insats"][0]
    plone.objects["insats"] = [
        kurs | {"id": f"kurs-{number}", "title": f"Kurs {number}"} for number in range(BATCH + 1)
    ]

    def one_less_each_time(told: dict[str, Any]) -> dict[str, Any]:
        plone.objects["insats"].pop(0)
        return told

    plone.spoil = one_less_each_time
    with pytest.raises(NotFetched, match="changed while"):
        fetch(Site(plone.address, ID), tmp_path / "catalogue", base)


def test_what_is_unlawful_is_refused_with_its_place(plone: PloneSite, base: Path, tmp_path: Path) -> None:
    plone.objects["insats"][0]["rest"] += "\nprice: 100\n"
    with pytest.raises(NotFetched, match="not whole and lawful") as refusal:
        fetch(Site(plone.address, ID), tmp_path / "catalogue", base)
    (finding,) = refusal.value.findings
    assert finding.line == f"{KURS_FILE}: price: is not a key that is known here"
    assert not (tmp_path / "catalogue").exists()


def test_a_plone_that_is_down_silent_or_slow_is_left(plone: PloneSite, base: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        here = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(NotFetched, match="does not answer"):
            fetch(Site(here, ID, silence=0.05), tmp_path / "catalogue", base)
    with pytest.raises(NotFetched, match="does not answer"):
        fetch(Site(here, ID), tmp_path / "catalogue", base)
    with pytest.raises(NotFetched, match="has not ended"):
        fetch(Site(plone.address, ID, longest=-1), tmp_path / "catalogue", base)


def test_the_mark_is_another_when_something_is_published_or_withdrawn(plone: PloneSite) -> None:
    site = Site(plone.address, ID)
    first = mark_of(site)
    assert mark_of(site) == first
    plone.objects["contact"][0]["modified"] = "2026-12-02T08:00:00"
    assert mark_of(site) != first
    assert len(json.loads(first)) == 2


@pytest.mark.parametrize(
    "address",
    [
        "http://plone.example.se",
        "plone.example.se",
        "https://",
        "https://a.example.se/?x=1",
        "https://[",
        "https://anna:x@a.example.se",
    ],
)
def test_only_an_encrypted_address_is_asked(address: str) -> None:
    with pytest.raises(NotFetched, match="must be the https"):
        Site(address, ID)


def test_a_kommun_or_a_folder_that_is_not_there_is_refused(plone: PloneSite, base: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFetched, match="no kommun 'granby'"):
        fetch(Site(plone.address, "granby"), tmp_path / "catalogue", base)
    with pytest.raises(NotFetched, match="ln -s"):
        fetch(Site(plone.address, ID), base, base)
