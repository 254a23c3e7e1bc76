"""Settings come from the environment alone; a gap or a bad value stops the start and is named."""

from pathlib import Path

import pytest

from portal import create_app
from portal.outside_settings import BadSettings
from portal.settings import HSTS, ROOT, Oidc, Settings
from portal.store.languages.menu import TRANSLATIONS, BrokenLanguages
from portal.store.loading import BrokenCatalogue
from portal.store.reading import DATA
from portal.store.recovery import new_recovery_key

SECRET = "s" * 32
# The same in every process, for they stand in the names of tests.
KEYS = ("a" * 43 + "=", "b" * 43 + "=")
PRODUCTION = {
    "PORTAL_SECRET_KEY": SECRET,
    "PORTAL_DATABASE_URL": "postgresql://portal@127.0.0.1/portal",
    "PORTAL_ENCRYPTION_KEYS": KEYS[0],
}


def test_production_is_the_default_and_starts_when_nothing_is_missing() -> None:
    found = Settings.from_environment(PRODUCTION)
    assert not found.is_development
    assert found == Settings(SECRET, PRODUCTION["PORTAL_DATABASE_URL"], encryption_keys=KEYS[:1], hsts=HSTS)
    assert (found.smtp_url, found.site) == (None, None)
    assert (found.data, found.shared_data, found.translations) == (DATA, DATA, TRANSLATIONS)
    assert (found.kommuner, found.is_behind_proxy) == ((), False)


def test_production_refuses_to_start_without_a_secret() -> None:
    with pytest.raises(BadSettings, match="PORTAL_SECRET_KEY"):
        Settings.from_environment({})


def test_the_database_is_a_file_of_the_instance_unless_another_is_named() -> None:
    found = Settings.from_environment({**PRODUCTION, "PORTAL_DATABASE_URL": ""})
    assert found.database_url == (f"sqlite:///{ROOT / 'instance' / 'portal.sqlite'}")


def test_development_makes_safe_values_of_its_own() -> None:
    first, second = (Settings.from_environment({"PORTAL_ENV": "development"}) for _ in range(2))
    assert first.is_development
    assert len(first.secret_key) >= 32
    assert first.secret_key != second.secret_key
    assert first.database_url.startswith("sqlite:///")
    assert first.encryption_keys == second.encryption_keys  # or a restart could open nothing


def test_every_setting_is_read() -> None:
    found = Settings.from_environment(
        {
            **PRODUCTION,
            "PORTAL_KOMMUNER": " lekeberg, mellerud ,",
            "PORTAL_DATA": "/srv/data",
            "PORTAL_TRANSLATIONS": "/srv/translations",
            "PORTAL_BEHIND_PROXY": "1",
            "PORTAL_ENCRYPTION_KEYS": f"{KEYS[0]}, {KEYS[1]},",
            "PORTAL_SMTP_URL": "smtp+starttls://portal:hemligt@127.0.0.1:587",
            "PORTAL_MAIL_FROM": "portalen@example.se",
            "PORTAL_SITE": "https://stod.example.se",
            "PORTAL_TELL_KEY": "t" * 32,
        }
    )
    assert found.tell_key == b"t" * 32
    assert found.encryption_keys == KEYS
    assert found.smtp_url == "smtp+starttls://portal:hemligt@127.0.0.1:587"
    assert (found.mail_from, found.site) == ("portalen@example.se", "https://stod.example.se")
    assert found.kommuner == ("lekeberg", "mellerud")
    assert (found.data, found.translations) == (Path("/srv/data"), Path("/srv/translations"))
    assert found.is_behind_proxy


RECOVERY, _SECRET = new_recovery_key()
EXPORT = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="


