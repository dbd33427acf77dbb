"""Database sessions other than pgbench's: reports, maintenance, quarrels over locks, mistakes, and refused logins."""
import os
import subprocess
import threading

import psycopg2

from loadlib import *


def connect(user="shop", db="shop", password="secret", app=None):
    return psycopg2.connect(
        host="127.0.0.1",
        dbname=db,
        user=user,
        password=password,
        connect_timeout=3,
        application_name=app or rng.choice(["psql", "dbeaver", "metabase", "cron-report", ""]),
    )


def run(user, *statements, app=None):
    c = connect(user, app=app)
    c.autocommit = True
    try:
        with c.cursor() as cur:
            for s in statements:
                try:
                    cur.execute(s)
                except psycopg2.Error:
                    pass
                pause(0.15)
    finally:
        c.close()


def report():
    day = f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"
    run(
        "reporting",
        rng.choice(
            [
                f"""SELECT p.category,
       count(DISTINCT o.id) AS orders,
       sum(l.quantity)      AS pieces,
       round(sum(l.quantity * l.price), 2) AS turnover
  FROM orders o
  JOIN order_lines l ON l.order_id = o.id
  JOIN products p    ON p.id = l.product_id
 WHERE o.placed >= DATE '{day}'
 GROUP BY p.category
HAVING sum(l.quantity) > {rng.randint(0, 9)}
 ORDER BY turnover DESC""",
                f"""WITH ranked AS (
    SELECT customer, placed,
           row_number() OVER (PARTITION BY customer ORDER BY placed DESC) AS n
      FROM orders
)
SELECT * FROM ranked WHERE n = {rng.randint(1, 3)} LIMIT {rng.choice((5, 10, 50))}""",
                f"SELECT slug, stock FROM products WHERE stock < {rng.randint(2, 20)} ORDER BY stock, slug",
                f"SELECT a.x * b.x FROM generate_series(1, {rng.randint(300, 900)}) a(x), generate_series(1, 300) b(x) ORDER BY 1 DESC LIMIT 3",
                f"SELECT md5(i::text) AS h, i FROM generate_series(1, {rng.randint(20000, 90000)}) i ORDER BY h",
                "SELECT customer, max(placed) FROM orders GROUP BY 1 ORDER BY 2 DESC NULLS LAST FETCH FIRST 20 ROWS ONLY",
            ]
        ),
    )


def mistakes():
    run(
        rng.choice(["shop", "reporting"]),
        *rng.sample(
            [
                f"SELECT * FROM product WHERE slug = '{rng.choice(PRODUCTS)}'",
                "SELECT slug, prize FROM products LIMIT 5",
                f"SELECT 1 / {rng.choice((0, 0, 4))}",
                f"SELECT '{rng.choice(WORDS)}'::int",
                "SELEC now()",
                f"INSERT INTO order_lines VALUES ({rng.randint(90000, 99999)}, 1, 1, 9.90)",
                f"INSERT INTO products (slug, category, price, stock) VALUES ('{rng.choice(PRODUCTS)}', 'kitchen', 12.50, 4)",
                f"UPDATE products SET stock = -{rng.randint(1, 9)} WHERE id = {rng.randint(1, 400)}",
                "INSERT INTO orders (customer, placed) VALUES (NULL, now())",
                "DELETE FROM customers WHERE name = 'nobody'",
                "DROP TABLE orders",
                "SELECT count(*) FROM pg_authid",
                f"SELECT to_date('{rng.randint(2020, 2026)}-13-{rng.randint(1, 40)}', 'YYYY-MM-DD')",
                f"SELECT jsonb '{{\"slug\": \"{rng.choice(WORDS)}\", \"tags\": [1, 2}}'",
                "ROLLBACK TO SAVEPOINT before_import",
                f"SELECT sqrt(-{rng.randint(1, 9)})",
                "SELECT * FROM orders WHERE id = 4000000000::int",
            ],
            rng.randint(1, 4),
        ),
    )


def refused():
    user, db, password = rng.choice(
        [
            ("shop", "shop", "guess"),
            ("postgres", "shop", "postgres"),
            ("nobody", "shop", "x"),
            ("shop", "shopp", "secret"),
            ("reporting", "template1", "old"),
            (rng.choice(FIRST), "postgres", "x"),
            ("admin", "admin", "admin"),
        ]
    )
    connect(user, db, password).close()


