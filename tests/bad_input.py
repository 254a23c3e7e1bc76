"""Bad input, made at random from a seed: every address, with every method, and every form with its fields spoilt.

`make fuzz` sends 20,000 requests on each database: python tests/bad_input.py [--requests N] [--seed N] [--only sqlite].
Nothing may answer 500 or more, or say nothing; whoever sends the same seed sends the same requests.
"""

import argparse
import logging
import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import quote_from_bytes, urlencode, urlsplit

import html5lib
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from portal.actions.applications.units import give_units
from portal.domain.applications.kinds import UNITS
from portal.domain.audit import Actor
from portal.domain.staff.roles import Role
from portal.store.languages.menu import load_languages
from portal.store.languages.texts import compile_all
from portal.store.schema import upgrade
from portal.store.staff.tables import metadata
from portal.store.storage import open_storage
from tests import applications, groups
from tests.apps import create_app, knowledge
from tests.conftest import KEY, TUESDAY, settings
from tests.made_up_staff import Clock, Member, Room
from tests.markup import as_written
from tests.postgres import served

ROLES = ((Role.LEADER, Role.EDITOR), (Role.CASE_WORKER,), (Role.ADMINISTRATOR, Role.STATISTICS))

MOST_FORMS = 400
STEP = 2000

METHODS = ("GET", "POST", "GET", "POST", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "FOO")

VALUES: tuple[bytes, ...] = (
    b"",
    b" ",
    b"\0",
    b"a\0b",
    b"\xed\xa0\x80",
    b"\xed\xb0\x80x",
    b"\xff\xfe",
    b"\xf4\x90\x80\x80",
    b"0",
    b"-1",
    b"1",
    b"17",
    b"99",
    b"2147483648",
    b"9223372036854775808",
    b"99999999999999999999999999",
    b"1e309",
    b"nan",
    b"0x10",
    "١٢".encode(),
    "½²".encode(),
    b"0001-01-01",
    b"1970-01-01",
    b"2026-02-30",
    b"2026-10-25T02:30",
    b"9999-12-31",
    b"99999-01-01",
    b"00:00",
    b"02:30",
    b"23:59:59.999999",
    b"24:00",
    b"23:59+99:99",
    b"x" * 300,
    b"x" * 4097,
    "å".encode() * 4097,
    "ሀ".encode() * 12000,
    b"\r\nX-Injected: 1",
    b"' OR 1=1 --",
    b"<script>alert(1)</script>",
    b"{{ 7 * 7 }}",
    b"%s%n%(x)s",
    b"../../etc/passwd",
    b"a@b",
    b"a@b.se",
    b"\xe2\x80\xae\xe2\x81\xa6x",
    b"{}",
    b"[[[[",
    b"null",
    b'{"id": "\\ud800", "rawId": "AA", "response": {}, "type": "public-key"}',
    b"true",
    b"sv",
    b"lekeberg",
    b"yes",
)
"""What stands in a field that is spoilt: nothing, signs that no text may hold, edges of numbers, days and lengths."""

DEEDS = (
    b"remove.x",
    b"remove.",
    b"change.check",
    b"change.x",
    b"pause",
    b"attach",
    b"send",
    b"add",
    b"withdraw",
    b"leave",
)
"""What buttons say, also where there is no such button."""

FIELDS = (
    "q",
    "do",
    "code",
    "form_key",
    "csrf_token",
    "email",
    "password",
    "until",
    "from",
    "to",
    "page",
    "i",
    "insats",
)


def addresses(rules: list[Rule], parts: dict[str, list[str]], rng: random.Random) -> Iterator[bytes]:
    """Return an address of every rule, with what stands there in truth or what should not."""
    for rule in rules:
        made = b""
        for is_gap, text in rule._trace:
            if not is_gap:
                made += text.removeprefix("|").encode()
            elif rng.random() < 0.75 and parts.get(text):
                made += rng.choice(parts[text]).encode()
            else:
                made += quote_from_bytes(rng.choice(VALUES)[:400], safe="").encode()
        yield made


