"""Recovery codes: ten on paper, for who has lost her phone or her key. Flask-Security leads; the portal keeps them."""

from collections.abc import Callable
from typing import Any

from flask import Flask, session
from flask_login import current_user
from flask_security import MfRecoveryForm, UserMixin
from flask_security.recovery_codes import MfRecoveryCodesUtil
from werkzeug.wrappers import Response as AnyResponse

from portal.actions.staff.recovery_codes import count_left, make_codes, use_code
from portal.domain.references import read_code
from portal.domain.sentences import Sentence, counted, sentence
from portal.web.portal import now
from portal.web.staff.accounts import User
from portal.web.staff.forms import WAIT
from portal.web.staff.pages import lead_to, page, storage, tell
from portal.web.staff.slowing import may_try_code, note_wrong_code

View = Callable[[], Any]


class RecoveryCodes(MfRecoveryCodesUtil):
    """Makes and checks codes. Only their hashes are kept, so no code is shown a second time."""

    def create_recovery_codes(self, user: UserMixin) -> list[str]:
        """Return new codes; the old ones are worth nothing."""
        return list(make_codes(storage(), str(user.id), now()))

    def get_recovery_codes(self, user: UserMixin) -> list[str]:
        """Return none: what is kept cannot be read."""
        return []

    def check_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Return whether a code is right; it is used up from then on, so that of two at once only one comes in."""
        return use_code(storage(), str(user.id), code, now())

    def delete_recovery_code(self, user: UserMixin, code: str) -> bool:
        """Return that it is gone: the check took it."""
        return True


class SlowedRecoveryForm(MfRecoveryForm):
    """A recovery code, which who guesses waits for as for any second factor."""

    def validate(self, **kwargs: Any) -> bool:
        """Return whether the code is right, and it is not too soon to look."""
        account = str(self.user.id) if self.user is not None else ""
        if not may_try_code(account):
            self.form_errors.append(WAIT)
            return False
        if super().validate(**kwargs):
            return True
        if read_code(str(self.code.data or "")) is not None:  # a slip of the pen can open nothing
            note_wrong_code(account)
        return False


def init_recovery_codes(app: Flask) -> None:
    """Show the codes at the end of the first sign-in, and lead who used one to where she gets a new app."""
    views = app.view_functions
    views["security.two_factor_token_validation"] = _showing_codes(views["security.two_factor_token_validation"])
    views["security.mf_recovery"] = _leading_on(views["security.mf_recovery"])


def said_left() -> Sentence:
    """Return how many codes are left of who is signed in."""
    left = count_left(storage(), str(current_user.id))
    return counted("Du har {n} reservkod kvar.", "Du har {n} reservkoder kvar.", left)


def _showing_codes(confirm: View) -> View:
    def confirm_and_show() -> AnyResponse:
        is_first = session.get("tf_state") == "validating_profile" and not current_user.is_authenticated
        answer: AnyResponse = confirm()
        user = current_user._get_current_object()
        if not is_first or not isinstance(user, User) or not user.is_authenticated:
            return answer
        codes = make_codes(storage(), str(user.id), now())
        return page("recovery_codes", recovery_codes=codes, said_left=said_left)

    return confirm_and_show


def _leading_on(use: View) -> View:
    def use_and_lead_on() -> AnyResponse:
        was_in = current_user.is_authenticated
        answer: AnyResponse = use()
        if was_in or not current_user.is_authenticated:
            return answer
        tell(sentence("Du loggade in med en reservkod. Har du en ny telefon? Koppla en ny app för koder."))
        return lead_to("account")

    return use_and_lead_on
