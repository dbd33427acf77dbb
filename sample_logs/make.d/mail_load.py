"""Mail: people who send and read, lists, newsletters, spammers, wrong passwords, dead hosts."""
import imaplib
import poplib
import smtplib
import socket
import ssl
import subprocess
from email.message import EmailMessage

from loadlib import *

TLS = ssl._create_unverified_context()
LOCAL = ["alice", "bob", "carol", "dave", "deploy", "backup"]


def sender_address():
    """Mostly a host whose address has a name."""
    return (
        f"{rng.choice(('192.0.2', '198.51.100', '203.0.113'))}.{rng.randint(1, 254)}"
        if rng.random() < 0.8
        else address4()
    )


def outside():
    return f"{rng.choice(USERS)}@{rng.choice(('example.org', 'example.com', 'lists.example.org', 'news.example.com', 'ads.example.com'))}"


def helo():
    return rng.choice(
        [
            f"mail{rng.randint(1, 4)}.example.org",
            f"smtp-out-{rng.randint(1, 20)}.example.com",
            "localhost",
            f"[{address4()}]",
            f"{rng.choice(WORDS)}",
            f"ec2-{rng.randint(1, 99)}.example.com",
        ]
    )


def message(sender, to, kind):
    m = EmailMessage()
    m["From"], m["To"] = sender, ", ".join(to)
    m["Subject"] = " ".join(rng.sample(WORDS, 3))
    if rng.random() < 0.9:
        m["Message-ID"] = rng.choice(
            [
                f"<{rng.getrandbits(64):x}.{int(time.time())}@{sender.split('@')[-1]}>",
                f"<CA+{rng.getrandbits(96):x}@mail.example.com>",
                f"<{rng.randrange(10**8)}.{rng.randrange(10**6)}.JavaMail.app@{kind}>",
                f"<{rng.getrandbits(32):08X}-{rng.getrandbits(16):04X}-4A@example.org>",
            ]
        )
    m.set_content("\n".join(" ".join(rng.sample(WORDS, 8)) for _ in range(rng.randint(1, 80))))
    if rng.random() < 0.2:
        m.add_attachment(
            bytes(rng.randrange(256) for _ in range(rng.randint(800, 40000))),
            maintype="application",
            subtype="pdf",
            filename="scan.pdf",
        )
    return m


def smtp(ip=None, port=25):
    return smtplib.SMTP(
        "127.0.0.1",
        port,
        local_hostname=helo(),
        timeout=10,
        source_address=(ip or sender_address(), 0),
    )


def incoming():
    with smtp() as s:
        if rng.random() < 0.5:
            s.starttls(context=TLS)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            to = [f"{rng.choice(LOCAL)}@example.net" for _ in range(rng.choice((1, 1, 1, 2, 3)))]
            if rng.random() < 0.15:
                to.append(f"{rng.choice(FIRST)}@example.net")  # no such user
            if rng.random() < 0.2:
                to.append(
                    rng.choice(("info@example.net", "team@example.net", "postmaster@example.net"))
                )
            sender = outside()
            try:
                s.send_message(message(sender, to, "list"), sender, to)
            except smtplib.SMTPRecipientsRefused:
                s.rset()


def submission():
    u = rng.choice(LOCAL)
    with smtp(inside(), 587) as s:
        s.starttls(context=TLS)
        s.login(u, rng.choice(("secret", "secret", "secret", "Secret1")))
        to = [
            rng.choice(
                [
                    outside(),
                    f"{rng.choice(USERS)}@{rng.choice(('down.example.com', 'nowhere.example.org', 'refuse.example.org', 'slow.example.org'))}",
                    f"{rng.choice(LOCAL)}@example.net",
                ]
            )
            for _ in range(rng.randint(1, 3))
        ]
        s.send_message(message(f"{u}@example.net", to, "app"), f"{u}@example.net", to)


