"""Made-up hosts of one machine: each has its own disk over one Debian, its own network, its own processes.

A host is a namespace of processes: when its first process is killed all of it is gone at once, as when its power goes.
"""

import json
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
BRIDGE, NET = "br0", "10.77.0"
HOME, ETC = "/opt/insatsportalen", "/etc/insatsportalen"
REGION_ENV = f"{ETC}/region.env"

PATH = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}


class Failed(Exception):
    """Something did not go as it must; says what."""


def run(*command: str, env: dict[str, str] | None = None) -> str:
    """Run a command to its end; return what it printed, raise Failed with its last lines."""
    done = subprocess.run(command, env={**PATH, **(env or {})}, check=False, capture_output=True, timeout=300)  # noqa: S603
    if done.returncode:
        said = (done.stdout + done.stderr).decode(errors="replace").splitlines()[-12:]
        raise Failed(f"{' '.join(command)[-160:]} ended with {done.returncode}:\n" + "\n".join(said))
    return done.stdout.decode(errors="replace")


def until(is_so: Callable[[], object], seconds: float, says: str) -> float:
    """Ask again and again until something is so; return after how many seconds it was, raise Failed."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        try:
            if is_so():
                return time.monotonic() - began
        except (OSError, Failed):
            pass
        time.sleep(0.2)
    raise Failed(f"{says}: not within {seconds:.0f} seconds")


def begin_network() -> None:
    """Make the network of all hosts, in the namespace of this process; .1 is everybody who visits."""
    for words in (
        "link set lo up",
        f"link add {BRIDGE} type bridge",
        f"addr add {NET}.1/24 dev {BRIDGE}",
        f"link set {BRIDGE} up",
    ):
        run("ip", *words.split())


@dataclass
class Host:
    """One host, of the recipe's name."""

    name: str
    address: str
    base: Path
    folder: Path
    services: list[dict[str, Any]] = field(default_factory=list)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def root(self) -> Path:
        """Return its disk."""
        return self.folder / self.name / "root"

    @property
    def own(self) -> Path:
        """Return what its disk has beside the Debian that all have."""
        return self.folder / self.name / "own"

    def inside(self, path: str) -> Path:
        """Return where something of it lies."""
        return self.root / path.removeprefix("/")

    def make(self) -> None:
        """Give it a disk, and set it up by the recipe."""
        home = self.folder / self.name
        for name in ("root", "own", "work"):
            (home / name).mkdir(parents=True)
        layers = f"lowerdir={self.base},upperdir={self.own},workdir={home / 'work'}"
        run("mount", "-t", "overlay", "overlay", "-o", layers, str(self.root))
        if self.name.startswith("db"):
            self._share_repository()
        self.inside("/etc/hostname").write_text(f"{self.name}\n")
        run("chroot", str(self.root), "/srv/checkout/deploy/region/set-up.sh", self.name, REGION_ENV)
        shutil.copy(Path(__file__).with_name("init.py"), self.inside("/usr/local/sbin/first"))

    def _share_repository(self) -> None:
        """Mount the folder that both database hosts back up to, as a server of files gives it."""
        shared, here = self.folder / "repository", self.inside("/var/lib/pgbackrest")
        shared.mkdir(exist_ok=True)
        here.mkdir(parents=True, exist_ok=True)
        run("mount", "--bind", str(shared), str(here))

    def begin(self) -> None:
        """Turn it on."""
        self.inside("/etc/services.json").write_text(json.dumps(self.services))
        shutil.rmtree(self.root / "run", ignore_errors=True)
        for name in ("told", "haproxy", "postgresql", "lock"):
            (self.root / "run" / name).mkdir(parents=True)
        run("chroot", str(self.root), "sh", "-c", "chown postgres /run/postgresql 2>/dev/null || true")
        first = "mount -t proc proc /proc; mount -t tmpfs none /dev/shm; exec python3 /usr/local/sbin/first"
        own = ("--net", "--mount", "--pid", "--fork", "--kill-child")
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            ["unshare", *own, "chroot", str(self.root), "sh", "-c", first],  # noqa: S607 - the system's own
            env=PATH,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self._first, 10, f"{self.name} begins")
        pid, ours, theirs = str(self.process.pid), f"v-{self.name}", f"p-{self.name}"
        run("ip", "link", "add", ours, "type", "veth", "peer", "name", theirs)
        run("ip", "link", "set", ours, "master", BRIDGE, "up")
        run("ip", "link", "set", theirs, "netns", pid)
        for words in (
            f"link set {theirs} name eth0",
            f"addr add {self.address}/24 dev eth0",
            "link set lo up",
            "link set eth0 up",
        ):
            run("nsenter", "-t", pid, "--net", "ip", *words.split())

        self.inside("/run/told/go").touch()

    def _first(self) -> str:
        """Return the first process of the host, as this process calls it."""
        assert self.process is not None
        pid = self.process.pid
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return found[0] if found else ""

    def kill(self) -> None:
        """Take its power away."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        with suppress(Failed):  # it may be gone already, with the other end
            run("ip", "link", "del", f"v-{self.name}")

    def do(self, *command: str, user: str = "root", folder: str = "/", env: dict[str, str] | None = None) -> str:
        """Run a command on it to its end, as an account."""
        as_it = [] if user == "root" else ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
        enter = ["nsenter", "-t", self._first(), "--net", "--pid", "--mount", "--root", "--wd=/"]
        return run(*enter, *as_it, "env", "-C", folder, *command, env=env)

    def portal(self, *words: str) -> str:
        """Run a command of the portal on it, with its settings."""
        said = self.inside(f"{ETC}/portal.env").read_text().splitlines()
        env = dict(line.split("=", 1) for line in said if "=" in line and not line.startswith("#"))
        command = [f"{HOME}/current/.venv/bin/portal", *words]
        return self.do(*command, user="insatsportalen", folder=f"{HOME}/current", env=env)

    def tell(self, what: str, service: str) -> None:
        """Tell its first process: `stop` or `reload` a service."""
        self.inside(f"/run/told/{what}-{service}").touch()

    def restart(self, service: str) -> None:
        """End a service in good order, and begin it anew."""
        self.tell("stop", service)
        running = self.inside(f"/run/told/running-{service}")
        until(lambda: not running.exists(), 90, f"{service} on {self.name} ends")
        self.inside(f"/run/told/stop-{service}").unlink()
        until(running.exists, 30, f"{service} on {self.name} begins")

    def log(self, service: str) -> str:
        """Return what a service has written."""
        path = self.inside(f"/var/log/services/{service}.log")
        return path.read_text(errors="replace") if path.exists() else ""


def service(name: str, *command: str, user: str = "root", env_file: str = "", **env: str) -> dict[str, Any]:
    """Return what a host's first process is told of a service."""
    return {"name": name, "command": command, "user": user, "folder": "/", "env_file": env_file, "env": env}


