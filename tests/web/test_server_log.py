"""gunicorn's own log never says who asked, for what or in which words, whatever it is told to log."""

import os
import runpy
from collections.abc import Callable
from pathlib import Path

from gunicorn.config import Config

from portal.web.server_log import AT_START, Discreet

WORDS = "våld from 192.0.2.7"
ASKED = "/sv/lekeberg/insatser?q=våld"
ROOT = Path(__file__).resolve().parents[2]


def said_of_a_request(tmp_path: Path, say: Callable[[Discreet], None]) -> str:
    """Return what the log says in a process that answers requests: another than the one that it began in."""
    written = tmp_path / "errors.txt"
    config = Config()
    config.set("errorlog", str(written))
    config.set("loglevel", "debug")
    log = Discreet(config)
    worker = os.fork()
    if worker == 0:
        say(log)
        os._exit(0)
    os.waitpid(worker, 0)
    for handler in [*log.error_log.handlers]:
        log.error_log.removeHandler(handler)
        handler.close()
    return written.read_text(encoding="utf-8")


def fail(log: Discreet) -> None:
    """Say what gunicorn says of a request that fails."""
    try:
        raise ConnectionResetError(WORDS)
    except ConnectionResetError:
        log.exception("Error handling request %s %s", "GET", ASKED)
        log.error("Error handling request %s", ASKED)
        log.warning(WORDS)
        log.debug(ASKED)
        log.access(None, None, {"REMOTE_ADDR": WORDS, "QUERY_STRING": ASKED}, None)


def test_of_a_request_only_the_kind_of_its_error_is_written(tmp_path: Path) -> None:
    said = said_of_a_request(tmp_path, fail)
    assert "ConnectionResetError in a request" in said
    assert "test_server_log.py" in said
    for word in ("våld", "192.0.2.7", "/sv/"):
        assert word not in said


def test_what_is_no_request_is_written_in_full(tmp_path: Path) -> None:
    def start(log: Discreet) -> None:
        log.info("Booting worker with pid: %s", 17)
        log.exception(AT_START)

    said = said_of_a_request(tmp_path, start)
    assert "Booting worker with pid: 17" in said
    assert AT_START in said


def test_the_documented_way_of_serving_has_that_log() -> None:
    found = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    assert found["logger_class"] == f"{Discreet.__module__}.{Discreet.__qualname__}"
    assert (found["forwarder_headers"], found["forwarded_allow_ips"]) == ("", "")
