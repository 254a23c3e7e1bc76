#!/bin/sh
# Patroni runs this once, on the first primary: the portal's account and its database.
set -eu
exec psql -v ON_ERROR_STOP=1 "$1" <<'END'
SET log_statement = 'none';
CREATE ROLE portal LOGIN PASSWORD '@DB_PASSWORD@';
CREATE DATABASE portal OWNER portal ENCODING 'UTF8' TEMPLATE template0;
END
