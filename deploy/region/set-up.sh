#!/bin/sh
# Makes a fresh Debian 12 one of the hosts of a region, or brings its settings up to date. As root:
#   deploy/region/set-up.sh proxy1 /etc/insatsportalen/region.env        proxy1 proxy2 app1 app2 db1 db2
# An app host gets the program too; its keys lie in /etc/insatsportalen/portal.env, the same on both. README.md says the rest.
set -eu

name=${1:?"say which host this is: proxy1 proxy2 app1 app2 db1 db2"}
region=${2:?"say where region.env lies"}
here=$(cd "$(dirname "$0")" && pwd)
role=${name%[0-9]}
set -a
. "$region"
set +a

say() { printf '%s\n' "$*"; }
has_systemd() { [ -d /run/systemd/system ]; }

case $name in
proxy1) address=$PROXY1 other=$PROXY2 packages="haproxy keepalived etcd-server" ;;
proxy2) address=$PROXY2 other=$PROXY1 packages="haproxy keepalived" ;;
app1) address=$APP1 other=$APP2 packages="haproxy pgbouncer python3-venv make" ;;
app2) address=$APP2 other=$APP1 packages="haproxy pgbouncer python3-venv make" ;;
db1) address=$DB1 other=$DB2 packages="postgresql-15 patroni python3-etcd python3-psycopg2 etcd-server pgbackrest" ;;
db2) address=$DB2 other=$DB1 packages="postgresql-15 patroni python3-etcd python3-psycopg2 etcd-server pgbackrest" ;;
*) say "no such host: $name" && exit 1 ;;
esac
for needed in DB_PASSWORD DB_SUPERUSER_PASSWORD DB_REPLICATION_PASSWORD BACKUP_PASSPHRASE; do
    eval "[ -n \"\$$needed\" ]" || { say "$region lacks $needed"; exit 1; }
done

# put FILE WHERE OWNER MODE: a file of this folder with the region's names filled in.
put() {
    sed -e "s|@NAME@|$name|g" -e "s|@ADDRESS@|$address|g" -e "s|@OTHER@|$other|g" -e "s|@SITE@|$SITE|g" \
        -e "s|@VIP@|$VIP|g" -e "s|@INTERFACE@|$INTERFACE|g" -e "s|@PROXY1@|$PROXY1|g" -e "s|@PROXY2@|$PROXY2|g" \
        -e "s|@APP1@|$APP1|g" -e "s|@APP2@|$APP2|g" -e "s|@DB1@|$DB1|g" -e "s|@DB2@|$DB2|g" -e "s|@VOICE3@|$VOICE3|g" \
        -e "s|@DB_PASSWORD@|$DB_PASSWORD|g" -e "s|@DB_SUPERUSER_PASSWORD@|$DB_SUPERUSER_PASSWORD|g" \
        -e "s|@DB_REPLICATION_PASSWORD@|$DB_REPLICATION_PASSWORD|g" -e "s|@BACKUP_PASSPHRASE@|$BACKUP_PASSPHRASE|g" \
        "$here/$role/$1" >"$2.new"
    chown "$3" "$2.new"
    chmod "$4" "$2.new"
    mv "$2.new" "$2"
}

missing=""
for package in $packages; do
    dpkg -s "$package" >/dev/null 2>&1 || missing="$missing $package"
done
if [ -n "$missing" ]; then
    say "Packages:$missing"
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p /etc/postgresql-common
    # No cluster is made by the package: patroni makes its own.
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    apt-get update -qq
    # shellcheck disable=SC2086 # a list
    apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi

voice() {
    printf 'ETCD_NAME=%s\nETCD_DATA_DIR=/var/lib/etcd/portal\n' "$name"
    printf 'ETCD_LISTEN_PEER_URLS=http://%s:2380\nETCD_LISTEN_CLIENT_URLS=http://%s:2379,http://127.0.0.1:2379\n' "$address" "$address"
    printf 'ETCD_INITIAL_ADVERTISE_PEER_URLS=http://%s:2380\nETCD_ADVERTISE_CLIENT_URLS=http://%s:2379\n' "$address" "$address"
    printf 'ETCD_INITIAL_CLUSTER=db1=http://%s:2380,db2=http://%s:2380,proxy1=http://%s:2380\n' "$DB1" "$DB2" "$VOICE3"
    printf 'ETCD_INITIAL_CLUSTER_STATE=new\nETCD_INITIAL_CLUSTER_TOKEN=portal\n'
}

case $role in
proxy)
    put haproxy.cfg /etc/haproxy/haproxy.cfg root:root 644
    install -m 644 "$here/proxy/503.http" /etc/haproxy/503.http
    put keepalived.conf /etc/keepalived/keepalived.conf root:root 600
    units="haproxy keepalived"
    [ "$name" = proxy2 ] || { voice >/etc/default/etcd; units="$units etcd"; }
    [ -f /etc/haproxy/portal.pem ] || say "Put the certificate of $SITE and its key into /etc/haproxy/portal.pem before haproxy is started."
    ;;
app)
    put haproxy.cfg /etc/haproxy/haproxy.cfg root:root 644
    put pgbouncer.ini /etc/pgbouncer/pgbouncer.ini postgres:postgres 640
    put userlist.txt /etc/pgbouncer/userlist.txt postgres:postgres 640
    id insatsportalen >/dev/null 2>&1 || useradd --system --home-dir /var/lib/insatsportalen --shell /usr/sbin/nologin insatsportalen
    install -d -m 755 -o root -g root /etc/insatsportalen
    [ -f /etc/insatsportalen/portal.env ] || put portal.env /etc/insatsportalen/portal.env root:insatsportalen 640
    install -m 644 "$here"/app/*.service /etc/systemd/system/
    units="haproxy pgbouncer insatsportalen insatsportalen-jobs"
    ;;
db)
    voice >/etc/default/etcd
    install -d -m 755 /etc/patroni
    put patroni.yml /etc/patroni/config.yml postgres:postgres 600
    put post-bootstrap.sh /etc/patroni/post-bootstrap.sh postgres:postgres 700
    put pgbackrest.conf /etc/pgbackrest.conf postgres:postgres 640
    install -d -m 750 -o postgres -g postgres /var/lib/pgbackrest
    units="etcd patroni"
    ;;
esac
if has_systemd; then
    systemctl daemon-reload
    # shellcheck disable=SC2086 # a list
    systemctl enable -q $units
    # shellcheck disable=SC2086 # a list
    [ "$role" = app ] && [ ! -e /opt/insatsportalen/current ] || systemctl restart $units
fi
say "$name is set up."
