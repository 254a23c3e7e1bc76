"""How gunicorn serves the portal; it finds this file by itself. Its address is given where it is started."""

import os
import signal

from portal.serving import reloaded
from portal.watching import watch_catalogue

worker_class = "portal.web.patience.PatientWorker"
workers = 2
threads = 256
worker_connections = 2048
"""Of each worker: threads are made when they are needed, and who says nothing holds none for more than five seconds."""

keepalive = 5
timeout = 60
graceful_timeout = 45
"""Seconds, longer than a request: time-outs nest (docs/operations.md)."""

logger_class = "portal.web.server_log.Discreet"
"""It writes nothing of who asked, for what."""

forwarder_headers = ""
forwarded_allow_ips = ""
"""Where the portal is comes from its settings (portal/web/place.py), never from a header that gunicorn reads."""

preload_app = True
"""The portal is read once and shared by the workers; a reload that fails leaves the old one at work."""

control_socket_disable = True
"""Nothing is written beside the portal; it is told by signals."""


def on_reload(server):
    """Try what has changed before any worker has it (`kill -HUP`); what cannot be served leaves the old one at work."""
    server.app.callable = reloaded(server.app.callable)


def post_worker_init(worker):
    """Ask the first process to reload where the catalogue's folder leads to another version (docs/plone.md)."""
    watch_catalogue(lambda: os.kill(worker.ppid, signal.SIGHUP))
