"""What has to be added together: a test goes red for each thing that was forgotten."""

import ast
import re
import shutil
from pathlib import Path

import pytest
import yaml
from flask import Flask

from portal.domain.catalogue.conditions import KINDS
from portal.domain.catalogue.whole import Catalogue
from portal.domain.knowledge import Knowledge
from portal.domain.staff.roles import Deed
from portal.settings import ROOT, Oidc
from portal.store.languages.extraction import domains
from portal.store.languages.menu import TRANSLATIONS, load_languages
from portal.store.languages.translations import missing, update
from portal.web.storage import put_storage
from portal.web.voices.negotiating import codes
from tests.apps import create_app
from tests.conftest import TUESDAY, Town, settings
from tests.pages import Visitor
from tests.pseudo import add_language, mirrored
from tests.web.test_every_page import pages

TEMPLATES = ROOT / "portal" / "web" / "templates"
FLOORS = ("domain", "store", "actions", "web", "cli")

# Who may fetch what. Every route stands in exactly one list.
ACCESS: dict[str, set[str]] = {
    "everybody": {
        "GET /",
        "GET /.well-known/security.txt",
        "GET /<lang>/",
        "GET /<lang>/<kommun>/",
        "GET /<lang>/<kommun>/accessibility",
        "GET /<lang>/<kommun>/apply",
        "GET /<lang>/<kommun>/apply/<kind_id>",
        "POST /<lang>/<kommun>/apply/<kind_id>",
        "POST /<lang>/<kommun>/apply/<kind_id>/file",
        "GET /<lang>/<kommun>/groups",
        "POST /<lang>/<kommun>/groups",
        "GET /<lang>/<kommun>/groups/calendar.ics",
        "GET /<lang>/<kommun>/groups/<group_id>",
        "POST /<lang>/<kommun>/groups/<group_id>",
        "GET /<lang>/<kommun>/groups/<group_id>/calendar.ics",
        "GET /<lang>/<kommun>/groups/<group_id>/sign-up",
        "POST /<lang>/<kommun>/groups/<group_id>/sign-up",
        "GET /<lang>/<kommun>/contacts/<contact_id>/card",
        "GET /<lang>/<kommun>/counted",
        "POST /<lang>/<kommun>/counted",
        "GET /<lang>/<kommun>/insatser",
        "POST /<lang>/<kommun>/insatser",
        "GET /<lang>/<kommun>/insatser.rss",
        "GET /<lang>/<kommun>/insatser/<insats_id>",
        "GET /<lang>/<kommun>/insatser/<insats_id>/card",
        "GET /<lang>/<kommun>/insatser/<insats_id>/leaflet",
        "GET /<lang>/<kommun>/my-application",
        "POST /<lang>/<kommun>/my-application",
        "POST /<lang>/<kommun>/my-application/add",
        "GET /<lang>/<kommun>/my-list",
        "GET /<lang>/<kommun>/my-place",
        "POST /<lang>/<kommun>/my-place",
        "GET /<lang>/<kommun>/my-place/calendar.ics",
        "GET /<lang>/<kommun>/officials",
        "GET /<lang>/<kommun>/officials/coverage",
        "GET /<lang>/<kommun>/officials/embed",
        "GET /<lang>/<kommun>/officials/law",
        "GET /<lang>/<kommun>/officials/skr",
        "GET /<lang>/<kommun>/privacy",
        "GET /<lang>/<kommun>/translation",
        "POST /<lang>/<kommun>/translation",
        "GET /<lang>/<kommun>/saved",
        "GET /<lang>/<kommun>/self-check",
        "POST /<lang>/<kommun>/self-check",
        "GET /embed/<lang>/<kommun>/self-check",
        "POST /embed/<lang>/<kommun>/self-check",
        "GET /static/icons.svg",
        "GET /static/kommuner/<kommun>.css",
        "GET /static/kommuner/<kommun>.svg",
        "GET /static/pictures.svg",
        "GET /static/<path:filename>",
    },
    # Only where there is a provider of electronic identities.
    "with an electronic identity": {
        "GET /<lang>/<kommun>/apply/<kind_id>/identify",
        "GET /identify/answer",
    },
    "programs": {
        "GET /api/v1/kommuner",
        "POST /catalogue/changed",
        "GET /api/v1/<kommun>/changes",
        "GET /api/v1/<kommun>/groups",
        "GET /api/v1/<kommun>/insatser",
        "GET /api/v1/<kommun>/insatser/<insats>",
        "GET /api/v1/api-info",
        "GET /api-info",
        "GET /api/v1/<kommun>/questions",
        "POST /api/v1/<kommun>/self-check",
        "GET /api/v1/openapi.json",
        "GET /<lang>/<kommun>/app.webmanifest",
        "GET /api/cpsv/<kommun>.ttl",
        "GET /api/hsds/v3/",
        "GET /api/hsds/v3/openapi.json",
        "GET /api/hsds/v3/organizations",
        "GET /api/hsds/v3/organizations/<uuid:organization_id>",
        "GET /api/hsds/v3/services",
        "GET /api/hsds/v3/services/<uuid:service_id>",
        "GET /datasets/dcat",
        "GET /dcat.ttl",
        "GET /favicon.ico",
        "GET /healthz",
        "GET /robots.txt",
        "GET /sitemap.xml",
        "GET /readyz",
        "GET /metrics",
        "GET /worker.js",
    },
}

