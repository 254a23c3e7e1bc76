"""What happens to the region while the crowd is there: hosts lose their power, the database moves, versions change."""

import shutil
import time
from collections.abc import Callable

from tests.nation.hosts import HOME, Failed, Host, until
from tests.nation.kommuner import CHANGES, write_course
from tests.nation.region import DATA, ONE, TWO, Region, ask
from tests.nation.residents import Crowd

CALM = 8.0
"""Seconds between two things that happen."""

Happens = Callable[[Region, Crowd], str | None]


def calm(region: Region, crowd: Crowd) -> None:
    """Let everybody do what they came for."""
    time.sleep(2 * CALM)
    if not crowd.signed.codes:
        raise Failed(f"nobody gets through: {crowd.wrong[:2]} {crowd.seen.failed}")


def proxies_keep_little(region: Region, crowd: Crowd) -> str:
    """Look at what the proxies keep, and at whether a visitor's requests could be put together."""
    path, said = "/sv/lekeberg/insatser/abc-3-12", "0" * 32
    crowd.ask("/sv/made-002/insatser")
    answers = [headers_of(crowd, path, said) for _ in range(3)]
    ids = {one.get("x-request-id", "") for one in answers}
    if len(ids) != 3 or said in ids or "" in ids:
        raise Failed(f"ids of requests: {ids}")
    if {one.get("cache-control") for one in answers} != {"no-store"} or any("portal-kept" in one for one in answers):
        raise Failed(f"what browsers are told: {answers[0]}")
    if not any("age" in one for one in answers):
        raise Failed("the proxy kept nothing")
    if crowd.ask("/metrics")[:3] != "404":
        raise Failed("anybody reads the figures")
    return "an insats is kept by the proxy alone, each request has another id"