def unit(host: Host, name: str) -> dict[str, Any]:
    """Return a service of the recipe as its unit says it."""
    text = host.inside(f"/etc/systemd/system/{name}.service").read_text(encoding="utf-8")
    said = dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))
    found = service(name, *shlex.split(said["ExecStart"]), user=said["User"], env_file=said["EnvironmentFile"])
    return found | {"folder": said["WorkingDirectory"], "env": {"PYTHONUNBUFFERED": "1"}}


def services_of(host: Host) -> list[dict[str, Any]]:
    """Return what runs on a host; those of Debian as their own units say it."""
    haproxy = service("haproxy", "haproxy", "-W", "-f", "/etc/haproxy/haproxy.cfg")
    etcd = service("etcd", "etcd", user="etcd", env_file="/etc/default/etcd")
    if host.name.startswith("proxy"):
        keepalived = service("keepalived", "keepalived", "--dont-fork", "--log-console", "--pid", "/run/keepalived.pid")
        return [haproxy, keepalived, *([etcd] if host.name == "proxy1" else [])]
    if host.name.startswith("app"):
        pgbouncer = service("pgbouncer", "pgbouncer", "/etc/pgbouncer/pgbouncer.ini", user="postgres")
        return [haproxy, pgbouncer, unit(host, "insatsportalen"), unit(host, "insatsportalen-jobs")]
    patroni = service("patroni", "patroni", "/etc/patroni/config.yml", user="postgres")
    return [etcd, patroni]
