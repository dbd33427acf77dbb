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

for part in accounts data web mail system; do
  . $here/serve_$part.sh
done

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
su postgres -c "pgbench -n -R $(rate 0.05) -c 2 -T $LOAD_SECONDS bench" > /dev/null 2>&1 & loads+=($!)
su postgres -c "pgbench -n -S -M prepared -R $(rate 0.05) -c 1 -T $LOAD_SECONDS bench" > /dev/null 2>&1 & loads+=($!)
su postgres -c "pgbench -n -N -M extended -R $(rate 0.04) -c 1 -T $LOAD_SECONDS bench" > /dev/null 2>&1 & loads+=($!)
wait "${loads[@]}"
sleep 3

# ---- orderly ends, which are logged too
postfix stop > /dev/null 2>&1; nginx -s quit; squid -k shutdown; dovecot stop; pg_ctlcluster 15 main stop -m fast
redis-cli shutdown 2> /dev/null; rndc stop; pkill -x prometheus; pkill -x haproxy; pkill -x slapd; pkill -x sshd; pkill -x dnsmasq
sleep 3; pkill -x rsyslogd; sleep 1
exit 0  # with process 1 the kernel ends whatever is left in the namespace