def quarrel():
    """Two sessions take two rows in opposite order."""
    a, b = rng.sample(range(1, 40), 2)
    meet = threading.Barrier(2)

    def go(x, y):
        c = connect(app="stock-sync")
        try:
            with c, c.cursor() as cur:
                cur.execute("UPDATE products SET stock = stock + 1 WHERE id = %s", (x,))
                meet.wait(3)
                cur.execute("UPDATE products SET stock = stock + 1 WHERE id = %s", (y,))
        except psycopg2.Error:
            pass
        finally:
            c.close()

    ts = [threading.Thread(target=go, args=p) for p in ((a, b), (b, a))]
    [t.start() for t in ts]
    [t.join() for t in ts]


def slow():
    run(
        "shop",
        f"SET statement_timeout = '{rng.choice((200, 400, 900))}ms'",
        f"SELECT pg_sleep({rng.choice((0.1, 0.3, 1, 2))})",
        "SET lock_timeout = '100ms'",
        rng.choice(
            [
                "LOCK TABLE audit IN ACCESS EXCLUSIVE MODE NOWAIT",
                "BEGIN; LOCK TABLE products IN SHARE MODE; COMMIT",
                "RESET ALL",
            ]
        ),
    )


def batch():
    c = connect(app="import")
    try:
        with c, c.cursor() as cur:
            cur.execute(
                "CREATE TEMP TABLE incoming (slug text, price numeric, note text) ON COMMIT DROP"
            )
            cur.executemany(
                "INSERT INTO incoming VALUES (%s, %s, %s)",
                [
                    (
                        rng.choice(PRODUCTS),
                        round(rng.uniform(2, 300), 2),
                        rng.choice((None, "it's new", "tab\there", "2nd line\nof note", "größer")),
                    )
                    for _ in range(rng.randint(2, 6))
                ],
            )
            cur.execute(
                "UPDATE products p SET price = i.price FROM incoming i WHERE i.slug = p.slug"
            )
    finally:
        c.close()


def abandon():
    c = connect(app="mobile")
    cur = c.cursor()
    cur.execute("BEGIN; SELECT count(*) FROM orders")
    os.close(c.fileno())  # the connection breaks in the middle of a transaction


def upkeep():
    def psql(*a):
        subprocess.run(
            [
                "runuser",
                "-u",
                "postgres",
                "--",
                "psql",
                "-X",
                "-q",
                "-d",
                "shop",
                "-o",
                "/dev/null",
                *a,
            ],
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )

    k = rng.randint(0, 7)
    if k == 0:
        psql("-c", rng.choice(["\\d products", "\\dt+", "\\du", "\\l", "\\df", "\\di"]))
    elif k == 1:
        psql(
            "-c",
            f"VACUUM (VERBOSE, ANALYZE) {rng.choice(('products', 'orders', 'order_lines', 'audit'))}",
        )
    elif k == 2:
        psql("-c", "CHECKPOINT")
    elif k == 3:
        psql(
            "-c",
            f"CREATE INDEX IF NOT EXISTS audit_{rng.choice(('at', 'event', 'order_id'))}_{rng.randint(1, 99)} ON audit ({rng.choice(('at', 'event', 'order_id'))})",
        )
    elif k == 4:
        psql(
            "-c",
            "SELECT pid, state, wait_event, now() - query_start AS age, left(query, 40) FROM pg_stat_activity WHERE state <> 'idle' ORDER BY age DESC",
        )
    elif k == 5:
        psql("-c", f"DELETE FROM audit WHERE at < now() - interval '{rng.randint(1, 9)} seconds'")
    elif k == 6:
        psql("-c", "\\copy products TO /dev/null CSV HEADER")
    else:
        psql(
            "-c",
            f"ALTER TABLE audit ADD COLUMN IF NOT EXISTS {rng.choice(WORDS)} text DEFAULT '{rng.choice(WORDS)}'",
        )


def dump():
    subprocess.run(
        ["runuser", "-u", "postgres", "--", "pg_dump", "-t", "products", "-f", "/dev/null", "shop"],
        stdin=subprocess.DEVNULL,
    )


each(12, report), each(10, mistakes), each(16, refused), each(28, quarrel), each(22, slow), each(
    30, batch
), each(60, abandon), each(17, upkeep)
threading.Timer(SECONDS / 2, dump).start()
wait()
