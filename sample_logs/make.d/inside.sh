#!/bin/bash
# Runs as process 1 of private PID, network, UTS, IPC and mount namespaces, in the Debian root:
# configures and starts the software, drives the load for $LOAD_SECONDS, and stops everything.
# The only network device here is lo; reserved address ranges are routed to it, so that clients have addresses of their own.
set -u
[ $$ = 1 ] && [ -f /opt/load/throw-away-root ] || { echo "run sample_logs/make instead" >&2; exit 1; }
here=/opt/load
export LOAD_SECONDS=${LOAD_SECONDS:-420} LC_ALL=C.UTF-8 HOME=/root PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=$here
cd /

mount -t proc proc /proc
mkdir -p /dev/pts && mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts /dev/pts
mount -t tmpfs tmpfs /dev/shm
rm -f /dev/ptmx && ln -s pts/ptmx /dev/ptmx
ip link set lo up; ip addr add 127.0.0.2/8 dev lo  # named looks for its address among the devices
for net in 10.20.0.0/16 100.64.0.0/10 192.0.2.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24; do
  ip route add local $net dev lo
done
sysctl -q -w net.ipv6.ip_nonlocal_bind=1
ip -6 route add local 2001:db8::/32 dev lo
echo nameserver 127.0.0.1 > /etc/resolv.conf
cat > /etc/hosts <<'X'
127.0.0.1 localhost
127.0.1.1 web01.example.net web01
127.0.0.1 www.example.net shop.example.net api.example.net static.example.net flaky.example.net mail.example.net git.example.net mirror.example.net
127.0.0.9 down.example.net
::1 localhost ip6-localhost
X
mkdir -p /run/{sshd,php,redis,named,haproxy,slapd,lock} /var/log/{shop,caddy,prometheus} /srv/{reports,index} /opt/keys /run/postgresql
rm -rf /srv/index; touch /srv/index  # the worker meets a file where it wants a directory
chown postgres /run/postgresql; chown redis /run/redis; chown bind /run/named; chown openldap /run/slapd; chown haproxy /run/haproxy

# ---- people and keys
for u in alice bob carol dave deploy backup; do
  id -u $u > /dev/null 2>&1 && [ $u != backup ] || useradd -m -d /home/$u -s /bin/bash $u 2> /dev/null || usermod -d /home/$u -s /bin/bash $u
  mkdir -p /home/$u/.ssh && echo "$u:secret" | chpasswd
  [ -f /opt/keys/$u ] || ssh-keygen -q -t "$(printf 'ed25519\nrsa\necdsa\n' | shuf -n 1)" -N '' -C $u -f /opt/keys/$u
  cp /opt/keys/$u.pub /home/$u/.ssh/authorized_keys
  chown -R $u: /home/$u; chmod 700 /home/$u/.ssh
done
usermod -aG sudo,adm alice
printf 'deploy ALL=(root) NOPASSWD: /usr/sbin/nginx, /usr/bin/tail, /usr/bin/systemctl\nbob ALL=(www-data) NOPASSWD: ALL\ncarol ALL=(postgres) NOPASSWD: /usr/bin/psql\nalice ALL=NOPASSWD: /usr/bin/tail, /usr/bin/id, /bin/ls\n' > /etc/sudoers.d/site
chmod 440 /etc/sudoers.d/site
ssh-keygen -A > /dev/null
printf 'LogLevel VERBOSE\nMaxAuthTries 4\nLoginGraceTime 12\nDenyUsers dave@10.20.8.*\nUseDNS no\nPasswordAuthentication yes\n' > /etc/ssh/sshd_config.d/site.conf

# ---- syslog: the kernel of the machine outside is nobody's business
sed -i '/imklog/d; /^cron\.\*/d; /^kern\.\*/d; /^user\.\*/d' /etc/rsyslog.conf
sed -i 's|^\*\.\*;auth.*|*.*;auth,authpriv,mail,local7.none -/var/log/syslog|; s|^auth,authpriv.*|auth,authpriv.* /var/log/auth.log;RSYSLOG_TraditionalFileFormat|; s|^mail\.\*.*|mail.* -/var/log/mail.log;RSYSLOG_TraditionalFileFormat|' /etc/rsyslog.conf
sed -i 's|/var/log/haproxy.log$|/var/log/haproxy.log;RSYSLOG_TraditionalFileFormat|' /etc/rsyslog.d/49-haproxy.conf
mkdir -p /var/lib/haproxy/dev /var/spool/postfix/dev
rsyslogd -iNONE

