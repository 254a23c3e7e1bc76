"""The application that a WSGI server runs."""

from portal.serving import start

app = start()
