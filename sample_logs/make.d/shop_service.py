"""The shop's back end: a real threaded HTTP service over PostgreSQL, with the bugs such services have.

It logs with the logging module to /var/log/shop/python_app.log; the tracebacks in there are real.
"""
import csv
import io
import json
import logging
import random
import sys
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg2
import psycopg2.pool
import redis

logging.basicConfig(
    filename="/var/log/shop/python_app.log",
    level=logging.DEBUG,
    format="%(asctime)s %(levelname)-8s [%(process)d:%(threadName)s] %(name)s: %(message)s",
)
log = logging.getLogger("shop.http")
orders_log = logging.getLogger("shop.orders")
stock_log = logging.getLogger("shop.stock")
pool = psycopg2.pool.ThreadedConnectionPool(
    2,
    12,
    host="127.0.0.1",
    dbname="shop",
    user="shop",
    password="secret",
    application_name="shop-service",
)
cache = redis.Redis(host="127.0.0.1", port=6379)


class NotFound(Exception):
    pass


class OutOfStock(Exception):
    def __init__(self, slug, wanted, have):
        super().__init__(f"{slug}: wanted {wanted}, have {have}")


def query(sql, args=(), timeout_ms=None):
    """Runs one statement in a transaction of its own; returns its rows."""
    c = pool.getconn()
    try:
        with c, c.cursor() as cur:
            if timeout_ms:
                cur.execute("SET LOCAL statement_timeout = %s", (timeout_ms,))
            cur.execute(sql, args)
            return cur.fetchall() if cur.description else cur.rowcount
    finally:
        pool.putconn(c)


def product(slug):
    hit = cache.get("product:" + slug)
    if hit:
        log.debug("cache hit for product:%s (%d bytes)", slug, len(hit))
        return json.loads(hit)
    rows = query("SELECT id, slug, category, price, stock FROM products WHERE slug = %s", (slug,))
    if not rows:
        raise NotFound(f"no product {slug!r}")
    value = dict(
        zip(("id", "slug", "category", "price", "stock"), rows[0]), price=float(rows[0][3])
    )
    cache.setex("product:" + slug, 90, json.dumps(value))
    return value


def place_order(body):
    started = time.perf_counter()
    c = pool.getconn()
    try:
        with c, c.cursor() as cur:
            cur.execute(
                "INSERT INTO orders (customer, placed) VALUES (%s, now()) RETURNING id",
                (body["customer"],),
            )
            number = cur.fetchone()[0]
            total = 0
            for line in body["lines"]:
                cur.execute(
                    "SELECT id, price, stock FROM products WHERE slug = %s FOR UPDATE",
                    (line["slug"],),
                )
                found = cur.fetchone()
                if line["quantity"] > 500:
                    raise OutOfStock(line["slug"], line["quantity"], found[2])
                cur.execute(
                    "UPDATE products SET stock = stock - %s WHERE id = %s",
                    (line["quantity"], found[0]),
                )
                cur.execute(
                    "INSERT INTO order_lines (order_id, product_id, quantity, price) VALUES (%s, %s, %s, %s)",
                    (number, found[0], line["quantity"], found[1]),
                )
                total += line["quantity"] * found[1]
        orders_log.info(
            "order %d placed by %s: %d lines, total %.2f EUR, %.1f ms",
            number,
            body["customer"],
            len(body["lines"]),
            total,
            (time.perf_counter() - started) * 1e3,
        )
        return {"order": number, "total": float(total)}
    except psycopg2.errors.CheckViolation as e:
        raise OutOfStock(line["slug"], line["quantity"], found[2]) from e
    finally:
        pool.putconn(c)


def report(name, day):
    time.sleep(
        {"daily": 0.05, "stock": 0.2, "slow": random.uniform(0.8, 4), "top": 0.1}.get(name, 0.0)
    )
    if name == "slow":
        return query(
            "SELECT p.category, count(*), pg_sleep(0.3) FROM products p GROUP BY p.category",
            timeout_ms=900,
        )
    if name == "daily":
        return query(
            "SELECT date_trunc('minute', placed), count(*) FROM orders WHERE placed::date <= %s GROUP BY 1 ORDER BY 1 DESC LIMIT 20",
            (day,),
        )
    if name == "margin":
        sold = query(
            "SELECT sum(quantity), sum(quantity * price) FROM order_lines WHERE order_id = %s",
            (random.randint(1, 2000),),
        )[0]
        return {"average": sold[1] / sold[0]}
    return query(
        """SELECT p.slug, sum(l.quantity) AS sold
                      FROM order_lines l
                      JOIN products p ON p.id = l.product_id
                     GROUP BY p.slug
                     ORDER BY sold DESC
                     LIMIT 10"""
    )