# ---- content, database, directory, zone
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

# ---- web
for u in alice bob deploy; do echo "$u:$(openssl passwd -apr1 secret)"; done > /etc/nginx/htpasswd
rm -f /etc/nginx/sites-enabled/*
sed -i 's|error_log .*|error_log /var/log/nginx/error.log info;|; s|worker_processes auto|worker_processes 2|' /etc/nginx/nginx.conf
cat > /etc/nginx/conf.d/site.conf <<'X'
set_real_ip_from 127.0.0.1;
real_ip_header X-Forwarded-For;
limit_req_zone $binary_remote_addr zone=search:1m rate=2r/s;
limit_conn_zone $binary_remote_addr zone=perip:1m;
upstream app { server 127.0.0.1:8081 max_fails=0; }
upstream v2 { server 127.0.0.1:8091; server 127.0.0.1:8092; }
server {
  listen 80 default_server; listen [::]:80; listen 443 ssl;
  server_name www.example.net;
  ssl_certificate /etc/ssl/certs/site.pem; ssl_certificate_key /etc/ssl/private/site.key;
  root /srv/www; index index.html; gzip on; keepalive_timeout 15; gzip_types text/css application/javascript;
  client_max_body_size 2m; client_header_timeout 5s; client_body_timeout 5s; rewrite_log on;
  add_header X-Frame-Options SAMEORIGIN;
  location / { try_files $uri $uri/ =404; default_type text/html; }
  location /assets/ { expires 30d; }
  location /img/ { limit_conn perip 3; access_log /var/log/nginx/access.log combined; }
  location /old/ { rewrite ^/old/(\w+)/(\d+)\.htm$ /category/$1/?ref=$2 permanent; }
  location /search { limit_req zone=search burst=4 nodelay; rewrite ^ /search.php last; }
  location /private/ { auth_basic "staff"; auth_basic_user_file /etc/nginx/htpasswd; }
  location ~ \.php$ { include fastcgi_params; fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name; fastcgi_pass unix:/run/php/php8.2-fpm.sock; }
  location /api/v1/ { proxy_pass http://app; proxy_read_timeout 1500ms; proxy_buffers 4 4k; proxy_buffer_size 4k; proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header Host $host; }
  location = /api/v1/login { limit_req zone=search; proxy_pass http://app; proxy_set_header X-Forwarded-For $remote_addr; }
  location /api/v2/ { proxy_pass http://v2; }
  location = /healthz { proxy_pass http://app; }
  location = /metrics { allow 127.0.0.1; deny all; proxy_pass http://app; }
  location = /server-status { stub_status; allow 127.0.0.1; deny all; }
  location ~ /\.(git|ht|env|DS) { deny all; }
  error_page 404 /404.html;
}
X
php-fpm8.2
mkdir -p /opt/shop; cp $here/shop_service.py $here/worker.py $here/loadlib.py /opt/shop/
python3 /opt/shop/shop_service.py 2> /var/log/shop/service.err &
sleep 1
nginx
cat > /etc/caddy/Caddyfile <<'X'
{
	admin off
	auto_https off
	log {
		output file /var/log/caddy/access.json
		level INFO
	}
}
:8082 {
	log {
		output file /var/log/caddy/access.json
		format json
	}
	root * /srv/www
	encode gzip
	header /assets/* Cache-Control max-age=86400
	redir /old/* /category/sale/ 302
	basicauth /private/* {
		alice JDJhJDA0JDEyMzQ1Njc4OTAxMjM0NTY3ODkwMXU=
	}
	handle /api/v1/* {
		reverse_proxy 127.0.0.1:8081 {
			transport http {
				response_header_timeout 1500ms
			}
		}
	}
	handle /api/v2/* {
		reverse_proxy 127.0.0.1:8091 127.0.0.1:8092
	}
	handle /healthz {
		respond "ok" 200
	}
	respond /.git/* 403
	file_server
	handle_errors {
		respond "{err.status_code} {err.status_text}"
	}
}
X
sed -i "s|JDJ.*|$(caddy hash-password --plaintext secret 2> /dev/null)|" /etc/caddy/Caddyfile
chown -R caddy /var/log/caddy 2> /dev/null
HOME=/var/lib/caddy caddy start --config /etc/caddy/Caddyfile > /dev/null 2>&1
cat > /etc/haproxy/haproxy.cfg <<'X'
global
  log /dev/log local0
  user haproxy
  group haproxy
  daemon
  stats socket /run/haproxy/admin.sock mode 660 level admin
defaults
  mode http
  log global
  option httplog
  option forwardfor except 10.0.0.0/8
  timeout connect 1s
  timeout client 4s
  timeout server 2s
  retries 2
  option redispatch
frontend public
  bind :8000
  bind :::8000 v6only
  capture request header User-Agent len 60
  capture request header Host len 30
  acl api path_beg /api/v1 /healthz /metrics
  acl v2 path_beg /api/v2
  acl evil path_sub .env .git wp- passwd
  http-request deny deny_status 403 if evil
  http-request redirect code 301 location /category/sale/ if { path_beg /old/ }
  use_backend app if api
  use_backend dead if v2
  default_backend static
backend app
  balance leastconn
  option httpchk GET /healthz
  default-server check inter 9s fall 2 rise 1
  server app1 127.0.0.1:8081 maxconn 6
  server app2 127.0.0.1:8081 maxconn 4
backend static
  server nginx1 127.0.0.1:80 check inter 60s weight 3
  server caddy1 127.0.0.1:8082 check inter 10s
backend caddy
  server c1 127.0.0.1:8082
backend dead
  server old1 127.0.0.1:8091 check inter 20s
  server old2 127.0.0.9:8092 check inter 20s
X
haproxy -f /etc/haproxy/haproxy.cfg
cat > /etc/squid/squid.conf <<'X'
http_port 3128
acl office src 10.20.0.0/16
acl SSL_ports port 443 993
acl CONNECT method CONNECT
acl ads dstdomain ads.example.com tracker.example.com
acl intranet dstdomain intranet.example.net
http_access deny CONNECT !SSL_ports
http_access deny ads
http_access deny intranet
http_access allow office
http_access deny all
cache_mem 32 MB
maximum_object_size_in_memory 300 KB
connect_timeout 2 seconds
read_timeout 5 seconds
dns_nameservers 127.0.0.1
hosts_file /etc/hosts
visible_hostname proxy.example.net
refresh_pattern . 0 20% 2
access_log daemon:/var/log/squid/access.log squid
shutdown_lifetime 1 second
X
chown proxy /var/log/squid; squid > /dev/null 2>&1

# ---- mail
postconf -e myhostname=mail.example.net mydestination='example.net, mail.example.net, web01, localhost' inet_interfaces=127.0.0.1 inet_protocols=ipv4 mynetworks=127.0.0.0/8 \
  smtpd_tls_cert_file=/etc/ssl/certs/site.pem smtpd_tls_key_file=/etc/ssl/private/site.key smtpd_tls_security_level=may smtpd_tls_loglevel=1 smtpd_sasl_type=dovecot smtpd_sasl_path=private/auth \
  smtpd_recipient_restrictions='permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination, reject_non_fqdn_sender' message_size_limit=20000000 smtpd_hard_error_limit=6 \
  transport_maps=texthash:/etc/postfix/transport default_transport=smtp relay_transport=smtp smtp_host_lookup=native smtp_connect_timeout=3s minimal_backoff_time=40s maximal_backoff_time=80s queue_run_delay=30s bounce_queue_lifetime=200s maximal_queue_lifetime=200s \
  smtpd_client_restrictions= smtpd_helo_required=yes smtpd_helo_restrictions='permit_mynetworks, reject_invalid_helo_hostname' smtpd_sasl_auth_enable=yes smtpd_error_sleep_time=0 mailbox_size_limit=0 local_transport=local:
printf 'example.org smtp:[127.0.0.1]:2525\nlists.example.org smtp:[127.0.0.1]:2525\nexample.com smtp:[127.0.0.1]:2525\nnews.example.com smtp:[127.0.0.1]:2525\nads.example.com smtp:[127.0.0.9]:25\ndown.example.com smtp:[down.example.net]:25\nrefuse.example.org error:5.7.1 mail to this domain is not wanted\nslow.example.org smtp:[127.0.0.1]:2526\n' > /etc/postfix/transport
printf 'postmaster: root\nroot: alice\ninfo: bob, carol\nteam: alice, bob, dave, gone\n' > /etc/aliases; newaliases
postconf -M submission/inet='submission inet n - y - - smtpd -o syslog_name=postfix/submission -o smtpd_tls_security_level=encrypt -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject'
postconf -M smtps/inet='465 inet n - y - - smtpd -o syslog_name=postfix/smtps -o smtpd_tls_wrappermode=yes'
# The rest of the world: a mail host that takes most mail, and a second that wants everybody to come back later.
postconf -M 2525/inet='127.0.0.1:2525 inet n - y - - smtpd -o syslog_name=relay/smtpd -o myhostname=mx.example.org -o mynetworks= -o relay_domains=example.org,lists.example.org,example.com,news.example.com -o smtpd_recipient_restrictions=check_recipient_access,regexp:/etc/postfix/world,permit -o relay_recipient_maps= -o smtpd_relay_restrictions=permit -o content_filter=discard:'
postconf -M 2526/inet='127.0.0.1:2526 inet n - y - - smtpd -o syslog_name=relay2/smtpd -o myhostname=mx.slow.example.org -o smtpd_recipient_restrictions=defer'
postconf -F '*/*/chroot = n'
printf '/^[a-d].*@/ 550 5.1.1 User unknown\n/^[ef].*@/ 451 4.7.1 Greylisted, come back in 30 seconds\n/^m.*@/ 552 5.2.2 Mailbox full\n/./ DUNNO\n' > /etc/postfix/world
cat > /etc/dovecot/conf.d/99-site.conf <<'X'
mail_location = mbox:~/mail:INBOX=/var/mail/%u
mail_privileged_group = mail
disable_plaintext_auth = no
auth_verbose = yes
ssl_cert = </etc/ssl/certs/site.pem
ssl_key = </etc/ssl/private/site.key
listen = 127.0.0.1
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0666
  }
}
X
usermod -aG mail alice 2> /dev/null
chmod 1777 /var/mail
dovecot
postfix start > /dev/null 2>&1