def headers_of(crowd: Crowd, path: str, request_id: str) -> dict[str, str]:
    """Return the headers of an answer to who says which id her request has."""
    connection = crowd.way.open(10)
    try:
        connection.request("GET", path, headers={"X-Request-Id": request_id})
        answer = connection.getresponse()
        answer.read()
        return {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def app_dies(name: str) -> Happens:
    """Return what takes the power of an application host away, and gives it back."""

    def happens(region: Region, crowd: Crowd) -> None:
        region.hosts[name].kill()
        time.sleep(CALM)
        region.hosts[name].begin()
        until(lambda: region.is_serving(name), 120, f"{name} is back")

    return happens


def proxy_dies(region: Region, crowd: Crowd) -> str:
    """Take the power of the proxy that has the region's address away, and give it back."""
    name = region.holder()
    region.hosts[name].kill()
    took = until(lambda: region.holder_but(name), 30, "the other proxy has the address")
    time.sleep(CALM)
    region.hosts[name].begin()
    return f"{name} was gone; the other had its address after {took:.1f} s"


def standby_dies(region: Region, crowd: Crowd) -> str:
    """Take the standby's power away, and give it back."""
    name = region.standby()
    region.hosts[name].kill()
    time.sleep(CALM)
    return f"{name}; {_back(region, name)}"


def primary_dies(region: Region, crowd: Crowd) -> str:
    """Take the primary's power away: the standby takes over."""
    name, other = region.primary(), region.standby()
    region.hosts[name].kill()
    took = until(lambda: ask(region.hosts[other].address, 8008, "/primary")[0] == 200, 90, f"{other} takes over")
    time.sleep(CALM)
    return f"{name}; {other} is the primary after {took:.1f} s; {_back(region, name)}"


def server_crashes(region: Region, crowd: Crowd) -> str:
    """Kill PostgreSQL alone on the primary."""
    name, other = region.primary(), region.standby()
    region.hosts[name].do("pkill", "-9", "-x", "postgres", user="postgres")
    took = until(lambda: ask(region.hosts[other].address, 8008, "/primary")[0] == 200, 90, f"{other} takes over")
    time.sleep(CALM)
    until(region.has_standby, 180, f"{name} is the standby")
    return f"{name}; {other} is the primary after {took:.1f} s"


def switched_over(region: Region, crowd: Crowd) -> str:
    """Move the primary as for maintenance."""
    name, other = region.primary(), region.standby()
    region.hosts[name].do("patronictl", "-c", "/etc/patroni/config.yml", "switchover", "--force")
    took = until(lambda: ask(region.hosts[other].address, 8008, "/primary")[0] == 200, 60, f"{other} takes over")
    until(region.has_standby, 120, f"{name} is the standby")
    time.sleep(CALM)
    return f"from {name} to {other} in {took:.1f} s"


def _back(region: Region, name: str) -> str:
    region.hosts[name].begin()
    took = until(region.has_standby, 240, f"{name} is the standby")
    time.sleep(CALM)
    return f"the standby again after {took:.0f} s"


BACK = "/var/lib/postgresql/15/back"
_COUNT = "SELECT count(*) FROM sign_ups"


def moment_brought_back(region: Region, crowd: Crowd) -> str:
    """Back up, let people go on, and bring a moment between back beside what is served."""
    name = region.standby()
    region.backed_up("--type=full", "backup")
    before = _counted(region, region.primary())
    time.sleep(2)
    moment = region.hosts[name].do("date", "-u", "+%Y-%m-%d %H:%M:%S+00").strip()
    time.sleep(2)
    after = _counted(region, region.primary())
    time.sleep(CALM)
    _psql(region, region.primary(), "SELECT pg_switch_wal()")  # the last changes are in the repository too
    time.sleep(2)
    began = time.monotonic()
    to = (f"--pg1-path={BACK}", "--type=time", f"--target={moment}", "--target-action=promote", "restore")
    region.backed_up(*to, host=name)
    said = {"listen_addresses": "", "port": "5555", "archive_mode": "off", "synchronous_standby_names": ""}
    options = " ".join(f"-c {key}='{value}'" for key, value in said.items())
    control = ("/usr/lib/postgresql/15/bin/pg_ctl", "-D", BACK)
    region.hosts[name].do(*control, "-w", "-l", f"{BACK}.log", "-o", options, "start", user="postgres")
    until(lambda: _psql(region, name, "SELECT pg_is_in_recovery()", "5555") == "f", 60, "the moment is there")
    took, found, now = time.monotonic() - began, _counted(region, name, "5555"), _counted(region, region.primary())
    region.hosts[name].do(*control, "-m", "fast", "stop", user="postgres")
    if not before <= found <= after < now:
        raise Failed(f"{found} sign-ups in what was brought back: {before} before, {after} after, {now} now")
    return f"{found} of {now} sign-ups, as it was at {moment[11:19]}, after {took:.0f} s"


def _counted(region: Region, name: str, port: str = "5432") -> int:
    return int(_psql(region, name, _COUNT, port))


def _psql(region: Region, name: str, query: str, port: str = "5432") -> str:
    command = ("psql", "-h", "/run/postgresql", "-p", port, "-At", "-c", query, "portal")
    return region.hosts[name].do(*command, user="postgres").strip()


# ------------------------------------------------------------------------------------------------- changes

STEP = '''"""A column more, as a later version may have."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{last}"


def upgrade() -> None:
    """Make it."""
    op.add_column("groups", sa.Column("of_a_later_version", sa.Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("groups", "of_a_later_version")
'''


def upgraded(region: Region, crowd: Crowd) -> str:
    """Bring the database to a later version's shape, then one application host after the other to that version."""
    for name in ("app1", "app2"):
        _later_version(region.hosts[name])
    region.hosts["app1"].portal("database", "upgrade")
    told = {name: ask(region.hosts[name].address, 8000, "/readyz", 15.0) for name in ("app1", "app2")}
    if told["app2"][0] != 200 or "later version" not in told["app2"][1]:
        raise Failed(f"the version before does not go on: {told}")
    for name in ("app1", "app2"):
        for service in ("insatsportalen-jobs", "insatsportalen"):
            region.hosts[name].restart(service)
        until(lambda name=name: region.is_serving(name), 120, f"{name} serves")  # type: ignore[misc]
        if "later version" in ask(region.hosts[name].address, 8000, "/readyz", 15.0)[1]:
            raise Failed(f"{name} is not of the later version")
        time.sleep(3)
    return "first the schema, then each host"


def _later_version(host: Host) -> None:
    """Put a later version beside the one that runs, and let the next start take it."""
    one, two = host.inside(ONE), host.inside(TWO)
    shutil.copytree(one, two, symlinks=True, ignore=shutil.ignore_patterns("__pycache__", "instance"))
    venv = two / ".venv"
    names = [*venv.glob("bin/*"), *venv.glob("lib/*/site-packages/__editable__*"), venv / "pyvenv.cfg"]
    for path in names:
        if path.is_file() and not path.is_symlink():
            content = path.read_bytes()
            if ONE.encode() in content:
                path.write_bytes(content.replace(ONE.encode(), TWO.encode()))
    steps = two / "portal/store/migrations/versions"
    last = max(path.name[1:5] for path in steps.glob("m[0-9]*.py"))
    (steps / "m9999_later.py").write_text(STEP.format(last=last), encoding="utf-8")
    current = host.inside(f"{HOME}/current")
    current.unlink()
    current.symlink_to(TWO)


def catalogue_changes(region: Region, crowd: Crowd) -> str:
    """Change a kommun's course on both hosts and reload: every answer is of one edition, whole."""
    pages, mixed, editions = 0, 0, set[str]()
    for edition in (2, 3):
        for name in ("app1", "app2"):
            write_course(region.hosts[name].inside(DATA), CHANGES, edition)
            region.hosts[name].tell("reload", "insatsportalen")
        ends = time.monotonic() + 25
        while time.monotonic() < ends:
            text = crowd.ask(f"/api/v1/{CHANGES}/insatser?lang=sv")
            found = {one for one in ("1", "2", "3") if f"utgåva {one}" in text}
            pages += 1
            mixed += len(found) != 1
            editions |= found
            time.sleep(0.1)
    if mixed or editions != {"1", "2", "3"}:
        raise Failed(f"{mixed} of {pages} answers were of no one edition; seen: {editions}")
    return f"{pages} answers, each of one edition"


# ------------------------------------------------------------------------------------------------- afterwards


def left_on_disks(region: Region) -> list[str]:
    """Return the files on hosts that are no database in which something of a person stands."""
    found = []
    for name, host in region.hosts.items():
        if name.startswith("db"):
            continue
        for path in host.own.rglob("*"):
            # What this run itself has put there to look for it.
            if path.is_file() and not path.is_symlink() and path.name != "told.json" and "releases" not in path.parts:
                content = path.read_bytes()
                if any(word in content for word in (b"anmald", b"Sokande ", b'@example.se"', b"violence")):
                    found.append(f"{name}:{path.relative_to(host.own)}")
    return found


def logs(region: Region) -> None:
    """Print the last lines of what every service has written."""
    for host in region.hosts.values():
        for path in sorted(host.root.glob("var/log/services/*.log")):
            lines = path.read_text(errors="replace").splitlines()[-6:]
            if lines:
                print(f"--- {host.name} {path.name}", *lines, sep="\n")


STORY: tuple[tuple[str, Happens], ...] = (
    ("nothing happens", calm),
    ("what the proxies keep", proxies_keep_little),
    ("app1 loses its power", app_dies("app1")),
    ("app2 loses its power", app_dies("app2")),
    ("the proxy with the address loses its power", proxy_dies),
    ("and the other one", proxy_dies),
    ("the standby loses its power", standby_dies),
    ("the database server crashes", server_crashes),
    ("the primary loses its power", primary_dies),
    ("the primary is moved for maintenance", switched_over),
    ("a moment is brought back from the backup", moment_brought_back),
    ("a changed catalogue", catalogue_changes),
    ("a new version of schema and program", upgraded),
)
