"""The region of the recipe, made up: its Debian, its six hosts, and how each of them is."""

import json
import re
import shutil
import ssl
import subprocess
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from tests.groups import KEY
from tests.nation.hosts import ETC, HOME, NET, REGION_ENV, ROOT, Failed, Host, begin_network, run, services_of, until
from tests.nation.kommuner import write_nation
from tests.nation.residents import Way

SITE, VIP = "stod.example.se", f"{NET}.10"
ADDRESSES = {"proxy1": 11, "proxy2": 12, "app1": 21, "app2": 22, "db1": 31, "db2": 32}
PACKAGES = (
    "ca-certificates,openssl,iproute2,procps,make,python3-venv,haproxy,keepalived,pgbouncer,patroni,python3-etcd,"
    "python3-psycopg2,etcd-server,postgresql-15,pgbackrest"
)
ONE, TWO = f"{HOME}/releases/one", f"{HOME}/releases/two"
DATA = "/srv/data"
CERTIFICATE, KEY_FILE = "/etc/haproxy/certificate.pem", "/etc/haproxy/key.pem"


def make_base(base: Path) -> None:
    """Make the Debian that the hosts have in common, with the program in it."""
    if not (base / ONE.removeprefix("/") / ".venv/bin/gunicorn").exists():
        shutil.rmtree(base, ignore_errors=True)
        run("debootstrap", "--variant=minbase", f"--include={PACKAGES}", "bookworm", str(base))
        for name in ("resolv.conf", "pip.conf", "ssl/certs/ca-certificates.crt"):
            if Path("/etc", name).is_file():
                shutil.copyfile(Path("/etc", name), base / "etc" / name)
        copy_program(base / ONE.removeprefix("/"))
        run("chroot", str(base), "make", "-s", "-C", ONE, "install")
    copy_program(base / ONE.removeprefix("/"))
    copy_program(base / "srv/checkout")
    run("chroot", str(base), f"{ONE}/.venv/bin/portal", "translations", "compile", env={"PWD": ONE})
    shutil.rmtree(base / DATA.removeprefix("/"), ignore_errors=True)
    write_nation(base / DATA.removeprefix("/"))


def copy_program(there: Path) -> None:
    """Copy the checkout as it is."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (there / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, there / name)


class Region:
    """Six hosts on one network, each over the same Debian."""

    def __init__(self, base: Path, folder: Path) -> None:
        self.folder = folder
        self.hosts = {name: Host(name, f"{NET}.{number}", base, folder) for name, number in ADDRESSES.items()}
        self._base = base

    def begin(self) -> None:
        """Make the network and the hosts, and turn them on: databases first."""
        begin_network()
        self._write_settings()  # first of all: the hosts are set up by them
        for host in self.hosts.values():
            host.make()
            if host.name.startswith("app"):
                self._give_keys(host)
            host.services = services_of(host)
        for name in ("proxy1", "db1", "db2"):
            self.hosts[name].begin()
        until(self.has_standby, 120, "a primary with a standby that has all it has")
        self.backed_up("stanza-create")
        for name in ("app1", "app2", "proxy2"):
            self.hosts[name].begin()

    def _write_settings(self) -> None:
        example = (ROOT / "deploy/region/region.env.example").read_text(encoding="utf-8")
        made = re.sub(
            r"^(\w+PASS\w+)=$", lambda found: f"{found[1]}={found[1].lower()[:8]}", example, flags=re.MULTILINE
        )
        settings = self._base / REGION_ENV.removeprefix("/")
        settings.parent.mkdir(exist_ok=True)
        settings.write_text(made, encoding="utf-8")
        pem = self._base / "etc/haproxy/portal.pem"
        run(
            *("chroot", str(self._base), "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt"),
            *("ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={SITE}"),
            *("-addext", f"subjectAltName=DNS:{SITE}", "-keyout", KEY_FILE, "-out", CERTIFICATE),
        )
        made = "".join((self._base / name.removeprefix("/")).read_text() for name in (CERTIFICATE, KEY_FILE))
        pem.write_text(made, encoding="ascii")

    def _give_keys(self, host: Host) -> None:
        env = host.inside(f"{ETC}/portal.env")
        more = {"PORTAL_SECRET_KEY": "x" * 40, "PORTAL_ENCRYPTION_KEYS": KEY, "PORTAL_DATA": DATA}
        env.write_text(env.read_text() + "".join(f"{name}={value}\n" for name, value in more.items()))
        host.inside(f"{HOME}/current").symlink_to(ONE)

    def way(self) -> Way:
        """Return how everybody comes to it."""
        return Way(SITE, VIP, ssl.create_default_context(cafile=str(self._base / CERTIFICATE.removeprefix("/"))))

    def backed_up(self, *words: str, host: str = "") -> str:
        """Run pgbackrest on a database host, or on the primary."""
        command = ("pgbackrest", "--stanza=portal", *words)
        return self.hosts[host or self.primary()].do(*command, user="postgres")

    # --------------------------------------------------------------------------------------------- how it is

    def members(self) -> list[dict[str, Any]]:
        """Return what patroni says of the database hosts; raise Failed where it says nothing."""
        for name in ("db1", "db2"):
            status, text = ask(self.hosts[name].address, 8008, "/cluster")
            if status == 200:
                found: list[dict[str, Any]] = json.loads(text)["members"]
                return found
        raise Failed("no database host answers")

    def primary(self) -> str:
        """Return the database host that is the primary."""
        for name in ("db1", "db2"):
            if ask(self.hosts[name].address, 8008, "/primary")[0] == 200:
                return name
        raise Failed("there is no primary")

    def standby(self) -> str:
        """Return the other one."""
        return {"db1": "db2", "db2": "db1"}[self.primary()]

    def has_standby(self) -> bool:
        """Return whether there is a primary, and a standby that has all it has."""
        return sorted(one["role"] for one in self.members() if one["state"] in ("running", "streaming")) == [
            "leader",
            "sync_standby",
        ]

    def holder(self) -> str:
        """Return the proxy that has the region's address."""
        for name in ("proxy1", "proxy2"):
            if f" {VIP}/" in self.hosts[name].do("ip", "addr", "show", "dev", "eth0"):
                return name
        raise Failed("no proxy has the region's address")

    def holder_but(self, gone: str) -> bool:
        """Return whether the other proxy has the region's address."""
        other = {"proxy1": "proxy2", "proxy2": "proxy1"}[gone]
        return f" {VIP}/" in self.hosts[other].do("ip", "addr", "show", "dev", "eth0")

    def is_serving(self, app: str) -> bool:
        """Return whether an application host is ready."""
        return ask(self.hosts[app].address, 8000, "/readyz", 15.0)[0] == 200


def ask(address: str, port: int, path: str, seconds: float = 2.0) -> tuple[int, str]:
    """Ask a host itself; return status and text, 0 where it does not answer."""
    connection = HTTPConnection(address, port, timeout=seconds)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()
