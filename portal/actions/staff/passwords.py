"""What a password must be: the domain's own rule, and no password that guessers try first (zxcvbn)."""

from zxcvbn import zxcvbn

from portal.domain.sentences import Sentence
from portal.domain.staff.invitations import TOO_EASY_TO_GUESS, problem_of_password, words_of_email

GUESSES = 10
"""Tens to the power of guesses that a password must stand, at least."""

_LOOKED_AT = 24
"""Letters that are weighed: more only make a password stronger, and weighing slower."""


def problem_of(password: str, email: str) -> Sentence | None:
    """Return why a password cannot be used by who has that e-mail, or None."""
    own = words_of_email(email)
    problem = problem_of_password(password, own)
    if problem is not None:
        return problem
    weighed = zxcvbn(password[:_LOOKED_AT], user_inputs=[word for word in own if word])
    return TOO_EASY_TO_GUESS if weighed["guesses_log10"] < GUESSES else None
