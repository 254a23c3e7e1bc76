#!/bin/sh
# Writes a backup of this moment into a folder, and takes away those that are older than the nämnd lets them be.
set -eu
folder=$1
days=${PORTAL_BACKUP_DAYS:-14}
.venv/bin/portal backup "$folder/portal-$(date +%Y-%m-%dT%H%M%S)"
find "$folder" -name 'portal-*' -type f -mtime "+$days" -delete