# ---- the rest of the syslog: cron, rsync
cat > /etc/cron.d/site <<'X'
PATH=/usr/sbin:/usr/bin:/sbin:/bin
* * * * * www-data find /srv/www/uploads -mmin +30 -delete
* * * * * postgres psql -XAtq -d shop -c "delete from audit where at < now() - interval '2 minutes'" >/dev/null
* * * * * root cd / && run-parts --report /etc/cron.hourly
* * * * * deploy test -x /usr/local/bin/sync-feeds && /usr/local/bin/sync-feeds
*/2 * * * * alice /usr/bin/du -s /home/alice
*/2 * * * * backup rsync -a /etc/cron.d/ /tmp/cron-copy/
*/2 * * * * root logger -p daemon.info -t certbot "no renewals were attempted; next certificate expires $(openssl x509 -in /etc/ssl/certs/site.pem -noout -enddate)"
*/5 * * * * root command -v debian-sa1 > /dev/null && debian-sa1 1 1
X
printf '*/3 * * * * olduser /usr/local/bin/report\n' > /etc/cron.d/legacy  # its user is gone
cron -L 5
printf 'syslog facility = daemon\nuid = nobody\nread only = no\n[www]\npath = /srv/www\nread only = yes\nlist = yes\n[backup]\npath = /tmp/backup\n[secret]\npath = /root\nhosts allow = 10.20.0.0/16\n' > /etc/rsyncd.conf
mkdir -p /tmp/backup; chmod 777 /tmp/backup
rsync --daemon
/usr/sbin/sshd

