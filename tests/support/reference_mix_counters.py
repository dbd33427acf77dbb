"""What the model of mix learns with, written from docs/format-mix.md alone: hashes, tables, counters,
bit histories, mixers, probability maps.

Every part of the page is a function or class here. Floats of the page are IEEE singles: a Python
float is a double, and rounding it to a single after every sum, difference and product gives what
singles would have given.
"""
import operator
import struct

WORD = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
MIX = 0xD6E8FEB86659FD93
SIX = (1 << 48) - 1

_single, _lanes = struct.Struct("f"), struct.Struct("8f")


def single(x):
    """The single nearest to x."""
    return _single.unpack(_single.pack(x))[0]


def signed(x):
    x &= WORD
    return x - (1 << 64) if x >> 63 else x


# Hashes.

def H(h, *values):
    for v in values:
        x = (h ^ v * GOLDEN & WORD) * MIX & WORD
        h = x ^ x >> 32
    return h


def mix(seed, value):
    x = (seed ^ GOLDEN) * MIX & WORD
    x ^= x >> 32
    x = (x + value) * MIX & WORD
    return x ^ x >> 29


def hash_bytes(s, seed):
    for at in range(0, len(s), 8):
        seed = mix(seed, int.from_bytes(s[at:at + 8], "little"))
    return mix(seed, len(s))


class CheckedTable:
    """A table whose entries are found by check; an entry is an object with begin() and seen()."""

    def __init__(self, bits, make):
        self.mask, self.make, self.entries = (1 << bits) - 1, make, {}

    def at(self, place):
        entry = self.entries.get(place)
        if entry is None:
            entry = self.entries[place] = self.make()
            entry.check = 0
        return entry

    def find(self, x):
        check = x & 0xffff or 1
        place = x >> 20 & self.mask
        one = self.at(place)
        if one.check == check:
            return one
        other = self.at(place ^ 1)
        if other.check == check:
            return other
        if other.seen() < one.seen():
            one = other
        one.begin()
        one.check = check
        return one


class TaggedTable:
    def __init__(self, bits, make):
        self.mask, self.make, self.entries = (1 << bits) - 1, make, {}

    def find(self, x):
        place, tag = x >> 32 & self.mask, x & 0xffffffff | 1
        entry = self.entries.get(place)
        if entry is None or entry.tag != tag:
            entry = self.entries[place] = self.make()
            entry.tag = tag
        return entry


# Logarithms.

def ln(x):
    r = 0.0
    while x > 1.4:
        r += 0.693147180559945309417
        x /= 2
    while x < 0.7:
        r -= 0.693147180559945309417
        x *= 2
    t = (x - 1) / (x + 1)
    power = t
    for k in range(1, 40, 2):
        r += 2 * power / k
        power *= t * t
    return r


def exp(x):
    small = x / 256
    term = r = 1.0
    for k in range(1, 20):
        term *= small / k
        r += term
    for _ in range(8):
        r *= r
    return r


STRETCHES = [single(ln(p / (1 - p))) for p in ((i + 0.5) / 4096 for i in range(4096))]
SQUASHES = [single(min(max(65536 / (1 + exp(-(i / 64 - 12))), 1.0), 65535.0)) for i in range(1538)]
MOST = single(11.9)


def bound(x):
    return min(MOST, max(-MOST, x))


def squash(x):
    place = single(single(bound(x) + 12) * 64)
    i = int(place)
    rise = single(single(SQUASHES[i + 1] - SQUASHES[i]) * single(place - i))
    return int(single(SQUASHES[i] + rise))


# Counters, as lists [one, count].