# The staff room: each page stands under the deed that opens it. `None` is the way in.
STAFF: dict[Deed | None, set[str]] = {
    None: {
        "GET /staff/choose-factor",
        "GET /staff/code",
        "GET /staff/kommun",
        "GET /staff/kommun/answer",
        "GET /staff/passkey",
        "GET /staff/passkeys",
        "GET /staff/passkeys/remove",
        "GET /staff/recovery-code",
        "GET /staff/recovery-codes",
        "GET /staff/second-factor",
        "GET /staff/sign-in",
        "GET /staff/welcome",
        "POST /staff/choose-factor",
        "POST /staff/code",
        "POST /staff/passkey",
        "POST /staff/passkey/<token>",
        "POST /staff/passkeys",
        "POST /staff/passkeys/<token>",
        "POST /staff/passkeys/remove",
        "POST /staff/recovery-code",
        "POST /staff/recovery-codes",
        "POST /staff/second-factor",
        "POST /staff/second-factor/<token>",
        "POST /staff/sign-in",
        "POST /staff/sign-out",
        "POST /staff/welcome",
    },
    Deed.BE_STAFF: {
        "GET /staff",
        "GET /staff/",
        "GET /staff/account",
        "POST /staff/account/language",
        "POST /staff/account/password",
    },
    Deed.HANDLE_APPLICATIONS: {
        "GET /staff/applications",
        "GET /staff/applications/<application_id>",
        "GET /staff/applications/<application_id>/application.json",
        "GET /staff/applications/<application_id>/application.pdf",
        "GET /staff/applications/<application_id>/ask",
        "GET /staff/applications/<application_id>/close",
        "GET /staff/applications/<application_id>/delete",
        "GET /staff/applications/<application_id>/files/<file_id>",
        "GET /staff/applications/<application_id>/forward",
        "GET /staff/applications/ended",
        "GET /staff/applications/family-counselling",
        "POST /staff/applications/<application_id>/ask",
        "POST /staff/applications/<application_id>/case-number",
        "POST /staff/applications/<application_id>/close",
        "POST /staff/applications/<application_id>/delete",
        "POST /staff/applications/<application_id>/exported",
        "POST /staff/applications/<application_id>/forward",
        "POST /staff/applications/<application_id>/note",
        "POST /staff/applications/<application_id>/take",
        "POST /staff/applications/search",
    },
    Deed.LEAD_GROUPS: {
        "GET /staff/groups",
        "GET /staff/groups/<group_id>",
        "GET /staff/groups/<group_id>/cancel",
        "GET /staff/groups/<group_id>/edit",
        "GET /staff/groups/<group_id>/message",
        "GET /staff/groups/<group_id>/publish",
        "GET /staff/groups/<group_id>/sessions/<session_id>/attendance",
        "GET /staff/groups/<group_id>/sessions/<session_id>/cancel",
        "GET /staff/groups/<group_id>/sign-ups",
        "GET /staff/groups/<group_id>/sign-ups/<sign_up_id>",
        "GET /staff/groups/new",
        "POST /staff/groups/<group_id>/cancel",
        "POST /staff/groups/<group_id>/edit",
        "POST /staff/groups/<group_id>/message",
        "POST /staff/groups/<group_id>/publish",
        "POST /staff/groups/<group_id>/sessions/<session_id>/attendance",
        "POST /staff/groups/<group_id>/sessions/<session_id>/cancel",
        "POST /staff/groups/<group_id>/sign-ups/<sign_up_id>/move",
        "POST /staff/groups/<group_id>/sign-ups/<sign_up_id>/withdraw",
        "POST /staff/groups/new",
    },
    Deed.EDIT_CONTACTS: {
        "GET /staff/contacts",
        "GET /staff/contacts/<contact_id>",
        "POST /staff/contacts/<contact_id>",
        "POST /staff/contacts/<contact_id>/close",
        "POST /staff/contacts/<contact_id>/open/<closure_id>",
        "POST /staff/contacts/<contact_id>/restore",
    },
    Deed.RUN_STAFF: {
        "GET /staff/people",
        "GET /staff/people/<staff_id>",
        "POST /staff/people",
        "POST /staff/people/<staff_id>/end",
        "POST /staff/people/proposals/<proposal_id>",
        "POST /staff/people/<staff_id>/reset",
        "POST /staff/people/<staff_id>/roles",
        "POST /staff/people/<staff_id>/units",
    },
    Deed.READ_TRAIL: {
        "GET /staff/deletions",
        "GET /staff/trail",
    },
    Deed.READ_REPORTS: {
        "GET /staff/translations",
        "POST /staff/translations",
    },
    Deed.ANSWER_SURVEY: {
        "GET /staff/survey",
        "GET /staff/survey.csv",
        "GET /staff/survey/<part_id>",
        "POST /staff/survey/<part_id>",
    },
    Deed.COUNT_VISITS: {
        "GET /staff/visits",
        "POST /staff/visits",
    },
    Deed.READ_STATISTICS: {
        "GET /staff/statistics",
        "GET /staff/statistics.csv",
    },
    Deed.READ_WISHES: {
        "GET /staff/wishes",
    },
}

