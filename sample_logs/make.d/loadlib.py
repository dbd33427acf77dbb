"""What the load generators share: people, addresses, words, a clock that ends, and bounded loops."""
import os
import random
import threading
import time

SECONDS = float(os.environ.get("LOAD_SECONDS", "420"))
SCALE = SECONDS / 420  # a longer load is a slower one, of about as many actions
START = time.time()
END = START + SECONDS

WORDS = """amber anchor apple arrow autumn baker barrel basil beacon berry birch blanket blue bottle bramble brass
bread bridge bronze brook brush bucket butter button cabin camel candle canvas carbon cedar chain chalk cherry chest
cider cinnamon clay clock cloud clover cobalt coffee copper coral cotton cradle crane cream crystal cup curtain daisy
denim desk dove drum ebony elm ember fabric falcon feather fern field flint forest fox frame garden garnet ginger glass
globe granite grape gravel green hammer harbor hazel heather hemp honey horn ivory ivy jasmine jug juniper kettle key
ladder lamp lantern larch lavender leaf leather lemon lilac linen lizard loom maple marble meadow mint mirror moss
mug mustard nettle night nutmeg oak oat ocean olive onyx orange orchid otter oval paper parsley pear pearl pebble pepper
pine plum pocket poppy quartz quill quilt rain raven reed ribbon river robin rope rose ruby rush rust sable saddle sage
sail salt sand satin scarf shell silk silver slate smoke spice spoon spruce star steel stone straw sugar summer swan
table tea thistle thread tile timber tin topaz trout tulip turf umber velvet vine violet walnut water wax wheat whistle
willow window winter wood wool yarn yew zinc""".split()
KINDS = "bowl box brush case chair cloth cup cushion dish frame hook jar knife lamp mat mug pan plate pot rack rug set shelf stool tray vase".split()
CATEGORIES = ["kitchen", "bath", "garden", "office", "bedroom", "outdoor", "kids", "sale", "gifts"]
FIRST = """anna ben carla david elena farid greta hugo ines jonas karin liam maria nils olga pavel quentin rosa samir
tanja umar vera wanda xenia yusuf zoe martin lucia oskar nadia""".split()
LAST = """adler berg castro dubois eriksen fischer gupta haas ivanov jansen kovacs larsen meyer nowak olsen petrov
quist rossi sato tamm ueda vogel weber xu yilmaz zeman""".split()

_r = random.Random(20230607)  # the catalogue is the same in every process; the load is not
PRODUCTS = sorted({f"{_r.choice(WORDS)}-{_r.choice(WORDS)}-{_r.choice(KINDS)}" for _ in range(420)})
_r.shuffle(PRODUCTS)
POSTS = [
    f"{_r.randint(2019, 2026)}/{_r.randint(1, 12):02d}/"
    + "-".join(_r.sample(WORDS, _r.randint(3, 6)))
    for _ in range(90)
]
USERS = sorted({f"{_r.choice(FIRST)}.{_r.choice(LAST)}" for _ in range(140)})

rng = random.Random()


def zipf(items, s=0.9):
    """One of items; early ones far more often, as with real pages."""
    return rng.choices(items, [(i + 3) ** -s for i in range(len(items))])[0]


def address():
    """A client address. All of them are reserved ranges that the load's own network keeps on lo."""
    k = rng.random()
    if k < 0.30:
        return f"198.{rng.randint(18, 19)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
    if k < 0.50:
        return f"100.{rng.randint(64, 127)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"
    if k < 0.65:
        return f"203.0.113.{rng.randint(1, 254)}"
    if k < 0.78:
        return f"198.51.100.{rng.randint(1, 254)}"
    if k < 0.88:
        return f"192.0.2.{rng.randint(1, 254)}"
    return (
        inside()
        if k < 0.92
        else "2001:db8:%x:%x::%x"
        % (rng.choice((1, 0x20, 0x42, 0xA0)), rng.randint(0, 0xFFFF), rng.randint(1, 0xFFFF))
    )