def spam():
    with smtp() as s:
        k = rng.randint(0, 7)
        if k == 0:
            s.sendmail(outside(), [outside()], "Subject: hi\r\n\r\nrelay?\r\n")
        elif k == 1:
            s.ehlo()
            s.mail("not-an-address")
            s.mail(f"{rng.choice(WORDS)}@no-such-domain.example.invalid")
            s.rcpt("alice@example.net")
        elif k == 2:
            s.ehlo()
            for n in rng.sample(NAMES, 4):
                s.docmd("VRFY", n)
        elif k == 3:
            s.starttls(context=TLS)
            s.login(rng.choice(NAMES), rng.choice(WORDS))
        elif k == 4:
            for _ in range(rng.randint(3, 12)):
                s.docmd(
                    rng.choice(
                        ("GET / HTTP/1.1", "XYZZY", "AUTH LOGIN", "HELP", "EXPN root", "RSET")
                    )
                )
        elif k == 5:
            s.ehlo()
            s.mail(outside(), [f"size={rng.randint(30, 90)}000000"])
        elif k == 6:
            s.ehlo()
            s.mail(outside())
            for n in rng.sample(NAMES, 6):
                s.rcpt(f"{n}@example.net")
        else:
            s.ehlo()
            s.sock.close()
            s.sock = None
            s.file = None


NAMES = FIRST + [
    "admin",
    "info",
    "sales",
    "office",
    "test",
    "webmaster",
    "scanner",
    "root",
    "nobody",
]


def plain_connect():
    s = socket.create_connection(
        ("127.0.0.1", rng.choice((25, 465, 587))), timeout=3, source_address=(address4(), 0)
    )
    s.sendall(
        rng.choice([b"", b"\x16\x03\x01\x00\x01", b"GET / HTTP/1.0\r\n\r\n", b"EHLO \xff\xfe\r\n"])
    )
    s.settimeout(0.5)
    try:
        s.recv(100)
    except OSError:
        pass
    s.close()


def cron_mail():
    u = rng.choice(LOCAL)
    subprocess.run(
        [
            "runuser",
            "-u",
            u,
            "--",
            "/usr/sbin/sendmail",
            "-i",
            rng.choice(
                [
                    f"{u}@example.net",
                    "root",
                    "team@example.net",
                    f"{rng.choice(FIRST)}@example.net",
                    outside(),
                ]
            ),
        ],
        input=f"Subject: Cron <{u}@web01> backup\n\n{rng.choice(WORDS)}\n".encode(),
        timeout=10,
    )


def read_imap():
    c = (
        imaplib.IMAP4("127.0.0.1", 143)
        if rng.random() < 0.5
        else imaplib.IMAP4_SSL("127.0.0.1", 993, ssl_context=TLS)
    )
    try:
        c.login(
            rng.choice(LOCAL + ["nobody1"]), rng.choice(("secret", "secret", "secret", "sesame"))
        )
        c.select()
        for i in range(rng.randint(0, 4)):
            c.fetch(str(i + 1), "(RFC822.HEADER)")
        if rng.random() < 0.3:
            c.store("1", "+FLAGS", "\\Deleted")
            c.expunge()
        pause(1)
    finally:
        if rng.random() < 0.8:
            c.logout()
        else:
            c.shutdown()


def read_pop():
    c = poplib.POP3("127.0.0.1", 110, timeout=8)
    c.user(rng.choice(LOCAL))
    c.pass_(rng.choice(("secret", "secret", "guess")))
    n = len(c.list()[1])
    if n:
        c.retr(1)
        if rng.random() < 0.5:
            c.dele(1)
    c.quit()


def manage():
    subprocess.run(
        rng.choice(
            [
                ["postqueue", "-f"],
                ["postqueue", "-p"],
                ["postsuper", "-r", "deferred"],
                ["postfix", "reload"],
                ["doveadm", "reload"],
            ]
        ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


each(5, incoming), each(11, submission), each(10, spam), each(25, plain_connect), each(
    20, cron_mail
), each(9, read_imap), each(16, read_pop), each(70, manage)
wait()
