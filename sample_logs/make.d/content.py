"""Makes what the servers serve: the shop's pages, pictures and downloads, its rows, and a directory of people."""
import os
import sys

from loadlib import *
from loadlib import _r

W = "/srv/www"


def put(path, size=None, text=None):
    os.makedirs(os.path.dirname(W + path), exist_ok=True)
    with open(W + path, "wb") as f:
        f.write(
            text.encode()
            if text is not None
            else (" ".join(_r.choice(WORDS) for _ in range(size // 6 + 1))).encode()[:size]
        )


def site():
    put("/index.html", 14210)
    for p in PRODUCTS:
        put(f"/products/{p}.html", _r.randint(3000, 24000))
        for kind, low, high in (
            ("thumb", 1500, 9000),
            ("large", 20000, 160000),
            ("hero", 60000, 240000),
        ):
            if _r.random() < 0.93:
                put(f"/img/{kind}/{p}.jpg", _r.randint(low, high))
            if _r.random() < 0.85:
                put(f"/img/{kind}/{p}.webp", _r.randint(low // 2, high // 2))
    for c in CATEGORIES:
        put(f"/category/{c}/index.html", _r.randint(9000, 30000))
    for p in POSTS:
        put(f"/blog/{p}/index.html", _r.randint(5000, 40000))
    for p, n in (
        ("site.css", 18233),
        ("theme.css", 5120),
        ("app.js", 71034),
        ("vendor.js", 188340),
        ("cart.js", 9021),
        ("logo.svg", 2291),
        ("fonts/inter.woff2", 45820),
        ("fonts/icons.woff2", 12044),
    ):
        put("/assets/" + p, n)
    for p in (
        "about",
        "shipping.html",
        "terms.html",
        "blog/index.html",
        "private/index.html",
        "private/report.html",
        "sitemap.xml",
        "feed.xml",
        "stores/index.html",
    ):
        put("/" + p, _r.randint(2000, 30000))
    put("/robots.txt", text="User-agent: *\nDisallow: /private/\n")
    put("/favicon.ico", 1150)
    for y in (2025, 2026):
        put(f"/downloads/catalog-{y}.pdf", 1_900_000)
    put("/uploads/.keep", text="")
    put("/private/stats.json", text="{}")
    os.chmod(W + "/private/stats.json", 0o600)  # the server may not read it
    put(
        "/contact.php",
        text="""<?php
function send(array $form) {
    if (!isset($form['name'])) { return "<form>"; }
    if (strlen($form['text']) < 10 && random_int(0, 2)) { throw new InvalidArgumentException("text too short: " . strlen($form['text'])); }
    if (!random_int(0, 2)) { error_log("contact form of {$form['name']} <{$form['mail']}>"); }
    return "thanks, " . $form['nmae'];
}
echo send($_POST);
echo strftime('%Y'), $undefined_footer;
""",
    )
    put(
        "/search.php",
        text="""<?php
function score(?string $row, string $q): float { return similar_text($row, $q) / (strlen($q) - 5); }
$q = $_GET['q'] ?? '';
$rows = @file('/srv/www/sitemap.xml') ?: [];
if (isset($_GET['page']) && $_GET['page'] > 4) { $x = []; echo $x['page' . $_GET['page']]; }
if ($q === '') { trigger_error('empty search', E_USER_WARNING); }
foreach (explode(' ', $q) as $w) { if (random_int(0, 9) == 0) echo score($w, $q); echo htmlspecialchars($w); }
if (random_int(0, 14) == 0) { include 'templates/results_' . substr(md5($q), 0, 4) . '.inc.php'; }
""",
    )


def sql():
    print("BEGIN;")
    for u in USERS:
        print(f"INSERT INTO customers VALUES ('{u}', md5('{_r.choice(WORDS)}'));")
    for p in PRODUCTS:
        print(
            f"INSERT INTO products (slug, category, price, stock) VALUES ('{p}', '{_r.choice(CATEGORIES)}', {_r.randint(200, 30000) / 100:.2f}, {_r.randint(3, 90)});"
        )
    for n in range(1, 901):
        print(
            f"INSERT INTO orders (customer, placed) VALUES ('{_r.choice(USERS)}', now() - interval '{_r.randint(1, 90000)} minutes');"
        )
        for _ in range(_r.randint(0, 4)):
            print(
                f"INSERT INTO order_lines SELECT {n}, id, {_r.randint(1, 4)}, price FROM products WHERE id = {_r.randint(1, len(PRODUCTS))};"
            )
    print("COMMIT;")


def ldif():
    for ou in ("people", "hosts", "groups"):
        print(f"dn: ou={ou},dc=example,dc=net\nobjectClass: organizationalUnit\nou: {ou}\n")
    for u in USERS:
        f, l = u.split(".")
        print(
            f"dn: uid={u},ou=people,dc=example,dc=net\nobjectClass: inetOrgPerson\nuid: {u}\ncn: {f.title()} {l.title()}\nsn: {l.title()}\nmail: {u}@example.net\nuserPassword: secret\n"
        )


def zone():
    print(
        "$TTL 300\n@ IN SOA ns1.example.net. hostmaster.example.net. 1 3600 600 86400 300\n@ IN NS ns1\n@ IN MX 10 mail"
    )
    for n in ("ns1", "www", "shop", "api", "static", "mail", "ldap", "git", "intranet", "flaky"):
        print(f"{n} IN A 127.0.0.1")
    print("down IN A 127.0.0.9\nprinter-2 IN A 10.20.8.40\n@ IN TXT \"v=spf1 mx -all\"")
    for i in range(1, 200):
        print(f"host{i} IN A 10.20.{_r.choice((1, 4, 8))}.{_r.randint(10, 120)}")


def world():
    """The root zone of a small world: everything that is not in it does not exist."""
    print(
        "$TTL 300\n. IN SOA ns. hostmaster.ns. 1 3600 600 86400 300\n. IN NS ns.\nns. IN A 127.0.0.2"
    )
    for net, form in (
        ("203.0.113", "host-{}.pool"),
        ("198.51.100", "dsl-{}.access"),
        ("192.0.2", "mx{}.mail"),
    ):
        for i in range(1, 255):
            name = form.format(i) + (".example.com." if i % 3 else ".example.org.")
            if i % 7:
                print(f"{i}.{'.'.join(reversed(net.split('.')))}.in-addr.arpa. IN PTR {name}")
            if i % 11:
                print(f"{name} IN A {net}.{i}")
    for d in ("example.com", "example.org", "lists.example.org", "news.example.com"):
        print(
            f"{d}. IN MX 10 mx1.mail.{d}.\n{d}. IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\nwww.{d}. IN A 198.51.100.80\ncdn.{d}. IN CNAME www.{d}.\nimg.{d}. IN CNAME cdn.{d}."
        )


{"site": site, "sql": sql, "ldif": ldif, "zone": zone, "world": world}[sys.argv[1]]()
