#!/bin/sh
# Sets up Insatsportalen on a fresh Debian 12 or later, or brings it to the version of this checkout. As root:
#   deploy/one-kommun/install.sh stod.example.se lekeberg
# Run again, it takes a backup first, and keys, settings and what people wrote stay. README.md says the rest.
set -eu

site=${1:?"say the name that people write, such as stod.example.se"}
kommun=${2:-}
here=$(cd "$(dirname "$0")/../.." && pwd)
home=/opt/insatsportalen etc=/etc/insatsportalen var=/var/lib/insatsportalen
release=$home/releases/$(date +%Y%m%d-%H%M%S)
units="insatsportalen.service insatsportalen-jobs.timer insatsportalen-backup.timer"

say() { printf '%s\n' "$*"; }
has_systemd() { [ -d /run/systemd/system ]; }
as_portal() { setpriv --reuid=insatsportalen --regid=insatsportalen --init-groups -- env -C "$release" sh -c "set -a; . $etc/portal.env; exec \"\$@\"" sh "$@"; }

say "Packages"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends python3-venv make caddy >/dev/null

say "The account and its folders"
id insatsportalen >/dev/null 2>&1 || useradd --system --home-dir $var --shell /usr/sbin/nologin insatsportalen
install -d -m 755 $home $home/releases
install -d -m 750 -o insatsportalen -g insatsportalen $var $var/backups
install -d -m 750 -o root -g insatsportalen $etc

say "The program: $release"
mkdir "$release"
tar -C "$here" --exclude=./.git --exclude=./.venv --exclude=./instance --exclude=./build -cf - . | tar -C "$release" -xf -
chown -R root:root "$release"
make -s -C "$release" install
# Nobody but root writes there, so what Python would keep beside the files is made now: the start is quicker.
"$release/.venv/bin/python" -m compileall -q "$release/portal" "$release/.venv/lib" >/dev/null || true

if [ ! -f $etc/portal.env ]; then
    say "Secrets and settings: $etc/portal.env (keep a copy of the keys apart from the backups)"
    (
        umask 027
        cat >$etc/portal.env <<END
PORTAL_ENV=production
PORTAL_SITE=https://$site
PORTAL_KOMMUNER=$kommun
PORTAL_DATABASE_URL=sqlite:///$var/portal.sqlite
PORTAL_SECRET_KEY=$("$release/.venv/bin/python" -c 'import secrets; print(secrets.token_hex(32))')
PORTAL_ENCRYPTION_KEYS=$("$release/.venv/bin/portal" keys new)
# PORTAL_SMTP_URL=smtp+starttls://user:password@mail.example.se:587
# PORTAL_MAIL_FROM=stod@example.se
# PORTAL_SECURITY_CONTACT=mailto:it-sakerhet@example.se
END
        chgrp insatsportalen $etc/portal.env
    )
fi

say "The catalogue"
as_portal .venv/bin/portal catalogue check data

if [ -f $var/portal.sqlite ] && [ -e $home/current ]; then
    say "A backup before the change"
    as_portal "$home/current/.venv/bin/portal" backup "$var/backups/before-$(basename "$release")"
fi
say "The database"
as_portal .venv/bin/portal database upgrade

ln -sfn "$release" $home/current
install -m 644 "$here"/deploy/one-kommun/*.service "$here"/deploy/one-kommun/*.timer /etc/systemd/system/
sed "s/stod\.example\.se/$site/" "$here/deploy/one-kommun/Caddyfile" >/etc/caddy/Caddyfile

if has_systemd; then
    systemctl daemon-reload
    # shellcheck disable=SC2086 # a list
    systemctl enable -q $units
    systemctl restart $units caddy
    say "Serving https://$site/"
else
    say "systemd does not run here: the units are in place, and start with it."
fi
say "The version before is kept: README.md says how to go back to it."
