"""The app of the browser tests, for gunicorn: it is always Tuesday morning, and every log line is written out."""

import logging
import os

from portal import create_app
from tests.apps import share_templates
from tests.conftest import TUESDAY

logging.basicConfig(level=logging.DEBUG, format="%(name)s: %(message)s")
app = create_app(clock=lambda: TUESDAY)
if "PORTAL_TRANSLATIONS" not in os.environ:
    share_templates(app)
