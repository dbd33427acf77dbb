"""Visitors, crawlers, API clients, scanners and broken clients for one web front.

usage: web_load.py nginx|caddy|haproxy|squid
"""
import base64
import copy
import http.client
import json
import socket
import ssl
import sys

from loadlib import *

FRONT = sys.argv[1]
PORT = {"nginx": 80, "caddy": 8082, "haproxy": 8000, "squid": 3128}[FRONT]
SERVER = "127.0.0.1"
HOST = {
    "nginx": "www.example.net",
    "caddy": "shop.example.net",
    "haproxy": "api.example.net",
    "squid": "www.example.net",
}[FRONT]
SPEED = {"nginx": 36.0, "caddy": 120.0, "haproxy": 23.0, "squid": 25.0}[
    FRONT
]  # mean pause between visits
TLS = ssl._create_unverified_context()


LINGERING = []


class Client:
    """One user agent at one address, with a cache for conditional requests."""

    def __init__(self, ip, ua):
        self.ip, self.ua, self.cache, self.cookie, self.conn = ip, ua, {}, None, None
        self.lang = rng.choice(
            [
                "en-US,en;q=0.9",
                "en-GB,en;q=0.5",
                "de-DE,de;q=0.9,en;q=0.8",
                "fr-FR,fr;q=0.8",
                "pl,en-US;q=0.7",
                "es-ES,es;q=0.9",
            ]
        )

    def again(self):
        """The same person at the same machine, for a visit of its own."""
        return copy.copy(self)

    def close(self):
        """Leaves; the connection stays open until the server has had enough of it, as a browser's does."""
        LINGERING.append((time.time(), self.conn))
        self.conn = None
        while LINGERING and time.time() - LINGERING[0][0] > 40:
            LINGERING.pop(0)

    def request(self, method, path, referer=None, body=None, headers=None, timeout=8, read=None):
        h = {"Host": HOST, "User-Agent": self.ua} if self.ua else {"Host": HOST}
        if self.ua and self.ua.startswith("Mozilla/5.0 ("):
            h.update(
                {"Accept-Language": self.lang, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
            )
        elif rng.random() < 0.8:
            h["Connection"] = "close"
        if referer:
            h["Referer"] = referer
        if self.cookie:
            h["Cookie"] = self.cookie
        if path in self.cache:
            etag, modified = self.cache[path]
            if etag and rng.random() < 0.8:
                h["If-None-Match"] = etag
            else:
                h["If-Modified-Since"] = modified
        h.update(headers or {})
        ip = self.ip
        server = SERVER
        if FRONT == "squid":
            host = (
                rng.choice(
                    ["www.example.net"] * 5
                    + ["shop.example.net:8082", "api.example.net:8000", "static.example.net"]
                )
                if "Host" not in (headers or {})
                else headers["Host"]
            )
            h["Host"] = host
            if path.startswith("/"):
                path = f"http://{host}{path}"
        elif ":" in ip:
            server = "::1"
        c = self.conn or http.client.HTTPConnection(
            server, PORT, timeout=timeout, source_address=(ip, 0)
        )
        self.conn = None
        try:
            c.request(method, path, body=body, headers=h)
            r = c.getresponse()
            data = r.read(read) if read else r.read()
            if r.status == 200 and (r.getheader("ETag") or r.getheader("Last-Modified")):
                self.cache[path] = (
                    r.getheader("ETag"),
                    r.getheader("Last-Modified") or "Thu, 01 Jan 1970 00:00:00 GMT",
                )
            if r.getheader("Set-Cookie"):
                self.cookie = r.getheader("Set-Cookie").split(";")[0]
            if not r.will_close and not read and (self.ua or "").startswith("Mozilla"):
                self.conn, c = c, None  # kept open for the next request
            return r.status, data
        finally:
            if c:
                c.close()

    def json(self, method, path, value, **kw):
        return self.request(
            method, path, body=json.dumps(value), headers={"Content-Type": "application/json"}, **kw
        )


def ip():
    return inside() if FRONT == "squid" else address()


PEOPLE = [Client(ip(), agent()) for _ in range(90)]
ASSETS = [
    "/assets/site.css?v=4f2a91",
    "/assets/theme.css",
    "/assets/app.js?v=4f2a91",
    "/assets/vendor.js",
    "/assets/logo.svg",
    "/favicon.ico",
    "/assets/fonts/inter.woff2",
    "/assets/fonts/icons.woff2",
    "/assets/cart.js",
]
SITE = f"http://{HOST}"
REFERRERS = [
    None,
    None,
    None,
    "https://www.google.com/",
    "https://www.google.com/",
    "https://www.bing.com/",
    "https://duckduckgo.com/",
    "https://t.co/",
    "https://l.facebook.com/",
    "https://news.ycombinator.com/",
    "https://www.reddit.com/r/houseplants/",
    "android-app://com.google.android.gm/",
    "https://mail.example.org/",
]


def page():
    k = rng.random()
    if k < 0.16:
        return "/"
    if k < 0.5:
        return f"/products/{zipf(PRODUCTS)}.html"
    if k < 0.64:
        return f"/category/{rng.choice(CATEGORIES)}/" + rng.choice(
            [
                "",
                "",
                f"?page={rng.randint(2, 14)}",
                f"?sort={rng.choice(('price', 'name', '-price', 'new'))}",
            ]
        )
    if k < 0.78:
        return f"/blog/{zipf(POSTS)}/" + rng.choice(
            [
                "",
                "",
                "",
                f"?utm_source={rng.choice(('newsletter', 'twitter', 'fb'))}&utm_medium=social&utm_campaign={rng.choice(WORDS)}",
            ]
        )
    if k < 0.86:
        return f"/search?q={rng.choice(WORDS)}+{rng.choice(KINDS)}" + rng.choice(
            ["", f"&page={rng.randint(2, 5)}"]
        )
    if k < 0.92:
        return rng.choice(
            [
                "/about",
                "/contact.php",
                "/shipping.html",
                "/terms.html",
                "/blog/",
                "/stores/?lat=%.4f&lon=%.4f" % (rng.uniform(46, 55), rng.uniform(5, 25)),
            ]
        )
    if k < 0.96:
        return f"/old/{rng.choice(CATEGORIES)}/{rng.randint(100, 9999)}.htm"
    return f"/products/{rng.choice(PRODUCTS)}-{rng.choice(('xl', 'old', '2'))}.html"


def visit():
    who = (zipf(PEOPLE, 0.5) if rng.random() < 0.5 else Client(ip(), agent())).again()
    ref = rng.choice(REFERRERS)
    for _ in range(rng.randint(1, 6)):
        p = page()
        if p == "/contact.php" and rng.random() < 0.5:
            who.request(
                "POST",
                p,
                ref,
                f"name={rng.choice(FIRST)}&mail={rng.choice(USERS)}%40example.org&text=hello",
                {"Content-Type": "application/x-www-form-urlencoded"},
            )
        who.request("GET", p, ref)
        here = SITE + p
        for a in ASSETS:
            if a not in who.cache or rng.random() < 0.08:
                who.request("GET", a, here)
        for _ in range(rng.randint(0, 4)):
            who.request(
                "GET",
                f"/img/{rng.choice(('thumb', 'thumb', 'large', 'hero'))}/{zipf(PRODUCTS)}.{rng.choice(('jpg', 'jpg', 'webp'))}",
                here,
            )
        if p.startswith("/products/") and rng.random() < 0.4:
            slug = p[10:-5]
            who.request("GET", f"/api/v1/products/{slug}", here)
            if rng.random() < 0.5:
                who.json(
                    "POST",
                    f"/api/v1/cart/{rng.randrange(16**8):08x}/items",
                    {"slug": slug, "quantity": rng.choice((1, 1, 1, 2, 6, 40))},
                    referer=here,
                )
        ref = here
        pause(1.2)
    who.close()


def crawl():
    who = Client(ip(), rng.choice(BOTS))
    who.request("GET", rng.choice(["/robots.txt", "/sitemap.xml", "/feed.xml"]))
    for _ in range(rng.randint(2, 9)):
        pause(0.5)
        who.request(rng.choice(["GET"] * 9 + ["HEAD"]), page())
    who.close()


def api():
    who = Client(ip(), rng.choice(TOOLS))
    for _ in range(rng.randint(1, 6)):
        k = rng.random()
        if k < 0.25:
            who.request(
                "GET",
                f"/api/v1/products?category={rng.choice(CATEGORIES)}&limit={rng.choice((10, 25, 50, 100))}&offset={rng.randrange(0, 400, 25)}",
            )
        elif k < 0.40:
            who.request("GET", f"/api/v1/orders/{rng.randint(1, 900)}")
        elif k < 0.55:
            who.json(
                "POST",
                "/api/v1/orders",
                {
                    "customer": rng.choice(USERS),
                    "lines": [
                        {"slug": zipf(PRODUCTS), "quantity": rng.choice((1, 1, 2, 3, 25, 900))}
                        for _ in range(rng.randint(1, 4))
                    ],
                },
            )
        elif k < 0.65:
            who.json(
                "POST", "/api/v1/login", {"user": rng.choice(USERS), "password": rng.choice(WORDS)}
            )
        elif k < 0.72:
            who.request(
                "GET",
                f"/api/v1/search?q={rng.choice(WORDS)}&min={rng.choice(('5', '10', 'ten', '', '-1'))}",
            )
        elif k < 0.79:
            who.request(
                "GET",
                f"/api/v1/reports/{rng.choice(('daily', 'stock', 'slow', 'top', 'margin'))}?day=2026-{rng.randint(1, 12):02d}-{rng.randint(1, 31):02d}",
            )
        elif k < 0.84:
            who.request(
                "PUT",
                f"/api/v1/stock/{zipf(PRODUCTS)}",
                body=rng.choice(
                    [
                        '{"stock": %d}' % rng.randint(0, 80),
                        '{"stock": "many"}',
                        "stock=12",
                        '{"stock": 3',
                        "\udcff\udcfe".encode("utf-8", "surrogateescape"),
                    ]
                ),
                headers={"Content-Type": "application/json"},
            )
        elif k < 0.88:
            who.request(
                rng.choice(["DELETE", "PATCH", "OPTIONS"]),
                f"/api/v1/cart/{rng.randrange(16**8):08x}",
            )
        elif k < 0.92:
            who.request("GET", f"/api/v2/{rng.choice(('ping', 'inventory', 'events'))}")
        elif k < 0.96:
            who.request("GET", f"/api/v1/customers/{rng.choice(USERS)}/invoice.csv")
        else:
            who.request("GET", "/healthz")
        pause(0.6)


PROBES = """/.env /.git/config /wp-login.php /wp-admin/setup-config.php /xmlrpc.php /phpmyadmin/index.php /admin.php /config.php.bak
/vendor/phpunit/phpunit/src/Util/PHP/eval-stdin.php /.aws/credentials /server-status /actuator/health /cgi-bin/luci/;stok=/locale
/solr/admin/info/system?wt=json /boaform/admin/formLogin /HNAP1 /owa/auth/logon.aspx /.DS_Store /backup.zip /db.sql /shell?cd+/tmp
/autodiscover/autodiscover.xml /remote/fgt_lang?lang=/../../../..//////////dev/ /_ignition/execute-solution /api/jsonws/invoke
/?XDEBUG_SESSION_START=phpstorm /console/ /manager/html /blog/wp-includes/wlwmanifest.xml /%2e%2e/%2e%2e/etc/passwd /.well-known/security.txt
/index.php?s=/Index/\\think\\app/invokefunction&function=call_user_func_array /private/ /assets/ /img/ /.htaccess /uploads/ /info.php""".split()


def scan():
    who = Client(
        ip(),
        rng.choice(
            [
                None,
                "-",
                "Mozilla/5.0",
                "Mozilla/5.0 zgrab/0.x",
                "masscan/1.3",
                "python-requests/2.31.0",
                "Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)",
                agent(),
            ]
        ),
    )
    for p in rng.sample(PROBES, rng.randint(2, 11)):
        try:
            who.request(rng.choice(["GET"] * 7 + ["POST", "HEAD"]), p, timeout=3)
        except Exception:
            pass
        pause(0.15)
    who.close()


def raw(data, port=None, linger=0.3):
    a = ip()
    s = socket.create_connection(
        ("::1" if ":" in a else SERVER, port or PORT), timeout=3, source_address=(a, 0)
    )
    try:
        s.sendall(data)
        s.settimeout(linger)
        return s.recv(4096)
    finally:
        s.close()


def broken():
    """Clients that speak badly, ask too much, or hang up."""
    k = rng.randint(0, 13)
    h = f"Host: {HOST}\r\n".encode()
    if k == 0:
        raw(
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"
            + bytes(rng.randrange(256) for _ in range(40))
        )
    elif k == 1:
        raw(b"GET /" + b"a" * rng.randint(9000, 12000) + b" HTTP/1.1\r\n" + h + b"\r\n")
    elif k == 2:
        raw(b"GET / HTTP/1.1\r\n\r\n")
    elif k == 3:
        raw(
            b"\x03\x00\x00/*\xe0\x00\x00\x00\x00\x00Cookie: mstshash="
            + rng.choice(FIRST).encode()
            + b"\r\n"
        )
    elif k == 4:
        raw(
            b"POST /api/v1/upload HTTP/1.1\r\n"
            + h
            + b"Content-Length: %d\r\n\r\n" % rng.randint(3_000_000, 90_000_000)
        )
    elif k == 5:
        raw(
            b"GET /api/v1/reports/slow HTTP/1.1\r\nUser-Agent: "
            + rng.choice(TOOLS).encode()
            + b"\r\n"
            + h
            + b"\r\n",
            linger=0.2,
        )
    elif k == 6:
        raw(
            b"GET /img/large/"
            + rng.choice(PRODUCTS).encode()
            + b".jpg HTTP/1.0\r\n"
            + h
            + b"Bad Header Line\r\n\r\n"
        )
    elif k == 7:
        raw(
            rng.choice(
                [
                    b"SSH-2.0-Go\r\n",
                    b"OPTIONS sip:nm SIP/2.0\r\n\r\n",
                    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                    b"CONNECT 192.0.2.80:443 HTTP/1.1\r\n\r\n",
                    b"QUIT\r\n",
                    b"GET http://proxy.example.org/ HTTP/1.1\r\nHost: proxy.example.org\r\n\r\n",
                ]
            )
        )
    elif k == 8:
        Client(ip(), rng.choice(TOOLS)).request(
            "GET",
            f"/downloads/catalog-{rng.choice((2024, 2025, 2026))}.pdf",
            headers={
                "Range": f"bytes={rng.randint(0, 90000)}-{rng.choice(('', rng.randint(100000, 2000000)))}"
            },
        )
    elif k == 9:
        Client(ip(), agent()).request("GET", "/downloads/catalog-2026.pdf", read=4096)
    elif k == 10:
        u = rng.choice(("alice", "bob", "admin", "root", "deploy", rng.choice(USERS)))
        p = rng.choice(("secret", "admin", "123456", "wrong"))
        who = Client(ip(), agent())
        who.request("GET", "/private/")
        who.request(
            "GET",
            rng.choice(("/private/", "/private/report.html", "/private/stats.json")),
            headers={"Authorization": "Basic " + base64.b64encode(f"{u}:{p}".encode()).decode()},
        )
    elif k == 11:
        raw(
            b"POST /api/v1/orders HTTP/1.1\r\n" + h + b"Content-Length: 400\r\n\r\n{\"customer\":",
            linger=0.2,
        )
    elif k == 12:
        who = Client(ip(), rng.choice(TOOLS))  # hammers one page: runs into the rate limit
        p = rng.choice(
            (
                "/search?q=" + rng.choice(WORDS),
                "/api/v1/login",
                "/api/v1/search?q=" + rng.choice(WORDS),
            )
        )
        for _ in range(rng.randint(6, 16)):
            who.request("GET", p, timeout=3)
    elif FRONT == "nginx":
        if rng.random() < 0.5:
            raw(b"GET / HTTP/1.1\r\n" + h + b"\r\n", 443)
        else:
            c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            with socket.create_connection(
                (SERVER, 443), timeout=3, source_address=(address4(), 0)
            ) as s:
                c.wrap_socket(s, server_hostname=HOST)


def tls_visit():
    who = Client(address4(), agent())
    c = http.client.HTTPSConnection(SERVER, 443, timeout=5, source_address=(who.ip, 0), context=TLS)
    for _ in range(rng.randint(1, 5)):
        c.request(
            "GET",
            page(),
            headers={"Host": HOST, "User-Agent": who.ua, "Referer": f"https://{HOST}/"},
        )
        c.getresponse().read()
        pause(0.4)
    c.close()


def tunnel():
    """CONNECT through the proxy, some of it to ports or names that it refuses."""
    who = inside()
    target = rng.choice(
        ["www.example.net:443"] * 4
        + [
            "mail.example.net:993",
            "git.example.net:22",
            "intranet.example.net:443",
            "nowhere.example.com:443",
        ]
    )
    s = socket.create_connection((SERVER, 3128), timeout=5, source_address=(who, 0))
    try:
        s.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
        if b" 200" in s.recv(1024) and target.endswith(":443"):
            t = TLS.wrap_socket(s, server_hostname=target.split(":")[0])
            for _ in range(rng.randint(1, 4)):
                t.sendall(
                    f"GET {page()} HTTP/1.1\r\nHost: www.example.net\r\nUser-Agent: {agent()}\r\n\r\n".encode()
                )
                t.recv(65536)
                pause(0.5)
            t.close()
    finally:
        s.close()


def elsewhere():
    """Proxy requests to hosts that are down, unknown or forbidden."""
    who = Client(inside(), agent())
    who.request(
        "GET",
        f"/{rng.choice(WORDS)}/{rng.choice(WORDS)}.html",
        headers={
            "Host": rng.choice(
                [
                    "down.example.net",
                    "ads.example.com",
                    "tracker.example.com",
                    "nowhere.example.com",
                    "intranet.example.net",
                    "mirror.example.net:8082",
                ]
            )
        },
    )


def monitor(ua, path):
    who = Client("127.0.0.1" if FRONT != "squid" else "10.20.1.5", ua)
    return lambda: who.request("GET", path)


loads = [each(SPEED, visit) for _ in range(2)]
loads += [each(SPEED * 1.5, api), each(SPEED * 4, crawl)]
loads += [
    each(SPEED * (2 if FRONT == "nginx" else 4), scan),
    each(SPEED * (0.12 if FRONT == "nginx" else 0.8), broken),
]
loads += [
    each(SPEED * 2, monitor("kube-probe/1.27", "/healthz")),
    each(SPEED * 3, monitor("Prometheus/2.42.0", "/metrics")),
]
if FRONT == "nginx":
    loads += [each(18, tls_visit)]
if FRONT == "squid":
    loads += [each(5, tunnel), each(6, elsewhere)]
wait()