def address4():
    while True:
        a = address()
        if ":" not in a:
            return a


def inside():
    """An address of the office network."""
    return f"10.20.{rng.choice((1, 1, 1, 4, 8))}.{rng.randint(10, 120)}"


def agent():
    """A browser's name; the version numbers vary as they do in the wild."""
    c = f"{rng.choice((109, 112, 114, 115, 116, 118, 119, 120, 120, 121, 121))}.0.{rng.choice((0, 0, 0, rng.randint(5000, 6200)))}.{rng.choice((0, 0, 0, rng.randint(40, 220)))}"
    f = f"{rng.choice((102, 115, 117, 118, 119, 120, 121, 121, 122))}.0"
    s = f"{rng.randint(15, 17)}.{rng.randint(0, 6)}"
    i = f"{rng.randint(15, 17)}_{rng.randint(0, 6)}"
    return rng.choice(
        [
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{c} Safari/537.36",
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{c} Safari/537.36 Edg/{c}",
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{c} Safari/537.36",
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{s} Safari/605.1.15",
            f"Mozilla/5.0 (iPhone; CPU iPhone OS {i} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{s} Mobile/15E148 Safari/604.1",
            f"Mozilla/5.0 (iPad; CPU OS {i} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/{c} Mobile/15E148 Safari/604.1",
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{f}) Gecko/20100101 Firefox/{f}",
            f"Mozilla/5.0 (X11; Linux x86_64; rv:{f}) Gecko/20100101 Firefox/{f}",
            f"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:{f}) Gecko/20100101 Firefox/{f}",
            f"Mozilla/5.0 (Android {rng.randint(9, 14)}; Mobile; rv:{f}) Gecko/{f} Firefox/{f}",
            f"Mozilla/5.0 (Linux; Android {rng.randint(9, 14)}; {rng.choice(('K', 'SM-A515F', 'SM-G991B', 'Pixel 6', 'Pixel 7a', 'M2101K6G', 'CPH2211', 'moto g(30)'))}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{c} Mobile Safari/537.36",
            f"Mozilla/5.0 (Linux; Android 13; SAMSUNG SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/{rng.randint(20, 23)}.0 Chrome/{c} Mobile Safari/537.36",
            "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko",
            f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{c} Safari/537.36 OPR/{rng.randint(95, 105)}.0.0.0",
        ]
    )


BOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (compatible; DotBot/1.2; +https://opensiteexplorer.org/dotbot; help@moz.com)",
    "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 37 subscribers; )",
]
TOOLS = [
    "curl/7.88.1",
    "curl/8.4.0",
    "Wget/1.21.3",
    "python-requests/2.28.1",
    "python-requests/2.31.0",
    "Go-http-client/1.1",
    "okhttp/4.12.0",
    "Java/17.0.9",
    "Apache-HttpClient/4.5.14 (Java/11.0.21)",
    "PostmanRuntime/7.36.0",
    "axios/1.6.2",
]


def left():
    return END - time.time()


def pause(mean):
    """Waits like a Poisson process; never past the end."""
    time.sleep(max(0.0, min(rng.expovariate(1.0 / mean), mean * 6, left())))


def each(mean, action, count=100000):
    """Starts a thread that runs action about every `mean` seconds (of a load of 420 seconds) until the end or `count` times."""

    def run():
        for _ in range(count):
            pause(mean * SCALE)
            if left() <= 0:
                return
            try:
                action()
            except Exception as e:  # a load generator shrugs; the server's log is what matters
                if os.environ.get("LOAD_DEBUG"):
                    print(action, repr(e), flush=True)

    t = threading.Thread(target=run, daemon=True)
    t.start()
    return t


def wait():
    """Waits for the end of the load."""
    while left() > 0:
        time.sleep(min(1.0, max(0.0, left())))
