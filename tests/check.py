"""Every check of the project, side by side where they do not share anything; what `make test` runs.

A check that cannot run is a failure with its reason. The closing line is pytest's own.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
sys.path.insert(0, str(ROOT))

QUICK = {
    "ruff": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "mypy": [BIN / "mypy"],
    "imports": [BIN / "lint-imports", "--no-cache"],
    "catalogue": [BIN / "portal", "catalogue", "check"],
    "translations": [BIN / "portal", "translations", "check"],
}
# The examples alone reach every branch; what is held for random lives costs far more where lines are counted.
EXAMPLES = sorted({*ROOT.glob("tests/domain/**/test_*.py")} - {*ROOT.glob("tests/domain/**/*_properties.py")})
COVERED = [sys.executable, "-m", "coverage", "run", "-m", "pytest", *EXAMPLES, "-p", "no:xdist"]
REPORT = [sys.executable, "-m", "coverage", "report"]
TESTS = [sys.executable, "-m", "pytest", "tests", *(f"--ignore={path}" for path in EXAMPLES)]
TESTS += ["-n", "2", "--dist", "worksteal"]


def main() -> int:
    """Run every check; return 0 when all passed."""
    from tests.browser.chromium import find_or_fetch  # noqa: PLC0415 - only the whole run needs a browser

    environment = {**os.environ, "CHROMIUM": find_or_fetch()}
    started = time.monotonic()
    beside = [*QUICK.items(), ("domain", COVERED), ("coverage", REPORT)]
    with subprocess.Popen(TESTS, cwd=ROOT, env=environment) as tests:  # noqa: S603 - our own command
        failed = [name for name, command in beside if not passes(name, command, environment)]
    print(f"all: {time.monotonic() - started:.0f} s")
    if failed:
        print(f"failed beside the tests: {', '.join(failed)}")
    return 1 if failed or tests.returncode else 0


def passes(name: str, command: Sequence[str | Path], environment: dict[str, str]) -> bool:
    """Run one check, show what it says when it fails, and return whether it passed."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603
    print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)
    if done.returncode != 0 or name == "domain":
        print(done.stdout[-6000:], done.stderr[-2000:], flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())
