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

from portal.domain.people.brakes import PASSWORDS
from portal.domain.sentences import fixed
from portal.domain.staff.invitations import LONGEST_PASSWORD
from portal.store.people.brakes import press
from portal.web.portal import now
from portal.web.staff.slowing import may_try_code, note_wrong_code
from portal.web.storage import current_storage

WAIT = fixed("Det blev fel för många gånger. Vänta en stund och försök sedan igen.")


class SlowedLoginForm(LoginForm):
    """E-mail and password. A right one always leads on; a wrong one after many is told to wait, whoever it names."""

    remember = None  # nobody is remembered past her session, whatever a form asks for

    def validate(self, **kwargs: Any) -> bool:
        """Return whether both are right."""
        account = self.email.data = str(self.email.data or "").strip()
        if len(str(self.password.data or "")) > LONGEST_PASSWORD:
            self.password.data = ""  # nobody's is so long, and what checks passwords reads none past 4096 signs
        if super().validate(**kwargs):
            return True
        if not press(current_storage(), PASSWORDS, account.casefold(), now()):
            self.form_errors.append(WAIT)
        return False


class SlowedCodeForm(TwoFactorVerifyCodeForm):
    """The code of the app, which who guesses waits for: only somebody who knows the password comes here."""

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the code is right, and it is not too soon to look."""
        account = str(self.user.id) if self.user is not None else ""
        if not may_try_code(account):
            self.form_errors.append(WAIT)
            return False
        if super().validate(**kwargs):
            return True
        note_wrong_code(account)
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
