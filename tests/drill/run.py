"""make drill: the documented set-up is broken in every way we know, on SQLite and on PostgreSQL; nothing may be lost.

Prints a line for each drill and ends with 1 when one fails. Servers listen on the loopback or a socket of their own.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

from tests import groups
from tests.drill import drills
from tests.drill.drills import Place
from tests.drill.kept import Failed
from tests.postgres import served as postgresql

DRILLS: tuple[Callable[[Place], str], ...] = (
    drills.slow_clients,
    drills.workers_killed_in_sign_ups,
    drills.workers_killed_in_applications,
    drills.papers_for_twenty,
    drills.full_disk,
    drills.stuck_database,
    drills.restart_under_load,
    drills.restored,
)
ROOM = 5000


@contextmanager
def places() -> Iterator[list[Place]]:
    """Give a fresh database of each kind, with a group that has room for everybody."""
    with tempfile.TemporaryDirectory(prefix="drill-") as folder, postgresql() as server:
        many = replace(groups.MANY, capacity=ROOM)
        found = []
        for kind, url in (
            ("sqlite", f"sqlite:///{Path(folder, 'portal.sqlite')}"),
            ("postgresql", server.format(name="postgres")),
        ):
            groups.made_up(url, [many]).close()
            place = Path(folder, kind)
            place.mkdir()
            found.append(Place(kind, url, place))
        yield found


def main() -> int:
    """Run every drill on every database; return how many failed."""
    wanted, failed = set(sys.argv[1:]), 0
    known = {"sqlite", "postgresql", *(drill.__name__ for drill in DRILLS)}
    if not wanted <= known:
        print(f"ONLY must be among {', '.join(sorted(known))}, not {', '.join(sorted(wanted - known))}")
        return 2
    with places() as found:
        for place in found:
            for drill in DRILLS:
                if wanted and not wanted & {drill.__name__, place.kind}:
                    continue
                began = monotonic()
                try:
                    says = f"ok: {drill(place)}"
                except (Failed, AssertionError, TimeoutError, OSError) as reason:
                    failed += 1
                    says = f"FAILED: {reason}"
                name = drill.__name__.replace("_", " ")
                print(f"{place.kind:10} {name:30} {says} ({monotonic() - began:.0f} s)", flush=True)
    return failed


if __name__ == "__main__":
    raise SystemExit(min(main(), 1))
