"""What keeps a name server, a directory, a file server and the cron jobs of a small site busy."""
import os
import socket
import struct
import subprocess

from loadlib import *

QTYPES = {
    "A": 1,
    "AAAA": 28,
    "MX": 15,
    "TXT": 16,
    "PTR": 12,
    "NS": 2,
    "SOA": 6,
    "SRV": 33,
    "HTTPS": 65,
    "ANY": 255,
    "CNAME": 5,
}


def ask(name, qtype, source, port=53, server="127.0.0.1"):
    q = struct.pack(">HHHHHH", rng.getrandbits(16), 0x0100, 1, 0, 0, 1)
    for label in name.split("."):
        q += bytes([len(label)]) + label.encode()
    q += b"\0" + struct.pack(">HH", QTYPES[qtype], 1) + b"\0" + struct.pack(">HHIH", 41, 1232, 0, 0)
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        s.bind((source, 0))
        s.settimeout(1)
        s.sendto(q, (server, port))
        s.recv(4096)
    except OSError:
        pass
    finally:
        s.close()


def name():
    k = rng.random()
    if k < 0.45:
        return (
            rng.choice(
                (
                    "www",
                    "shop",
                    "api",
                    "mail",
                    "static",
                    "intranet",
                    "git",
                    "printer-2",
                    "down",
                    "ldap",
                    "ns1",
                )
            )
            + ".example.net"
        )
    if k < 0.6:
        return f"{rng.choice(FIRST)}-{rng.choice(('laptop', 'pc', 'phone'))}.lan"
    if k < 0.72:
        return f"{rng.choice(WORDS)}.{rng.choice(WORDS)}.example.com"
    if k < 0.84:
        return f"{rng.choice(('www', 'cdn', 'img', 'ads', 'tracker', 'mail1', 'mail2', 'clients%d' % rng.randint(1, 6)))}.example.{rng.choice(('com', 'org'))}"
    if k < 0.9:
        return f"{rng.getrandbits(40):x}.{rng.choice(('metrics', 'telemetry', 'edge'))}.example.org"
    if k < 0.95:
        return rng.choice(
            (
                "wpad",
                "wpad.lan",
                "_ldap._tcp.example.net",
                "_dmarc.example.org",
                "version.bind",
                "localhost",
                "isatap.lan",
            )
        )
    return ".".join(reversed(inside().split("."))) + ".in-addr.arpa"


def browse():
    who = inside()
    n = name()
    for t in rng.choice(
        (
            ["A"],
            ["A"],
            ["A", "AAAA"],
            ["A", "AAAA"],
            ["A", "AAAA", "HTTPS"],
            ["PTR"] if n.endswith("arpa") else ["MX"],
            [rng.choice(list(QTYPES))],
        )
    ):
        ask(n, t, who)


def ask_named():
    ask(
        rng.choice([name(), name(), f"host{rng.randint(1, 300)}.example.net", "example.net"]),
        rng.choice(["A"] * 6 + list(QTYPES)),
        address4(),
        server="127.0.0.2",
    )


