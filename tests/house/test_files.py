"""The files of the project: what a template and a stylesheet may hold, and what no file names."""

import re
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from portal.settings import ROOT

TEMPLATES = sorted((ROOT / "portal" / "web" / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=[path.stem for path in TEMPLATES])
def test_a_template_holds_no_style_and_no_script_of_its_own(path: Path) -> None:
    # The content security policy would drop them without a word.
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style\b|\sstyle\s*=|\son\w+\s*=|javascript:", text, re.IGNORECASE)
    assert not re.search(r"<script\b(?![^>]*\bsrc=)", text, re.IGNORECASE)


def css() -> str:
    """Return the stylesheets of residents' pages and of officials', without their comments."""
    names = ("portal.css", "apply.css", "paper.css", "officials.css")
    text = "\n".join((ROOT / "static" / name).read_text(encoding="utf-8") for name in names)
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin)-(?:left|right)\b"
    r"|(?:left|right)\s*:|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)


def test_the_stylesheet_serves_both_directions() -> None:
    assert PHYSICAL.findall(css()) == []
    assert PHYSICAL.findall("p { margin-left: 0; left: 1px; text-align: right }") == [
        "margin-left",
        "left:",
        "text-align: right",
    ]


def test_the_stylesheet_breaks_no_script_that_joins_its_letters() -> None:
    for forbidden in ("letter-spacing", "text-transform", "font-style: italic", "text-overflow", "@import"):
        assert forbidden not in css()


def test_the_stylesheet_fetches_nothing_but_letters_of_our_own_by_their_content() -> None:
    # A font is asked for only where a device has none for the script, and never of another host.
    faces = re.findall(r"@font-face \{[^}]*\}", css())
    wanted = [address for face in faces for address in re.findall(r'url\("([^"]*)"\)', face)]
    assert css().count("url(") == len(wanted) == len(faces) == 2
    for face, address in zip(faces, wanted, strict=True):
        assert "unicode-range:" in face
        path, _, version = address.partition("?v=")
        content = (ROOT / "static" / path).read_bytes()
        assert content.startswith(b"wOF2")
        assert version == sha256(content).hexdigest()[:12]


@pytest.mark.parametrize("lock", ["requirements.lock", "conform.lock", "plone/requirements.lock"])
def test_every_dependency_is_locked_with_its_hash_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    logical = [line for line in text.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith(" ")]
    wanted = [line for line in logical if not line.startswith("#")]
    assert len(wanted) > 40
    for line in wanted:
        assert re.match(r"[\w.\-]+==\S+ +--hash=sha256:[0-9a-f]{64}", line), line
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)


def files() -> list[Path]:
    """Return every file that is, or would be, part of the project."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],  # noqa: S607 - the git of whoever works here
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


# Written in halves, so that this file does not name what it looks for.
_HOSTS = "|".join(("py" + "pi", "npm" + "js", "python" + "hosted", "j" + "frog"))
REGISTRY = re.compile(rf"(?:{_HOSTS})\.(?:org|com|io)\b", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.>}\])-])/(?:home|root|Users|work|mnt|private)/\w")


def test_no_file_names_a_registry_or_a_path_of_a_machine() -> None:
    found = files()
    assert ROOT / "Makefile" in found
    named = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in found
        for pattern in (REGISTRY, MACHINE)
        if (match := pattern.search(path.read_text(encoding="utf-8", errors="ignore")))
    ]
    assert not named


@pytest.mark.parametrize("target", ["install", "run", "test", "conform", "bench"])
def test_the_makefile_has_the_commands_that_stay_stable(target: str) -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", text, re.MULTILINE)
    assert target in re.search(r"^\.PHONY: (.+)$", text, re.MULTILINE)[1].split()  # type: ignore[index]


def test_the_continuous_check_is_make_test() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    # The official standards are asked only where they lie beside the project.
    assert [line for line in lines if "make" in line] == [
        "make test",
        "if [ -d ../shared/standards ]; then make conform STANDARDS=../shared/standards; fi",
    ]


def test_what_others_wrote_has_its_licence_beside_it() -> None:
    foreign = [path for path in files() if path.parent.name == "vendor" and path.suffix == ".js"]
    assert foreign
    for path in foreign:
        licence = path.with_name(path.name.split(".")[0] + ".LICENSE")
        assert licence in files()
        assert len(licence.read_text(encoding="utf-8")) > 200


@pytest.mark.parametrize("kind", ["fonts", "icons"])
def test_fonts_and_pictures_of_others_have_their_licence_beside_them(kind: str) -> None:
    found = [path for path in files() if path.parent.name == kind and path.parent.parent.name == "vendor"]
    licences = [path for path in found if path.suffix == ".LICENSE"]
    assert len(found) > len(licences) == 1
    assert len(licences[0].read_text(encoding="utf-8")) > 200
