"""make deploy-one: the recipe for one kommun on a fresh Debian in a folder, from the first step to a restored backup.

As root, with debootstrap. Nothing outside the folder is changed; servers listen on the loopback. A line for each step.
"""

import os
import re
import shlex
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPSConnection
from pathlib import Path
from urllib.parse import urlencode

CHECKOUT = Path(__file__).resolve().parents[2]
PORT = int(os.environ.get("PORT", "28443"))
SITE = f"localhost:{PORT}"
KOMMUN = "lekeberg"
HOME, ETC, VAR = "/opt/insatsportalen", "/etc/insatsportalen", "/var/lib/insatsportalen"


class Failed(Exception):
    """A step did not do what it should; says which."""


def main() -> int:
    """Try everything; return 0 when all of it works."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        print("make deploy-one needs root and debootstrap (apt-get install debootstrap)", file=sys.stderr)
        return 1
    folder = Path(tempfile.mkdtemp(prefix="deploy-one-"))
    try:
        _try(Debian(folder / "debian"))
    except Failed as failed:
        print(f"FAILED: {failed}")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("The recipe for one kommun works.")
    return 0


def _try(debian: "Debian") -> None:
    step("a fresh Debian", debian.make)
    step("set up", debian.set_up)
    with debian.serving():
        step("pages through TLS", lambda: pages(debian))
        step("a wish is kept", lambda: wish(debian))
        step("jobs", lambda: debian.unit("insatsportalen-jobs.service"))
        step("tonight's backup", lambda: debian.unit("insatsportalen-backup.service"))
    env = debian.read(f"{ETC}/portal.env")
    step("set up once more", debian.set_up)
    if debian.read(f"{ETC}/portal.env") != env:
        raise Failed("the keys are others than before")
    if len(list(debian.inside(f"{VAR}/backups").glob("before-*"))) != 1:
        raise Failed("there is no backup from before the change")
    step("restored", lambda: restore(debian))
    with debian.serving():
        step("what was restored is served", lambda: pages(debian))


def step(name: str, does: Callable[[], object]) -> None:
    """Do something, and print how long it took."""
    began = time.monotonic()
    does()
    print(f"{name}: ok, {time.monotonic() - began:.0f} s", flush=True)


class Debian:
    """A Debian in a folder, with no systemd at work: units are read and run as it would."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def inside(self, path: str) -> Path:
        """Return where something of it lies."""
        return self.root / path.removeprefix("/")

    def read(self, path: str) -> str:
        """Return a text file of it."""
        return self.inside(path).read_text(encoding="utf-8")

    def make(self) -> None:
        """Fetch and unpack it, and put the checkout in."""
        given = ["debootstrap", "--variant=minbase", "--include=ca-certificates,systemd", "bookworm", str(self.root)]
        run(given)
        self.inside("/etc/hosts").write_text("127.0.0.1 localhost\n", encoding="utf-8")
        there = self.inside("/srv/checkout")
        there.mkdir(parents=True)
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, check=True, capture_output=True)  # noqa: S607
        for name in filter(None, tracked.stdout.decode().split("\0")):
            target = there / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (CHECKOUT / name).is_file():
                shutil.copy2(CHECKOUT / name, target)

    def set_up(self) -> None:
        """Run the recipe's script."""
        # Each time, as a package may write them anew: certificates and registries as this machine has them.
        for name in ("ssl/certs/ca-certificates.crt", "pip.conf", "resolv.conf"):
            here = Path("/etc", name)
            if here.is_file():
                there = self.inside(f"/etc/{name}")
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(here, there)
        self.run(["/srv/checkout/deploy/one-kommun/install.sh", SITE, KOMMUN])

    def run(self, command: list[str], *, account: str = "root:root", env: dict[str, str] | None = None) -> str:
        """Run a command in it to its end; return what it printed."""
        return run(self._inside(command, account), env=env)

    def _inside(self, command: list[str], account: str = "root:root") -> list[str]:
        return ["chroot", f"--userspec={account}", str(self.root), *command]

    def unit_of(self, name: str) -> tuple[list[str], dict[str, str]]:
        """Return what a unit runs, in its folder, and with which environment."""
        said = dict(re.findall(r"^(\w+)=(.*)$", self.read(f"/etc/systemd/system/{name}"), re.MULTILINE))
        lines = self.read(said["EnvironmentFile"]).splitlines()
        env = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        return ["env", "-C", said["WorkingDirectory"], *shlex.split(said["ExecStart"])], env

    def unit(self, name: str) -> str:
        """Run a unit that ends, as its account."""
        command, env = self.unit_of(name)
        return self.run(command, account="insatsportalen:insatsportalen", env=env)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Let the portal's unit and Caddy serve."""
        command, env = self.unit_of("insatsportalen.service")
        as_it = self._inside(command, "insatsportalen:insatsportalen")
        # On a machine that is somebody's: nothing but the loopback, and no port 80.
        said = self.read("/etc/caddy/Caddyfile").replace(
            "{\n", "{\n\tdefault_bind 127.0.0.1\n\tauto_https disable_redirects\n", 1
        )
        self.inside("/etc/caddy/Trial").write_text(said, encoding="utf-8")
        proxy = self._inside(["caddy", "run", "--adapter", "caddyfile", "--config", "/etc/caddy/Trial"])
        log = self.root.with_name("served.txt")
        with log.open("w") as told:
            started = [
                subprocess.Popen(as_it, env={**BASE, **env}, stdout=told, stderr=told),  # noqa: S603
                subprocess.Popen(proxy, env={**BASE, "XDG_DATA_HOME": "/var/lib/caddy"}, stdout=told, stderr=told),  # noqa: S603
            ]
        try:
            if not until(lambda: get(self, "/healthz")[0] == 200, 60):
                raise Failed("nothing was served within a minute:\n" + log.read_text()[-2000:])
            yield
        finally:
            for one in started:
                one.send_signal(signal.SIGTERM)
            for one in started:
                one.wait(timeout=60)


