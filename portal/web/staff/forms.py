"""The forms of signing in: those of Flask-Security, slowed for who guesses, and without what nobody chooses here."""

from typing import Any

from flask_security import (
    LoginForm,
    TwoFactorRescueForm,
    TwoFactorSelectForm,
    TwoFactorSetupForm,
    TwoFactorVerifyCodeForm,
    WebAuthnRegisterForm,
)
from wtforms import HiddenField

from portal.domain.sentences import fixed
from portal.domain.staff.invitations import LONGEST_PASSWORD
from portal.store.staff.tries import may_sign_in, note_wrong_try
from portal.web.portal import now
from portal.web.storage import current_storage

WAIT = fixed("Det blev fel för många gånger. Vänta en stund och försök sedan igen.")


class SlowedLoginForm(LoginForm):
    """E-mail and password; who guesses waits longer each time, whether the account exists or not."""

    remember = None  # nobody is remembered past her session, whatever a form asks for

    def validate(self, **kwargs: Any) -> bool:
        """Return whether both are right, and it is not too soon to look."""
        account = self.email.data = str(self.email.data or "").strip()
        if not may_sign_in(current_storage(), account, now()):
            self.form_errors.append(WAIT)
            return False
        if len(str(self.password.data or "")) > LONGEST_PASSWORD:
            self.password.data = ""  # nobody's is so long, and what checks passwords reads none past 4096 signs
        if super().validate(**kwargs):
            return True
        note_wrong_try(current_storage(), account, now())
        return False


class SlowedCodeForm(TwoFactorVerifyCodeForm):
    """The code of the app; who guesses is slowed together with who guesses the password."""

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the code is right, and it is not too soon to look."""
        account = self.user.email if self.user is not None else ""
        if not may_sign_in(current_storage(), account, now()):
            self.form_errors.append(WAIT)
            return False
        if super().validate(**kwargs):
            return True
        note_wrong_try(current_storage(), account, now())
        return False


class OneWayForm(TwoFactorSetupForm):
    """There is one way to set up a second factor, so nobody chooses."""

    setup = HiddenField()


class ChosenForm(TwoFactorSelectForm):
    """Which of her second factors somebody uses, by the button she pressed."""

    which = HiddenField()


class NoRescueForm(TwoFactorRescueForm):
    """Who has lost her second factor asks an administrator."""

    help_setup = HiddenField()


class SecondFactorKeyForm(WebAuthnRegisterForm):
    """A new passkey, which is never enough alone."""

    usage = HiddenField(default="secondary")
