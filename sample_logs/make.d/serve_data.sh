# Content, PostgreSQL, redis, the directory (slapd) and the name servers (named, dnsmasq).
# Sourced by inside.sh.

[ -d /srv/www ] || python3 $here/content.py site
openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /O=Example/CN=www.example.net -keyout /etc/ssl/private/site.key -out /etc/ssl/certs/site.pem 2> /dev/null
chmod 644 /etc/ssl/private/site.key; chmod 755 /etc/ssl/private
cat > /etc/postgresql/15/main/conf.d/log.conf <<'X'
log_min_duration_statement = 0
log_line_prefix = '%m [%p] %q%u@%d/%a '
log_connections = on
log_disconnections = on
log_checkpoints = on
log_lock_waits = on
log_temp_files = 0
log_autovacuum_min_duration = 0
log_timezone = UTC
deadlock_timeout = 150ms
autovacuum_naptime = 15s
checkpoint_timeout = 1min
work_mem = 1MB
max_connections = 40
X
pg_ctlcluster 15 main start
su postgres -c 'createdb shop; createdb bench' && python3 $here/content.py sql | cat $here/shop.sql - | su postgres -c 'psql -qX shop'
su postgres -c 'pgbench -q -i -s 1 bench' 2> /dev/null
: > /var/log/postgresql/postgresql-15-main.log  # the log begins after the tables were filled
sed -i 's/^daemonize.*/daemonize yes/; s/^loglevel.*/loglevel verbose/; s/^# *syslog-enabled.*/syslog-enabled yes/; s/^save .*//' /etc/redis/redis.conf
su redis -s /bin/sh -c 'redis-server /etc/redis/redis.conf'
slapd -h "ldap://127.0.0.1/ ldapi:///" -u openldap -g openldap -F /etc/ldap/slapd.d
python3 $here/content.py ldif | ldapadd -x -c -H ldap://127.0.0.1 -D cn=admin,dc=example,dc=net -w secret > /dev/null 2>&1
printf "dn: cn=config\nchangetype: modify\nreplace: olcLogLevel\nolcLogLevel: stats\n" | ldapmodify -Q -Y EXTERNAL -H ldapi:/// > /dev/null
python3 $here/content.py world > /var/cache/bind/world.zone
python3 $here/content.py zone > /var/cache/bind/example.net.zone; chown -R bind /var/cache/bind
cat > /etc/bind/named.conf <<'X'
include "/etc/bind/rndc.key";
options { directory "/var/cache/bind"; listen-on { 127.0.0.2; }; listen-on-v6 { none; }; recursion no; querylog yes; allow-transfer { 127.0.0.1; }; dnssec-validation no; pid-file "/run/named/named.pid"; };
controls { inet 127.0.0.1 allow { 127.0.0.1; } keys { "rndc-key"; }; };
zone "." { type primary; file "world.zone"; };
zone "example.net" { type primary; file "example.net.zone"; allow-update { 127.0.0.1; }; };
zone "corp.example.org" { type secondary; primaries { 127.0.0.9; }; file "corp.zone"; };
X
named -u bind
cat > /etc/dnsmasq.conf <<'X'
bind-interfaces
listen-address=127.0.0.1
no-resolv
no-hosts
domain-needed
expand-hosts
domain=lan
local=/lan/
server=127.0.0.2
server=/edge.example.org/127.0.0.8
address=/www.example.com/198.51.100.80
address=/ads.example.com/0.0.0.0
address=/clients1.example.com/2001:db8:1::80
cname=mirror.lan,www.lan
host-record=www.lan,10.20.1.5
host-record=anna-laptop.lan,hugo-pc.lan,10.20.1.31
host-record=ines-phone.lan,10.20.4.18
log-queries=extra
log-facility=/var/log/dnsmasq.log
cache-size=150
X
chown dnsmasq /var/log/dnsmasq.log 2> /dev/null
dnsmasq