class Handler(BaseHTTPRequestHandler):
    server_version = "shop/2.7"
    protocol_version = "HTTP/1.1"

    def log_message(self, format, *args):
        log.info(
            "%s %s",
            self.headers.get("X-Forwarded-For", self.client_address[0])
            if getattr(self, "headers", None)
            else "-",
            format % args,
        )

    def answer(self, status, value, kind="application/json"):
        data = value.encode() if isinstance(value, str) else json.dumps(value, default=str).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Request-Id", "%016x" % random.getrandbits(64))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def body(self):
        raw = self.rfile.read(int(self.headers["Content-Length"] or 0))
        return json.loads(raw.decode("utf-8"))

    def route(self):
        u = urllib.parse.urlsplit(self.path)
        q = dict(urllib.parse.parse_qsl(u.query))
        parts = u.path.strip("/").split("/")
        if u.path == "/healthz":
            return self.answer(200, {"status": "ok"})
        if u.path == "/metrics":
            return self.answer(
                200,
                "\n".join(
                    f"shop_{k} {random.randint(1, 9999)}" for k in ("orders", "errors", "carts")
                )
                + "\n",
                "text/plain",
            )
        if u.path == "/hook":
            alerts = self.body()["alerts"]
            logging.getLogger("shop.alerts").warning(
                "alertmanager: %s",
                json.dumps([dict(a["labels"], status=a["status"]) for a in alerts]),
            )
            return self.answer(200, {"seen": len(alerts)})
        match parts[2:] if parts[:2] == ["api", "v1"] else ["?"] + parts:
            case ["products"]:
                return self.answer(
                    200,
                    query(
                        "SELECT slug, price, stock FROM products WHERE category = %s ORDER BY slug LIMIT %s OFFSET %s",
                        (q["category"], int(q.get("limit", 20)), int(q.get("offset", 0))),
                    ),
                )
            case ["products", slug]:
                return self.answer(200, product(slug))
            case ["orders"] if self.command == "POST":
                return self.answer(201, place_order(self.body()))
            case ["orders", number]:
                rows = query(
                    "SELECT id, customer, placed FROM orders WHERE id = %s", (int(number),)
                )
                return self.answer(
                    200, {"order": rows[0][0], "customer": rows[0][1], "placed": rows[0][2]}
                )
            case ["login"]:
                who = self.body()
                rows = query(
                    "SELECT count(*) FROM customers WHERE name = %s AND password = md5(%s)",
                    (who["user"], who["password"]),
                )
                if not rows[0][0]:
                    logging.getLogger("shop.auth").warning(
                        "login failed for user=%s from %s (attempt %d)",
                        who["user"],
                        self.headers.get("X-Forwarded-For"),
                        cache.incr("fail:" + who["user"]),
                    )
                    return self.answer(401, {"error": "wrong user or password"})
                return self.answer(200, {"token": "%032x" % random.getrandbits(128)})
            case ["cart", cart, "items"]:
                item = self.body()
                p = product(item["slug"])
                n = cache.hincrby("cart:" + cart, item["slug"], item["quantity"])
                logging.getLogger("shop.cart").info(
                    "cart %s: %+d x %s (now %d, %.2f EUR)",
                    cart,
                    item["quantity"],
                    item["slug"],
                    n,
                    n * p["price"],
                )
                return self.answer(201, {"items": n})
            case ["cart", cart]:
                return self.answer(204 if cache.delete("cart:" + cart) else 404, "")
            case ["stock", slug]:
                n = self.body()["stock"]
                old = product(slug)["stock"]
                query("UPDATE products SET stock = %s WHERE slug = %s", (n, slug))
                cache.delete("product:" + slug)
                stock_log.info("stock of %s: %d -> %d", slug, old, n)
                return self.answer(200, {"stock": n})
            case ["search"]:
                low = float(q.get("min") or 0)
                rows = query(
                    "SELECT slug, price FROM products WHERE slug LIKE %s AND price >= %s",
                    (f"%{q['q']}%", low),
                )
                return self.answer(200, {"hits": len(rows), "first": rows[0]})
            case ["reports", name]:
                return self.answer(200, report(name, q.get("day")))
            case ["customers", name, "invoice.csv"]:
                rows = query(
                    "SELECT o.id, o.placed, sum(l.quantity * l.price) FROM orders o LEFT JOIN order_lines l ON l.order_id = o.id WHERE o.customer = %s GROUP BY o.id ORDER BY o.id",
                    (name,),
                )
                out = io.StringIO()
                csv.writer(out).writerows([("order", "placed", "total")] + rows)
                return self.answer(200, out.getvalue(), "text/csv")
        raise NotFound(f"no route for {self.command} {u.path}")

    def handle_request(self):
        try:
            self.route()
        except NotFound as e:
            log.warning("not found: %s", e)
            self.answer(404, {"error": str(e)})
        except OutOfStock as e:
            orders_log.warning("order refused: %s", e, exc_info=e.__cause__ is not None)
            self.answer(409, {"error": str(e)})
        except (BrokenPipeError, ConnectionResetError) as e:
            log.info("client went away during %s %s: %s", self.command, self.path, e)
            self.close_connection = True
        except Exception as e:
            log.exception("unhandled %s in %s %s", type(e).__name__, self.command, self.path)
            self.answer(400 if isinstance(e, ValueError) else 500, {"error": type(e).__name__})

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = handle_request


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        e = sys.exc_info()[1]
        log.error(
            "connection from %s broke: %r",
            client_address,
            e,
            exc_info=not isinstance(e, ConnectionError),
        )


logging.getLogger("shop").info(
    "shop service 2.7 starting on port 8081, pool %d..%d", pool.minconn, pool.maxconn
)
Server(("127.0.0.1", 8081), Handler).serve_forever()
