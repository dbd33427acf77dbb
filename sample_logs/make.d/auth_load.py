"""Logins: people with keys and passwords, sudo and su, guessers, scanners and clients that break off."""
import logging
import socket
import subprocess

import paramiko

from loadlib import *

logging.disable(logging.CRITICAL)
STAFF = ["alice", "bob", "carol", "dave", "deploy", "backup"]
OFFICE = {u: [inside(), inside(), address4()] for u in STAFF}
GUESSERS = [address4() for _ in range(14)]
NAMES = """root root root admin admin test user ubuntu oracle postgres git ftpuser mysql guest pi support nagios jenkins hadoop
tomcat ec2-user centos minecraft steam www-data teamspeak dev ansible vagrant zabbix elastic alice bob deploy nobody
administrator demo es ts3 zhang 1234 odoo sysadmin""".split()


def ssh(user, *command, opts=()):
    return subprocess.run(
        [
            "ssh",
            "-b",
            rng.choice(OFFICE[user]),
            "-o",
            "StrictHostKeyChecking=no",
            "-o",
            "UserKnownHostsFile=/dev/null",
            "-o",
            "LogLevel=QUIET",
            "-i",
            f"/opt/keys/{user}",
            *opts,
            f"{user}@127.0.0.1",
            *command,
        ],
        stdin=subprocess.DEVNULL,
        timeout=20,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def work():
    u = rng.choice(STAFF)
    k = rng.randint(0, 9)
    if k < 3:
        ssh(
            u,
            rng.choice(
                [
                    "uptime",
                    "df -h",
                    "tail -n 3 /var/log/dpkg.log",
                    "ls -l /srv",
                    "sleep 2",
                    "free -m",
                    "cat /etc/hostname",
                ]
            ),
        )
    elif k < 6:
        ssh(
            u,
            "sudo -n "
            + rng.choice(
                [
                    "systemctl reload nginx",
                    "tail -n 50 /var/log/nginx/error.log",
                    "apt-get update -qq --no-download",
                    "ls /root",
                    "cat /etc/shadow",
                    "-u postgres psql -c 'select 1' shop",
                    "journalctl -u shop --since today",
                    "nginx -t",
                    "-u www-data ls /srv/www",
                    "id",
                ]
            ),
        )
    elif k == 6:
        ssh(
            u,
            f"echo {rng.choice(('secret', 'wrong', 'oops'))} | sudo -S -p '' {rng.choice(('id', 'cat /etc/sudoers', 'rm -r /tmp/build', 'visudo -c'))}",
        )
    elif k == 7:
        subprocess.run(
            [
                "sftp",
                "-q",
                "-b",
                "-",
                "-o",
                "BindAddress=" + rng.choice(OFFICE[u]),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-i",
                f"/opt/keys/{u}",
                f"{u}@127.0.0.1",
            ],
            input=f"put /etc/hosts /tmp/hosts-{rng.randint(1, 99)}\nls /srv\nget /etc/motd /tmp/motd\n".encode(),
            timeout=20,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    elif k == 8:
        subprocess.run(
            [
                "sshpass",
                "-p",
                rng.choice(("secret", "secret", "secrte")),
                "ssh",
                "-b",
                rng.choice(OFFICE[u]),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "PubkeyAuthentication=no",
                "-o",
                "LogLevel=QUIET",
                f"{u}@127.0.0.1",
                "true",
            ],
            timeout=25,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    else:
        ssh(u, "sleep 1", opts=("-L", f"{rng.randint(20000, 30000)}:127.0.0.1:5432", "-tt"))


def connection(ip):
    s = socket.create_connection(("127.0.0.1", 22), timeout=6, source_address=(ip, 0))
    t = paramiko.Transport(s)
    t.local_version = "SSH-2.0-" + rng.choice(
        [
            "libssh2_1.4.3",
            "libssh-0.6.3",
            "Go",
            "PUTTY",
            "paramiko_2.8.1",
            "OpenSSH_7.4",
            "JSCH-0.1.54",
        ]
    )
    t.start_client(timeout=8)
    return t


def guess():
    ip = zipf(GUESSERS, 0.6)
    t = connection(ip)
    try:
        user = rng.choice(NAMES)
        for _ in range(rng.choice((1, 1, 1, 2, 3, 7))):
            try:
                t.auth_password(user, rng.choice(WORDS), fallback=False)
            except paramiko.BadAuthenticationType:
                pass
            except paramiko.AuthenticationException:
                pass
            if rng.random() < 0.3:
                user = rng.choice(NAMES)
    finally:
        t.close()


def wrong_key():
    t = connection(rng.choice(GUESSERS))
    try:
        t.auth_publickey(
            rng.choice(NAMES),
            rng.choice([paramiko.ECDSAKey.generate(), paramiko.RSAKey.generate(1024)]),
        )
    finally:
        t.close()


def scan():
    s = socket.create_connection(("127.0.0.1", 22), timeout=4, source_address=(address4(), 0))
    try:
        s.sendall(
            rng.choice(
                [
                    b"",
                    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
                    b"\x16\x03\x01\x00\xa5\x01\x00",
                    b"SSH-1.5-Nmap-SSH1-Hostkey\r\n",
                    b"SSH-2.0-Go\r\n",
                    b"\x00" * 30 + b"\r\n",
                    b"SSH-2.0-libssh2_1.4.3\r\n\x00\x00\xff\xff\x10",
                    b"EHLO mail\r\n",
                    b"MGLNDD_192.0.2.1_22\n",
                ]
            )
        )
        s.settimeout(0.4)
        s.recv(300)
        s.recv(3000)
    except OSError:
        pass
    finally:
        s.close()


def old_client():
    ssh(
        "alice",
        "true",
        opts=rng.choice(
            [
                ("-o", "KexAlgorithms=diffie-hellman-group1-sha1"),
                ("-o", "Ciphers=3des-cbc"),
                ("-o", "HostKeyAlgorithms=ssh-dss"),
                ("-o", "MACs=hmac-md5"),
                ("-o", "KexAlgorithms=diffie-hellman-group14-sha1"),
            ]
        ),
    )


def local():
    """Things that happen at the machine itself."""
    u = rng.choice(FIRST) + str(rng.randint(1, 99))
    sh = lambda *a: subprocess.run(
        a,
        timeout=15,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    k = rng.randint(0, 6)
    if k == 0:
        sh("useradd", "-m", "-s", "/bin/bash", u)
        sh("usermod", "-aG", rng.choice(("www-data", "adm", "sudo")), u)
        pause(3)
        sh("userdel", "-r", u)
    elif k == 1:
        sh("groupadd", rng.choice(WORDS) + str(rng.randint(1, 99)))
    elif k == 2:
        sh("su", "-", rng.choice(STAFF), "-c", "id")
    elif k == 3:
        sh(
            "runuser",
            "-u",
            "bob",
            "--",
            "su",
            "-",
            rng.choice(["root", "alice", "postgres"]),
            "-c",
            "id",
        )
    elif k == 4:
        sh(
            "sudo",
            "-u",
            rng.choice(STAFF),
            "sudo",
            "-n",
            rng.choice(["id", "cat /etc/shadow", "whoami"]),
        )
    elif k == 5:
        subprocess.run(
            ["chpasswd"], input=f"{rng.choice(('carol', 'dave'))}:secret\n".encode(), timeout=9
        )
    else:
        sh("chage", "-M", str(rng.randint(60, 365)), rng.choice(STAFF))


def reload():
    subprocess.run(["pkill", "-HUP", "-o", "-x", "sshd"])


each(10, work), each(11, work), each(4, guess), each(6, guess), each(20, wrong_key), each(
    9, scan
), each(40, old_client), each(20, local), each(SECONDS / 2.5, reload, 2)
wait()