def test_what_applications_need_is_read() -> None:
    targets = "lekeberg=https://case.example.se/in, lekeberg/family_counselling=http://127.0.0.1:9/in,"
    given = {"PORTAL_RECOVERY_KEY": f" {RECOVERY}\n", "PORTAL_EXPORT_TARGETS": targets, "PORTAL_EXPORT_KEY": EXPORT}
    found = Settings.from_environment({**PRODUCTION, **given})
    assert found.recovery_key == RECOVERY
    assert found.export_key == b"A" * 32
    assert found.export_targets == {
        ("lekeberg", "shared"): "https://case.example.se/in",
        ("lekeberg", "family_counselling"): "http://127.0.0.1:9/in",
    }
    without = Settings.from_environment(PRODUCTION)
    assert (without.recovery_key, without.export_targets, without.export_key) == (None, {}, b"")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_RECOVERY_KEY", "hej"),
        pytest.param("PORTAL_RECOVERY_KEY", _SECRET, id="the private part"),
        ("PORTAL_EXPORT_KEY", ""),
        ("PORTAL_EXPORT_KEY", "hej"),
        ("PORTAL_EXPORT_KEY", "é"),
        ("PORTAL_EXPORT_TARGETS", "lekeberg"),
        ("PORTAL_EXPORT_TARGETS", "lekeberg=http://case.example.se/in"),
        ("PORTAL_EXPORT_TARGETS", "lekeberg=ftp://127.0.0.1/in"),
        ("PORTAL_EXPORT_TARGETS", "lekeberg=https://"),
        ("PORTAL_EXPORT_TARGETS", "lekeberg=https://["),
        ("PORTAL_WEBHOOKS", "lekeberg"),
        ("PORTAL_WEBHOOKS", "=https://copy.example.se/hook"),
        ("PORTAL_WEBHOOKS", "lekeberg=http://127.0.0.1/hook"),
        ("PORTAL_WEBHOOKS", "lekeberg=https://copy.example.se/" + 400 * "x"),
        ("PORTAL_WEBHOOKS", "lekeberg=https://copy.example.se/hook"),  # where is the portal?
        ("PORTAL_EXPORT_TARGETS", "lekeberg/window=https://case.example.se"),
        ("PORTAL_EXPORT_TARGETS", "=https://case.example.se"),
    ],
    ids=range(17),
)
def test_a_key_or_an_address_that_cannot_be_used_is_named_and_not_repeated(name: str, value: str) -> None:
    given = {"PORTAL_EXPORT_TARGETS": "lekeberg=https://case.example.se/in", "PORTAL_EXPORT_KEY": EXPORT, name: value}
    with pytest.raises(BadSettings, match=name) as refusal:
        Settings.from_environment({**PRODUCTION, **given})
    assert "KEY" not in name or not value or value not in str(refusal.value)


@pytest.mark.parametrize("word", ["0", ""])
def test_no_proxy_is_the_default(word: str) -> None:
    assert not Settings.from_environment({**PRODUCTION, "PORTAL_BEHIND_PROXY": word}).is_behind_proxy


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_ENV", "test"),
        ("PORTAL_ENV", "Production"),
        ("PORTAL_SECRET_KEY", ""),
        ("PORTAL_SECRET_KEY", "s" * 31),
        ("PORTAL_DATABASE_URL", "mysql://portal@127.0.0.1/portal"),
        ("PORTAL_DATABASE_URL", "portal.sqlite"),
        ("PORTAL_DATABASE_URL", "postgresql://["),
        ("PORTAL_BEHIND_PROXY", "yes"),
        ("PORTAL_ENCRYPTION_KEYS", ""),
        ("PORTAL_ENCRYPTION_KEYS", "a key that is none"),
        ("PORTAL_ENCRYPTION_KEYS", f"{KEYS[0]},short"),
        ("PORTAL_SMTP_URL", "http://127.0.0.1"),
        ("PORTAL_SITE", "stod.example.se"),
        ("PORTAL_SITE", "https://stod.example.se/?x"),
        ("PORTAL_SITE", "https://anna@stod.example.se"),
        ("PORTAL_HSTS", "a year"),
        ("PORTAL_TELL_KEY", "t" * 31),
        ("PORTAL_TELL_KEY", "t" * 32),  # which folder changes when we are told?
        ("PORTAL_SECURITY_CONTACT", "sakerhet@example.se"),
        ("PORTAL_DATA_CONTACT", "mailto:data@example.se"),
        ("PORTAL_DATA_LICENCE", "MIT"),
    ],
)
def test_a_bad_value_is_named_and_not_repeated_where_it_is_secret(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name) as refusal:
        Settings.from_environment({**PRODUCTION, name: value})
    is_secret = name in ("PORTAL_SECRET_KEY", "PORTAL_DATABASE_URL", "PORTAL_ENCRYPTION_KEYS", "PORTAL_TELL_KEY")
    assert not (is_secret and value and value in str(refusal.value))


