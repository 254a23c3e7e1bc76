"""A folder of kommuner that is a link: each version lies whole beside it, and one step leads to another version.

catalogue -> .catalogue/3f9a…     who reads follows the link once, and so reads one version
"""

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

KEPT = 3
"""Versions beside the link, with the one that it leads to: who began to read an older one reads on."""

_UNFINISHED = "new-"


class NoLink(Exception):
    """A folder that cannot be swapped in one step; says what to do."""


@contextmanager
def version_beside(link: Path, before: Path, files: Mapping[str, str], gone: str) -> Iterator[Path]:
    """Give a copy of what the link leads to (`before` where it is not there yet) with other files; `turn` keeps it.

    gone: a folder within it of which only `files` stay. Two at once wait, and the second begins from the first's.
    """
    if link.exists() and not link.is_symlink():
        raise NoLink(f"{link} is a folder and no link; once: mv {link} {link}.1 && ln -s {link.name}.1 {link}")
    beside = _beside(link)
    beside.mkdir(parents=True, exist_ok=True)
    with (beside / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in beside.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left)
        made = Path(mkdtemp(prefix=_UNFINISHED, dir=beside))
        try:
            made.chmod(0o755)  # who serves it is somebody else than who fetched it
            source = link.resolve() if link.exists() else before
            shutil.copytree(source / "kommuner", made / "kommuner")
            shutil.rmtree(made / gone, ignore_errors=True)
            for name, text in files.items():
                path = made / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)


def turn(link: Path, made: Path) -> bool:
    """Let the link lead to a new version, in one step; return False where it leads to the same already."""
    version = _beside(link) / _digest(made)
    if version.exists():
        if link.resolve() == version.resolve():
            return False
        os.utime(version)
    else:
        os.sync()  # a link on disk that leads to files that are not there yet would be worse than the old one
        made.rename(version)
    if link.exists():
        os.utime(link.resolve())  # who reads it now reads on: it is the last to be forgotten
    turned = _beside(link) / "turned"
    turned.unlink(missing_ok=True)
    turned.symlink_to(Path(_beside(link).name, version.name))
    turned.rename(link)
    _forget(link, version)
    return True


def _beside(link: Path) -> Path:
    return link.parent / f".{link.name}"


def _digest(folder: Path) -> str:
    found = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found.update(f"{path.relative_to(folder)}\0{len(content)}\0".encode() + content)
    return found.hexdigest()[:20]


def _forget(link: Path, version: Path) -> None:
    """Remove the versions that nobody reads any more: the oldest but for a few."""
    others = [path for path in _beside(link).iterdir() if path.is_dir() and path != version]
    for path in sorted(others, key=lambda one: one.stat().st_mtime, reverse=True)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
