"""The benchmarks: each a ratio to a reference measured in the same run; what `make bench` prints."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench import deciding, searching, serving, sign_ups  # noqa: E402 - the path comes first


def main() -> None:
    """Measure and print."""
    print("Deciding one resident with reasons against Lekeberg (one core, median of rounds)")
    for name, value in deciding.measure().items():
        print(f"  {name:58}{value:>12}")
    print("Searching in one's own words among Lekeberg's insatser (one core, median of rounds)")
    for name, value in searching.measure().items():
        print(f"  {name:58}{value:>12}")
    print("Pages, as a share of a bare Flask route that returns 10 kB (gunicorn sync, 2 workers, median of rounds)")
    with tempfile.TemporaryDirectory() as folder:
        for name, share in serving.measure(Path(folder)).items():
            print(f"  {name:58}{share:>12.2f}")
    print("Durable sign-ups, 32 clients, 200 groups of 30 places (a process for each client, median of rounds)")
    with tempfile.TemporaryDirectory() as folder:
        for name, value in sign_ups.measure(Path(folder)).items():
            print(f"  {name:58}{value:>12}")
    print("Cold start and memory")
    for name, value in starting().items():
        print(f"  {name:58}{value:>12}")


def starting() -> dict[str, str]:
    """Return the time of a cold start beside that of a bare Flask app, and the memory of two workers (PSS)."""
    environment = {**os.environ, "PORTAL_ENV": "development"}
    portal = median(_seconds("import wsgi", environment) for _ in range(5))
    bare = median(_seconds("import flask; flask.Flask('bare')", environment) for _ in range(5))
    with tempfile.TemporaryDirectory() as folder, serving.served("wsgi:app", Path(folder)) as port:
        for raw in serving.pages().values():
            serving.fetch(port, raw)
        memory = _pss(port)
    return {
        "cold start (import to app), seconds": f"{portal:.2f}",
        "of which a bare Flask app needs": f"{bare:.2f}",
        "master and two workers, MB PSS": f"{memory:.0f}" if memory else "not readable here",
    }


def _seconds(code: str, environment: dict[str, str]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)  # noqa: S603 - our own code
    return time.perf_counter() - started


def _pss(port: int) -> float:
    """Return the proportional memory of the processes that listen on a port and their children, in MB."""
    total = 0.0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().decode(errors="replace")
            if f"127.0.0.1:{port}" in command:
                rollup = (process / "smaps_rollup").read_text()
                total += int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1]) / 1024
        except (OSError, StopIteration):
            continue
    return total


if __name__ == "__main__":
    main()
    print(json.dumps({"python": sys.version.split()[0], "cores": os.cpu_count()}))