CLOSED = {
    "GET /staff/tf-rescue",
    "GET /staff/verify",
    "POST /staff/tf-rescue",
    "POST /staff/verify",
}
"""What Flask-Security brings along and nobody can fetch."""


def test_a_new_page_for_staff_stands_under_the_deed_that_opens_it(app: Flask) -> None:
    room = app.extensions["staff"].app
    served: dict[Deed | None, set[str]] = {}
    for rule in room.url_map.iter_rules():
        deed = getattr(room.view_functions[rule.endpoint], "deed", None)
        routes = {f"{method} {rule.rule}" for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}
        served.setdefault(deed, set()).update(routes)
    assert served.pop(None) == STAFF[None] | CLOSED
    assert served == {deed: routes for deed, routes in STAFF.items() if deed is not None}


def test_a_new_route_stands_in_one_list_of_who_may_fetch_it(app: Flask) -> None:
    listed = [route for name, routes in ACCESS.items() if name != "with an electronic identity" for route in routes]
    assert served_by(app) == sorted(listed)
    whole = create_app(settings(eid=Oidc("https://id.example.se", "portal", "secret")))
    assert served_by(whole) == sorted(route for routes in ACCESS.values() for route in routes)


def served_by(app: Flask) -> list[str]:
    """Return every route of an app, with its method."""
    return sorted(
        f"{method} {rule.rule}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    )


# ------------------------------------------------------------------------------------------------- modules


def modules() -> list[tuple[Path, Path]]:
    """Return each module of the floors, and each wing of the web, with the test that mirrors it."""
    tests = ROOT / "tests"
    found = [(ROOT / "portal" / "settings.py", tests / "test_settings.py")]
    for path in sorted((ROOT / "portal").rglob("*.py")):
        floor, *wing = path.relative_to(ROOT / "portal").parts[:-1] or ("",)
        if floor not in FLOORS or path.stem == "__init__" or "migrations" in wing:
            continue
        if path.parent.parent == ROOT / "portal" / "web" and makes_pages(path.parent):
            # A wing of pages is tried page by page, whatever modules they are made of.
            mirror = tests.joinpath(floor, *wing)
            found.append((path.parent, min(mirror.glob("test_*.py"), default=mirror / "test_routes.py")))
        else:
            found.append((path, tests.joinpath(floor, *wing, f"test_{path.stem}.py")))
    return sorted(set(found))


def makes_pages(wing: Path) -> bool:
    """Return whether a wing of the web answers requests, or only says how others' pages look."""
    return (wing / "routes.py").exists() or (TEMPLATES / wing.name).is_dir()


@pytest.mark.parametrize(("module", "mirror"), modules(), ids=[str(path.relative_to(ROOT)) for path, _ in modules()])
def test_a_new_module_has_a_test_module_that_mirrors_it(module: Path, mirror: Path) -> None:
    assert mirror.exists(), f"{module.relative_to(ROOT)} has no {mirror.relative_to(ROOT)}"
    assert "def test_" in mirror.read_text(encoding="utf-8")


# ----------------------------------------------------------------------------------------------- languages


def test_a_new_language_stands_in_the_list_and_has_its_folder() -> None:
    translated = {tag for tag, language in load_languages().items() if not language.is_source}
    assert {path.name for path in TRANSLATIONS.iterdir() if path.is_dir()} == translated


def test_a_new_kommun_is_translated_into_every_language_and_no_other_is(catalogue: Catalogue) -> None:
    wanted = set(domains(catalogue))
    assert {path.stem for path in TRANSLATIONS.glob("*.pot")} == wanted
    for language in load_languages().values():
        if not language.is_source:
            folder = TRANSLATIONS / language.tag / "LC_MESSAGES"
            assert {path.stem for path in folder.glob("*.po")} == wanted, language.tag


SORANI = "ckb: {name: کوردی, word: زمان, swedish: sorani, dir: rtl, babel: ckb, accept: [kur, ku], comma: '،'}"


@pytest.fixture(scope="module")
def sorani(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Add a language as CONTRIBUTING says it, in a copy: a line, an update, the translations, a compilation."""
    folder = tmp_path_factory.mktemp("translations")
    shutil.copy(TRANSLATIONS / "glossary.csv", folder)
    spoken = (TRANSLATIONS / "languages.yaml").read_text(encoding="utf-8")
    (folder / "languages.yaml").write_text(f"{spoken.rstrip()}\n{SORANI}\n", encoding="utf-8")
    added = load_languages(folder)["ckb"]
    written = update(knowledge, [added], folder)
    assert {path.stem for path in written if path.suffix == ".po"} == set(domains(knowledge.catalogue))
    assert len(missing(knowledge, added, "messages", folder)) > 100
    add_language(folder, knowledge, added, mirrored)
    assert [text for domain in domains(knowledge.catalogue) for text in missing(knowledge, added, domain, folder)] == []
    return folder


@pytest.fixture(scope="module")
def in_sorani(sorani: Path) -> Flask:
    """Return a portal that speaks it."""
    return create_app(settings(translations=sorani), clock=lambda: TUESDAY)


def test_a_new_language_is_in_the_menu_of_every_page(in_sorani: Flask) -> None:
    visitor = Visitor(in_sorani.test_client())
    for path in ("sv/", "ar/lekeberg/", "fi/lekeberg/insatser", "ti/lekeberg/insatser/abc-3-12"):
        (link,) = visitor.get(f"/{path}").all("a", hreflang="ckb")
        assert (link.get("href"), link.get("lang"), link.get("dir")) == (f"/ckb/{path.partition('/')[2]}", "ckb", "rtl")
        assert link.text == "کوردی"


def test_a_new_language_is_spoken_on_every_page(in_sorani: Flask, town: Town) -> None:
    put_storage(in_sorani, town.storage)
    visitor = Visitor(in_sorani.test_client())
    for path in pages(in_sorani, "ckb", "lekeberg"):
        if path == "/":
            continue
        page = visitor.get(path)
        assert page.status == 200, path
        assert page.tree is not None
        assert (page.tree.get("lang"), page.tree.get("dir")) == ("ckb", "rtl")
        spans = [span for span in page.tree.iter("span") if (span.get("lang"), span.get("dir")) == ("sv", "ltr")]
        assert [span.text for span in spans if span.get("class") != "beside"] == [], path
    assert visitor.get("/ckb/lekeberg/").heading() == f"{mirrored('Hitta stöd i ')}Lekeberg"


@pytest.mark.parametrize("accept", ["ckb", "ckb-IQ,ar;q=0.5", "ku", "kur-IQ"])
def test_a_new_language_is_found_by_what_a_browser_asks_for(in_sorani: Flask, accept: str) -> None:
    response = in_sorani.test_client().get("/", headers={"Accept-Language": accept})
    assert '<html lang="ckb" dir="rtl">' in response.text
    assert in_sorani.test_client().get("/ku/lekeberg/").location == "/ckb/lekeberg/"


def test_a_new_language_keeps_answers_and_speaks_to_programs(in_sorani: Flask) -> None:
    visitor = Visitor(in_sorani.test_client())
    page = visitor.post("/ckb/lekeberg/self-check", data={"topics": "money", "q": "topics"})
    assert ("topics", "money") in page.hidden()
    assert "ckb" in [button.get("lang") for button in visitor.get("/sv/lekeberg/self-check").all("button", name="stay")]
    told = in_sorani.test_client().get("/api/v1/lekeberg/insatser/abc-3-12?lang=ckb").get_json()
    assert told["summary"] == mirrored(told["summary"])
    spoken = in_sorani.test_client().get("/api/v1/openapi.json").get_json()
    assert "ckb" in str(spoken["paths"])


SPOKEN_BY_PEOPLE = ("portal/actions/groups/samples.py", "portal/web/people/spoken.py")


def test_no_code_names_a_language_that_texts_are_translated_into() -> None:
    # What the portal does with a language it reads from languages.yaml; only the source is known by name.
    # Which languages people speak in groups, or want interpreted, is another matter: signs and Polish are among them.
    tags = {code for code, language in codes(load_languages()).items() if not language.is_source}
    babel = {language.babel for language in load_languages().values() if not language.is_source} - {"sv"}
    names = {language.name for language in load_languages().values() if not language.is_source}
    named = [
        f"{path.relative_to(ROOT)}: {node.value!r}"
        for path in sorted((ROOT / "portal").rglob("*.py"))
        if str(path.relative_to(ROOT)) not in SPOKEN_BY_PEOPLE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and (node.value.lower() in tags or node.value in babel | names)
    ]
    assert named == []


def test_no_template_and_no_script_names_a_language_that_texts_are_translated_into() -> None:
    tags = "|".join(re.escape(tag) for tag, language in load_languages().items() if not language.is_source)
    names = re.compile(rf"""(["'])(?:{tags})\1|lang=["']?(?:{tags})\b|==\s*["'](?:{tags})["']|/(?:{tags})/""")
    found = [*(ROOT / "portal" / "web" / "templates").rglob("*.html"), *(ROOT / "static").glob("*.js")]
    assert len(found) > 20
    assert {path.name: match.group() for path in found if (match := names.search(path.read_text("utf-8")))} == {}
    assert names.search("{% if language.tag == 'ar' %}")


def test_adding_a_language_is_described() -> None:
    steps = (
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## How to add a language")[1].split("\n## ")[0]
    )
    for word in ("languages.yaml", "portal translations update", "glossary.csv", "portal.css", "docs/translating.md"):
        assert word in steps, word


@pytest.mark.parametrize("lang", list(load_languages()))
def test_a_new_question_is_a_page_in_every_language(visitor: Visitor, catalogue: Catalogue, lang: str) -> None:
    asked = set()
    for question in catalogue.questions.values():
        page = visitor.post(f"/{lang}/lekeberg/self-check", data={"topics": "money", "change": question.id})
        assert dict(page.hidden())["q"] == question.id
        assert page.all("input", name=question.id)
        asked.add(page.heading())
    # Two follow-ups may ask the same words: what has happened?
    assert len(asked) == len({question.ask for question in catalogue.questions.values()})


def test_a_follow_up_has_the_id_of_its_topic(catalogue: Catalogue) -> None:
    # Conditions look a situation up under its topic.
    for question in catalogue.questions.values():
        assert question.only_if in (None, question.id), question.id
        assert (question.only_if is None) == (question.id not in catalogue.topics), question.id


# -------------------------------------------------------------------------------------------- documentation


def documentation() -> str:
    """Return the description of the catalogue."""
    return (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")


def test_a_new_condition_is_described(catalogue: Catalogue) -> None:
    table = documentation().split("## Conditions")[1].split("\n## ")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    described = [kind for cell in first_cells for kind in re.findall(r"`(\w+):", cell)]
    assert sorted(described) == sorted(KINDS)


def keys_in_use(pattern: str) -> set[str]:
    """Return every key of the first level of some files of the catalogue."""
    found: set[str] = set()
    for path in (ROOT / "data" / "kommuner").glob(pattern):
        found |= set(yaml.safe_load(path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("pattern", ["*/insatser/*.yaml", "*/kommun.yaml"])
def test_a_new_key_of_the_catalogue_is_described(pattern: str) -> None:
    described = {key for pair in re.findall(r"\b(\w+):|`(\w+)`", documentation()) for key in pair}
    assert keys_in_use(pattern) - described == set()


def test_a_new_setting_is_described() -> None:
    texts = [
        (ROOT / "portal" / name).read_text(encoding="utf-8")
        for name in ("settings.py", "outside_settings.py", "operating.py")
    ]
    read = set(re.findall(r"PORTAL_\w+", "".join(texts)))
    described = set(
        re.findall(r"^\| `(PORTAL_\w+)`", (ROOT / "docs" / "operations.md").read_text("utf-8"), re.MULTILINE)
    )
    assert described == read - {"PORTAL_"}
