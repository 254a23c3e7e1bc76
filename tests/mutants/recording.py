"""Which test has run which line: a plugin of pytest that notes it for a whole run, once.

What a fixture of a whole session ran is noted for every test that has the fixture.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

RECORD = "MUTANTS_RECORD"
"""The variable that names the file where it is written."""


def spent() -> float:
    """Return the CPU seconds of this process and of those it has waited for."""
    return sum(os.times()[:4])


class Recording:
    """The tests of one run: their lines, their fixtures, their CPU seconds."""

    def __init__(self, root: Path, path: Path) -> None:
        self._root, self._path = root, path
        floors = [str(root / "portal" / floor) for floor in ("domain", "actions", "store")]
        self._coverage = coverage.Coverage(data_file=None, config_file=False, source=floors)
        self._context = ""
        self._seconds: dict[str, float] = {}
        self._fixtures: dict[str, list[str]] = {}
        self._failed: set[str] = set()

    def _switch(self, context: str) -> str:
        before, self._context = self._context, context
        self._coverage.switch_context(context)
        return before

    @pytest.hookimpl(trylast=True)
    def pytest_collection_finish(self) -> None:
        """Begin where the first test does: what the imports ran says nothing of a test."""
        self._coverage.start()

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note the lines and the time of a test."""
        began, before = spent(), self._switch(item.nodeid)
        try:
            return (yield)
        finally:
            self._switch(before)
            self._seconds[item.nodeid] = round(spent() - began, 3)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
        """Note the lines of a fixture that more than one test has."""
        if fixturedef.scope == "function":
            return (yield)
        before = self._switch(f"fixture {fixturedef.argname}")
        try:
            return (yield)
        finally:
            self._switch(before)

    @pytest.fixture(autouse=True)
    def _names(self, request: pytest.FixtureRequest) -> Iterator[None]:
        yield
        self._fixtures[request.node.nodeid] = request.fixturenames

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what fails with no fault put in: it would seem to catch every one."""
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write what was noted: the tests, and for each line the numbers of those that ran it."""
        self._coverage.stop()
        data, tests = self._coverage.get_data(), list(self._seconds)
        who = {test: [number] for number, test in enumerate(tests)}
        for number, test in enumerate(tests):
            for name in self._fixtures.get(test, []):
                who.setdefault(f"fixture {name}", []).append(number)
        lines = {}
        for file in data.measured_files():
            ran = data.contexts_by_lineno(file).items()
            found = {line: sorted({one for by in contexts for one in who.get(by, [])}) for line, contexts in ran}
            lines[Path(file).relative_to(self._root).as_posix()] = found
        seconds = list(self._seconds.values())
        noted = {"tests": tests, "seconds": seconds, "lines": lines, "failed": sorted(self._failed)}
        self._path.write_text(json.dumps(noted), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Record, where somebody wants it."""
    if RECORD in os.environ:
        config.pluginmanager.register(Recording(config.rootpath, Path(os.environ[RECORD])))
