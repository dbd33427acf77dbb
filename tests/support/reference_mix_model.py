"""What the model of mix is made of, written from docs/format-mix.md alone: hashes, counters, bit
histories, mixers, probability maps, nibbles, matches. reference_mix.py uses them.

Every part of the page is a function or class here. Floats of the page are IEEE singles: a Python
float is a double, and rounding it to a single after every sum, difference and product gives what
singles would have given.
"""
import operator
import struct

WORD = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
MIX = 0xD6E8FEB86659FD93

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
        self.updates = 0

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
        self.updates += 1
        haste = single(200 / single(200 + single(self.updates)))
        haste = single(1 + single(self.quick * haste))
        step = single(self.rate * haste)
        target = 65536 if bit else 0
        change = single((target - squash(self.x)) / 65536 * self.final_rate)
        pack, unpack = self.rounding.pack, self.rounding.unpack
        for k, (vectors, chosen) in enumerate(zip(self.weights, self.selectors)):
            s = single((target - squash(self.sums[k])) / 65536 * step)
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


def final_probability(x, p, q):
    return min(max((squash(x) + 2 * p + q + 2) // 4, 1), 65535)


# Nibbles.

class Line:
    def __init__(self):
        self.begin()

    def begin(self):
        self.slots = [new_slot() for _ in range(16)]

    def seen(self):
        return self.slots[1][1]


class NibbleModel:
    def __init__(self, coder, lines, contexts, expectations, second_bits, sets=4):
        self.coder, self.lines, self.n, self.e = coder, lines, contexts, expectations
        self.histories = [history_map() for _ in range(contexts)]
        self.mixer = Mixer(2 * contexts + expectations + 1, sets, single(single(0.9) / contexts), 0.006,
                           0.004, 4)
        self.mixer.inputs[2 * contexts + expectations] = single(0.3)
        self.first_map, self.second_map = ProbabilityMap(), ProbabilityMap()
        self.second_mask = (1 << second_bits) - 1

    def nibble(self, hashes, expectations, high, selectors):
        """`expectations`: pairs of a byte, or None, and a counter."""
        first, second, third, fourth = selectors if len(selectors) == 4 else (*selectors, 0)
        lines = [self.lines.find(x) for x in hashes]
        above = 0 if high is None else high
        expects = []
        for byte, _ in expectations:
            if byte is None:
                expects.append(None)
            elif high is None:
                expects.append(byte >> 4)
            else:
                expects.append(byte & 15 if byte >> 4 == high else None)
        inputs, node = self.mixer.inputs, 1
        for b in (3, 2, 1, 0):
            slots = [line.slots[node][:] for line in lines]  # as they are before any learns
            for i, slot in enumerate(slots):
                inputs[i] = STRETCHES[slot[0] >> 4]
                inputs[self.n + i] = STRETCHES[self.histories[i][slot[2]][0] >> 4]
            for j, expected in enumerate(expects):
                sure = 0.0
                if expected is not None:
                    sure = STRETCHES[expectations[j][1][0] >> 4]
                    sure = sure if expected >> b & 1 else -sure
                inputs[2 * self.n + j] = sure
            x = self.mixer.predict((first, 16 * second + node, third, fourth),
                                   node if high is None else node + 16)
            p = self.first_map.refine(x, 256 * first + 16 * above + node)
            q = self.second_map.refine(
                x, (hashes[1] >> 13 ^ node * 2654435761 ^ above * 40503) & self.second_mask)
            bit = self.coder.decode(final_probability(x, p, q))
            self.mixer.update(bit)
            self.first_map.update(bit)
            self.second_map.update(bit)
            for i, slot in enumerate(slots):
                learn(self.histories[i][slot[2]], bit, 255)
                learn(slot, bit, 250 if i < 2 else 60)
                slot[2] = NEXT[slot[2]][bit]
                lines[i].slots[node] = slot
            for j, expected in enumerate(expects):
                if expected is not None:
                    right = expected >> b & 1 == bit
                    learn(expectations[j][1], right, 255)
                    if not right:
                        expects[j] = None
            node = 2 * node + bit
        return node - 16

    def byte(self, hashes, expectations, selectors):
        high = self.nibble(hashes, expectations, None, selectors)
        hashes = [(x + high + 1) * GOLDEN & WORD ^ x >> 29 for x in hashes]
        return 16 * high + self.nibble(hashes, expectations, high, selectors)


# Matches.

class MatchFinder:
    def __init__(self, bits):
        self.shift, self.places, self.place, self.length = 64 - bits, {}, 0, 0

    def at(self, x):
        return self.places.get(x >> self.shift, 0)

    def put(self, x, place):
        self.places[x >> self.shift] = place

    def look(self, i, last, most, out):
        """Of a whole stream, before byte `i`: begins a match if none goes on."""
        if i < 8:
            return
        x = H(last & SIX, 77)
        if self.length == 0:
            p, n = self.at(x), 0
            while n < most and n < p and out[p - 1 - n] == out[i - 1 - n]:
                n += 1
            if n >= 6:
                self.place, self.length = p, n
        self.put(x, i)

    def advance(self, right):
        self.length = min(self.length + 1, 2000) if right else 0
        self.place += 1

    def degree(self):
        n = self.length
        return n if n < 16 else 16 + (n - 16) // 4 if n < 32 else min(31, 20 + (n - 32) // 32)


# Candidates.

SCORES = [single(-ln(1.0001 - (i + 0.5) / 4096)) for i in range(4096)]
LEAST = single(0.012)


class Flag:
    def __init__(self):
        self.begin()

    def begin(self):
        self.slot = new_slot()

    def seen(self):
        return self.slot[1]


class ExpectedSymbols:
    def __init__(self):
        self.begin()

    def begin(self):
        self.first, self.second, self.first_count, self.second_count = None, None, 0, 0

    def seen(self):
        return self.first_count

    def sources(self):
        return [(self.first, self.first_count), (self.second, self.second_count)]

    def update(self, v):
        if v == self.first:
            self.first_count = min(self.first_count + 1, 15)
        elif v == self.second:
            self.first, self.second = self.second, self.first
            self.first_count, self.second_count = (min(15, self.second_count + 1),
                                                   self.first_count // 2)
        else:
            self.second, self.second_count = self.first, self.first_count // 2
            self.first, self.first_count = v, 0


class Query:
    def __init__(self, sources, contexts, place, state, limit):
        self.sources, self.contexts = sources, contexts  # sources: pairs of symbol and confidence
        self.place, self.state, self.limit = place, state, limit


class CandidateModel:
    def __init__(self, coder, flags, sources, places, contexts=4):
        self.coder, self.flags, self.s, self.places = coder, flags, sources, places
        self.agreement = {(i, yes, k): [30000 + 2000 * k if yes else 20000 - 1000 * k, 0]
                          for i in range(sources) for yes in (False, True) for k in range(16)}
        self.rank = {(i, k): [20000 + 2000 * k, 0] for i in range(sources) for k in range(16)}
        self.local_agreement, self.local_rank = {}, {}
        self.histories = [history_map() for _ in range(contexts)]
        self.mixer = Mixer(2 * (sources + contexts) + 1, 4, 0.06, 0.01, 0.005, 3)
        self.mixer.inputs[2 * (sources + contexts)] = single(0.4)
        self.first_map, self.second_map = ProbabilityMap(), ProbabilityMap()

    @staticmethod
    def local(counters, place, at, general, count):
        counter = counters.get((place, at))
        if counter is None:
            counter = counters[place, at] = [general[at][0], count]
        return counter

    def ranked(self, query, place):
        candidates = []
        for i, (v, k) in enumerate(query.sources):
            if v is None:
                continue
            c = SCORES[self.local(self.local_rank, place, (i, k), self.rank, 2)[0] >> 4]
            for candidate in candidates:
                if candidate[0] == v:
                    candidate[1] = single(candidate[1] + single(c * 0.5))
                    if c > candidate[2]:
                        candidate[2], candidate[3] = c, i
                    break
            else:
                candidates.append([v, c, c, i])
        return sorted(candidates, key=lambda candidate: -candidate[1])

    def ask(self, query):
        place = query.place % self.places
        candidates = self.ranked(query, place)
        self.tried = []
        inputs = self.mixer.inputs
        for j, (v, total, _, top) in enumerate(candidates[:query.limit]):
            if j > 0 and total < LEAST:
                break
            asked, agreeing, mask = [], 0, 0
            for i, (symbol, k) in enumerate(query.sources):
                if symbol is None or symbol in self.tried:
                    inputs[2 * i] = inputs[2 * i + 1] = 0.0
                    continue
                agrees = symbol == v
                if agrees:
                    agreeing += 1
                    mask |= 1 << i if i < 16 else 0
                general = self.agreement[i, agrees, k]
                local = self.local(self.local_agreement, place, (i, agrees, k), self.agreement, 1)
                inputs[2 * i] = STRETCHES[general[0] >> 4]
                inputs[2 * i + 1] = STRETCHES[local[0] >> 4]
                asked.append((general, local))
            flags = []
            for i, x in enumerate(query.contexts):
                flags.append(self.flags.find(H(x, v, i + 1)))
                at = 2 * self.s + 2 * i  # at once: the next find may take the entry over
                inputs[at], inputs[at + 1] = slot_inputs(flags[i].slot, self.histories[i])
            shape = 8 * min(j, 7) + min(agreeing, 7)
            x = self.mixer.predict((place, shape, 16 * top + query.sources[top][1],
                                    query.state % self.places), shape)
            p = self.first_map.refine(x, shape)
            q = self.second_map.refine(x, (H(place, mask) >> 20) % 4096)
            bit = self.coder.decode(final_probability(x, p, q))
            self.mixer.update(bit)
            self.first_map.update(bit)
            self.second_map.update(bit)
            for general, local in asked:
                learn(general, bit, 255)
                learn(local, bit, 120)
            for i, flag in enumerate(flags):
                slot_learns(flag.slot, self.histories[i], bit, 120)
            self.tried.append(v)
            if bit:
                return v
        return None

    def learn(self, query, v):
        place = query.place % self.places
        for i, (symbol, k) in enumerate(query.sources):
            if symbol is not None:
                local = self.local(self.local_rank, place, (i, k), self.rank, 2)
                learn(self.rank[i, k], symbol == v, 255)
                learn(local, symbol == v, 60)
