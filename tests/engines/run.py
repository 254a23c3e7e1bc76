"""make engines: the self-check and a sign-up walked in another engine than Chromium; prints what passed.

    run.py                 WebKit, of Debian's webkit2gtk-driver
    run.py firefox         Firefox, of firefox-esr and a geckodriver on the path

What is missing is fetched by apt where that may be done; else it says which packages to install.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from portal.store.languages.menu import load_languages
from portal.store.languages.texts import compile_all
from tests import groups
from tests.browser.serving import Server, served
from tests.engines.webdriver import Browser, Missing, Refused, firefox, webkit

ENGINES: dict[str, tuple[Callable[[], AbstractContextManager[Browser]], tuple[str, ...]]] = {
    "webkit": (webkit, ("webkit2gtk-driver", "xvfb")),
    "firefox": (firefox, ("firefox-esr",)),
}
ANSWERS = {"age": "34", "children": "8", "for": "me", "residence": "registered", "born_abroad": "no"}
_Q = "document.querySelector('#check [name=q]')?.value || ''"
_ASKED = f"return {_Q}"
_NEW_FORM = "const form = document.getElementById('check'); return form && !form.dataset.left"
_ON_A_CARD = """const button = document.querySelector("[data-result]");
return button && button.offsetParent && location.pathname.includes("/insatser/")"""


def first_question(browser: Browser, at: str) -> None:
    """Choose a topic, see Next come under its group, and go on by it."""
    browser.go(f"{at}/sv/lekeberg/")
    browser.press("a.button.big")
    browser.press("label:has([value=parenting])")
    browser.wait("return getComputedStyle(document.querySelector('.group:has(:checked) .on')).display === 'block'")
    browser.press(".group:has(:checked) .on")
    browser.wait(f"return ({_Q}) !== 'topics'")


def to_the_result(browser: Browser, at: str) -> None:
    """Answer what is asked, by a tap where one answer is all, until the result comes."""
    for _ in range(9):
        asked = str(browser.run(_ASKED))
        if not asked:
            break
        browser.run("document.getElementById('check').dataset.left = 'yes'")
        if browser.run("return document.querySelector('[data-on]') !== null"):
            browser.press(f'[data-on] label:has([value="{ANSWERS.get(asked, "no")}"])')
        elif browser.run("return document.querySelector('#answer[type=text]') !== null"):
            browser.write("#answer", ANSWERS[asked])
            browser.press("#next")
        else:
            browser.press("[name=skip]")
        browser.wait(_NEW_FORM)
    browser.wait("return document.querySelector('.first h2') !== null")


def back_from_a_card(browser: Browser, at: str) -> None:
    """Look at the first card, and come back to the result by the button on it."""
    browser.press("#first-title a")
    browser.wait(_ON_A_CARD)
    browser.press("[data-result]")
    browser.wait("return document.querySelector('.first h2') !== null")


def another_language(browser: Browser, at: str) -> None:
    """Change the language within the result: direction, letters and address follow."""
    browser.press("nav.languages summary")
    browser.press("nav.languages button[lang=ar]")
    browser.wait("return document.documentElement.dir === 'rtl' && location.pathname.startsWith('/ar/')")


def signing_up(browser: Browser, at: str) -> None:
    """Sign up to a group, and get a code."""
    browser.go(f"{at}/sv/lekeberg/groups/many/sign-up")
    browser.write("#nickname", "Ros")
    browser.write("#email", "ros@example.se")
    browser.press("#here button.big")
    browser.wait("return document.querySelector('.code') !== null")


def nothing_is_kept(browser: Browser, at: str) -> None:
    """Hold that no cookie and no storage is left by all that."""
    kept = browser.run("return [document.cookie, localStorage.length, sessionStorage.length].join()")
    if kept != ",0,0":
        raise Refused(f"something is kept: {kept}")


STEPS = (first_question, to_the_result, back_from_a_card, another_language, signing_up, nothing_is_kept)


def install(packages: tuple[str, ...]) -> None:
    """Fetch what is missing with apt, or say what to install."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise SystemExit(f"Install these and try again: {' '.join(packages)}")
    print(f"Fetching {' '.join(packages)} by apt, once.", flush=True)
    fetch = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if subprocess.run(fetch, stdout=subprocess.DEVNULL, check=False).returncode != 0:  # noqa: S603 - our own command
        raise SystemExit(f"apt could not install {' '.join(packages)}; `apt-get update` may help.")


def walk(name: str, server: Server) -> int:
    """Take every step in one engine; return how many failed. A step that fails ends the walk."""
    with ENGINES[name][0]() as browser:
        for step in STEPS:
            started, said = time.monotonic(), (step.__doc__ or "").strip()
            try:
                step(browser, server.address)
            except Refused as error:
                print(f"{name}: FAILED: {said}\n  {error}", flush=True)
                return 1
            print(f"{name}: ok ({time.monotonic() - started:.1f} s): {said}", flush=True)
    return 0


def main(*names: str) -> int:
    """Walk in the engines named, or in WebKit; return 0 when all passed."""
    failed = 0
    compile_all(load_languages().values())
    with tempfile.TemporaryDirectory(prefix="engines-") as folder:
        database = Path(folder, "made-up.sqlite")
        storage = groups.made_up(f"sqlite:///{database}")
        groups.fill(storage)
        storage.close()
        with served(Path(folder), database) as server:
            for name in names or ("webkit",):
                try:
                    failed += walk(name, server)
                except Missing:
                    install(ENGINES[name][1])
                    failed += walk(name, server)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
