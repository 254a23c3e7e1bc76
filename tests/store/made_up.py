"""A made-up kommun on disk, whole and lawful, of which a test breaks one thing."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from portal.domain.findings import ERROR
from portal.store.loading import read_knowledge

GONE = object()
"""The value of a key that a change takes away."""

ID = "solbacka"
KOMMUN_FILE = f"kommuner/{ID}/kommun.yaml"
KURS_FILE = f"kommuner/{ID}/insatser/kurs.yaml"

KOMMUN: dict[str, Any] = {
    "name": "Solbacka",
    "full_name": "Solbacka kommun",
    "postal_towns": ["Solbacka"],
    "neighbours": ["Granby"],
    "decisions": {"beslut-2025": {"board": "Socialnämnden", "number": "SN 12-3", "date": date(2025, 9, 1)}},
    "contact_centre": "vaxel",
    "contacts": {
        "vaxel": {
            "unit": "Växeln",
            "phone": "0100-12 34 56",
            "hours": [
                {"days": ["mon", "tue", "wed", "thu"], "opens": "08:00", "closes": "16:30"},
                {"days": ["fri"], "opens": "08:00", "closes": "15:00"},
            ],
            "day_before_holiday": {"opens": "08:00", "closes": "12:00"},
            "visit": "Storgatan 1, Solbacka",
            "languages": ["svenska", "English"],
            "anonymous": True,
            "source": "påhittad",
            "confirmed": {"on": date(2026, 10, 1), "by": "Växeln"},
        },
        "kursen": {"unit": "Föräldrastödet", "through": "vaxel", "ask_for": "föräldrastödet"},
    },
}

KURS: dict[str, Any] = {
    "name": "Solbackakursen",
    "search": ["föräldrakurs"],
    "route": "direct",
    "access": "self",
    "topics": ["parenting"],
    "summary": "En kurs i grupp för föräldrar.",
    "audience": "För dig som har barn 3–12 år.",
    "happens": ["Ni ses en kväll i veckan.", "Ni pratar om vardagen."],
    "guidance": ["Du kan komma ensam."],
    "how": {
        "meetings": 4,
        "minutes": 150,
        "every": "week",
        "weeks": 4,
        "group": {"from": 6, "to": 12},
        "places": ["office"],
        "note": "Kursen hålls på våren.",
    },
    "cost": {"kind": "free", "note": "Fika ingår."},
    "conditions": [{"child_age": {"from": 3, "to": 12}}, {"residence": ["registered", "staying"]}],
    "without_guardian_from": None,
    "documentation": {"regime": "advice", "cited": "14 kap. 4 §", "enacted": "14 kap. 4 §"},
    "decision": "beslut-2025",
    "source": {"document": "paahittad.txt", "heading": "Solbackakursen"},
    "contact": "kursen",
}


def changed(whole: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return a copy with some keys changed, added or (GONE) taken away; a dotted key reaches into the mappings."""
    copy = deepcopy(whole)
    for path, value in changes.items():
        *outer, last = path.split(".")
        place = copy
        for key in outer:
            place = place[key]
        if value is GONE:
            del place[last]
        else:
            place[last] = value
    return copy


def write(path: Path, content: object) -> None:
    """Write a file of the catalogue: bytes and text as they are, everything else as YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")


def write_kommun(
    folder: Path,
    *,
    kommun: dict[str, Any] | None = None,
    kurs: dict[str, Any] | None = None,
    insatser: dict[str, dict[str, Any]] | None = None,
) -> Path:
    """Write the kommun, with changes to kommun.yaml and to its course, and with more insatser; return its folder."""
    home = folder / "kommuner" / ID
    write(home / "kommun.yaml", changed(KOMMUN, kommun or {}))
    write(home / "insatser" / "kurs.yaml", changed(KURS, kurs or {}))
    for insats_id, changes in (insatser or {}).items():
        write(home / "insatser" / f"{insats_id}.yaml", changed(KURS, {"name": insats_id, **changes}))
    return home


def assert_refused(folder: Path, line: str, says: str) -> None:
    """Assert that reading finds an error, on a line that begins with file and place."""
    _, findings = read_knowledge(folder)
    lines = [finding.line for finding in findings if finding.severity == ERROR]
    assert [found for found in lines if found.startswith(f"{line}: ") and says in found], lines