@dataclass
class Form:
    """A form that stood on a page: where it goes and what it holds."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)


def forms_on(page: TestResponse, here: str) -> list[Form]:
    """Return the forms of a page with every field as it stands there, each button too."""
    if page.mimetype != "text/html" or page.content_encoding:
        return []
    text = page.get_data(as_text=True)
    tree = as_written(text)
    if tree is None:
        tree = html5lib.parse(text, namespaceHTMLElements=False)
    found = []
    for element in tree.iter("form"):
        form = Form(element.get("action") or here, (element.get("method") or "get").upper())
        for one in element.iter():
            if one.tag in ("input", "button", "textarea", "select") and one.get("name"):
                options = [option.get("value") or "" for option in one.iter("option")]
                value = one.get("value") or (options[-1] if options else one.text or "")
                form.fields.append((one.get("name", ""), value))
                form.buttons += [one.get("name", "")] * (one.tag == "button")
        found.append(form)
    return found


@dataclass
class Answered:
    """What came of it: how many answers of each status, and what went wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class Attack:
    """Somebody who sends whatever she likes, inside the staff room or outside it."""

    def __init__(self, room: Room, seed: int) -> None:
        self.room, self.rng = room, random.Random(seed)  # noqa: S311 - the same seed sends the same
        self.answered = Answered()
        self.members = [
            room.sign_in(*roles, kommun="lekeberg", email=f"{number}@example.se") for number, roles in enumerate(ROLES)
        ]
        case_worker = self.members[1].staff_id
        give_units(room.storage, Actor("made", "lekeberg"), case_worker, list(UNITS), room.clock.now)
        self.client: FlaskClient = room.app.test_client()
        staff = room.app.extensions["staff"].app
        self.rules = [*room.app.url_map.iter_rules(), *staff.url_map.iter_rules()]
        codes = [groups.PLACED.code, groups.OFFERED.code, *applications.CODES.values()]
        self.codes = codes
        self.parts = {
            "lang": ["sv", "ar", "fa-AF", "sv-simple"],
            "kommun": ["lekeberg", "linkoping", "alingsas"],
            "insats_id": ["abc-3-12", "hemtjanst"],
            "group_id": ["many", "full", "offers", "gone"],
            "group": ["many", "full", "offers", "gone"],
            "kind_id": list(knowledge().applications.kinds),
            "application_id": self._application_ids(),
            "staff_id": [member.staff_id for member in self.members],
            "contact_id": ["oppenvarden"],
            "filename": ["portal.css"],
        }
        self.forms: dict[str, tuple[FlaskClient, Form]] = {}
        """What was last seen to be sent to each address, and by whom."""

    def _application_ids(self) -> list[str]:
        table = metadata.tables["applications"]
        with self.room.storage.database.reading() as connection:
            return [row.id for row in connection.execute(table.select())]

    def send(self, times: int) -> Answered:
        """Send so many requests, after a look at every page as it is."""
        if not self.forms:
            self._look_around()
        while self.answered.statuses.total() < times:
            for address in addresses(self.rules, self.parts, self.rng):
                self._ask(self._somebody(address), self.rng.choice(METHODS), address, [])
                self._come_back_in()
                for _ in range(2):
                    self._spoil()
        return self.answered

    def _look_around(self) -> None:
        """Fetch every page once as whoever may, with what stands there in truth."""
        calm = random.Random(0)  # noqa: S311 - every portal is looked at alike
        for rule in self.rules:
            if "GET" in (rule.methods or ()) and "sign-out" not in rule.rule:
                made = "".join(
                    calm.choice(self.parts.get(text) or ["x"]) if is_gap else text.removeprefix("|")
                    for is_gap, text in rule._trace
                )
                who = [member.client for member in self.members] if made.startswith("/staff") else [self.client]
                for client in who:
                    answer = client.get(made, buffered=True)
                    self.answered.statuses[answer.status_code] += 1
                    self._remember(client, answer, made)

    def _somebody(self, address: bytes) -> FlaskClient:
        return self.rng.choice(self.members).client if address.startswith(b"/staff") else self.client

    def _come_back_in(self) -> None:
        """Sign in again who was signed out: half of what there is to spoil is inside."""
        if self.rng.random() < 0.02:
            member: Member = self.rng.choice(self.members)
            if member.client.get("/staff/account").status_code != 200:
                member.client = self.room.app.test_client()
                try:
                    member.come_in()
                except AssertionError:
                    return  # her account was ended, or her password changed, by what was sent

    def _spoil(self) -> None:
        """Send one of the forms that were seen, with some of its fields spoilt."""
        if not self.forms:
            return
        client, form = self.forms[self.rng.choice(list(self.forms))]
        sent: list[tuple[str, bytes]] = []
        for name, value in form.fields:
            luck = self.rng.random()
            if luck < 0.1 and name != "csrf_token" or (name in form.buttons and self.rng.random() < 0.6):
                continue
            spoilt = self._spoilt() if luck < 0.45 and name != "csrf_token" else value.encode()
            if name == "do" and luck < 0.3:
                spoilt = self.rng.choice(DEEDS)
            sent.append((name, self.rng.choice(self.codes).encode() if name == "code" and luck > 0.3 else spoilt))
            if luck > 0.95:
                sent.append((name, self.rng.choice(VALUES)))
        if self.rng.random() < 0.1:
            sent.append((self.rng.choice(FIELDS), self.rng.choice(VALUES)))
        self._ask(client, form.method, form.action.encode(), sent)

    def _ask(self, client: FlaskClient, method: str, address: bytes, sent: list[tuple[str, bytes]]) -> None:
        path, _, query = address.partition(b"?")
        if method == "GET" and sent:
            query = urlencode(sent).encode()
        elif self.rng.random() < 0.3:
            query = urlencode([(self.rng.choice(FIELDS), self.rng.choice(VALUES)) for _ in range(2)]).encode()
        kwargs = self._body(method, sent)
        whole = (path + (b"?" + query if query else b"")).decode("latin-1")
        self.room.clock.now += timedelta(seconds=2)
        try:
            answer = client.open(whole, method=method, headers=self._headers(), buffered=True, **kwargs)
            body = answer.get_data()
        except Exception:
            self.answered.wrong.append(f"{method} {whole[:300]} {sent!r:.600}\n{traceback.format_exc()[-1500:]}")
            self.answered.statuses[599] += 1
            return
        self.answered.statuses[answer.status_code] += 1
        is_silent = answer.status_code >= 400 and method != "HEAD" and not body.strip()
        if answer.status_code >= 500 or is_silent:
            self.answered.wrong.append(f"{answer.status_code} {method} {whole[:300]} {sent!r:.600}")
        if answer.status_code < 400 and method in ("GET", "POST"):
            self._remember(client, answer, urlsplit(whole).path)

    def _remember(self, client: FlaskClient, answer: TestResponse, here: str) -> None:
        for form in forms_on(answer, here):
            if not form.action.startswith("http") and (form.action in self.forms or len(self.forms) < MOST_FORMS):
                self.forms[form.action] = (client, form)

    def _spoilt(self) -> bytes:
        """Return what spoils a field; one time in five a sign that no text may hold."""
        return self.rng.choice(VALUES[2:8] if self.rng.random() < 0.2 else VALUES)

    def _headers(self) -> dict[str, str]:
        found = {}
        for name, values in {
            "Accept-Language": ("ar", "x" * 5000, "sv;q=nan", ",,;;="),
            "HX-Request": ("true",),
            "Accept-Encoding": ("br", "gzip", "br;q=x", "identity;q=0"),
            "Range": ("bytes=-1", "bytes=5-2", "lines=1"),
            "Cookie": ("staff=x; __Secure-staff=\x80", "a" * 3000),
            "If-Modified-Since": ("yesterday", "Fri, 31 Dec 9999 23:59:59 GMT"),
            "If-None-Match": ('"', "*"),
            "Host": ("evil.example", "[::1", "a b"),
            "Accept": ("application/json", "*/*;q=x"),
        }.items():
            if self.rng.random() < 0.04:
                found[name] = self.rng.choice(values)
        return found

    def _body(self, method: str, sent: list[tuple[str, bytes]]) -> dict[str, object]:
        if method == "GET" or (not sent and self.rng.random() < 0.4):
            return {}
        luck = self.rng.random()
        if not sent:
            sent = [(self.rng.choice(FIELDS), self.rng.choice(VALUES)) for _ in range(3)]
        if luck < 0.04:
            return {"data": self.rng.choice(VALUES), "content_type": "application/json"}
        if luck < 0.08:
            return {"data": b"--x\r\nbroken", "content_type": "multipart/form-data; boundary=x"}
        if luck < 0.16:
            file = (BytesIO(self.rng.choice(VALUES)), "a\0b.png" if luck < 0.1 else "å/../x.pdf")
            whole: dict[str, object] = {name: value.decode("utf-8", "replace") for name, value in sent}
            return {"data": {**whole, "file": file}, "content_type": "multipart/form-data"}
        return {"data": urlencode(sent).encode(), "content_type": "application/x-www-form-urlencoded"}


