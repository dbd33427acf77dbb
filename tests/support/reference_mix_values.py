"""The texts, numbers, templates and values of mix, and what columns remember of them, written from
docs/format-mix.md alone.
"""
from reference_mix_counters import SIX, H, hash_bytes, signed, single
from reference_mix_model import MatchFinder, NibbleModel

TIMESTAMP = 16
TEXT, WORD_KIND, INTEGER, PADDED, DECIMAL = 1, 2, 3, 4, 5
BITS_A_DIGIT = single(single(3.32) * single(0.9))
TENTH = single(0.1)


def is_letter(c):
    return 0x61 <= c <= 0x7a or 0x41 <= c <= 0x5a or c >= 0x80


def is_digit(c):
    return 0x30 <= c <= 0x39


class TextModel:
    def __init__(self, coder, lines, sizes):
        self.model = NibbleModel(coder, lines, 14, 5, sizes.corrections, sets=5)
        self.history = bytearray(1 << sizes.history)
        self.mask = len(self.history) - 1
        self.end = self.last = 0
        self.long, self.narrow = MatchFinder(sizes.matches), MatchFinder(sizes.matches)
        self.counters = [[[min(65000, 48000 + 800 * k), 0] for k in range(32)] for _ in range(5)]

    def at(self, place):
        return self.history[place & self.mask]

    def equal(self, p, most):
        n = 0
        while n < most and n < p and self.at(p - 1 - n) == self.at(self.end - 1 - n):
            n += 1
        return n

    def text(self, column, look, above, expected, select, limit):
        result = bytearray()
        word = before = recent = shape = 0
        prefix = 1
        same, long, narrow = True, self.long, self.narrow
        long.length = narrow.length = 0
        alive = [e < len(expected) for e in range(3)]

        def byte_of(s, i):
            return s[i] if i < len(s) else 0

        i = 0
        while True:
            if self.end > 8:
                a, c = H(self.last & SIX, 77), H(self.last & 0xffffffff, column, 78)
                if long.length == 0:
                    p = long.at(a)
                    n = self.equal(p, 32)
                    if n >= 5:
                        long.place, long.length = p, n
                if narrow.length == 0:
                    p = narrow.at(c)
                    n = self.equal(p, 16)
                    if n >= 2:
                        narrow.place, narrow.length = p, n + 1
                long.put(a, self.end)
                narrow.put(c, self.end)
            expectations = [
                (self.at(long.place) if long.length else None, self.counters[0][long.degree()]),
                (self.at(narrow.place) if narrow.length else None,
                 self.counters[1][narrow.degree()])]
            for e in range(3):
                expectations.append((byte_of(expected[e], i) if alive[e] else None,
                                     self.counters[2 + e][min(i, 15)]))
            f, g = (0 if x is None else x + 1 for x in (expectations[2][0], expectations[3][0]))
            s, u, hit = min(i, 3), byte_of(above, i), int(f > 0)
            last, near = self.last, recent & 0xff
            hashes = [
                H(column, 1, min(i, 12)), H(column, 2, near, s), H(6, last & 0xffff),
                H(7, last & 0xffffff), H(9, last & SIX),
                H(10, word, near), H(11, word, before),
                H(column, 14, f, g, same),
                H(look, 16, recent & 0xffff, s), H(column, 17, i, len(above), u),
                H(20, 0), H(35, shape, column), H(look, 52, prefix), H(57, last & 0xffffff00)]
            c = self.model.byte(hashes, expectations,
                                (2 * long.degree() + hit, select, near + 256 * hit,
                                 column >> 32 & 1023))
            for e in range(len(expected)):
                alive[e] = alive[e] and byte_of(expected[e], i) == c
            same = same and u == c
            for finder in (long, narrow):
                if finder.length:
                    finder.advance(self.at(finder.place) == c)
            self.history[self.end & self.mask] = c
            self.end += 1
            self.last = (last << 8 | c) & 0xffffffffffffffff
            recent = recent << 8 & 0xffffffff | c
            prefix = H(prefix, c)
            k = (1 if is_digit(c) else c if not is_letter(c) else 2 if c < 0x61 else 3)
            if k > 3 or k != shape & 0xff:
                shape = (shape << 8 | k) & 0xffffffffffffffff
            if is_letter(c) or is_digit(c):
                word = H(word, c)
            elif word != 0:
                before, word = word, 0
            if c == 0:
                return bytes(result)
            assert len(result) < limit, "string too long"
            result.append(c)
            i += 1


class Spoken:
    """A coder that decodes bytes which are known."""

    def __init__(self, bytes_):
        self.bits = (c >> b & 1 for c in bytes_ for b in range(7, -1, -1))

    def decode(self, p):
        return next(self.bits)


