"""The portal as a server runs it: what stops a start, and what a reload leaves as it was."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
import yaml

from portal import swedish_time
from portal.serving import CannotStart, Presence, serve
from portal.store.kept_key import new_key
from portal.store.known_value import seal_known
from portal.store.loading import DATA
from portal.store.running import count_without_first_key
from portal.store.storage import open_storage
from portal.web.storage import storage_of
from tests.conftest import TUESDAY
from tests.groups import KEY
from tests.served import ROOT, Served, environment, served
from tests.store.unbound import unbind

KURS = Path("kommuner/lekeberg/insatser/abc-3-12.yaml")


def start(url: str, **settings: str) -> str:
    """Return what the documented server says where it cannot start; it must end by itself."""
    told = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0", "wsgi:app"],
        cwd=ROOT,
        env=environment(url, **settings),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert told.returncode != 0
    said = told.stderr.decode()
    assert "Traceback" not in said
    return said


def copied(path: Path, tmp_path: Path) -> str:
    """Return the address of a copy of a database."""
    return f"sqlite:///{shutil.copy(path, tmp_path / 'portal.sqlite')}"


def test_a_wrong_key_stops_the_start_with_what_to_do(filled: Path, tmp_path: Path) -> None:
    url = copied(filled, tmp_path)
    serve(environment=environment(url))
    assert "put the right key back" in start(url, PORTAL_ENCRYPTION_KEYS=new_key())


def test_a_database_without_tables_and_a_folder_that_cannot_be_made_stop_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for url, says in (
        (f"sqlite:///{tmp_path / 'new.sqlite'}", "portal database upgrade"),
        (f"sqlite:///{tmp_path / 'file' / 'portal.sqlite'}", "cannot be made or written"),
    ):
        with pytest.raises(CannotStart, match=says):
            serve(environment=environment(url))


def test_a_database_that_is_down_is_no_reason_not_to_start(tmp_path: Path) -> None:
    app = serve(environment=environment(f"postgresql://portal@/portal?host={tmp_path}"))
    assert app.test_client().get("/sv/lekeberg/").status_code == 200
    told = app.test_client().get("/readyz")
    assert (told.status_code, told.json and told.json["keys"]) == (503, "not known while the database is down")


def test_a_database_of_an_older_version_is_served_and_the_log_says_what_to_do(
    filled: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = copied(filled, tmp_path)
    storage = open_storage(url, [KEY])
    unbind(storage)
    app = serve(environment=environment(url))
    assert any("portal keys rotate" in says for says in caplog.messages)
    told = app.test_client().get("/readyz")
    assert told.status_code == 200
    assert "portal keys rotate" in (told.json or {})["binding"]
    # Whoever rotates elsewhere is noticed when the process next tells that it runs.
    seal_known(storage)
    of_app = storage_of(app)
    assert of_app.vault.takes_unbound
    Presence(of_app).tell("one", TUESDAY)
    assert not of_app.vault.takes_unbound
    storage.close()


def data_of(tmp_path: Path) -> Path:
    """Return a folder of kommuner that a test may change."""
    shutil.copytree(DATA / "kommuner", tmp_path / "data" / "kommuner")
    return tmp_path / "data"


def change(data: Path, **values: object) -> None:
    """Change what is said of a course in Lekeberg."""
    said = yaml.safe_load((data / KURS).read_text(encoding="utf-8"))
    (data / KURS).write_text(yaml.safe_dump(said | values, allow_unicode=True), encoding="utf-8")


def test_one_kommun_s_mistake_takes_no_other_down_at_a_start(filled: Path, tmp_path: Path) -> None:
    data = data_of(tmp_path)
    change(data, route="direkt")
    app = serve(environment=environment(copied(filled, tmp_path), PORTAL_DATA=str(data)))
    visitor = app.test_client()
    assert visitor.get("/sv/mellerud/").status_code == 200
    assert visitor.get("/sv/lekeberg/").status_code == 503
    told = visitor.get("/readyz")
    assert told.status_code == 200
    assert "lekeberg" in (told.json or {})["catalogue"]
    with pytest.raises(CannotStart, match="route"):
        serve(environment=environment(copied(filled, tmp_path), PORTAL_DATA=str(data), PORTAL_KOMMUNER="lekeberg"))


def until(portal: Served, is_so: Callable[[], bool]) -> None:
    """Ask until something is so; nobody who asks meanwhile may be turned away."""
    ends = monotonic() + 60
    while not is_so():
        assert portal.ask("/sv/mellerud/")[0] == 200
        assert monotonic() < ends, portal.said()


def test_a_broken_catalogue_at_a_reload_leaves_the_old_one_and_says_so(filled: Path, tmp_path: Path) -> None:
    data = data_of(tmp_path)
    with served(tmp_path, copied(filled, tmp_path), PORTAL_DATA=str(data)) as portal:
        path = "/sv/lekeberg/insatser/abc-3-12"
        assert portal.ask(path, seconds=60)[0] == 200
        change(data, route="direkt")
        town = data / "kommuner/mellerud/kommun.yaml"
        town.write_text(town.read_text(encoding="utf-8").replace("Melleruds kommun", "Melleruds nya kommun"))
        portal.process.send_signal(signal.SIGHUP)
        until(portal, lambda: "Melleruds nya kommun" in portal.ask("/sv/mellerud/")[1])
        assert "lekeberg/insatser/abc-3-12.yaml: route" in portal.said()
        assert portal.ask(path)[0] == 200
        assert "lekeberg" in portal.ask("/readyz")[1]
        (data / KURS).unlink()
        shutil.copy(DATA / KURS, data / KURS)
        change(data, name="Kursen har ett nytt namn")
        portal.process.send_signal(signal.SIGHUP)
        until(portal, lambda: "Kursen har ett nytt namn" in portal.ask(path)[1])
        until(portal, lambda: '"catalogue":"ok"' in portal.ask("/readyz")[1])


def test_a_link_that_is_turned_to_another_folder_is_taken_without_anybody_saying_so(
    filled: Path, tmp_path: Path
) -> None:
    data, link = data_of(tmp_path), tmp_path / "link"
    link.symlink_to(data)
    with served(tmp_path, copied(filled, tmp_path), PORTAL_DATA=str(link)) as portal:
        path = "/sv/lekeberg/insatser/abc-3-12"
        assert portal.ask(path, seconds=60)[0] == 200
        shutil.copytree(data, tmp_path / "next")
        change(tmp_path / "next", name="Kursen har ett nytt namn")
        (tmp_path / "turned").symlink_to(tmp_path / "next")
        (tmp_path / "turned").rename(link)
        until(portal, lambda: "Kursen har ett nytt namn" in portal.ask(path)[1])
        # One of the processes tells, once: no reload follows the reload.
        assert portal.said().count("Handling signal: hup") == 1


def test_what_runs_is_known_by_its_keys_until_it_ends(filled: Path, tmp_path: Path) -> None:
    url = copied(filled, tmp_path)
    changed = open_storage(url, [new_key(), KEY])
    with served(tmp_path, url) as portal:
        until(portal, lambda: count_without_first_key(changed, swedish_time()) == 2)
    assert count_without_first_key(changed, swedish_time()) == 0
    changed.close()