# ---- monitoring
SCRAPE=$((LOAD_SECONDS / 15 > 4 ? LOAD_SECONDS / 15 : 4))
cat > /etc/prometheus/prometheus.yml <<X
global: {scrape_interval: ${SCRAPE}s, scrape_timeout: 2s, evaluation_interval: ${SCRAPE}s}
alerting: {alertmanagers: [{static_configs: [{targets: ['127.0.0.1:9093', '127.0.0.1:9094']}]}]}
rule_files: [/etc/prometheus/rules.yml]
scrape_configs:
  - job_name: prometheus
    static_configs: [{targets: ['127.0.0.1:9090', '127.0.0.1:9093', '127.0.0.1:9115']}]
  - job_name: shop
    static_configs: [{targets: ['127.0.0.1:8081', 'shop.example.net:8082', 'down.example.net:9100', 'www.example.net:80', 'nowhere.example.com:9100']}]
  - job_name: probe
    metrics_path: /probe
    params: {module: [http_2xx]}
    static_configs: [{targets: ['http://www.example.net/', 'http://www.example.net/healthz', 'http://api.example.net:8000/api/v2/ping', 'https://www.example.net/', 'http://shop.example.net:8082/blog/']}]
    relabel_configs:
      - {source_labels: [__address__], target_label: __param_target}
      - {target_label: __address__, replacement: '127.0.0.1:9115'}