class NumberModel:
    def __init__(self, coder, lines, sizes):
        self.model = NibbleModel(coder, lines, 10, 0, sizes.corrections)

    def number(self, contexts, select):
        t = select & 0xff

        def nibble(a, b, c, high, first, second):
            return self.model.nibble([H(x, a, b, c) for x in contexts], [], high,
                                     (first, second, t))

        high = nibble(501, 0, 0, None, 0, 0)
        low = nibble(502, high, 0, high, 1 + high % 8, 1)
        symbol = 16 * high + low
        width = min(symbol // 2, 64)
        if width == 0:
            return 0
        value, prefix, rest, step = 1, symbol, width - 1, 0
        while rest > 0:
            k, s = min(rest, 4), min(step, 5)
            d = nibble(503, prefix if step < 4 else 1000 * rest + width, step, None,
                       10 + s, 2 + s) >> 4 - k
            prefix = H(prefix, d)
            value = value << k | d
            rest -= k
            step += 1
        return signed(-value if symbol & 1 else value)


class Template:
    """A template: literals, one more than slots, and slots as pairs of look and kind."""

    def __init__(self, pattern, formats):
        self.hash = hash_bytes(pattern, 0)
        self.literals, self.slots = [bytearray()], []
        at = 0
        while at < len(pattern):
            c = pattern[at]
            if c == 1:
                at += 1
                c = pattern[at]
                if c > 2:
                    kind = c - 2
                    assert 1 <= kind <= 7 or TIMESTAMP <= kind < TIMESTAMP + formats, "no kind"
                    self.slots.append((look_of(self.literals[-1], kind), kind))
                    self.literals.append(bytearray())
                    at += 1
                    continue
                c -= 1
            self.literals[-1].append(c)
            at += 1
        assert len(self.slots) <= 65535


def look_of(literal, kind):
    begin, words = len(literal), 0
    while begin > 0 and words < 2:
        begin -= 1
        c = literal[begin]
        if not (is_letter(c) or is_digit(c)) and begin + 1 < len(literal) and \
                is_letter(literal[begin + 1]):
            words += 1
    return hash_bytes(literal[begin:], H(7, kind))


class Value:
    def __init__(self, bytes_, kind, number, aux, children):
        self.bytes, self.kind, self.number, self.aux = bytes_, kind, number, aux
        self.children, self.last_row = children, None


def parts_of(kind, s):
    """Number and aux of the bytes of a number."""
    digits = bytes(c for c in s if is_digit(c))
    number = signed(int(digits or b"0"))
    behind = s.partition(b".")[2]
    aux = len(s) if kind == PADDED else sum(map(is_digit, behind)) if kind == DECIMAL else 0
    return number, min(aux, 18)


def render(kind, number, aux):
    number &= 0xffffffffffffffff
    if kind == INTEGER:
        return b"%d" % number
    if kind == PADDED:
        return b"%0*d" % (max(aux, 1), number)
    digits = b"%0*d" % (aux + 1, number)
    return digits[:len(digits) - aux] + b"." + digits[len(digits) - aux:]


class Column:
    def __init__(self):
        self.above = self.above2 = self.misses = self.count = self.inner = 0
        self.number = self.delta = self.delta2 = 0
        self.delta_bits = self.other_bits = 8.0
        self.aux = -1

    def compare(self, x, y):
        def towards(bits, target):
            return single(bits + single(single(target - bits) * TENTH))
        self.delta_bits = towards(self.delta_bits, x)
        self.other_bits = towards(self.other_bits, y)

    def follow(self, n):
        self.delta2, self.delta, self.number = self.delta, signed(n - self.number), n
        self.count += 1

    def prefers_differences(self):
        return self.count > 2 and single(self.delta_bits + 1) < self.other_bits


class Link:
    def __init__(self):
        self.position, self.confidence = None, 0


class SeenRow:
    def __init__(self):
        self.row = None


class Time:
    def __init__(self):
        self.last = self.delta = self.delta2 = self.extra = 0
        self.same = [60000, 0]


class Leaves:
    def __init__(self, sizes):
        self.size, self.rows = 1 << sizes.leaves, 1 << sizes.row_log
        self.ring, self.end, self.begin = {}, 0, 0
        self.log, self.row = {}, 0

    def append(self, value):
        self.ring[self.end % self.size] = value
        self.end += 1

    def at(self, leaf):
        return self.ring.get(leaf % self.size, 0) if self.end - leaf <= self.size else 0

    def known(self, row):
        """Begin, end and template of a complete row."""
        if row is None or not 0 <= row < self.row or self.row - row > self.rows:
            return 0, 0, -1
        return self.log[row % self.rows]

    def leaf_of(self, row, position):
        begin, end, _ = self.known(row)
        return (self.at(begin + position) or None) if position < end - begin else None

    def end_row(self, template):
        self.log[self.row % self.rows] = (self.begin, self.end, template)
        self.row += 1
        self.begin = self.end


def width(n):
    return abs(n).bit_length()