RATES = [327680 // (10 * n + 11) for n in range(256)]


def move(p, bit, rate):
    return p + (((65535 if bit else 0) - p) * rate >> 15)


def learn(counter, bit, limit):
    one, count = counter[0], counter[1]
    counter[0] = one + (((65535 if bit else 0) - one) * RATES[count] >> 15)
    if count < limit:
        counter[1] = count + 1


# Bit histories.

def make_histories():
    limits = [41, 24, 12, 8, 6, 5]

    def forget(n):
        if n <= 2:
            return n
        if n <= 4:
            return 2 + (n - 2) // 2
        if n <= 8:
            return 3 + (n - 4) // 4
        return 4 + (n - 8) // 8 if n <= 16 else 5

    states, after, number = [(0, 0, 0)], [], {}
    while len(after) < len(states):
        row = []
        for bit in (0, 1):
            zeros, ones, _ = states[len(after)]
            if bit:
                zeros, ones = forget(zeros), ones + 1
            else:
                zeros, ones = zeros + 1, forget(ones)
            while max(zeros, ones) > (limits + [0] * 64)[min(zeros, ones)]:
                if zeros > ones:
                    zeros -= 1
                else:
                    ones -= 1
            state = (zeros, ones, 1 if zeros == 0 else 0 if ones == 0 else bit)
            if state not in number:
                number[state] = len(states)
                states.append(state)
            row.append(number[state])
        after.append(row)
    return states, after


STATES, NEXT = make_histories()


def history_map():
    result = []
    for zeros, ones, _ in STATES:
        k = 35 if zeros == 0 or ones == 0 else 50
        result.append([65535 * (100 * ones + k) // (100 * (zeros + ones) + 2 * k), 10])
    return result


def new_slot():
    return [32768, 0, 0]  # a counter and a history


def slot_inputs(slot, histories):
    if slot[1] == 0:
        return 0.0, 0.0
    return STRETCHES[slot[0] >> 4], STRETCHES[histories[slot[2]][0] >> 4]


def slot_learns(slot, histories, bit, limit):
    if slot[1]:
        learn(histories[slot[2]], bit, 255)
    learn(slot, bit, limit)
    slot[2] = NEXT[slot[2]][bit]


# Mixers.

class Mixer:
    """`inputs` is set before predict(), to singles."""

    def __init__(self, inputs, sets, first, rate, final_rate, quick):
        self.size = (inputs + 7) // 8 * 8
        self.rounding = struct.Struct("%df" % self.size)
        self.inputs = [0.0] * self.size
        self.first = [single(first)] * self.size
        self.rate, self.final_rate, self.quick = single(rate), single(final_rate), single(quick)
        self.weights = [{} for _ in range(sets)]
        self.final_weights = {}
        self.final_first = [single(1 / sets)] * sets
        self.counts = [{} for _ in range(sets)]

    def predict(self, selectors, final):
        for weights, k in zip(self.weights, selectors):
            if k not in weights:
                weights[k] = self.first
        if final not in self.final_weights:
            self.final_weights[final] = self.final_first[:]
        self.selectors, self.final = selectors, self.final_weights[final]
        self.sums = [bound(self.dot(weights[k])) for weights, k in zip(self.weights, selectors)]
        x = 0.0
        for y, weight in zip(self.sums, self.final):
            x = single(x + single(y * weight))
        self.x = bound(x)
        return self.x

    def dot(self, weights):
        products = map(operator.mul, self.inputs, weights)
        products = self.rounding.unpack(self.rounding.pack(*products))
        lane = products[:8]
        for i in range(8, self.size, 8):
            lane = _lanes.unpack(_lanes.pack(*map(operator.add, lane, products[i:i + 8])))
        return single(single(single(lane[0] + lane[4]) + single(lane[2] + lane[6])) +
                      single(single(lane[1] + lane[5]) + single(lane[3] + lane[7])))

    def update(self, bit):
        target = 65536 if bit else 0
        change = single((target - squash(self.x)) / 65536 * self.final_rate)
        pack, unpack = self.rounding.pack, self.rounding.unpack
        for k, (vectors, chosen) in enumerate(zip(self.weights, self.selectors)):
            count = self.counts[k].get(chosen, 0)
            self.counts[k][chosen] = single(count + 1)
            haste = single(200 / single(200 + count))
            haste = single(1 + single(self.quick * haste))
            s = single((target - squash(self.sums[k])) / 65536 * single(self.rate * haste))
            products = unpack(pack(*[s * x for x in self.inputs]))
            vectors[chosen] = unpack(pack(*map(operator.add, vectors[chosen], products)))
            self.final[k] = single(self.final[k] + single(change * self.sums[k]))


# Probability maps.

POINTS_PER_UNIT = single(32 / 24)
FIRST_POINTS = [squash(single(single(i / POINTS_PER_UNIT) - 12)) for i in range(33)]


class ProbabilityMap:
    def __init__(self):
        self.contexts = {}

    def refine(self, x, context):
        points = self.contexts.get(context)
        if points is None:
            points = self.contexts[context] = FIRST_POINTS[:]
        place = single(single(x + 12) * POINTS_PER_UNIT)
        i = int(place)
        part = single(place - i)
        self.points, self.nearest = points, i + (part > 0.5)
        return int(single(points[i] + single((points[i + 1] - points[i]) * part)))

    def update(self, bit):
        self.points[self.nearest] = move(self.points[self.nearest], bit, 1300)


def final_probability(p, q):
    return min(max((p + q + 1) // 2, 1), 65535)
