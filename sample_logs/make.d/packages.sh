#!/bin/bash
# Runs inside the fresh Debian root, with the network: installs all the software in several sittings,
# as an administrator would, so that /var/log/dpkg.log and /var/log/apt/ become real logs of it.
set -u
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 TERM=dumb
install() { apt-get install -y --no-install-recommends "$@" || exit 1; }

mount -t proc proc /proc
echo 'Dpkg::Use-Pty "0";' > /etc/apt/apt.conf.d/99capture  # plain lines on standard output
mkdir -p /dev/pts && mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts /dev/pts
rm -f /dev/ptmx && ln -s pts/ptmx /dev/ptmx
printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d   # packages must not start their daemons
chmod 755 /usr/sbin/policy-rc.d
cat > /etc/apt/sources.list <<'LIST'
deb http://deb.debian.org/debian bookworm main
deb http://deb.debian.org/debian bookworm-updates main
deb http://deb.debian.org/debian-security bookworm-security main
LIST
apt-get update || exit 1
apt-get dist-upgrade -y || exit 1
install ca-certificates procps iproute2 less curl locales vim-tiny nano
install rsyslog cron logrotate sudo openssh-server openssh-client sshpass openssl
install nginx php-fpm
install postgresql postgresql-contrib redis-server
debconf-set-selections <<'SEL'
postfix postfix/main_mailer_type select Local only
postfix postfix/mailname string mail.example.net
slapd slapd/password1 password secret
slapd slapd/password2 password secret
slapd slapd/domain string example.net
slapd shared/organization string Example
SEL
install postfix dovecot-imapd dovecot-pop3d
install dnsmasq bind9 bind9-dnsutils
install haproxy squid caddy rsync
install slapd ldap-utils
install python3 python3-requests python3-paramiko python3-psycopg2 python3-redis
install openjdk-17-jdk-headless libpostgresql-jdbc-java
install prometheus prometheus-blackbox-exporter prometheus-alertmanager
# The ordinary life of a package database: things go, come back, are reinstalled and fail.
apt-get remove -y nano
apt-get install -y --reinstall tzdata less
apt-get install -y --no-install-recommends nano
apt-get purge -y vim-tiny
apt-get autoremove -y --purge

# Two versions of a package of our own; the second's maintainer script fails at first.
build() {  # version, exit status of postinst
  rm -rf /tmp/shop-tools && mkdir -p /tmp/shop-tools/DEBIAN /tmp/shop-tools/usr/share/shop-tools
  printf 'Package: shop-tools\nVersion: %s\nArchitecture: all\nMaintainer: Shop <root@localhost>\n' "$1" \
    > /tmp/shop-tools/DEBIAN/control
  printf 'Description: helper scripts of the shop\n' >> /tmp/shop-tools/DEBIAN/control
  printf '#!/bin/sh\nset -e\necho "shop-tools: migrating settings to %s"\nexit %s\n' "$1" "$2" \
    > /tmp/shop-tools/DEBIAN/postinst
  chmod 755 /tmp/shop-tools/DEBIAN/postinst
  date > /tmp/shop-tools/usr/share/shop-tools/built
  dpkg-deb --build /tmp/shop-tools "/tmp/shop-tools_$1_all.deb"
}
build 1.0-1 0; apt-get install -y /tmp/shop-tools_1.0-1_all.deb
build 1.1-1 1; apt-get install -y /tmp/shop-tools_1.1-1_all.deb
build 1.1-2 0; apt-get install -y /tmp/shop-tools_1.1-2_all.deb
apt-get remove -y shop-tools
dpkg --purge shop-tools
apt-get clean
umount /dev/pts /proc
exit 0
