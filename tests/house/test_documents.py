"""What the documents tell an operator to type works as it stands there, and their tables are tables."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings import ROOT

DOCUMENTS = sorted((*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))


def test_the_portal_starts_with_what_operations_says_and_nothing_more(tmp_path: Path) -> None:
    serving = (ROOT / "docs" / "operations.md").read_text("utf-8").partition("## Serving")[2].partition("\n## ")[0]
    (typed,) = re.findall(r"^```sh\n(.*?)^```$", serving, re.MULTILINE | re.DOTALL)
    *prepared, served = typed.strip().splitlines()
    assert served.endswith(" wsgi:app")
    # The server itself would wait for visitors: it is asked to load the portal and stop.
    script = "\n".join(("set -e", *prepared, f"{served.removesuffix('wsgi:app')} --check-config wsgi:app"))
    bin_folder = Path(sys.executable).parent
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment["PORTAL_DATABASE_URL"] = f"sqlite:///{tmp_path / 'portal.sqlite'}"
    script = script.replace(".venv/bin/", f"{bin_folder}/")
    done = subprocess.run(  # noqa: S603 - what stands in our own document
        ["/bin/sh", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_no_empty_line_breaks_a_table(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    broken = [
        number
        for number, (above, line, below, head) in enumerate(
            zip(lines, lines[1:], lines[2:], [*lines[3:], ""], strict=False)
        )
        if not line and above.startswith("|") and below.startswith("|") and not re.match(r"\|[ :|-]+\|$", head)
    ]
    assert broken == []
