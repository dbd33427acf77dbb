"""Mixed values of the reference decoder, written from docs/format.md ("Mixed values") alone. What they
are made of is in reference_mix_model.py.
"""
from reference_mix_counters import H, CheckedTable, learn
from reference_mix_model import CandidateModel, ExpectedSymbols, Line, NibbleModel, Query

PLACE_DIGITS, WIDTH_DIGITS, BELOW_DIGITS = 0, 1, 2


class StreamState:
    def __init__(self):
        self.sure = [60000, 0]
        self.is_new = {}
        self.misses = self.width = self.before_width = self.residual = 0


class MixedValues:
    """The models of a block or of a group of its rows."""

    def __init__(self, coder, bits):
        self.coder, self.streams, self.next_stream = coder, {}, 0
        self.expected = CheckedTable(min(bits - 1, 19), ExpectedSymbols)
        self.ids = CandidateModel(coder, None, 13, 1 << min(max(bits - 10, 6), 10), contexts=0)
        self.templates = CandidateModel(coder, None, 13, 64, contexts=0)
        lines = CheckedTable(min(bits - 3, 17), Line)
        corrections = min(max(bits - 8, 8), 12)
        self.told = NibbleModel(coder, lines, 4, 0, corrections, sets=3)
        self.numbers = NibbleModel(coder, lines, 6, 0, corrections, sets=3)

    def new_stream(self):
        self.next_stream += 1
        return self.next_stream - 1

    def state(self, stream):
        return self.streams.setdefault(stream % 1024, StreamState())

    def bits(self, model, contexts, stream, digits, width, bits):
        noise = max(0, bits - 8)
        rest, value, depth, prefix = bits - noise, 0, 0, H(digits, width)
        while rest > 0:
            step = 4 if depth else (rest + 3) % 4 + 1
            rest -= step
            hashes = [H(c, prefix, i) for i, c in enumerate(contexts)]
            kind = 4 * digits + min(depth, 3)
            digit = model.nibble(hashes, [], None, (kind, 4 * kind + 4 - step, stream % 256), step)
            value = value << step | digit
            prefix = H(prefix, digit)
            depth += 1
        return value << noise | self.coder.raw(noise)

    def magnitude(self, model, contexts, stream, most):
        width = self.bits(model, contexts, stream, WIDTH_DIGITS, 0, 4)
        if width == 15:
            width = min(most, 15 + self.bits(model, contexts, stream, WIDTH_DIGITS, 1, 6))
        if width < 2:
            return width
        return 1 << width - 1 | self.bits(model, contexts, stream, BELOW_DIGITS, width, width - 1)

    def residual(self, stream, n, left):
        own = self.state(stream)
        place = H(stream, 602)
        contexts = [H(place, 1, own.width), H(place, 2, own.width, own.before_width), H(place, 3, n),
                    H(place, 4, left), H(place, 5, own.residual), H(603, own.width, own.before_width)]
        m = self.magnitude(self.numbers, contexts, stream, 64)
        own.before_width, own.width, own.residual = own.width, m.bit_length(), m
        return m


class MixedIds:
    """A stream of ids. `told_id`: what is told of an id, by the kind of its column."""

    def __init__(self, values, kind, told_id, is_template):
        self.values, self.kind, self.told_id, self.is_template = values, kind, told_id, is_template
        self.stream, self.newness, self.repeats = None, 0, 0

    def id(self, known, contexts, plain, v0):
        values = self.values
        if self.stream is None:
            self.stream = values.new_stream()
        own = values.state(self.stream)
        first = values.expected.find(contexts[0])
        wrong = None
        if first.first_count >= 15 and first.first < known:
            right = values.coder.decode(min(max(own.sure[0], 1), 65535))
            learn(own.sure, right, 255)
            if right:
                return self.done(own, first.first, plain, False)
            wrong = first.first
        entries, sources = [], []
        for context in contexts:
            entries.append(values.expected.find(context))
            sources += entries[-1].sources()
        sources.append((plain, self.repeats))
        sources = [(None if v is None or v >= known or v == wrong else v, k) for v, k in sources]
        candidates = values.templates if self.is_template else values.ids
        query = Query(sources, [], self.stream, H(self.stream, own.misses % 4), 4)
        result = candidates.ask(query)
        missed = result is None or len(candidates.tried) != 1 or wrong is not None
        if result is None:
            silent = all(v is None for v, _ in sources)
            result = self.unguessed(own, silent, known, contexts, v0)
        candidates.learn(query, result)
        for entry in entries:
            entry.update(result)
        return self.done(own, result, plain, missed)

    def done(self, own, result, plain, missed):
        own.misses = own.misses << 1 | missed
        self.repeats = min(self.repeats + 1, 15) if result == plain else self.repeats // 2
        return result

    def unguessed(self, own, silent, known, contexts, v0):
        values = self.values
        if known == 0:
            return 0
        counter = own.is_new.setdefault((silent, self.newness % 8), [32768, 0])
        new = values.coder.decode(min(max(counter[0], 1), 65535))
        learn(counter, new, 255)
        self.newness = 2 * self.newness + new
        if new:
            return known
        contexts = [H(self.stream, 601), contexts[4], contexts[2], contexts[1]]
        if self.kind == 0:
            width = (known - 1).bit_length()
            told = values.bits(values.told, contexts, self.stream, PLACE_DIGITS, width, width)
        else:
            told = values.magnitude(values.told, contexts, self.stream, 32)
        return min(self.told_id(self.kind, told, known, v0), known - 1)
