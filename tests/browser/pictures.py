"""Pictures of the real pages for README, at the width of a phone; what `make pictures` writes to docs/pictures."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402 - the path comes first

from portal.store.languages.menu import load_languages  # noqa: E402
from portal.store.languages.texts import compile_all  # noqa: E402
from tests.browser.chromium import find_or_fetch  # noqa: E402
from tests.browser.staff import staff_portal  # noqa: E402
from tests.browser.states import KOMMUN  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
PHONE = {"width": 360, "height": 740}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
ANSWERS = {"topics": "parenting", "children": "8", "residence": "registered", "for": "me", "age": "34"}
APPLICANT = {
    "form_key": "an-application-of-the-pictures-0",
    "for_whom": "self",
    "name": "Ros",
    "ways": "call",
    "phone": "070-174 06 77",
    "language": "ar",
    "wants": "أحتاج مساعدة في البيت.",
    "facts.help": "at_home",
    "facts.alone": "yes",
    "facts.hospital": "no",
}
MORE = {"parenting": "everyday", "born_abroad": "yes"}


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    compile_all(load_languages().values())
    with tempfile.TemporaryDirectory() as folder, staff_portal(Path(folder)) as portal, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_or_fetch(), args=QUIET)
        page = browser.new_page(viewport=PHONE, base_url=portal.address)
        take(page, "/sv/lekeberg/", "sv-start")
        take(page, "/ar/lekeberg/insatser/cope-3-12", "ar-insats")
        take(page, "/sv/lekeberg/officials/law", "sv-law")
        take(page, "/sv/mellerud/officials/coverage?with=lekeberg", "sv-coverage")
        take(page, "/fa-AF/lekeberg/insatser/abc-3-12?beside=sv", "fa-AF-beside")
        take(page, "/ti/lekeberg/insatser/abc-3-12/card", "ti-card")
        take(page, "/uk/lekeberg/groups", "uk-groups")
        send(page, "/ti/lekeberg/self-check", {"topics": "parenting"}, "ti-question")
        send(page, "/ar/lekeberg/self-check", {**ANSWERS, **MORE}, "ar-result")
        send(page, f"/ar{KOMMUN}/apply/elderly", {**APPLICANT, "q": "reach", "stay": "1"}, "ar-apply")
        send(page, f"/so{KOMMUN}/apply/elderly", {**APPLICANT, "q": "check", "do": "send"}, "so-receipt")
        portal.sign_in(page)
        take(page, "/staff/applications", "sv-inbox")
        browser.close()


def take(page: Page, path: str, name: str) -> None:
    """Take the picture of a page."""
    page.goto(path)
    page.screenshot(path=PICTURES / f"{name}.png")


def send(page: Page, path: str, answers: dict[str, str], name: str) -> None:
    """Take the picture of the page that answers a form."""
    page.goto(path)
    with page.expect_navigation():
        page.evaluate(
            """answers => {
                const form = document.createElement("form");
                form.method = "post";
                for (const [name, value] of Object.entries(answers)) {
                    const field = document.createElement("input");
                    field.name = name; field.value = value; form.append(field);
                }
                document.body.append(form);
                form.submit();
            }""",
            answers,
        )
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
