"""A nation of kommuner as files: small, lawful and made up, beside one that is real."""

import shutil
from pathlib import Path

import yaml

from portal.store.loading import DATA
from tests.groups import KOMMUN as REAL
from tests.store.made_up import KOMMUN, KURS, changed, write

COUNT = 290
CHANGES = "made-001"
"""Whose catalogue is changed while it is served."""


def names(count: int = COUNT) -> list[str]:
    """Return the ids of the nation's kommuner; the real one is the first."""
    return [REAL, *(f"made-{number:03}" for number in range(1, count))]


def write_nation(folder: Path, count: int = COUNT) -> None:
    """Write the files of a nation into a folder that PORTAL_DATA can name."""
    shutil.copytree(DATA / "kommuner" / REAL, folder / "kommuner" / REAL)
    for kommun in names(count)[1:]:
        name = f"Orten {kommun.removeprefix('made-')}"
        said = {"name": name, "full_name": f"{name}s kommun", "postal_towns": [name], "neighbours": []}
        write(folder / "kommuner" / kommun / "kommun.yaml", changed(KOMMUN, said))
        write_course(folder, kommun, 1)


def write_course(folder: Path, kommun: str, edition: int) -> None:
    """Write the one course of a kommun: its name and its summary say the same edition."""
    said = {"name": f"Kursen utgåva {edition}", "summary": f"En kurs i grupp, utgåva {edition}."}
    path = folder / "kommuner" / kommun / "insatser" / "kurs.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(changed(KURS, said), allow_unicode=True, sort_keys=False)
    half = path.with_suffix(".new")
    half.write_text(text, encoding="utf-8")
    half.replace(path)