remote_write: [{url: 'http://down.example.net:9201/write'}]
X
cat > /etc/prometheus/rules.yml <<'X'
groups:
  - name: shop
    rules:
      - {alert: TargetDown, expr: up == 0, labels: {severity: page}}
      - {alert: ProbeFailed, expr: probe_success == 0, labels: {severity: ticket}}
      - {record: 'job:up:sum', expr: sum by (job) (up)}
      - {record: broken, expr: 'up * on (job) group_left scrape_duration_seconds'}
X
printf 'route: {receiver: hook, group_by: [alertname], group_wait: 2s, group_interval: 8s, repeat_interval: 20s}\nreceivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:8081/hook"}, {url: "http://down.example.net:9/hook"}]}]\n' > /etc/prometheus/alertmanager.yml
printf 'modules:\n  http_2xx: {prober: http, timeout: 2s, http: {preferred_ip_protocol: ip4}}\n  tcp: {prober: tcp, timeout: 1s}\n  ssh: {prober: tcp, tcp: {query_response: [{expect: "^SSH-2.0-"}]}}\n' > /etc/prometheus/blackbox.yml
prometheus-alertmanager --config.file=/etc/prometheus/alertmanager.yml --storage.path=/tmp/am --web.listen-address=127.0.0.1:9093 --cluster.listen-address= --log.level=debug 2>> /var/log/prometheus/all.log &
prometheus-blackbox-exporter --config.file=/etc/prometheus/blackbox.yml --web.listen-address=127.0.0.1:9115 --log.level=debug 2>> /var/log/prometheus/all.log &
prometheus --config.file=/etc/prometheus/prometheus.yml --storage.tsdb.path=/tmp/tsdb --web.listen-address=127.0.0.1:9090 --log.level=debug --storage.tsdb.min-block-duration=1m --storage.tsdb.max-block-duration=10m 2>> /var/log/prometheus/all.log &

# ---- Java
javac -d /opt/orders $here/Orders.java || exit 1
java -Xmx64m -Xms24m -XX:MaxJavaStackTraceDepth=48 -Xlog:gc*,safepoint:file=/var/log/shop/jvm_gc.log:time,uptime,level,tags:filecount=0 \
  -cp /opt/orders:/usr/share/java/postgresql.jar Orders "$LOAD_SECONDS" /var/log/shop/java_app.log &

# ---- the load
loads=()
for l in "web_load.py nginx" "web_load.py caddy" "web_load.py haproxy" "web_load.py squid" db_load.py auth_load.py mail_load.py system_load.py /opt/shop/worker.py; do
  cd $here; python3 $l & loads+=($!)
done
rate() { awk "BEGIN { print $1 * 420 / $LOAD_SECONDS }"; }
su postgres -c "pgbench -n -R $(rate 0.18) -c 2 -T $LOAD_SECONDS bench" > /dev/null 2>&1 & loads+=($!)
su postgres -c "pgbench -n -S -M prepared -R $(rate 0.15) -c 1 -T $LOAD_SECONDS bench" > /dev/null 2>&1 & loads+=($!)
su postgres -c "pgbench -n -N -M extended -R $(rate 0.08) -c 1 -T $LOAD_SECONDS bench" > /dev/null 2>&1 & loads+=($!)
wait "${loads[@]}"
sleep 3

# ---- orderly ends, which are logged too
postfix stop > /dev/null 2>&1; nginx -s quit; squid -k shutdown; dovecot stop; pg_ctlcluster 15 main stop -m fast
redis-cli shutdown 2> /dev/null; rndc stop; pkill -x prometheus; pkill -x haproxy; pkill -x slapd; pkill -x sshd; pkill -x dnsmasq
sleep 3; pkill -x rsyslogd; sleep 1
exit 0  # with process 1 the kernel ends whatever is left in the namespace