@contextmanager
def attacked(database_url: str, seed: int) -> Iterator[Attack]:
    """Yield somebody who attacks a portal with made-up groups, applications and staff on an empty database."""
    storage = open_storage(database_url, [KEY])
    upgrade(storage.database)
    groups.put(storage)
    groups.fill(storage)
    applications.fill(storage, knowledge().applications)
    clock, seconds = Clock(TUESDAY), [0.0]
    app = create_app(settings(database_url=database_url, smtp_url="smtp://127.0.0.1:9"), clock, lambda: seconds[0])
    try:
        yield Attack(Room(app, storage, clock, seconds), seed)
    finally:
        storage.close()


def main() -> int:
    """Attack each database; print the seed, what was answered and what was wrong; return 0 where nothing was."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--requests", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    asked.add_argument("--only", choices=("sqlite", "postgresql"))
    given = asked.parse_args()
    compile_all(load_languages().values())
    wrong = 0
    if given.only != "postgresql":
        with tempfile.TemporaryDirectory() as folder:
            wrong += report("sqlite", f"sqlite:///{folder}/portal.sqlite", given)
    if given.only != "sqlite":
        with served("fsync=off") as address:
            wrong += report("postgresql", address.format(name="postgres"), given)
    return 1 if wrong else 0


def report(name: str, database_url: str, given: argparse.Namespace) -> int:
    """Attack one database, and print what came of it."""
    logging.getLogger("portal.errors").addHandler(logging.StreamHandler())
    with attacked(database_url, given.seed) as attack:
        for done in range(STEP, given.requests + STEP, STEP):
            found = attack.send(min(done, given.requests))
            print(f"{name}: {found.statuses.total()} requests, {len(found.wrong)} wrong", flush=True)
    statuses = ", ".join(f"{status}: {count}" for status, count in sorted(found.statuses.items()))
    print(f"{name}: seed {given.seed}, {found.statuses.total()} requests, {len(found.wrong)} wrong ({statuses})")
    for one in found.wrong[:40]:
        print(f"  {one}")
    return len(found.wrong)


if __name__ == "__main__":
    raise SystemExit(main())
