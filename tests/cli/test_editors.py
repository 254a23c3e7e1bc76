"""The commands that take a catalogue from Plone: what they say, and how they end."""

import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic

from portal.actions.catalogue.heard import bell_of
from tests.cli.running import run
from tests.plone_site import plone_site, published
from tests.store.made_up import ID, KURS_FILE, write_kommun


def test_what_changed_and_for_whom_is_told_and_the_link_is_turned(tmp_path: Path) -> None:
    write_kommun(tmp_path / "base")
    link = tmp_path / "catalogue"
    with plone_site(published(tmp_path / "base" / "kommuner" / ID)) as plone:
        kurs = plone.objects["insats"][0]
        kurs["rest"] = kurs["rest"].replace("    to: 12\n- residence", "    to: 9\n- residence")
        kurs["audience"] = "För dig som har barn 3–9 år."
        words = ("catalogue", "fetch", plone.address, str(link), "--kommun", ID)
        first = (*words, "--from", str(tmp_path / "base"), "--size", "400")
        looked = run(*first, "--look")
        assert (looked.exit_code, link.exists()) == (0, False)
        assert "Nothing is taken: it is only looked at." in looked.output
        told = run(*first)
        assert told.exit_code == 0
        assert f"{ID}: ~ insatser/kurs.yaml\n" in told.output
        assert "Taken.\n" in told.output
        assert f"{ID}: -" in told.output
        assert "kurs in direct (for" in told.output
        assert run(*words).output == "As it was.\n"
        kurs["rest"] += "\nprice: 100"
        told = run(*words)
        assert told.exit_code == 1
        assert told.stdout == f"{KURS_FILE}: price: is not a key that is known here\n"
        assert told.stderr == "Nothing is taken: what Plone has published is not whole and lawful.\n"
    told = run(*words)
    assert (told.exit_code, told.stderr) == (1, "Nothing is taken: Plone does not answer: ConnectionError.\n")


def test_who_follows_fetches_when_told_and_lives_on_without_plone(tmp_path: Path) -> None:
    write_kommun(tmp_path / "base")
    link, said = tmp_path / "catalogue", tmp_path / "said.txt"
    link.symlink_to("base")
    with plone_site(published(tmp_path / "base" / "kommuner" / ID)) as plone, said.open("wb") as written:
        words = ("catalogue", "follow", plone.address, str(link), "--kommun", ID, "--every", "3600")
        follower = subprocess.Popen(  # noqa: S603 - our own command
            [Path(sys.executable).parent / "portal", *words], stdout=written, stderr=subprocess.STDOUT
        )
        try:
            _until(said, "Taken.", follower)
            plone.spoil = lambda _: (500, {}, b"")
            bell_of(link).file.touch()
            _until(said, "Plone answers 500", follower)
            plone.spoil = lambda told: told
            plone.objects["insats"][0] |= {"title": "Ett nytt namn", "modified": "2026-12-02T08:00:00"}
            bell_of(link).file.touch()
            _until(said, "~ insatser/kurs.yaml", follower, 2)
            assert "Ett nytt namn" in (link / KURS_FILE).read_text(encoding="utf-8")
        finally:
            follower.send_signal(signal.SIGTERM)
            assert follower.wait(timeout=30) == 0


def _until(said: Path, text: str, follower: "subprocess.Popen[bytes]", times: int = 1) -> None:
    """Wait until the command has said something, so many times."""
    ends = monotonic() + 60
    while said.read_text(encoding="utf-8").count(text) < times:
        assert follower.poll() is None, said.read_text(encoding="utf-8")
        assert monotonic() < ends, said.read_text(encoding="utf-8")


def test_an_address_without_tls_and_a_kommun_that_is_not_there_are_refused(tmp_path: Path) -> None:
    for command in (("fetch",), ("follow",)):
        words = ("catalogue", *command, "http://plone.example.se", str(tmp_path / "link"), "--kommun", ID)
        told = run(*words)
        assert (told.exit_code, told.stderr.split(":")[0]) == (1, "Nothing is taken")
    for address, kommun in (("http://plone.example.se", "lekeberg"), ("https://plone.example.se", "granby")):
        told = run("catalogue", "move-in", address, "--kommun", kommun, "--user", "anna", "--password", "x")
        assert told.exit_code == 1
