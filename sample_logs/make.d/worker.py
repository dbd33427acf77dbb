"""A background worker: takes jobs, calls the web tier with requests, retries, fails, and logs its tracebacks."""
import concurrent.futures
import hashlib
import json
import logging
import os
import time
import zlib

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from loadlib import *

logging.basicConfig(
    filename="/var/log/shop/python_app.log",
    level=logging.DEBUG,
    format="%(asctime)s %(levelname)-8s [%(process)d:%(threadName)s] %(name)s: %(message)s",
)
logging.getLogger("charset_normalizer").setLevel(logging.WARNING)
log = logging.getLogger("worker")
http = requests.Session()
http.trust_env = False
http.mount(
    "http://flaky",
    HTTPAdapter(max_retries=Retry(2, backoff_factor=0.1, status_forcelist=[502, 503, 504])),
)
http.headers["User-Agent"] = "shop-worker/1.4 python-requests/" + requests.__version__


def sync_product(job):
    slug = rng.choice(PRODUCTS)
    r = http.get(f"http://www.example.net/api/v1/products/{slug}", timeout=2)
    r.raise_for_status()
    p = r.json()
    log.info(
        "job %s: synced %s (price %.2f, stock %d, %d ms)",
        job,
        slug,
        p["price"],
        p["stock"],
        r.elapsed.microseconds // 1000,
    )


def resize_image(job):
    slug = rng.choice(PRODUCTS) + rng.choice(["", "", "", "-missing"])
    r = http.get(f"http://www.example.net/img/large/{slug}.jpg", timeout=2)
    if r.status_code != 200:
        raise FileNotFoundError(2, "no source image", f"/srv/img/large/{slug}.jpg")
    log.info(
        "job %s: resized %s: %d -> %d bytes, sha1 %s",
        job,
        slug,
        len(r.content),
        len(zlib.compress(r.content)),
        hashlib.sha1(r.content).hexdigest(),
    )


def notify(job):
    url = rng.choice(
        [
            "http://down.example.net:9/hook",
            "http://flaky.example.net:8081/api/v1/reports/slow",
            "http://nowhere.example.com/hook",
            "https://www.example.net/hook",
            "http://www.example.net/api/v2/events",
            "http://api.example.net:8000/api/v1/reports/slow",
        ]
    )
    try:
        http.post(url, json={"job": job, "event": "order.placed"}, timeout=0.7).raise_for_status()
    except requests.exceptions.RequestException as e:
        if job[-1] in "02468ace":
            raise RuntimeError(f"notify {url} failed, giving up after job {job}") from e
        log.warning(
            "job %s: notify failed: %s; will retry in %d s", job, e, rng.choice((30, 60, 120))
        )


def invoice(job):
    name = rng.choice(USERS)
    rows = http.get(
        f"http://www.example.net/api/v1/customers/{name}/invoice.csv", timeout=2
    ).text.splitlines()
    total = sum(float(r.split(",")[2]) for r in rows[1:])
    log.info(
        "job %s: invoice for %s: %d orders, %.2f EUR, mean %.2f",
        job,
        name,
        len(rows) - 1,
        total,
        total / (len(rows) - 1),
    )


def import_feed(job):
    text = rng.choice(
        [
            '{"items": [1, 2, 3]}',
            '{"items": [1, 2',
            '[]',
            '{"item": []}',
            '{"items": ["a", "4"]}',
            "\ufeff{}",
            "{'items': []}",
        ]
    )
    items = json.loads(text)["items"]
    log.info(
        "job %s: feed %s: %d items, sum %d",
        job,
        rng.choice(WORDS),
        len(items),
        sum(map(int, items)),
    )


def walk(tree, depth=0):
    return depth + max(walk(t, depth + 1) for t in tree["children"]) if tree else depth


def reindex(job):
    tree = (
        {"children": [None, {"children": []}]} if rng.random() < 0.4 else {"children": [None, None]}
    )
    log.debug("job %s: category tree depth %d", job, walk(tree))
    with open(f"/srv/index/{rng.choice(CATEGORIES)}.idx", "ab") as f:
        f.write(os.urandom(16))


JOBS = (
    [sync_product] * 6 + [resize_image] * 5 + [notify] * 4 + [invoice] * 3 + [import_feed, reindex]
)


def run(task, job):
    started = time.monotonic()
    log.debug("job %s: start %s", job, task.__name__)
    task(job)
    log.debug("job %s: done in %.3f s", job, time.monotonic() - started)


def failed(job, task):
    def check(future):
        if future.exception():
            logging.getLogger("worker.pool").error(
                "job %s (%s) failed", job, task.__name__, exc_info=future.exception()
            )

    return check


with concurrent.futures.ThreadPoolExecutor(4, thread_name_prefix="worker") as executor:
    while left() > 0:
        pause(3.6 * SCALE)
        task, job = rng.choice(JOBS), "%012x" % rng.getrandbits(48)
        executor.submit(run, task, job).add_done_callback(failed(job, task))
