"""Somebody who applies: she fills in the form of a page and presses a button, and her browser sends what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from portal.domain.applications.kinds import ApplicationKind
from tests.pages import Page, Visitor

WANTS = "Sidensvans behöver hjälp hemma."


def fields_in(form: Element) -> dict[str, list[str]]:
    """Return what a browser would send of a form as it stands, without a button."""
    found: dict[str, list[str]] = {}
    for one in form.iter():
        name, value = one.get("name"), _value_of(one)
        if name and value is not None:
            found.setdefault(name, []).append(value)
    return found


def _value_of(field: Element) -> str | None:
    """Return what a field sends; None where it sends nothing."""
    if field.tag == "textarea":
        return "".join(field.itertext()).removeprefix("\n")
    if field.tag == "select":
        options = list(field.iter("option"))
        chosen = next((one for one in options if one.get("selected") is not None), options[0])
        return chosen.get("value")
    is_off = field.get("type") in ("radio", "checkbox") and field.get("checked") is None
    return None if field.tag != "input" or field.get("type") == "file" or is_off else field.get("value") or ""


@dataclass
class Applicant:
    """One who applies for a kind, in a language and a kommun, and the page that she sees."""

    visitor: Visitor
    kind: str = "elderly"
    lang: str = "sv"
    kommun: str = "lekeberg"
    page: Page | None = None

    @property
    def base(self) -> str:
        """Return how her addresses begin."""
        return f"/{self.lang}/{self.kommun}"

    @property
    def address(self) -> str:
        """Return the address of the form."""
        return f"{self.base}/apply/{self.kind}"

    @property
    def seen(self) -> Page:
        """Return the page that she sees."""
        assert self.page is not None
        return self.page

    @property
    def held(self) -> dict[str, list[str]]:
        """Return what the form on her page holds."""
        return fields_in(self.seen.one("form", id="check"))

    @property
    def step(self) -> str:
        """Return which step she sees."""
        return self.held["q"][0]

    def begin(self, **more: str) -> Page:
        """Begin the form."""
        self.page = self.visitor.post(self.address, data={"begin": "1", **more})
        return self.page

    def press(self, button: str = "", /, **filled: Any) -> Page:
        """Fill in fields and press a button: `do` of its value, `back` or `stay` by name."""
        data: dict[str, Any] = {**self.held, **{name.replace("__", "."): value for name, value in filled.items()}}
        if button in ("back", "stay"):
            data[button] = "1"
        elif button:
            data["do"] = button
        self.page = self.visitor.post(self.address, data=data)
        return self.page

    def fill(self, kind: ApplicationKind, until: str = "check", **filled: Any) -> Page:
        """Go on, step by step, with what fits every kind, until a step."""
        answers = {**answers_for(kind), **filled}
        while self.step != until:
            before = self.step
            shown = {one.get("name") for tag in ("input", "textarea", "select") for one in self.seen.all(tag)}
            page = self.press(**{name.replace(".", "__"): answers[name] for name in answers if name in shown})
            assert page.status == 200, page.text
            assert self.step != before
        return self.seen

    def attach(self, name: str, content: bytes) -> Page:
        """Add a file on the page where files are added."""
        form = next(one for one in self.seen.all("form") if (one.get("action") or "").endswith("/file"))
        self.page = self.visitor.post(f"{self.address}/file", **multipart(fields_in(form), name, content))
        return self.page

    def mine(self, code: str, do: str = "", **more: str) -> Page:
        """Open her application by its code."""
        self.page = self.visitor.post(f"{self.base}/my-application", data={"code": code, "do": do, **more})
        return self.page


def multipart(fields: Mapping[str, Any], name: str, content: bytes) -> dict[str, Any]:
    """Return what a browser sends of a form with a file; the test client itself would leave a file open."""
    boundary, body = encode_multipart(MultiDict({**fields, "file": FileStorage(BytesIO(content), name)}))
    return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}


def answers_for(kind: ApplicationKind) -> dict[str, Any]:
    """Return answers that can be sent, and that can wait."""
    sorts = {"yes_no": "yes", "number": "1", "text": "Vipansson", "date": "2026-12-01"}
    waits = {
        one.id: next((option.id for option in one.options if option.id not in one.acute), "") for one in kind.facts
    }
    facts = {f"facts.{one.id}": waits[one.id] or sorts[one.kind] for one in kind.facts}
    return {
        "for_whom": "self",
        "name": "Kanariefågel Vipansson",
        "number": "850101-2382",
        "age": "40",
        "ways": ["call", "email"],
        "phone": "070-174 06 77",
        "email": "koltrast@example.se",
        "reach_note": "Gökottan sover dagtid.",
        "wants": WANTS,
        **facts,
    }


def code_on(page: Page) -> str:
    """Return the code that a page shows."""
    return "".join("".join(page.one("p", class_="code").itertext()).split())
