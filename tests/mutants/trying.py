"""Try mutants on tests: a plugin of pytest that collects once, and forks for each mutant.

The fork gives the functions of the mutant's file their changed code and runs the tests that can see it. What takes
effect at an import is tried in a process of its own that reads the changed file; so is, by the likeliest tests, what
no test of a fork has caught.
"""

import gc
import json
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from functools import _lru_cache_wrapper
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType, FunctionType

import hypothesis
import pytest
from hypothesis import Phase

from tests.mutants.making import Mutant
from tests.mutants.reach import Reach, read

TRY = "MUTANTS_TRY"
"""The variable that names a file with a list of mutants to try."""
RECORDED = "MUTANTS_RECORDED"
"""The variable that names what was recorded."""
ONLY = "MUTANTS_ONLY"
"""The variable that names a file with a list of tests: these alone are run, in this order."""

PATIENCE, OF_CLOCK = 20.0, 30.0
"""Who takes so many CPU seconds more than three times what its tests take never ends, and is caught; by the clock,
where it waits for something that never comes, so many times that."""


_ANOTHER_CODE, _BROKEN = 77, 78
_HOW = {
    0: "survived",
    int(pytest.ExitCode.NO_TESTS_COLLECTED): "survived",
    _ANOTHER_CODE: "another code",
    -signal.SIGXCPU: "late",
}


class OnlyThese:
    """Some tests, in their order."""

    def __init__(self, tests: list[str]) -> None:
        self._place = {test: place for place, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep them; all, where the mutant has renamed them all."""
        kept = [item for item in items if item.nodeid in self._place]
        if kept:
            items[:] = sorted(kept, key=lambda item: self._place[item.nodeid])


class Trying:
    """The mutants of one list, each in a process of its own."""

    def __init__(self, root: Path, mutants: Path, reach: Reach) -> None:
        self._root, self._reach, self._told = root, reach, mutants.with_suffix(".told")
        self._mutants = [Mutant(**{**one, "lines": tuple(one["lines"])}) for one in json.loads(mutants.read_text())]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all; tell each in a line of the file beside the list."""
        gc.unfreeze()  # who looks for functions must find those that stay for ever
        self._items = {item.nodeid: item for item in session.items}
        for mutant in self._mutants:
            how, tests = self._try(mutant)
            with self._told.open("a", encoding="utf-8") as told:
                told.write(json.dumps({"mutant": asdict(mutant), "how": how, "tests": tests}) + "\n")
        return True

    def _try(self, mutant: Mutant) -> tuple[str, int]:
        tests = self._reach.tests_for(mutant, self._items)
        file = self._root / mutant.path
        self._source = source = file.read_text(encoding="utf-8")
        file.write_text(mutant.of(source), encoding="utf-8")
        Path(cache_from_source(str(file))).unlink(missing_ok=True)
        try:
            if not tests:
                return "survived", 0
            if mutant.is_at_import:
                return self._in_a_process(self._afresh, file, tests), len(tests)
            how = self._in_a_process(self._at_once, file, tests)
            if how == "another code":
                return self._in_a_process(self._afresh, file, tests), len(tests)
            if how == "survived":
                # Something may remember what the old code said, from when the tests were collected.
                how = self._in_a_process(self._afresh, file, self._reach.second_look(tests, self._items))
            return how, len(tests)
        finally:
            file.write_text(source, encoding="utf-8")

    def _in_a_process(self, way: Callable[[Path, list[str]], None], file: Path, tests: list[str]) -> str:
        self._most = int(PATIENCE + 3 * self._reach.time_for(tests))
        process = multiprocessing.get_context("fork").Process(target=way, args=(file, tests))
        process.start()
        process.join(OF_CLOCK * self._most)
        is_late = process.is_alive()
        with suppress(ProcessLookupError):
            os.killpg(process.pid or 0, signal.SIGKILL)  # with all it has started
        process.join()
        if is_late:
            return "late"
        if process.exitcode == _BROKEN:
            raise RuntimeError(f"{file} could not be tried")
        return _HOW.get(process.exitcode, "caught")

    def _at_once(self, file: Path, tests: list[str]) -> None:
        code = _BROKEN
        try:
            self._alone()
            if not give_code(file, self._source):
                code = _ANOTHER_CODE
                return
            code = 1
            items = [self._items[test] for test in tests if test in self._items]
            for item, following in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if item.session.testsfailed:
                    item.config.hook.pytest_sessionfinish(session=item.session, exitstatus=1)  # ends its servers
                    break
            else:
                code = 0
        finally:
            os._exit(code)

    def _alone(self) -> None:
        """Leave the worker's group, so that all this starts can be ended; say nothing, and end some time."""
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (self._most, self._most + 5))
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        sys.dont_write_bytecode = True

    def _afresh(self, file: Path, tests: list[str]) -> None:
        self._alone()
        chosen = self._told.with_suffix(".tests")
        chosen.write_text(json.dumps(tests))
        kept = {name: value for name, value in os.environ.items() if name not in (TRY, RECORDED)}
        environment = {**kept, ONLY: str(chosen), "PYTHONDONTWRITEBYTECODE": "1"}
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        words = ["-m", "pytest", "-p", "tests.mutants.trying", "-p", "no:xdist", "-p", "no:cacheprovider", "-x", *files]
        os.execve(sys.executable, [sys.executable, *words], environment)  # noqa: S606 - our own command


def give_code(file: Path, source: str) -> bool:
    """Give the living functions that a file's source made the code it has now; False where they are others."""
    live = [one for one in gc.get_objects() if isinstance(one, FunctionType) and one.__code__.co_filename == str(file)]
    before = [*_codes(compile(source, str(file), "exec", dont_inherit=True))]
    after = [*_codes(compile(file.read_text(encoding="utf-8"), str(file), "exec", dont_inherit=True))]
    now = {_place(old): new for old, new in zip(before, after, strict=False)}
    if not live or len(before) != len(after) or len(now) != len(before):
        return False
    try:
        for function in live:
            function.__code__ = now[_place(function.__code__)]
    except (KeyError, ValueError):
        return False
    for cached in gc.get_objects():
        if isinstance(cached, _lru_cache_wrapper) and str(cached.__module__).startswith("portal"):
            cached.cache_clear()
    return True


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


def _place(code: CodeType) -> tuple[object, ...]:
    return code.co_qualname, *code.co_positions()


def pytest_configure(config: pytest.Config) -> None:
    """Try mutants, or run some tests, where somebody wants it: with the same examples each time, till one fails."""
    once = [Phase.explicit, Phase.generate]
    hypothesis.settings.register_profile("mutants", derandomize=True, database=None, phases=once)
    hypothesis.settings.load_profile("mutants")
    if ONLY in os.environ:
        config.pluginmanager.register(OnlyThese(json.loads(Path(os.environ[ONLY]).read_text(encoding="utf-8"))))
    elif TRY in os.environ:
        reach = read(Path(os.environ[RECORDED]))
        config.pluginmanager.register(Trying(config.rootpath, Path(os.environ[TRY]), reach))
