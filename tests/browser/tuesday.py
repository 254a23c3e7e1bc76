"""The app of the browser tests, for gunicorn: it is always Tuesday morning, and every log line is written out."""

import logging

from portal import create_app
from tests.conftest import TUESDAY

logging.basicConfig(level=logging.DEBUG, format="%(name)s: %(message)s")
app = create_app(clock=lambda: TUESDAY)
