"""A voice to ask: in English, and in Arabic."""

import pytest

from portal.web.voices.voice import Voice
from tests.web.voices.speaking import ARABIC, ENGLISH, translations


@pytest.fixture(scope="module", params=[ENGLISH, ARABIC], ids=["en", "ar"])
def voice(request: pytest.FixtureRequest) -> Voice:
    """Return a voice in each of the two directions."""
    return Voice(request.param, translations(request.param))
