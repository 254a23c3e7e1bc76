"""Speaking OpenID Connect: how the portal shows who it is, and whose word it takes."""

import json
import subprocess
import sys
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from threading import BoundedSemaphore, Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask, redirect, request
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from werkzeug.serving import make_server
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from portal import create_app
from portal.domain.knowledge import Knowledge
from portal.domain.staff.roles import Role
from portal.outside_settings import BadSettings
from portal.settings import ROOT, Oidc, Settings
from portal.store.loading import Loaded
from portal.web.openid import Door, NotReached
from tests.conftest import SITE, settings
from tests.made_up_staff import Room
from tests.test_settings import PRODUCTION

NONE = {"alg": "none", "kid": "one"}
HERS = {"sub": "lea", "email": "lea@example.se", "email_verified": True, "iss": None, "aud": "portal"}


@dataclass
class Provider:
    """A provider that answers what a test wants, and remembers what it was sent."""

    app: Flask = field(default_factory=lambda: Flask("provider"))
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    issuer: str = ""
    nonce: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    sent: Mapping[str, str] = field(default_factory=dict)
    signs_with: RSAKey | None = None
    unsigned: bool = False
    broken: str = ""
    leads_to: str = ""
    slash: str = ""

    def __post_init__(self) -> None:
        self.app.add_url_rule("/.well-known/openid-configuration", view_func=self.configuration)
        self.app.add_url_rule("/keys", view_func=self.keys)
        self.app.add_url_rule("/token", view_func=self.token, methods=["POST"])
        self.app.before_request(self.break_down)

    def break_down(self) -> tuple[str, int] | None:
        """Answer that it does not work, where a test says so."""
        return ("{}", 500) if self.broken and request.endpoint == self.broken else None

    def configuration(self) -> dict[str, str] | Response:
        """Say where everything is."""
        if self.leads_to:
            return redirect(self.leads_to)
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {"issuer": self.issuer + self.slash} | {name: f"{self.issuer}{path}" for name, path in places.items()}

    def keys(self) -> dict[str, Any]:
        """Say with what is signed."""
        return {"keys": [self.key.as_dict(private=False)]}

    def token(self) -> dict[str, str]:
        """Say who she is."""
        self.sent = request.form.to_dict()
        at = int(time.time())
        claims = {
            **HERS,
            "iss": self.issuer + self.slash,
            "nonce": self.nonce,
            "iat": at,
            "exp": at + 60,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.unsigned:
            head, body = (urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in (NONE, claims))
            return {"access_token": "x", "token_type": "Bearer", "id_token": f"{head}.{body}."}
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with or self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Return a provider on this machine."""
    found = Provider()
    server = make_server("127.0.0.1", 0, found.app, threaded=True)
    found.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


DOORS = {"oidc": "/staff/kommun", "eid": "/sv/lekeberg/apply/elderly/identify"}
"""The two doors, by the name of their setting: where each leads away."""


@pytest.fixture(params=DOORS)
def door(request: pytest.FixtureRequest) -> str:
    """Return one door, then the other: what is demanded of a word is the same at both."""
    return str(request.param)


@dataclass
class Coming:
    """Somebody who comes to a door, with her own browser."""

    client: FlaskClient
    door: str
    seen: list[TestResponse] = field(default_factory=list)

    def asks(self) -> dict[str, str]:
        """Go to the provider; return what is asked there."""
        self.seen.append(self.client.get(DOORS[self.door], base_url=SITE))
        return dict(parse_qsl(urlsplit(self.seen[-1].location or "").query))

    def comes_back(self, asked: Mapping[str, str], code: str = "a-code") -> bool:
        """Come back from the provider; return whether its word is taken."""
        path = asked["redirect_uri"].removeprefix(SITE)
        self.seen.append(self.client.get(f"{path}?code={code}&state={asked['state']}", base_url=SITE))
        answer = self.seen[-1]
        assert "Expires=Thu, 01 Jan 1970" in "".join(answer.headers.getlist("Set-Cookie")), "a question is asked once"
        return answer.status_code == 200 and ('name="identity"' in answer.text or "Du loggas in" in answer.text)


def coming(room: Room, knowledge: Knowledge, door: str, oidc: Oidc) -> Coming:
    """Return somebody who comes to a door with that provider."""
    address = room.storage.database.url.render_as_string()
    given = settings(database_url=address, oidc=None, eid=None)
    app = create_app(replace(given, **{door: oidc}), room.clock, loaded=Loaded(knowledge))
    return Coming(app.test_client(), door)


def is_taken(room: Room, knowledge: Knowledge, door: str, provider: Provider, oidc: Oidc) -> bool:
    """Go to the provider and back; return whether its word is taken."""
    somebody = coming(room, knowledge, door, oidc)
    asked = somebody.asks()
    provider.nonce = asked["nonce"]
    return somebody.comes_back(asked)


def pem_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize("kind", ["RSA", "EC"])
def test_the_portal_shows_who_it_is_by_a_key_of_its_own(
    room: Room, knowledge: Knowledge, door: str, provider: Provider, kind: str
) -> None:
    room.add(Role.LEADER)
    pem = pem_of(rsa.generate_private_key(65537, 2048) if kind == "RSA" else ec.generate_private_key(ec.SECP256R1()))
    assert is_taken(room, knowledge, door, provider, Oidc(provider.issuer, "portal", "", key=pem))
    assert provider.sent["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    assert "client_secret" not in provider.sent
    public = RSAKey.import_key(pem) if kind == "RSA" else ECKey.import_key(pem)
    claims = jwt.decode(provider.sent["client_assertion"], public, algorithms=["RS256", "ES256"]).claims
    assert claims["iss"] == claims["sub"] == "portal"
    assert claims["aud"] == f"{provider.issuer}/token"
    assert claims["exp"] > time.time()


def test_a_question_is_bound_to_one_browser_and_one_code(
    room: Room, knowledge: Knowledge, door: str, provider: Provider
) -> None:
    room.add(Role.LEADER)
    somebody = coming(room, knowledge, door, Oidc(provider.issuer, "portal", "secret", acr="loa3"))
    asked, again = somebody.asks(), somebody.asks()
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["acr_values"] == "loa3"
    for one in ("state", "nonce", "code_challenge"):
        assert len(asked[one]) >= 43
        assert asked[one] != again[one]
    (cookie,) = [one for one in somebody.seen[-1].headers.getlist("Set-Cookie") if "Max-Age=600" in one]
    path = again["redirect_uri"].removeprefix(SITE)
    for part in ("__Secure-", f"Path={path}", "Secure", "HttpOnly", "SameSite=Lax"):
        assert part in cookie
    provider.nonce, provider.claims = again["nonce"], {"acr": "loa3"}
    assert somebody.comes_back(again)
    challenge = urlsafe_b64encode(sha256(provider.sent["code_verifier"].encode()).digest()).decode().rstrip("=")
    assert challenge == again["code_challenge"]


def test_another_state_or_no_code_is_no_answer(room: Room, knowledge: Knowledge, door: str, provider: Provider) -> None:
    room.add(Role.LEADER)
    somebody = coming(room, knowledge, door, Oidc(provider.issuer, "portal", "secret"))
    for wrong in ({"state": "another"}, {"state": "å"}, {"state": ""}):
        asked = somebody.asks()
        provider.nonce = asked["nonce"]
        assert not somebody.comes_back(asked | wrong)
    assert not somebody.comes_back(somebody.asks(), code="")
    assert not provider.sent


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://else.example"},
        {"aud": "another"},
        {"aud": ["portal", "another"]},
        {"nonce": "old"},
        {"nonce": None},
        {"exp": 1},
        {"sub": ""},
        {"acr": "password"},
        {"acr": None},
    ],
)
def test_a_word_that_is_not_for_this_question_is_not_taken(
    room: Room, knowledge: Knowledge, door: str, provider: Provider, wrong: dict[str, Any]
) -> None:
    room.add(Role.LEADER)
    provider.claims = {"acr": "loa3", **wrong}
    assert not is_taken(room, knowledge, door, provider, Oidc(provider.issuer, "portal", "secret", acr="loa3"))


def test_a_word_that_somebody_else_signed_or_nobody_is_not_taken(
    room: Room, knowledge: Knowledge, door: str, provider: Provider
) -> None:
    room.add(Role.LEADER)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert not is_taken(room, knowledge, door, provider, Oidc(provider.issuer, "portal", "secret"))
    provider.unsigned = True
    assert not is_taken(room, knowledge, door, provider, Oidc(provider.issuer, "portal", "secret"))


@pytest.mark.parametrize("path", ["configuration", "token", "keys"])
def test_a_provider_that_does_not_work_is_another_thing_than_a_no(
    room: Room, knowledge: Knowledge, door: str, provider: Provider, path: str
) -> None:
    room.add(Role.LEADER)
    somebody = coming(room, knowledge, door, Oidc(provider.issuer, "portal", "secret"))
    if path != "configuration":
        provider.nonce = (asked := somebody.asks())["nonce"]
        provider.broken = path
        assert not somebody.comes_back(asked)
    else:
        provider.broken = path
        somebody.asks()
    answer = somebody.seen[-1]
    assert answer.status_code == 503
    assert "svarar inte just nu" in answer.text
    # What to do instead is on the page.
    assert ("/staff/sign-in" if door == "oidc" else 'name="begin"') in answer.text


def test_a_provider_whose_name_ends_in_a_slash_is_called_by_it(
    room: Room, knowledge: Knowledge, door: str, provider: Provider
) -> None:
    room.add(Role.LEADER)
    provider.slash = "/"
    assert is_taken(room, knowledge, door, provider, Oidc(f"{provider.issuer}/", "portal", "secret"))
    assert coming(room, knowledge, door, Oidc(provider.issuer, "portal", "secret")).asks() == {}


def test_a_provider_that_leads_elsewhere_is_not_followed(
    room: Room, knowledge: Knowledge, door: str, provider: Provider
) -> None:
    provider.leads_to = f"{provider.issuer}/elsewhere"
    somebody = coming(room, knowledge, door, Oidc(provider.issuer, "portal", "secret"))
    somebody.asks()
    assert somebody.seen[-1].status_code in (403, 502)


def test_one_provider_never_takes_all_threads(room: Room, provider: Provider) -> None:
    oidc = Oidc(provider.issuer, "portal", "secret")
    with room.app.test_request_context("/identify/answer"):
        full = Door(oidc, "identify", "/identify/answer", "openid", True, turns=BoundedSemaphore(1))
        assert full.lead_away(f"{SITE}/identify/answer", {}).status_code == 302
        full.turns.acquire()
        with pytest.raises(NotReached):
            full.lead_away(f"{SITE}/identify/answer", {})
        full.turns.release()
        assert full.lead_away(f"{SITE}/identify/answer", {}).status_code == 302


def test_a_cookie_of_one_door_opens_nothing_at_the_other(room: Room, provider: Provider) -> None:
    oidc = Oidc(provider.issuer, "portal", "secret")
    doors = [Door(oidc, name, "/x", "openid", False) for name in ("kommun", "identify")]
    with room.app.test_request_context("/x"):
        cookie = doors[0].lead_away(f"{SITE}/x", {}).headers["Set-Cookie"].split(";")[0]
    sealed = cookie.partition("=")[2]
    with room.app.test_request_context("/x", headers={"Cookie": f"kommun={sealed}; identify={sealed}"}):
        assert doors[0].trip() is not None
        assert doors[1].trip() is None


def test_nothing_of_ours_is_what_a_library_will_drop() -> None:
    # Authlib shows its own warnings whatever is asked for, until it is asked after it has said so.
    code = (
        "import warnings, authlib.deprecate; warnings.simplefilter('error', DeprecationWarning);"
        "import portal.web.openid, portal.web.applications.identify, portal.web.staff.kommun_sign_in"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)  # noqa: S603


def test_a_key_is_read_at_the_start_and_a_bad_one_stops_it(tmp_path: Path) -> None:
    file = tmp_path / "key.pem"
    given = {
        **PRODUCTION,
        "PORTAL_OIDC_ISSUER": "https://login.example",
        "PORTAL_OIDC_CLIENT_ID": "portal",
        "PORTAL_OIDC_KEY_FILE": str(file),
        "PORTAL_SITE": "https://portal.example",
    }
    with pytest.raises(BadSettings, match="PORTAL_OIDC_KEY_FILE"):
        Settings.from_environment(given)
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505 - it must be refused
    for bad in ("no key", pem_of(short), pem_of(ec.generate_private_key(ec.SECP384R1()))):
        file.write_text(bad)
        with pytest.raises(BadSettings, match="PORTAL_OIDC_KEY_FILE"):
            Settings.from_environment(given)
    file.write_text(pem_of(ec.generate_private_key(ec.SECP256R1())))
    found = Settings.from_environment(given).oidc
    assert found is not None
    assert found.key == file.read_text()
    assert "PRIVATE" not in repr(found)
    with pytest.raises(BadSettings, match="PORTAL_OIDC_CLIENT_SECRET"):
        Settings.from_environment(given | {"PORTAL_OIDC_CLIENT_SECRET": "both"})
