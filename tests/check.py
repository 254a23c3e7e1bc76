"""Every check of the project, side by side where they do not share anything; what `make test` runs.

A check that cannot run is a failure with its reason. The closing line is pytest's own.
"""

import os
import subprocess
import sys
import time
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
COVERED = [sys.executable, "-m", "coverage", "run", "-m", "pytest", "tests/domain", "-p", "no:xdist"]
REPORT = [sys.executable, "-m", "coverage", "report"]
TESTS = [sys.executable, "-m", "pytest", "tests", "--ignore=tests/domain", "-n", "2", "--dist", "worksteal"]


def main() -> int:
    """Run every check; return 0 when all passed."""
    from tests.browser.chromium import find_or_fetch  # noqa: PLC0415 - only the whole run needs a browser

    environment = {**os.environ, "CHROMIUM": find_or_fetch()}
    failed = [name for name, command in QUICK.items() if not passes(name, command, environment)]
    failed += [
        name for name, command in (("domain", COVERED), ("coverage", REPORT)) if not passes(name, command, environment)
    ]
    started = time.monotonic()
    tests_failed = subprocess.run(TESTS, cwd=ROOT, env=environment).returncode  # noqa: S603 - our own command
    print(f"tests: {time.monotonic() - started:.0f} s")
    if failed:
        print(f"failed before the tests: {', '.join(failed)}")
    return 1 if failed or tests_failed else 0


def passes(name: str, command: list[str | Path], environment: dict[str, str]) -> bool:
    """Run one check, show what it says when it fails, and return whether it passed."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603
    print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)
    if done.returncode != 0 or name == "domain":
        print(done.stdout[-6000:], done.stderr[-2000:], flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())
