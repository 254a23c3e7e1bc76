"""make mutants: does a test go red when the code says something else?

A sample of two hundred changes by a seed (SEED=… takes the same again), each in a copy of the tree, with the tests that
can see it. Prints by floor how many were caught and each that was not; ends with 1 when a floor has less than its goal.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from tests.mutants.explained import is_explained
from tests.mutants.making import FLOORS, Mutant, all_mutants
from tests.mutants.recording import RECORD
from tests.mutants.trying import RECORDED, TRY

ROOT = Path(__file__).resolve().parents[2]
GOALS = {"domain": 95, "actions": 90, "store": 90}
"""The share of each floor that tests must catch, in percent of those that are not explained."""
SAMPLE = 200
NOT_COPIED = (".git", ".venv", "build", "instance", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info")
TESTS = [f"tests/{floor}" for floor in FLOORS]
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider"]


def main() -> int:
    """Try a sample; return 0 when every floor has its goal."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    asked.add_argument("--many", type=int, default=SAMPLE)
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--only", default="", help="the beginning of the paths to take mutants from")
    given = asked.parse_args()
    print(f"SEED={given.seed}", flush=True)
    began = time.monotonic()
    drawn = sample(given.many, given.seed, given.only)
    known = [mutant for mutant in drawn if is_explained(mutant, source(mutant))]
    tried = [mutant for mutant in drawn if mutant not in known]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        recorded = record(Path(folder, "recorded"))
        results = try_all([tried[first :: given.processes] for first in range(given.processes)], Path(folder), recorded)
    is_well = tell(results, known)
    print(f"{len(results)} tried in {time.monotonic() - began:.0f} s; again with SEED={given.seed}")
    return 0 if is_well else 1


def sample(many: int, seed: int, only: str) -> list[Mutant]:
    """Return so many of the mutants of paths that begin so, the same for a seed as long as the code is."""
    mutants = all_mutants(ROOT, only)
    random.Random(seed).shuffle(mutants)  # noqa: S311 - nothing is kept secret by it
    return sorted([mutant for mutant in mutants[: many + 50] if _can_be_read(mutant)][:many])


def record(copy: Path) -> Path:
    """Run the floors' tests once on an unchanged copy; return the file with what each has run."""
    files = sorted((ROOT / "portal").rglob("*.py"))
    changed = "".join(f"{path}{sha256(path.read_bytes()).hexdigest()}" for path in files)
    kept = ROOT / "build" / "mutants" / f"{sha256(changed.encode()).hexdigest()[:16]}.json"
    if not kept.exists():
        print("recording which test runs which line …", flush=True)
        copy_tree(copy)
        kept.parent.mkdir(parents=True, exist_ok=True)
        words = ["-p", "tests.mutants.recording", "-k", "not postgresql", *TESTS]
        subprocess.run([*PYTEST, *words], cwd=copy, env=environment(copy, {RECORD: kept}), check=False)  # noqa: S603
    failed = json.loads(kept.read_text(encoding="utf-8"))["failed"]
    if failed:
        print("These fail with no fault put in, and are left out:", *failed, sep="\n    ")
    return kept


def try_all(lists: Sequence[Sequence[Mutant]], folder: Path, recorded: Path) -> list[dict]:  # type: ignore[type-arg]
    """Try lists of mutants side by side, each in a copy of its own; return for each mutant how it went."""
    workers = []
    for number, mutants in enumerate(lists):
        copy, listed = folder / str(number) / "copy", folder / f"{number}.json"
        copy_tree(copy)
        listed.write_text(json.dumps([asdict(mutant) for mutant in mutants]), encoding="utf-8")
        variables = environment(copy, {TRY: listed, RECORDED: recorded})
        words = [*PYTEST, "-p", "tests.mutants.trying", *TESTS]
        with listed.with_suffix(".said").open("wb") as said:  # a pipe would fill, and hold the worker up
            workers.append((subprocess.Popen(words, cwd=copy, env=variables, stdout=said), listed))  # noqa: S603
    results = []
    for worker, listed in workers:
        worker.wait()
        told = listed.with_suffix(".told")
        results += [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()] if told.exists() else []
        if worker.returncode not in (0, 5):
            said = listed.with_suffix(".said").read_text(encoding="utf-8", errors="replace")
            raise SystemExit(f"The tests could not be run:\n{said[-3000:]}")
    return results


def tell(results: Sequence[dict], known: Sequence[Mutant]) -> bool:  # type: ignore[type-arg]
    """Print what was caught by floor, and each that was not; return whether every floor has its goal."""
    caught, missed, explained = Counter[str](), list[tuple[str, str]](), Counter(mutant.floor for mutant in known)
    for result in results:
        mutant = Mutant(**{**result["mutant"], "lines": tuple(result["mutant"]["lines"])})
        if result["how"] != "survived":
            caught[mutant.floor] += 1
            continue
        line, before, after = mutant.shown(source(mutant))
        missed.append((mutant.floor, f"{mutant.path}:{line} ({result['tests']} tests)\n    - {before}\n    + {after}"))
    is_well = True
    for _, said in missed:
        print(said)
    for floor, goal in GOALS.items():
        tried = caught[floor] + sum(where == floor for where, _ in missed)
        share = 100 * caught[floor] / tried if tried else 100.0
        is_well = is_well and share >= goal
        figures = f"{caught[floor]} of {tried} caught, {share:.0f} % (goal {goal} %)"
        print(f"{floor:>8}: {figures}; {explained[floor]} explained")
    return is_well


def source(mutant: Mutant) -> str:
    """Return the file of a mutant as it is."""
    return (ROOT / mutant.path).read_text(encoding="utf-8")


def copy_tree(copy: Path) -> None:
    """Copy the project, without what it makes."""
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
    (copy.parent / "tmp").mkdir(exist_ok=True)


def environment(copy: Path, more: Mapping[str, Path]) -> dict[str, str]:
    """Return the variables of a run of tests in a copy: its programs are the copy's, and so is its rubbish."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    named = {name: str(value) for name, value in more.items()}
    return {**kept, "PYTHONPATH": str(copy), "TMPDIR": str(copy.parent / "tmp"), **named}


def _can_be_read(mutant: Mutant) -> bool:
    try:
        compile(mutant.of(source(mutant)), mutant.path, "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())
