"""What systemd is to a host: it starts services, begins those anew that end, and ends them when told; in one file.

It runs as the first process of a made-up host. `/etc/services.json` says what runs; files in `/run/told` tell it more:
`stop-NAME` ends a service until the file is gone, `reload-NAME` sends SIGHUP, and nothing begins before `go`.
"""

import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

TOLD = Path("/run/told")
AGAIN = 1.0
"""Seconds until a service that ended begins anew."""

LOOKS = 0.1


class Service:
    """A service: its process, and what it was told."""

    def __init__(self, said: dict[str, Any]) -> None:
        self.name: str = said["name"]
        self._said = said
        self._process: subprocess.Popen[bytes] | None = None
        self._ended_at = 0.0

    def look(self) -> None:
        """Do what is to be done now."""
        reload = TOLD / f"reload-{self.name}"
        if reload.exists():
            reload.unlink()
            self._send(signal.SIGHUP)
        is_stopped = (TOLD / f"stop-{self.name}").exists()
        if self._process is not None and self._process.poll() is not None:
            self._process, self._ended_at = None, time.monotonic()
            (TOLD / f"running-{self.name}").unlink(missing_ok=True)
        if is_stopped:
            self._send(signal.SIGTERM)
        elif self._process is None and time.monotonic() - self._ended_at > AGAIN:
            self._begin()

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(number)

    def _begin(self) -> None:
        said = self._said
        user = ["setpriv", f"--reuid={said['user']}", f"--regid={said['user']}", "--init-groups"]
        command = [*(user if said["user"] != "root" else []), *said["command"]]
        env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", **said["env"], **_from_file(said)}
        with Path(f"/var/log/services/{self.name}.log").open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - what the recipe says
                command, cwd=said["folder"], env=env, stdout=log, stderr=log, start_new_session=True
            )
        (TOLD / f"running-{self.name}").write_text(str(self._process.pid))


def _from_file(said: dict[str, Any]) -> dict[str, str]:
    if not said["env_file"]:
        return {}
    lines = Path(said["env_file"]).read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def main() -> None:
    """Run the host's services for ever."""
    Path("/var/log/services").mkdir(exist_ok=True)
    while not (TOLD / "go").exists():  # the host's network is made from outside
        time.sleep(LOOKS)
    services = [Service(said) for said in json.loads(Path("/etc/services.json").read_text(encoding="utf-8"))]
    while True:
        for one in services:
            one.look()
        _reap()
        time.sleep(LOOKS)


def _reap() -> None:
    """Bury the orphans of this host that are nobody's service; a service's own end is asked for by its Popen."""
    for line in Path("/proc/self/task/1/children").read_text().split():
        try:
            stat = Path(f"/proc/{line}/stat").read_text()
            is_orphan = Path(f"/proc/{line}/stat").exists() and stat.rpartition(")")[2].split()[0] == "Z"
        except OSError:
            continue
        if is_orphan and not any(Path(path).read_text() == line for path in TOLD.glob("running-*")):
            try:
                os.waitpid(int(line), os.WNOHANG)
            except ChildProcessError:
                continue


if __name__ == "__main__":
    main()