def zone():
    k = rng.randint(0, 4)
    sh = lambda *a: subprocess.run(
        a, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=10
    )
    if k == 0:
        sh("dig", "@127.0.0.2", "-b", address4(), "example.net", "AXFR")
    elif k == 1:
        sh("rndc", rng.choice(("reload", "status", "flush", "stats", "sync")))
    elif k == 2:
        sh("pkill", rng.choice(("-HUP", "-USR1")), "-x", "dnsmasq")
    elif k == 3:
        sh("dig", "@127.0.0.2", "+tcp", "-b", address4(), name(), "ANY")
    else:
        subprocess.run(
            ["nsupdate"],
            input=f"server 127.0.0.2\nzone example.net\nupdate add host{rng.randint(1, 300)}.example.net 300 A {inside()}\nsend\n".encode(),
            timeout=8,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def directory():
    u = rng.choice(USERS)
    base = ["-x", "-H", "ldap://127.0.0.1", "-o", "nettimeout=3"]
    bind = rng.choice(
        [
            [],
            [],
            [
                "-D",
                f"uid={u},ou=people,dc=example,dc=net",
                "-w",
                rng.choice(("secret", "secret", "wrong")),
            ],
            ["-D", "cn=admin,dc=example,dc=net", "-w", rng.choice(("secret", "secret", "admin"))],
        ]
    )
    cmd = rng.choice(
        [
            [
                "ldapsearch",
                *base,
                *bind,
                "-b",
                rng.choice(
                    (
                        "dc=example,dc=net",
                        "ou=people,dc=example,dc=net",
                        "ou=hosts,dc=example,dc=net",
                    )
                ),
                rng.choice(
                    (
                        f"(uid={u})",
                        f"(mail={u}@example.net)",
                        f"(&(objectClass=inetOrgPerson)(sn={rng.choice(LAST)}))",
                        "(objectClass=*)",
                        f"(|(cn={rng.choice(FIRST)}*)(sn=*{rng.choice(LAST)[:3]}*))",
                    )
                ),
                *rng.choice(([], ["mail"], ["cn", "sn", "mail"], ["memberOf"])),
            ],
            [
                "ldapsearch",
                *base,
                *bind,
                "-b",
                "dc=example,dc=net",
                f"(uid={u})",
                "dn",
                "userPassword",
            ],
            ["ldapwhoami", *base, *bind],
            [
                "ldapcompare",
                *base,
                *bind,
                f"uid={u},ou=people,dc=example,dc=net",
                f"sn:{rng.choice(LAST)}",
            ],
            ["ldappasswd", *base, *bind, "-s", "secret", f"uid={u},ou=people,dc=example,dc=net"],
        ]
    )
    subprocess.run(cmd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=8)


def files():
    module = rng.choice(("www", "www", "backup", "secret", "none"))
    subprocess.run(
        [
            "rsync",
            "-a",
            "--contimeout=3",
            "--address=" + address4(),
            *rng.choice(([], ["-z"], ["--delete"])),
            *rng.choice(
                (
                    [f"rsync://127.0.0.1/{module}/", "/tmp/sync/"],
                    [f"rsync://127.0.0.1/{module}/blog/{rng.randint(2019, 2026)}/", "/tmp/sync2/"],
                    ["/etc/logrotate.d/", f"rsync://127.0.0.1/{module}/"],
                )
            ),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=20,
    )


def script():
    """Shell scripts that report with logger(1), as site scripts do; the figures are those of this run."""
    jobs = [
        (
            "backup[%d]" % rng.randint(800, 9999),
            "daemon.info",
            "tar -C /srv/www -cf - blog | wc -c | sed 's/^/archived blog: /;s/$/ bytes/'",
        ),
        (
            "healthcheck",
            "user.notice",
            "curl -s -m 2 -o /dev/null -w 'www answered %{http_code} in %{time_total}s, %{size_download} bytes' http://127.0.0.1/",
        ),
        ("healthcheck", "user.warning", "curl -sS -m 1 -o /dev/null http://127.0.0.1:9/ 2>&1"),
        (
            "disk-watch",
            "daemon.warning",
            "du -s /var/log/* 2>/dev/null | sort -n | tail -1 | awk '{print \"largest log: \" $2 \" \" $1 \" KiB\"}'",
        ),
        (
            "cert-watch",
            "daemon.notice",
            "openssl x509 -in /etc/ssl/certs/site.pem -noout -enddate -subject | tr '\\n' ' '",
        ),
        (
            "redis-stat",
            "local3.info",
            "redis-cli info stats | tr -d '\\r' | grep -E 'total_commands|keyspace_(hits|misses)|expired_keys' | paste -sd' '",
        ),
        (
            "redis-stat",
            "local3.info",
            "redis-cli info memory | tr -d '\\r' | grep -E '^used_memory(_peak)?_human|frag' | paste -sd' '",
        ),
        (
            "pg-stat",
            "local4.info",
            "runuser -u postgres -- psql -XAt -d shop -c \"select relname, n_live_tup, n_dead_tup, seq_scan, idx_scan from pg_stat_user_tables order by random() limit 1\"",
        ),
        ("logrotate", "daemon.info", "logrotate -d /etc/logrotate.d/nginx 2>&1 | sed -n '3,9p'"),
        ("queue", "mail.info", "postqueue -p | tail -1"),
        ("load", "kern.info", "cut -d' ' -f1-3 /proc/loadavg"),
        (
            "deploy",
            "local5.notice",
            f"echo 'release 2.{rng.randint(1, 9)}.{rng.randint(0, 30)} commit '$(head -c 20 /dev/urandom | sha1sum | cut -c1-12)' by {rng.choice(('alice', 'bob', 'ci'))}: {rng.choice(('started', 'migrated', 'finished', 'rolled back'))}'",
        ),
    ]
    tag, prio, cmd = rng.choice(jobs)
    subprocess.run(f"{cmd} | logger -t '{tag}' -p {prio}", shell=True, timeout=10)


def restart():
    """Services stop and start again, with what they have to say about it."""
    k = rng.randint(0, 3)
    if k == 0:
        subprocess.run(["pkill", "-HUP", "-x", "rsyslogd"])
    elif k == 1:
        subprocess.run(
            "haproxy -c -f /etc/haproxy/haproxy.cfg 2>&1 | logger -t haproxy-check", shell=True
        )
    elif k == 2:
        subprocess.run(
            "redis-cli config set save '30 1'; redis-cli bgsave",
            shell=True,
            stdout=subprocess.DEVNULL,
        )
    else:
        subprocess.run("squid -k rotate", shell=True, stderr=subprocess.DEVNULL)


def haproxy_admin():
    s = socket.socket(socket.AF_UNIX)
    s.connect("/run/haproxy/admin.sock")
    s.sendall(
        rng.choice(
            [
                b"disable server app/app2\n",
                b"enable server app/app2\n",
                b"set server app/app1 weight 50%\n",
                b"show info\n",
                b"set server caddy/c1 state drain\n",
                b"set server caddy/c1 state ready\n",
            ]
        )
    )
    s.recv(4096)
    s.close()


os.makedirs("/tmp/sync", exist_ok=True)
each(1.7, browse), each(5, ask_named), each(16, zone), each(7, directory), each(12, files), each(
    3.2, script
), each(45, restart), each(30, haproxy_admin)
wait()
