"""Pictures of the real pages for README, at the width of a phone; what `make pictures` writes to docs/pictures."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402 - the path comes first

from tests.bench.serving import served  # noqa: E402
from tests.browser.chromium import find_or_fetch  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
PHONE = {"width": 360, "height": 740}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
ANSWERS = {"topics": "parenting", "children": "8", "residence": "registered", "for": "me", "age": "34"}
MORE = {"parenting": "everyday", "born_abroad": "yes"}


def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served("wsgi:app", Path(folder)) as port, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_or_fetch(), args=QUIET)
        page = browser.new_page(viewport=PHONE, base_url=f"http://127.0.0.1:{port}")
        take(page, "/sv/lekeberg/", "sv-start")
        take(page, "/ar/lekeberg/insatser/cope-3-12", "ar-insats")
        take(page, "/sv/lekeberg/officials/law", "sv-law")
        take(page, "/sv/mellerud/officials/coverage?with=lekeberg", "sv-coverage")
        take(page, "/fa-AF/lekeberg/insatser/abc-3-12?beside=sv", "fa-AF-beside")
        take(page, "/ti/lekeberg/insatser/abc-3-12/card", "ti-card")
        take(page, "/uk/lekeberg/groups", "uk-groups")
        send(page, "/ti/lekeberg/self-check", {"topics": "parenting"}, "ti-question")
        send(page, "/ar/lekeberg/self-check", {**ANSWERS, **MORE}, "ar-result")
        browser.close()


def take(page: Page, path: str, name: str) -> None:
    """Take the picture of a page."""
    page.goto(path)
    page.screenshot(path=PICTURES / f"{name}.png")


def send(page: Page, path: str, answers: dict[str, str], name: str) -> None:
    """Take the picture of the page that answers a form."""
    page.goto(path)
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
    page.wait_for_load_state("load")
    page.wait_for_selector("form#check")
    page.screenshot(path=PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
