"""What each part of the tests costs: a plugin of pytest that counts CPU by folder, browsers and servers with it.

The portal's tests start Chromium, PostgreSQL and servers; what they use is no less of a run than what Python uses.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

TOLD = "TESTS_PARTS"
"""The variable that names the file where the parts are told."""

COMPILED = "TESTS_COMPILED"
"""The variable that names a folder of a run, where its processes leave to each other what they have compiled."""

STARTING = "starting"
"""The part before the first test: importing and collecting."""


def spent() -> float:
    """Return the CPU seconds of this process and all it has started, as far as the system tells of those."""
    own = os.times()
    return own.user + own.system + own.children_user + own.children_system + sum(map(_used, _started(os.getpid())))


def _started(process: int) -> Iterator[int]:
    """Yield every process that one has started, and that those have; whatever ends meanwhile is gone."""
    try:
        texts = [path.read_text(encoding="ascii") for path in Path(f"/proc/{process}/task").glob("*/children")]
    except OSError:
        return
    for child in " ".join(texts).split():
        yield int(child)
        yield from _started(int(child))


def _used(process: int) -> float:
    try:
        # After the name, which may hold anything: the 12th to 15th are its time and that of those it has waited for.
        numbers = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="ignore").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, numbers[11:15])) / os.sysconf("SC_CLK_TCK")


def part_of(item: pytest.Item) -> str:
    """Return the folder of a test below tests/, or the name of its file where it has none."""
    return item.path.relative_to(Path(__file__).parent).parts[0].removesuffix(".py")


class Parts:
    """The seconds of each part of this process' tests."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()
        self._part, self._from = STARTING, 0.0

    def _enter(self, part: str) -> None:
        now = spent()
        # What a browser used may be forgotten with it: time does not run backwards for that.
        self.seconds[self._part] += max(0.0, now - self._from)
        self._part, self._from = part, now

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Count what comes for the part of this test."""
        if part_of(item) != self._part:
            self._enter(part_of(item))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_teardown(self, nextitem: pytest.Item | None) -> None:
        """Count the last part before its browser is closed."""
        if nextitem is None:
            self._enter(self._part)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Tell the process that has started this one, or the file."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["parts"] = dict(self.seconds)
        else:
            if session.config.pluginmanager.hasplugin("dsession"):  # others run the tests, and have told what they cost
                self.seconds[STARTING] += time.process_time()
            Path(os.environ[TOLD]).write_text(json.dumps(self.seconds), encoding="utf-8")

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: object) -> None:
        """Add what another process has counted."""
        self.seconds.update(getattr(node, "workeroutput", {}).get("parts", {}))


def pytest_configure(config: pytest.Config) -> None:
    """Count, where somebody wants to be told."""
    if TOLD in os.environ:
        config.pluginmanager.register(Parts())


def told(path: Path) -> dict[str, float]:
    """Return the seconds of each part that a run has told; an empty one where it could not."""
    try:
        found: dict[str, float] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def reference() -> float:
    """Return the CPU seconds of a fixed loop: what this machine does with them now."""
    started, found = time.process_time(), 0
    for number in range(2_000_000):
        found += number * number % 7
    assert found
    return time.process_time() - started
