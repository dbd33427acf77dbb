"""How ids and numbers are coded, written from docs/format.md ("Models") alone."""
from reference_bytes import Bytes, RangeDecoder
from reference_mixed_values import MixedIds, MixedValues
from reference_xxh64 import WORD

NONE = (1 << 24) - 1
K1, K2, K3, K4 = (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB)


def mix(seed, value):
    x = (seed ^ 0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93 & WORD
    x ^= x >> 32
    x = (x + value) * 0xD6E8FEB86659FD93 & WORD
    return x ^ x >> 29


def finish(total):
    x = (total ^ (total & WORD) >> 32) * K2 & WORD
    return x ^ x >> 29


class Models:
    def __init__(self):
        self.keys = self.contexts = 0

    def start(self, stream, size, model_bits, guess_bits):
        """Begins a block or a group of its rows, which is `size` bytes."""
        self.planes = Bytes(stream)
        self.coder = RangeDecoder(stream)
        self.raw = self.coder.raw
        bits = max(size.bit_length() - 3, 16)
        self.size = 1 << min(bits, model_bits)
        self.mixed = MixedValues(self.coder, min(bits, model_bits)) if self.contexts == 7 else None
        self.nibbles, self.next_nibble, self.nibble_limit = [], 0, self.size >> 4
        self.guess_bits = min(bits, guess_bits)
        self.probability, self.count, self.next_place = [], [], 0
        self.guesses = [(NONE, 0)] * (1 << self.guess_bits)
        self.quick_guesses = [(0, False)] * (1 << self.guess_bits)

    def window(self, size):
        if self.next_place + size > self.size:
            self.next_place = 0
        place = self.next_place
        self.next_place += size
        more = self.next_place - len(self.count)
        self.probability += [1 << 21] * more
        self.count += [0] * more
        return place

    def nibble_window(self, size):
        if self.next_nibble + size > self.nibble_limit:
            self.next_nibble = 0
        place = self.next_nibble
        self.next_nibble += size
        while len(self.nibbles) < self.next_nibble:
            self.nibbles.append(([2048 * i for i in range(16)], 0))
        return place

    def nibble(self, place):
        below, n = self.nibbles[place]
        s = self.coder.symbol(below)
        rate = 65536 // (n + 3)
        targets = [16 * i if i <= s else 32768 - 16 * (16 - i) for i in range(16)]
        self.nibbles[place] = ([b + ((target - b) * rate >> 16) for b, target in zip(below, targets)],
                               min(n + 1, 126))
        return s

    def nibble_tree(self, place, bits):
        place += max(bits, 1) - 1 if bits <= 4 else 1 << bits - 3
        value, done = 0, 0
        while done < bits:
            step = 4 if done else (bits + 3) % 4 + 1
            s = self.nibble(place + value) % (1 << step)
            place += 1 << done
            value, done = value << step | s, done + step
        return value

    def new_key(self):
        self.keys += 1
        return mix(self.keys, 0)

    def bit(self, place):
        q, n = self.probability[place], self.count[place]
        bit = self.coder.decode(q >> 6 | 1)
        target = (1 << 22) - 1 if bit else 0
        self.probability[place] = q + ((target - q) * (131072 // (2 * n + 3)) >> 16)
        self.count[place] = min(n + 1, 255)
        return bit

    def tree(self, place, count):
        node = 1
        for _ in range(count):
            node = 2 * node + self.bit(place + node)
        return node - (1 << count)


# Number values.

def unzigzag(z):
    return -(z + 1) // 2 if z & 1 else z // 2


def signed(value):
    value &= WORD
    return value - (1 << 64) if value >> 63 else value


def width_class(w):
    if w < 6:
        return w
    return 3 + w // 2 if w < 14 else min(15, 6 + w // 4)


def number_of(residual, transform, prediction):
    return signed(residual if transform == 3 else unzigzag(residual) + prediction)


class Series:
    """Last and delta of a column, and those of each of its series."""

    def __init__(self, transform):
        assert transform <= 5, "unknown transform"
        self.transform = transform
        self.last = self.delta = self.place = 0
        self.series = [(0, 0, 0)] * 64  # key, last, delta

    def enter(self, left):
        if self.transform < 4:
            return
        self.series[self.place] = (self.series[self.place][0], self.last, self.delta)
        places = [((left >> 58) + i) % 64 for i in range(4)]
        self.place = next((p for p in places if self.series[p][0] in (left, 0)), places[0])
        key, self.last, self.delta = self.series[self.place]
        if key == 0:
            self.series[self.place] = (left, 0, 0)

    def prediction(self):
        return (0, self.last, signed(self.last + self.delta), 0,
                self.last, signed(self.last + self.delta))[self.transform]

    def learn(self, value):
        self.delta = signed(value - self.last)
        self.last = value
        return value


class NumberValues(Series):
    def __init__(self, models, transform):
        super().__init__(transform)
        self.models, self.window = models, None
        self.contexts = 1
        self.width = 0

    def next(self, n):
        models = self.models
        steps = 64 * self.contexts
        if self.window is None:
            self.window = models.window(steps + 1544)
        place = self.window + (64 * n if self.contexts > 1 else 0) + 4 * width_class(self.width)
        trees = self.window + steps
        w = 0
        while w < 3 and models.bit(place + w):
            w += 1
        if w == 3:
            w = min(64, 3 + models.tree(trees + 64 * width_class(self.width), 6))
        self.width = w
        if w < 2:
            m = w
        else:
            top = min(w - 1, 3)
            m = (1 << top) + models.tree(trees + 1024 + 8 * w, top)
            m = m << w - 1 - top | models.raw(w - 1 - top)
        return self.learn(number_of(m, self.transform, self.prediction()))


class MixedNumberValues(Series):
    def __init__(self, models, transform):
        super().__init__(transform)
        self.models, self.stream, self.left = models, None, 0

    def enter(self, left):
        super().enter(left)
        self.left = left

    def next(self, n):
        mixed = self.models.mixed
        if self.stream is None:
            self.stream = mixed.new_stream()
        m = mixed.residual(self.stream, n, self.left)
        return self.learn(number_of(m, self.transform, self.prediction()))


class QuickNumberValues(Series):
    def __init__(self, models, transform):
        super().__init__(transform)

    def expected(self):
        return self.learn(self.last if self.transform in (0, 3) else self.prediction())

    def missed(self, code):
        return self.learn(number_of(code, self.transform, self.prediction()))


# Ids.

def sure(times):
    return min(times.bit_length(), 7)


def scatter(x):
    x = x * 0x9E3779B1 & 0xffffffff
    return x >> 16 ^ x >> 25


PLACE, AGE, STEP = 0, 2, 3  # the kinds of columns of ids


def told_id(kind, told, known, v0):
    """The id of which `told` is told."""
    if kind == AGE:
        return known - 1 - told & 0xffffffff
    if kind == STEP:
        return unzigzag(told) + v0 - 1 & 0xffffffff
    return told


class IdStream:
    def __init__(self, models, kind=PLACE):
        self.models, self.window, self.newness, self.repeats = models, None, 0, 0
        self.kind = kind

    def make_window(self, contexts, distinct):
        width = distinct.bit_length()
        self.groups = 1 << min(max(width + 4, 6), 9 if contexts == 6 else 1 + 2 * contexts)
        self.window = self.models.window(128 + 8 * self.groups)
        self.tree_bits = min(width, 12)
        bits = self.tree_bits + 1
        self.nibbles = self.models.nibble_window(
            42 if self.kind != PLACE else bits - 1 if bits <= 4 else 1 << bits - 3)

    def id(self, known, distinct, contexts, plain, v0=0):
        models, guesses = self.models, self.models.guesses
        if self.window is None:
            self.make_window(len(contexts), distinct)
        c = [(place & WORD) >> 64 - models.guess_bits for place in contexts]
        n = len(c)
        tried = 0
        g, times = guesses[c[0]] if c else (NONE, 0)
        if times >= 8 and g < known:
            if models.bit(self.window + sure(times)):
                guesses[c[0]] = (g, min(times + 1, 255))
                self.repeat(g == plain)
                return g
            tried = 1
        guess, sureness = [], []
        for place in c:
            g, times = guesses[place]
            guess.append(g if g < known else NONE)
            sureness.append(sure(times))
        guess.append(plain)
        sureness.append(self.repeats)
        silent = 0
        result = None
        for k in range(tried, n + 1):
            if guess[k] == NONE:
                silent += 1 << k
                continue
            if guess[k] in guess[:k]:
                continue
            support = 0
            for j in range(k + 1, n + 1):
                support = 3 * support + (2 if guess[j] == NONE else int(guess[j] == guess[k]))
            group = scatter(k + 8 * tried + 1024 * support) % self.groups
            if models.bit(self.window + 128 + 8 * group + sureness[k]):
                result = guess[k]
                break
            tried += 1 << k
        if result is None:
            result = self.unguessed(known, silent, v0)
        for place in c:
            guesses[place] = self.learn(*guesses[place], result)
        self.repeat(result == plain)
        return result

    def repeat(self, yes):
        self.repeats = min(self.repeats + 1, 7) if yes else self.repeats // 2

    def unguessed(self, known, silent, v0):
        if known == 0:
            return 0
        place = self.window + 8 + 8 * (scatter(silent) % 15)
        new = self.models.bit(place + self.newness % 8)
        self.newness = 2 * self.newness + new
        if new:
            return known
        models, place = self.models, self.nibbles
        if self.kind == PLACE:
            bits = (known - 1).bit_length()
            low = max(0, bits - self.tree_bits)
            told = models.nibble_tree(place, bits - low) << low | models.raw(low)
        else:
            told = w = models.nibble(place)
            if w == 15:
                told = w = min(15 + models.nibble_tree(place + 34, 5), 32)
            if w >= 2:
                top = min(w - 1, 4)
                told = (1 << top) + models.nibble(place + w) % (1 << top)
                told = told << w - 1 - top | models.raw(w - 1 - top)
        return min(told_id(self.kind, told, known, v0), known - 1)

    @staticmethod
    def learn(g, times, result):
        if g == result:
            return g, min(times + 1, 255)
        if times < 2:
            return min(result, NONE), 0
        return g, times // 4


class MixedIdStream(MixedIds):
    def id(self, known, distinct, contexts, plain, v0=0):
        return super().id(known, contexts, plain, v0)


def id_stream(models, kind=PLACE, is_template=False):
    if models.contexts == 7:
        return MixedIdStream(models.mixed, kind, told_id, is_template)
    return IdStream(models, kind)
