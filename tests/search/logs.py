"""Logs for the twin test: small, and each with something that searches get wrong."""
import json
import random

# Of a log that is given, so much is taken.
TAKEN = 400_000


class Log:
    def __init__(self, name, data, block_sizes=("16K", "64K", "8M"), cuts=()):
        self.name = name
        self.data = data
        self.block_sizes = block_sizes
        self.cuts = cuts

    def parts(self):
        """The bytes of each of the archives that the file is made of."""
        borders = [0, *self.cuts, len(self.data)]
        return [self.data[a:b] for a, b in zip(borders, borders[1:])]


def statements(rng, count, end=b"\n"):
    """Lines as a server writes them: few statements, many values."""
    users = [rng.choice(("root", "pi", "admin", "Guest", "no-body", "o'neil")) + str(n % 7)
             for n in range(20)]
    lines = []
    seconds = 1_700_000_000
    for n in range(count):
        seconds += rng.choice((0, 0, 1, 3))
        stamp = "2024-05-%02d %02d:%02d:%02d,%03d" % (
            seconds // 86400 % 28 + 1, seconds // 3600 % 24, seconds // 60 % 60, seconds % 60, n * 37 % 1000)
        address = "10.%d.%d.%d" % (rng.randrange(3), rng.randrange(256), rng.randrange(256))
        text = rng.choice((
            f"INFO  [worker-{rng.randrange(8)}] Request {100000 + n} from {address} took {rng.randrange(977)} ms",
            f"WARN  [worker-{rng.randrange(8)}] Failed password for {rng.choice(users)} from {address} port {rng.randrange(65536)}",
            f"ERROR [main] Cannot read /var/lib/app/{rng.randrange(50)}/data.db: No such file or directory",
            f"DEBUG cache hit={rng.random():.4f} size={rng.randrange(1 << 20)} key=0x{rng.getrandbits(64):016x}",
            f"INFO  [main] id={rng.getrandbits(128):032x} done",
            "-- mark --", "", "    at com.example.App.run(App.java:%d)" % rng.randrange(300)))
        lines.append((stamp + " " + text if text and not text.startswith(" ") else text).encode())
    return b"".join(line + end for line in lines)


def objects(rng, count):
    """Lines of JSON, some with arrays of objects, members in any order."""
    lines = []
    for n in range(count):
        members = [("time", f"2024-05-01T00:00:{n % 60:02d}Z"), ("level", rng.choice(("info", "warn", "error"))),
                   ("pid", rng.randrange(5)), ("msg", rng.choice(("request done", "cache \"miss\"", "retry"))),
                   ("status", rng.choice((200, 200, 404, 500))), ("path", f"/api/v1/users/{rng.randrange(400)}")]
        rng.shuffle(members)
        lines.append(json.dumps(dict(members), separators=rng.choice(((",", ":"), (", ", ": ")))))
    return "".join(line + "\n" for line in lines).encode()


def array(rng, count):
    """One line, an array of objects."""
    rows = [{"id": n, "host": f"web{rng.randrange(4)}", "ok": rng.random() < 0.9, "tags": ["a", f"t{n % 3}"]}
            for n in range(count)]
    return (json.dumps(rows) + "\n").encode()


def long_lines(rng):
    words = ["alpha", "beta", "gamma=%d", "delta", "0x%x", "omega"]
    lines = []
    for _ in range(30):
        size = rng.choice((5, 50, 9000))
        lines.append(" ".join(word % n if "%" in word else word
                              for n, word in ((n, rng.choice(words)) for n in range(size))))
    return "\n".join(lines).encode() + b"\n"


def noise(rng):
    return bytes(rng.choice(b"\n\r \t" + bytes(range(1, 256))) for _ in range(60_000))


def sprinkle(rng, data, places):
    """`data` with NUL at some places."""
    data = bytearray(data)
    for place in places:
        data[place] = 0
    return bytes(data)


def make(rng: random.Random):
    server = statements(rng, 1500)
    large = statements(rng, 5000)
    mixed = statements(rng, 300) + array(rng, 400) + objects(rng, 200) + statements(rng, 100)
    middle = len(server) // 2
    return [
        Log("server.log", server),
        Log("crlf.log", statements(rng, 800, b"\r\n")),
        Log("unended.log", server[:40_000] + b"ERROR the end"),
        Log("empty.log", b""),
        Log("newlines.log", b"\n\n\nERROR\n\n"),
        Log("word.log", b"ERROR"),
        Log("objects.log", objects(rng, 1500)),
        Log("array.log", array(rng, 900)),
        Log("mixed.log", mixed, ("16K", "64K")),
        Log("long.log", long_lines(rng), ("16K", "64K")),
        Log("noise.log", noise(rng), ("16K", "8M")),
        Log("nul-early.log", sprinkle(rng, large[:150_000], (70, 71, 900, 120_000))),
        # In the second buffer of grep. Where the third begins depends on where malloc() put the first.
        Log("nul-late.log", sprinkle(rng, large, (150_000, 150_003, 260_000))),
        Log("large.log", large, ("64K", "256K", "8M")),
        # Archives one behind the other, cut in the middle of a line and between two.
        Log("joined.log", server, cuts=(middle, server.index(b"\n", middle + 9000) + 1)),
        Log("joined-nul.log", sprinkle(rng, server, (middle + 1,)), cuts=(middle,)),
    ]


def read(path):
    """The first bytes of a log; what only its first piece tells would differ in a part of it."""
    with open(path, "rb") as file:
        data = file.read(TAKEN)
    return Log(path.name, data, ("64K", "8M"))
