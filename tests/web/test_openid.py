"""Speaking OpenID Connect: how the portal shows who it is, and whose word it takes."""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask, request
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from werkzeug.serving import make_server

from portal.domain.staff.roles import Role
from portal.settings import BadSettings, Oidc, Settings
from tests.made_up_staff import Room
from tests.test_settings import PRODUCTION
from tests.web.staff.test_kommun_sign_in import with_provider

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

    def __post_init__(self) -> None:
        self.app.add_url_rule("/.well-known/openid-configuration", view_func=self.configuration)
        self.app.add_url_rule("/keys", view_func=self.keys)
        self.app.add_url_rule("/token", view_func=self.token, methods=["POST"])

    def configuration(self) -> dict[str, str]:
        """Say where everything is."""
        places = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {"issuer": self.issuer} | {name: f"{self.issuer}{path}" for name, path in places.items()}

    def keys(self) -> dict[str, Any]:
        """Say with what is signed."""
        return {"keys": [self.key.as_dict(private=False)]}

    def token(self) -> dict[str, str]:
        """Say who she is."""
        self.sent = request.form.to_dict()
        at = int(time.time())
        claims = {**HERS, "iss": self.issuer, "nonce": self.nonce, "iat": at, "exp": at + 60, **self.claims}
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


def come_in(room: Room, provider: Provider, oidc: Oidc) -> int:
    """Go to the provider and back; return how the portal answers."""
    member = with_provider(room, oidc).visitor()
    asked = dict(parse_qsl(urlsplit(member.get("/kommun").response.location or "").query))
    provider.nonce = asked["nonce"]
    return member.get(f"/kommun/answer?code=a-code&state={asked['state']}").status


def pem_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


@pytest.mark.parametrize("kind", ["RSA", "EC"])
def test_the_portal_shows_who_it_is_by_a_key_of_its_own(room: Room, provider: Provider, kind: str) -> None:
    room.add(Role.LEADER)
    pem = pem_of(rsa.generate_private_key(65537, 2048) if kind == "RSA" else ec.generate_private_key(ec.SECP256R1()))
    assert come_in(room, provider, Oidc(provider.issuer, "portal", "", key=pem)) == 200
    assert provider.sent["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    assert "client_secret" not in provider.sent
    public = RSAKey.import_key(pem) if kind == "RSA" else ECKey.import_key(pem)
    claims = jwt.decode(provider.sent["client_assertion"], public, algorithms=["RS256", "ES256"]).claims
    assert claims["iss"] == claims["sub"] == "portal"
    assert claims["aud"] == f"{provider.issuer}/token"
    assert claims["exp"] > time.time()


@pytest.mark.parametrize(
    "wrong",
    [{"iss": "https://else.example"}, {"aud": "another"}, {"nonce": "old"}, {"exp": 1}, {"sub": ""}, {"email": 7}],
)
def test_a_word_that_is_not_for_this_question_is_not_taken(
    room: Room, provider: Provider, wrong: dict[str, Any]
) -> None:
    room.add(Role.LEADER)
    provider.claims = wrong
    assert come_in(room, provider, Oidc(provider.issuer, "portal", "secret")) == 403


def test_a_word_that_somebody_else_signed_is_not_taken(room: Room, provider: Provider) -> None:
    room.add(Role.LEADER)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})
    assert come_in(room, provider, Oidc(provider.issuer, "portal", "secret")) == 403


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
