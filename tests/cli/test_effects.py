"""What a change does is told by kommun and by kinds of residents."""

from pathlib import Path

import pytest

from portal.cli.effects import tell_effect
from portal.store.loading import load_catalogue
from tests.store.made_up import ID, write_kommun


def test_who_loses_what_and_that_nobody_does(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    narrower = [{"child_age": {"from": 3, "to": 9}}, {"residence": ["registered", "staying"]}]
    write_kommun(tmp_path / "old")
    write_kommun(tmp_path / "new", kurs={"conditions": narrower, "audience": "För dig som har barn 3–9 år."})
    old, new = load_catalogue(tmp_path / "old"), load_catalogue(tmp_path / "new")
    tell_effect(old, new, ID, 400)
    assert f"{ID}: -" in capsys.readouterr().out
    tell_effect(old, old, ID, 400)
    assert capsys.readouterr().out == f"{ID}: nobody gains or loses anything, and nobody is told otherwise\n"
