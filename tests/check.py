"""Every check of the project, side by side where they do not share anything; what `make test` runs.

    check.py               everything: lint, types, contracts, the files of knowledge, all tests
    check.py --quick       lint, types, contracts and the domain's tests: for the hour between
    check.py tests/web     the tests of a folder or a file; options of pytest as they are, other words as names of tests

A check that cannot run is a failure with its reason. The CPU that each part took stands at the end, beside a loop that
is always the same: where that is slow, the machine is.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import NoBrowser, find_or_fetch  # noqa: E402 - run as a file, this knows no package yet
from tests.parts import COMPILED, TOLD, reference, told  # noqa: E402

LINT = {
    "ruff": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "mypy": [BIN / "mypy"],
    "imports": [BIN / "lint-imports", "--no-cache"],
}
FILES = {
    "catalogue": [BIN / "portal", "catalogue", "check"],
    "translations": [BIN / "portal", "translations", "check"],
}
PYTEST = [sys.executable, "-m", "pytest", "-p", "tests.parts"]
SHARED_OUT = ["-n", "2", "--dist", "worksteal"]
# The examples alone reach every branch; what is held for random lives costs far more where lines are counted.
EXAMPLES = sorted({*ROOT.glob("tests/domain/**/test_*.py")} - {*ROOT.glob("tests/domain/**/*_properties.py")})
COVERED = [sys.executable, "-m", "coverage", "run", *PYTEST[1:], *EXAMPLES, "-p", "no:xdist"]
REPORT = [sys.executable, "-m", "coverage", "report"]
TESTS = [*PYTEST, "tests", *(f"--ignore={path}" for path in EXAMPLES), *SHARED_OUT]
DOMAIN = [*PYTEST, "tests/domain", "-p", "no:xdist"]


class Run:
    """One run of checks: what failed, and the CPU seconds of each."""

    def __init__(self) -> None:
        self.failed: list[str] = []
        self.seconds: Counter[str] = Counter()
        self._loops, self._started = [reference()], time.monotonic()
        # The checks start some hundred programs: each would compile the portal, and pytest its tests, anew.
        self._environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def find_browser(self) -> None:
        """Find a Chromium for the tests; where there is none those that need it fail, and so does the run."""
        try:
            self._environment["CHROMIUM"] = find_or_fetch()
        except NoBrowser as error:
            print(f"browser: FAILED\n{error}", flush=True)
            self.failed.append("browser")

    @contextmanager
    def tests(self, command: Sequence[str | Path]) -> Iterator[None]:
        """Run tests that show what they do, beside what is done meanwhile."""
        with tempfile.TemporaryDirectory() as folder:
            parts = Path(folder, "parts.json")
            compiled = Path(folder, "compiled")
            compiled.mkdir()
            environment = {**self._environment, TOLD: str(parts), COMPILED: str(compiled)}
            with subprocess.Popen(command, cwd=ROOT, env=environment) as tests:  # noqa: S603 - our own command
                yield
            self.seconds.update(told(parts))
            if tests.returncode != 0:
                self.failed.append("tests")

    def check(self, name: str, command: Sequence[str | Path]) -> None:
        """Run one check, and show what it says when it fails."""
        started, before = time.monotonic(), _used()
        try:
            done = subprocess.run(command, cwd=ROOT, env=self._environment, capture_output=True, text=True)  # noqa: S603
            is_well, said = done.returncode == 0, f"{done.stdout[-6000:]}{done.stderr[-2000:]}"
        except OSError as error:
            is_well, said = False, f"It cannot run: {error}"
        self.seconds[name] += _used() - before
        print(f"{name}: {'ok' if is_well else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)
        if not is_well:
            self.failed.append(name)
            print(said, flush=True)

    def check_all(self, commands: Mapping[str, Sequence[str | Path]]) -> None:
        """Run checks one after another."""
        for name, command in commands.items():
            self.check(name, command)

    def tell(self) -> int:
        """Say what each part took and what failed; return 0 when nothing did."""
        self._loops.append(reference())
        loop = sum(self._loops) / len(self._loops)
        print(f"\nCPU by part, in seconds and in loops (one takes {loop:.2f} s here now):")
        for name, took in [*self.seconds.most_common(), ("all", self.seconds.total())]:
            print(f"{name:>14} {took:7.1f} {took / loop:8.0f}")
        print(f"all in {time.monotonic() - self._started:.0f} s")
        if self.failed:
            print(f"FAILED: {', '.join(self.failed)}")
        return 1 if self.failed else 0


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def main(*words: str) -> int:
    """Run what is asked for; return 0 when all passed."""
    run = Run()
    if words == ("--quick",):
        with run.tests(DOMAIN):
            run.check_all(LINT)
    elif words:
        run.find_browser()
        with run.tests([*PYTEST, *chosen(words)]):
            pass
    else:
        run.find_browser()
        with run.tests(TESTS):
            run.check_all({**LINT, **FILES, "domain": COVERED, "coverage": REPORT})
    return run.tell()


def chosen(words: Sequence[str]) -> list[str]:
    """Return the words as pytest takes them: with an option among them as they are, else paths and names of tests."""
    if any(word.startswith("-") for word in words):
        return list(words)
    paths = [word for word in words if (ROOT / word.partition("::")[0]).exists()]
    names = [word for word in words if word not in paths]
    is_short = not names and all((ROOT / path.partition("::")[0]).is_file() for path in paths)
    return [*paths, *(["-k", " or ".join(names)] if names else []), *([] if is_short else SHARED_OUT)]


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
