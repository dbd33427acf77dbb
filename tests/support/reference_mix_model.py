"""The models of mix, written from docs/format-mix.md alone: nibbles, matches, flags, expected symbols,
candidates. reference_mix.py and reference_mix_rows.py use them.
"""
from reference_mix_counters import (GOLDEN, H, NEXT, SIX, STRETCHES, WORD, Mixer, ProbabilityMap,
                                    final_probability, history_map, learn, ln, new_slot, single, slot_inputs,
                                    slot_learns)


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
        self.sets = sets
        self.mixer = Mixer(2 * contexts + expectations + 1, sets, single(single(0.9) / contexts), 0.006,
                           0.0025, 4)
        self.mixer.inputs[2 * contexts + expectations] = single(0.3)
        self.first_map, self.second_map = ProbabilityMap(), ProbabilityMap()
        self.second_mask = (1 << second_bits) - 1

    def nibble(self, hashes, expectations, high, selectors, count=4):
        """`expectations`: pairs of a byte, or None, and a counter. `count`: bits of it, the upper ones."""
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
        for b in range(3, 3 - count, -1):
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
            low = 0 if high is None else 1
            x = self.mixer.predict((first, 16 * second + node, third, fourth,
                                    256 * low + 16 * above + node)[:self.sets],
                                   32 * second + 16 * low + node)
            p = self.first_map.refine(x, 256 * first + 16 * above + node)
            q = self.second_map.refine(
                x, (hashes[1] >> 13 ^ node * 2654435761 ^ above * 40503) & self.second_mask)
            bit = self.coder.decode(final_probability(p, q))
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
        return node - (1 << count)

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
        self.mixer = Mixer(2 * (sources + contexts) + 1, 5, 0.06, 0.01, 0.003, 3)
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
            asked, agreeing, mask, firsts = [], 0, 0, 0
            for i, (symbol, k) in enumerate(query.sources):
                if symbol is None or symbol in self.tried:
                    inputs[2 * i] = inputs[2 * i + 1] = 0.0
                    continue
                agrees = symbol == v
                if agrees:
                    agreeing += 1
                    mask |= 1 << i if i < 16 else 0
                    firsts |= 1 << i // 2 if i < 16 and i % 2 == 0 else 0
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
                                    query.state % self.places, firsts + (256 if j else 0)), shape)
            p = self.first_map.refine(x, shape)
            q = self.second_map.refine(x, (H(place, mask) >> 20) % 4096)
            bit = self.coder.decode(final_probability(p, q))
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
