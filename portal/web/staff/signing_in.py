"""How staff sign in: Flask-Security with a password and a second factor, in the portal's own words and pages."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask, Response, redirect, session, url_for
from flask_login import current_user
from flask_security import Security, user_authenticated
from flask_security.utils import logout_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.staff.accounts import note_sign_in, sign_out
from portal.domain.sentences import fixed
from portal.settings import PasswordCost
from portal.store.storage import Storage
from portal.web.portal import current_voice, now
from portal.web.staff.accounts import AUTHENTICATOR, ISSUER, Accounts, User, codes_of
from portal.web.staff.forms import (
    ChosenForm,
    NoRescueForm,
    OneWayForm,
    SecondFactorKeyForm,
    SlowedCodeForm,
    SlowedLoginForm,
)
from portal.web.staff.kommun_sign_in import has_kommun_sign_in
from portal.web.staff.pages import page
from portal.web.staff.recovery_codes import RecoveryCodes, SlowedRecoveryForm, init_recovery_codes, said_left
from portal.web.staff.sessions import ABSOLUTE, IDLE
from portal.web.staff.slowing import forget_wrong_codes
from portal.web.storage import current_storage

# What Flask-Security says, in our words. A wrong password and an e-mail that nobody has are told the same.
_WRONG = fixed("E-posten eller lösenordet stämmer inte.")
_SAID = {
    "API_ERROR": fixed("Nyckeln kunde inte läsas. Försök igen."),
    "DISABLED_ACCOUNT": _WRONG,
    "EMAIL_NOT_PROVIDED": fixed("Skriv din e-post."),
    "GENERIC_AUTHN_FAILED": _WRONG,
    "INVALID_CODE": fixed("Koden stämmer inte. Vänta på nästa kod och försök igen."),
    "INVALID_EMAIL_ADDRESS": _WRONG,
    "INVALID_INPUT": _WRONG,
    "INVALID_PASSWORD": _WRONG,
    "INVALID_RECOVERY_CODE": fixed("Koden stämmer inte, eller så är den använd."),
    "INVALID_REDIRECT": fixed("Börja om från början."),
    "PASSWORD_NOT_PROVIDED": fixed("Skriv ditt lösenord."),
    "REAUTHENTICATION_REQUIRED": fixed("Logga in igen för att ändra hur du loggar in."),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": fixed("Du har en ny app för koder."),
    "TWO_FACTOR_INVALID_TOKEN": fixed("Koden stämmer inte. Vänta på nästa kod och försök igen."),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": fixed("Du är inloggad."),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": fixed("Det går inte just nu."),
    "TWO_FACTOR_PERMISSION_DENIED": fixed("Börja med din e-post och ditt lösenord."),
    "TWO_FACTOR_SETUP_EXPIRED": fixed("Det tog för lång tid. Börja om."),
    "UNAUTHENTICATED": fixed("Logga in först."),
    "USER_DOES_NOT_EXIST": _WRONG,
    "WEBAUTHN_CREDENTIAL_DELETED": fixed("Nyckeln är borttagen."),
    "WEBAUTHN_CREDENTIAL_ID_INUSE": fixed("Den nyckeln finns redan."),
    "WEBAUTHN_CREDENTIAL_WRONG_USAGE": fixed("Den nyckeln går inte att använda här."),
    "WEBAUTHN_EXPIRED": fixed("Det tog för lång tid. Börja om."),
    "WEBAUTHN_MISMATCH_USER_HANDLE": fixed("Den nyckeln går inte att använda här."),
    "WEBAUTHN_NAME_INUSE": fixed("Den nyckeln finns redan."),
    "WEBAUTHN_NAME_NOT_FOUND": fixed("Den nyckeln finns inte."),
    "WEBAUTHN_NAME_REQUIRED": fixed("Den nyckeln finns inte."),
    "WEBAUTHN_NO_VERIFY": fixed("Nyckeln kunde inte läsas. Försök igen."),
    "WEBAUTHN_REGISTER_SUCCESSFUL": fixed("Nyckeln är tillagd."),
    "WEBAUTHN_UNKNOWN_CREDENTIAL_ID": fixed("Den nyckeln går inte att använda här."),
}

_WITH_PROBLEMS = ("login_user_form", "two_factor_verify_code_form", "mf_recovery_form")
"""The forms whose problems stand on the page."""

_SETTINGS: dict[str, Any] = {
    "URL_PREFIX": "/staff",
    "STATIC_FOLDER": None,
    "LOGIN_URL": "/sign-in",
    "LOGOUT_URL": "/sign-out",
    "TWO_FACTOR_SETUP_URL": "/second-factor",
    "TWO_FACTOR_TOKEN_VALIDATION_URL": "/code",
    "TWO_FACTOR_SELECT_URL": "/choose-factor",
    "WAN_REGISTER_URL": "/passkeys",
    "WAN_DELETE_URL": "/passkeys/remove",
    "WAN_SIGNIN_URL": "/passkey",
    "MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
    "MULTI_FACTOR_RECOVERY_URL": "/recovery-code",
    "LOGIN_USER_TEMPLATE": "sign_in",
    "TWO_FACTOR_SETUP_TEMPLATE": "second_factor",
    "TWO_FACTOR_VERIFY_CODE_TEMPLATE": "code",
    "TWO_FACTOR_SELECT_TEMPLATE": "choose_factor",
    "WAN_REGISTER_TEMPLATE": "passkeys",
    "WAN_SIGNIN_TEMPLATE": "passkey",
    "MULTI_FACTOR_RECOVERY_CODES_TEMPLATE": "recovery_codes",
    "MULTI_FACTOR_RECOVERY_TEMPLATE": "recovery_code",
    "POST_LOGIN_VIEW": "staff.home",
    "POST_LOGOUT_VIEW": "security.login",
    "TWO_FACTOR_POST_SETUP_VIEW": "staff.account",
    "WAN_POST_REGISTER_VIEW": "security.wan_register",
    "PASSWORD_HASH": "argon2",
    "PASSWORD_SINGLE_HASH": ["argon2"],
    "PASSWORD_SCHEMES": ["argon2"],
    "EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    "RETURN_GENERIC_RESPONSES": True,
    "API_ENABLED_METHODS": ["session"],
    "TWO_FACTOR": True,
    "TWO_FACTOR_REQUIRED": True,
    "TWO_FACTOR_ALWAYS_VALIDATE": True,
    "TWO_FACTOR_ENABLED_METHODS": [AUTHENTICATOR],
    "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
    "TWO_FACTOR_RESCUE_EMAIL": False,
    "TOTP_ISSUER": ISSUER,
    "TOTP_SECRETS": {"1": "what makes the codes seals them with the portal's own keys"},
    "WEBAUTHN": True,
    "WAN_RP_NAME": ISSUER,
    "WAN_ALLOW_AS_FIRST_FACTOR": False,
    "WAN_ALLOW_AS_VERIFY": None,
    "MULTI_FACTOR_RECOVERY_CODES": True,
    "FRESHNESS": IDLE,
    "FRESHNESS_GRACE_PERIOD": timedelta(0),
    "SEND_PASSWORD_CHANGE_EMAIL": False,
    "CLI_USERS_NAME": None,
    "CLI_ROLES_NAME": None,
}


def init_signing_in(app: Flask, storage: Storage, clock: Callable[[], datetime], cost: PasswordCost) -> None:
    """Let staff sign in to the app."""
    app.config.update({f"SECURITY_{name}": value for name, value in _SETTINGS.items()})
    app.config["SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS"] = {
        "argon2__rounds": cost.passes,
        "argon2__memory_cost": cost.memory,
        "argon2__parallelism": cost.lanes,
    }
    app.config.update({f"SECURITY_MSG_{name}": (said, "info") for name, said in _SAID.items()})
    app.config.update(
        # A browser is told to send no Referer; the token and the strict cookie hold without it.
        WTF_CSRF_SSL_STRICT=False,
        WTF_CSRF_TIME_LIMIT=int(ABSOLUTE.total_seconds()),
        SESSION_PROTECTION=None,
    )
    CSRFProtect(app)
    security = Security(
        app,
        Accounts(storage, clock),
        login_form=SlowedLoginForm,
        two_factor_verify_code_form=SlowedCodeForm,
        two_factor_setup_form=OneWayForm,
        two_factor_select_form=ChosenForm,
        two_factor_rescue_form=NoRescueForm,
        wan_register_form=SecondFactorKeyForm,
        mf_recovery_form=SlowedRecoveryForm,
        mf_recovery_codes_util_cls=RecoveryCodes,
        totp_cls=codes_of(storage, clock),
        render_template=_render,  # type: ignore[arg-type]  # a whole answer serves as well as its text
    )
    # No program signs in: every answer is a page.
    security.want_json(lambda _: False)
    security.reauthn_handler(_ask_again)
    app.view_functions["security.logout"] = leave
    init_recovery_codes(app)
    user_authenticated.connect(_note_sign_in, app)


def _render(template: str, **values: Any) -> Response:
    form = next((values[name] for name in _WITH_PROBLEMS if name in values), None)
    voice = current_voice()
    wrong = [str(said) for found in (form.errors if form is not None else {}).values() for said in found]
    problems = [voice.mark(voice.gettext(said)) for said in dict.fromkeys(wrong)]
    known = {key.name for key in getattr(current_user, "webauthn", ())}
    return page(
        template,
        status=422 if problems else 200,
        problems=problems,
        has_kommun_sign_in=has_kommun_sign_in,
        said_left=said_left,
        # A passkey is called by its number: its name stands in an address on the way, and no person's words do.
        next_name=next(str(number) for number in count(1) if str(number) not in known),
        **values,
    )


def _ask_again(*_: Any, **__: Any) -> AnyResponse:
    """Let somebody sign in anew who wants to change how she signs in, and has been here for a while."""
    logout_user()
    return redirect(url_for("security.login"), 303)


def leave() -> AnyResponse:
    """Sign out, here and on every other device."""
    user = current_user._get_current_object()
    if isinstance(user, User):
        sign_out(current_storage(), user.staff)
    logout_user()
    session.clear()
    response = redirect(url_for("security.login"), 303)
    # What the browser kept of the room goes, also from what Back would show. Not "cookies": those of the whole domain
    # would go with them, and the room's own has just been taken away.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _note_sign_in(app: Flask, user: User, **_: Any) -> None:
    # The token of the forms on the way in is not that of those inside.
    session.pop("csrf_token", None)
    forget_wrong_codes(str(user.id))
    note_sign_in(current_storage(), user.staff, now())