@pytest.mark.parametrize("sender", ["", "portalen", "portalen@example.se\nBcc: x@example.se"])
def test_a_mail_server_needs_somebody_who_sends(sender: str) -> None:
    with pytest.raises(BadSettings, match="PORTAL_MAIL_FROM"):
        Settings.from_environment({**PRODUCTION, "PORTAL_SMTP_URL": "smtp://127.0.0.1", "PORTAL_MAIL_FROM": sender})


def test_a_kommun_that_is_not_there_stops_the_start() -> None:
    with pytest.raises(BrokenCatalogue, match="granby"):
        create_app(Settings.from_environment({**PRODUCTION, "PORTAL_KOMMUNER": "lekeberg,granby"}))


def test_browsers_come_by_tls_for_a_year_in_production() -> None:
    assert Settings.from_environment(PRODUCTION).hsts == 31_536_000
    assert Settings.from_environment({**PRODUCTION, "PORTAL_HSTS": "0"}).hsts == 0
    assert Settings.from_environment({"PORTAL_ENV": "development"}).hsts == 0


def test_folders_that_are_not_there_stop_the_start(tmp_path: Path) -> None:
    with pytest.raises(BrokenCatalogue, match="kommuner"):
        create_app(Settings.from_environment({**PRODUCTION, "PORTAL_DATA": str(tmp_path)}))
    with pytest.raises(BrokenLanguages, match=r"languages\.yaml"):
        create_app(Settings.from_environment({**PRODUCTION, "PORTAL_TRANSLATIONS": str(tmp_path)}))


OIDC = {
    "PORTAL_OIDC_ISSUER": "https://id.example.se/",
    "PORTAL_OIDC_CLIENT_ID": "portal",
    "PORTAL_OIDC_CLIENT_SECRET": "secret",
    "PORTAL_SITE": "https://stod.example.se",
}


def test_the_kommun_s_own_sign_in_is_read_where_it_has_one() -> None:
    assert Settings.from_environment(PRODUCTION).oidc is None
    found = Settings.from_environment({**PRODUCTION, **OIDC, "PORTAL_OIDC_ACR": "loa3"}).oidc
    assert found == Oidc("https://id.example.se/", "portal", "secret", "loa3")
    local = {**OIDC, "PORTAL_OIDC_ISSUER": "http://127.0.0.1:9000", "PORTAL_ENV": "development"}
    assert Settings.from_environment(local).oidc == Oidc("http://127.0.0.1:9000", "portal", "secret")


def test_residents_have_a_provider_of_their_own() -> None:
    eid = {name.replace("PORTAL_OIDC", "PORTAL_EID_OIDC"): value for name, value in OIDC.items()}
    found = Settings.from_environment({**PRODUCTION, **eid})
    assert (found.oidc, found.eid) == (None, Oidc("https://id.example.se/", "portal", "secret"))
    with pytest.raises(BadSettings, match="PORTAL_EID_OIDC_CLIENT_ID"):
        Settings.from_environment({**PRODUCTION, **eid, "PORTAL_EID_OIDC_CLIENT_ID": ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORTAL_OIDC_ISSUER", ""),
        ("PORTAL_OIDC_ISSUER", "http://id.example.se"),
        ("PORTAL_OIDC_CLIENT_ID", ""),
        ("PORTAL_OIDC_CLIENT_SECRET", ""),
        ("PORTAL_SITE", ""),
    ],
)
def test_half_a_sign_in_stops_the_start(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name) as refusal:
        Settings.from_environment({**PRODUCTION, **OIDC, name: value})
    assert "secret" not in str(refusal.value).replace("CLIENT_SECRET", "")


def test_who_is_told_of_changes() -> None:
    given = {
        **PRODUCTION,
        "PORTAL_WEBHOOKS": "lekeberg=https://a.example.se/x, lekeberg=https://b.example.se/?y,mellerud=https://a.example.se/",
        "PORTAL_EXPORT_KEY": EXPORT,
        "PORTAL_SITE": "https://stod.example.se",
    }
    assert Settings.from_environment(given).webhooks == {
        "lekeberg": ("https://a.example.se/x", "https://b.example.se/?y"),
        "mellerud": ("https://a.example.se/",),
    }