BASE = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}


def run(command: list[str], env: dict[str, str] | None = None) -> str:
    """Run a command to its end; return what it printed, raise Failed with its last lines."""
    kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
    done = subprocess.run(command, env={**BASE, **kept, **(env or {})}, check=False, capture_output=True)  # noqa: S603
    if done.returncode:
        said = (done.stdout + done.stderr).decode(errors="replace").splitlines()[-12:]
        raise Failed(f"{' '.join(command)[-120:]} ended with {done.returncode}:\n" + "\n".join(said))
    return done.stdout.decode(errors="replace")


def until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again until something is so; return whether it was in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        try:
            if is_so():
                return True
        except OSError:  # nobody answers yet, or the certificate is not made
            pass
        time.sleep(0.5)
    return False


def get(debian: Debian, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    """Ask for a page, or send a form, through TLS whose certificate is checked; return status and text."""
    root = debian.inside("/var/lib/caddy/caddy/pki/authorities/local/root.crt")
    asking = HTTPSConnection("localhost", PORT, timeout=20, context=ssl.create_default_context(cafile=str(root)))
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{SITE}"} if form else {}
        asking.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
        answer = asking.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asking.close()


def pages(debian: Debian) -> None:
    """Look at pages of each kind, and at what the portal says of itself."""
    for path in (f"/sv/{KOMMUN}/", f"/ar/{KOMMUN}/insatser", f"/ti/{KOMMUN}/self-check", f"/sv/{KOMMUN}/groups"):
        status, text = get(debian, path)
        if status != 200 or "<h1" not in text:
            raise Failed(f"{path} answered {status}")
    status, text = get(debian, "/readyz")
    if status != 200:
        raise Failed(f"/readyz: {text}")


def wish(debian: Debian) -> None:
    """Wish for a group as a resident does: it goes through the whole set-up into the database."""
    path = f"/sv/{KOMMUN}/groups"
    status, text = get(debian, path)
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text))
    chosen = dict(re.findall(r'<select id="wish-\w+" name="(\w+)"><option value="([^"]+)"', text))
    if status != 200 or not fields or len(chosen) != 3:
        raise Failed(f"{path} answered {status} without the form of a wish")
    status, _ = get(debian, path, {**fields, **chosen})
    if status not in (200, 201, 303):
        raise Failed(f"a wish answered {status}")


def restore(debian: Debian) -> None:
    """Bring tonight's backup back into an empty database."""
    newest = max(debian.inside(f"{VAR}/backups").glob("portal-*")).name
    for file in debian.inside(VAR).glob("portal.sqlite*"):
        file.rename(file.with_name(f"aside-{file.name}"))
    _, env = debian.unit_of("insatsportalen.service")
    for words in (["database", "upgrade"], ["restore", f"{VAR}/backups/{newest}"]):
        command = ["env", "-C", f"{HOME}/current", ".venv/bin/portal", *words]
        debian.run(command, account="insatsportalen:insatsportalen", env=env)


if __name__ == "__main__":
    raise SystemExit(main())
