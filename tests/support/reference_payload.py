"""Block payloads of the reference decoder, written from docs/format.md ("Block payloads") alone.

Every part of the page is a function or class here, under the same name. Python asserts stand for
"is damage": this decoder is to check the page, not to withstand hostile archives.
"""
import lzma
import shutil
import subprocess

from reference_mix import decode_mix
from reference_mixed_values import MixedIds, MixedValues
from reference_strings import unpack_strings
from reference_timestamps import TimestampFormat
from reference_xxh64 import WORD, xxh64

NONE = (1 << 24) - 1


class Bytes:
    """Reads a stream from its front."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, size):
        assert self.at + size <= len(self.data), "cut off"
        self.at += size
        return self.data[self.at - size:self.at]

    def u8(self):
        return self.take(1)[0]

    def fixed(self, size):
        return int.from_bytes(self.take(size), "little")

    def varint(self):
        value = shift = 0
        while True:
            byte = self.u8()
            value |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                assert value <= WORD and shift <= 70, "varint too long"
                return value

    def until(self, ends):
        """Bytes up to the first of `ends`, and that."""
        start = self.at
        while self.u8() not in ends:
            pass
        return self.data[start:self.at - 1], self.data[self.at - 1]


# Segments.

def unpack_zstd(packed, size):
    try:
        from compression import zstd
        return zstd.decompress(packed)
    except ImportError:
        program = shutil.which("zstd")
        assert program, "zstd segments need the zstd program"
        return subprocess.run([program, "-dcq", "--long=31"], input=packed, check=True,
                              stdout=subprocess.PIPE).stdout


def unpack_xz(packed, size):
    dictionary = 4096
    while dictionary < size and dictionary < 1 << 28:
        dictionary *= 2
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": dictionary}]
    return lzma.decompress(packed, format=lzma.FORMAT_RAW, filters=filters)


UNPACK = {0: lambda packed, size: packed, 1: unpack_zstd, 2: unpack_xz,
          3: lambda packed, size: unpack_strings(RangeDecoder(packed), size)}


def segments(payload, kind):
    """The unpacked segments behind the directory that `payload` stands at."""
    count = 1 if kind == 0 else payload.varint() + kind + 2
    entries = []
    for _ in range(count):
        size, packed = payload.varint(), payload.varint()
        check = payload.fixed(4) if kind == 2 and packed != 3 else None
        entries.append((size, packed, check))
    assert entries[-1][1] != 3, "the last segment is packed with none"
    result, sizes = [], []
    for size, packed, check in entries:
        sizes.append(size)
        if packed == 3:
            continue
        packer, packed_size = (packed % 4, packed // 4) if packed else (0, sum(sizes))
        data = payload.take(packed_size)
        assert check is None or check == xxh64(data) & 0xffffffff, "check of a segment"
        data = UNPACK[packer](data, sum(sizes))
        assert len(data) == sum(sizes), "segment of the wrong size"
        for each in sizes:
            result.append(data[:each])
            data = data[each:]
        sizes = []
    assert payload.at == len(payload.data), "something is left over"
    return result


def decode_payload(payload, backend, raw_size):
    payload = Bytes(payload)
    if backend == 4:
        raw = decode_mix(payload, raw_size, RangeDecoder)
        assert len(raw) == raw_size, "wrong raw size"
        return raw
    if backend == 6:
        from reference_dictionary import decode_block
        return decode_block(payload, raw_size)
    kind = payload.u8()
    assert kind <= 2, "unknown kind of payload"
    parts = segments(payload, kind)
    if kind == 0:
        raw = parts[0]
    else:
        meta = b"".join(parts[:kind])
        text, lists, *rows = parts[kind:]
        raw = b"".join(Structure(meta, text, lists, raw_size).block(rows))
    assert len(raw) == raw_size, "wrong raw size"
    return raw


# The range coder, models and mix.

class RangeDecoder:
    def __init__(self, data):
        self.data, self.at, self.code, self.range = data, 0, 0, WORD
        self.shift()
        self.shift()

    def shift(self):
        word = self.data[self.at:self.at + 4].ljust(4, b"\0")
        self.at += 4
        self.code = self.code << 32 & WORD | int.from_bytes(word, "big")

    def normalise(self):
        if self.range < 1 << 32:
            self.shift()
            self.range <<= 32

    def decode(self, p):
        bound = (self.range >> 16) * p
        bit = self.code < bound
        if bit:
            self.range = bound
        else:
            self.code -= bound
            self.range -= bound
        self.normalise()
        return int(bit)

    def raw(self, count):
        value = 0
        while count > 0:
            bits = min(count, 16)
            count -= bits
            self.range >>= bits
            part = min(self.code // self.range, (1 << bits) - 1)
            self.code -= part * self.range
            value = value << bits | part
            self.normalise()
        return value

    def symbol(self, below):
        self.range >>= 15
        place = min(self.code // self.range, 32767)
        s = max(s for s in range(16) if below[s] <= place)
        self.code -= self.range * below[s]
        self.range *= (below + [32768])[s + 1] - below[s]
        self.normalise()
        return s


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
        g, times = guesses[c[0]]
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


# Lists.

def unescape(data):
    result, escaped = bytearray(), False
    for byte in data:
        if escaped:
            result.append((byte - 0x40) % 256)
            escaped = False
        elif byte == 2:
            escaped = True
        else:
            result.append(byte)
    assert not escaped, "cut off in an escape"
    return bytes(result)


class Numbers:
    """The format of a list or column of numbers, and its values."""

    def __init__(self, structure):
        meta = structure.meta
        self.timestamp, self.runs, self.rendered, self.extra = None, {}, 0, 0
        self.radix = meta.u8()
        if self.radix == 15:
            self.timestamp = TimestampFormat(meta.take(meta.varint()))
            begin = 0
            for _ in range(meta.varint()):
                begin += meta.varint()
                self.runs[begin] = unzigzag(meta.varint())
        else:
            self.width = meta.u8()
            limits = ((0, 18), (0, 16), (0, 16), (1, 17))
            assert self.radix < len(limits), "unknown format"
            assert limits[self.radix][0] <= self.width <= limits[self.radix][1], "unknown format"
        self.transform = meta.u8()
        self.contexts = 1
        self.start(structure.models)

    def start(self, models):
        """Begins a group of rows. Zones go on."""
        values = {0: QuickNumberValues, 7: MixedNumberValues}.get(models.contexts, NumberValues)
        self.values = values(models, self.transform)
        self.values.contexts = self.contexts

    def next(self, n=0):
        return self.render(self.values.next(n))

    def render(self, value):
        if self.timestamp:
            self.extra = self.runs.get(self.rendered, self.extra)
            self.rendered += 1
            return self.timestamp.render(value, self.extra).encode()
        if self.radix == 3:
            digits = ("%d" % abs(value)).rjust(self.width + 1, "0")
            digits = digits[:-self.width] + "." + digits[-self.width:]
            return ("-" * (value < 0) + digits).encode()
        if self.radix == 0:
            digits = "%d" % value
        else:
            digits = ("%x", "%X")[self.radix - 1] % (value & WORD)
        return digits.rjust(self.width, "0").encode()


class Dictionary:
    def __init__(self, structure, head):
        self.key = structure.models.new_key()
        self.strings = list(structure.list(head))
        self.start(0)

    def start(self, known):
        self.known, self.latest, self.recent = known, NONE, [0] * 8


class IdColumn:
    def __init__(self, structure, kind, contexts):
        self.key, self.kind, self.contexts = structure.models.new_key(), kind, contexts
        self.dictionary = structure.meta.varint()
        self.start(structure.models)

    def start(self, models):
        self.stream = id_stream(models, self.kind)
        self.v0 = self.v1 = 0


class Templates(list):
    """Literals and columns of each, with the contexts in which they are guessed."""


class Row:
    """What the row that is being decoded remembers."""

    def __init__(self, left, before):
        self.left, self.before, self.first = left, before, 0


class Structure:
    def __init__(self, meta, text, lists, raw_size):
        self.meta, self.text, self.lists, self.raw_size = Bytes(meta), Bytes(text), lists, raw_size
        self.models = Models()

    def block(self, rows):
        models = self.models
        self.contexts = models.contexts = self.meta.varint()
        assert self.contexts in (0, 1, 2, 3, 6, 7), "bad number of contexts"
        model_bits = min(max(self.raw_size.bit_length() - 3, 16), 22)
        guess_bits = self.meta.varint()
        assert 16 <= guess_bits <= model_bits, "bad number of guesses"
        models.start(self.lists, self.raw_size, model_bits, guess_bits)
        count = self.meta.varint()
        templates, columns, heads = self.description()
        groups = self.groups(count, len(templates), len(heads))
        dictionaries = self.dictionaries(columns, heads)
        key = models.new_key()
        assert len(rows) == len(groups), "segments of rows"
        known_templates = 0
        for (size, counts, known), stream in zip(groups, rows):
            models.start(stream, size, model_bits, guess_bits)
            if self.contexts == 0:
                head = Bytes(stream)
                self.meta = Bytes(head.take(head.varint()))
                models.planes = Bytes(stream[head.at:])
            for column in columns:
                column.start(models)
            for dictionary, strings in zip(dictionaries, known):
                assert strings <= len(dictionary.strings), "more strings than there are"
                dictionary.start(strings)
            out = b"".join(self.rows_of(sum(counts), templates, columns, key, known_templates))
            assert len(out) == size, "size of a group"
            yield out
            known_templates = max([known_templates] + [t + 1 for t, n in enumerate(counts) if n])

    def groups(self, count, templates, dictionaries):
        """Raw size, rows of each template and known strings of each dictionary, group by group."""
        number = self.meta.varint()
        assert number > 0, "no groups"
        result, known = [], [0] * dictionaries
        for place in range(number):
            size = self.raw_size
            if number > 1:
                size = self.meta.varint()
                self.meta.varint()  # newlines
            counts = [self.meta.varint() for _ in range(templates)]
            if place > 0:
                known = [strings + self.meta.varint() for strings in known]
            result.append((size, counts, known))
        assert sum(sum(counts) for _, counts, _ in result) == count, "counts of templates"
        assert sum(size for size, _, _ in result) == self.raw_size, "sizes of groups"
        return result

    def head(self):
        count, kind = self.meta.varint(), self.meta.varint()
        assert count > 0, "empty dictionary"
        assert kind <= 2, "unknown kind of list"
        return count, kind, Numbers(self) if kind == 1 else None

    def list(self, head):
        count, kind, numbers = head
        if kind == 0:
            return self.text_list(count)
        return self.number_list(count, numbers) if kind == 1 else self.table(count)

    def text_list(self, count):
        for _ in range(count):
            yield unescape(self.text.until(b"\n")[0])

    def number_list(self, count, numbers):
        if self.contexts == 0:
            for residual in self.planes():
                yield numbers.render(numbers.values.missed(residual))
            return
        assert numbers.transform <= 3, "series in a list"
        for _ in range(count):
            yield numbers.next()

    def planes(self):
        count = self.meta.varint()
        if count == 0:
            return iter(())
        planes = self.meta.u8()
        assert planes <= 8, "too many planes"
        data = self.models.planes.take(count * planes)
        return (sum(data[p * count + i] << 8 * p for p in range(planes)) for i in range(count))

    def numbered(self, number, known):
        """0 is the next, n > 0 is n - 1. Returns which, and how many are known now."""
        assert number <= known, "skips one"
        return (known, known + 1) if number == 0 else (number - 1, known)

    def contexts_of(self, code, default):
        """Which contexts a code stands for."""
        if code == 0:
            return default
        code -= 1
        chosen = [code % 6]
        for more in (code // 6 % 7, code // 42):
            if more:
                chosen.append(more - 1)
        return chosen

    def templates(self):
        templates, known = [], 0
        for _ in range(self.meta.varint()):
            literals, columns, end = [], [], 0
            while end == 0:
                literal, end = self.meta.until(b"\0\1")
                literals.append(unescape(literal))
            for _ in literals[1:]:
                column, known = self.numbered(self.meta.varint(), known)
                columns.append(column)
            templates.append((literals, columns))
        return templates, known

    def columns(self, count):
        columns, known = [], 0
        for _ in range(count):
            kind = self.meta.varint()
            contexts, kind = self.contexts_of(kind // 4, list(range(min(self.contexts, 6)))), kind % 4
            if kind == 1:
                columns.append(Numbers(self))
            else:
                column = IdColumn(self, kind, contexts)
                column.dictionary, known = self.numbered(column.dictionary, known)
                columns.append(column)
        return columns, known

    def description(self):
        templates, column_count = self.templates()
        chosen = self.meta.varint() if 1 <= self.contexts <= 3 else 0
        templates = Templates(templates)
        templates.contexts = self.contexts_of(
            chosen, list(range(6)) if self.contexts >= 6 else [1, 4, 5])
        columns, dictionary_count = self.columns(column_count)
        used = [slot for _, slots in templates for slot in slots]
        for place, column in enumerate(columns):
            if isinstance(column, Numbers) and used.count(place) > 1:
                column.contexts = column.values.contexts = 32
        return templates, columns, [self.head() for _ in range(dictionary_count)]

    def dictionaries(self, columns, heads):
        dictionaries = [Dictionary(self, head) for head in heads]
        for column in columns:
            if isinstance(column, IdColumn):
                column.dictionary = dictionaries[column.dictionary]
        return dictionaries

    def table(self, count):
        templates, columns, heads = self.description()
        self.dictionaries(columns, heads)
        return self.rows_of(count, templates, columns, self.models.new_key(), 0)

    def rows_of(self, count, templates, columns, key, known_templates):
        if self.contexts:
            return self.rows(count, templates, columns, key, known_templates)
        return self.quick_rows(count, templates, columns, key)

    def rows(self, count, templates, columns, key, known):
        stream = id_stream(self.models, is_template=True)
        h, row = [0] * 8, Row(0, 0)
        for _ in range(count):
            s1 = h[0] * K1 + key
            s2 = s1 + h[1] * K2
            s3 = s2 + h[2] * K3
            s4 = s3 + h[3] * K4
            s5 = s4 + h[4] * 3 * K1
            s8 = s5 + h[5] * 3 * K2 + h[6] * 3 * K3 + h[7] * 3 * K4
            sums = [s8 + 8, s5 + 5, s3 + 3, s1 + row.left * K3 + row.before * K4 + 6, s2, s1 + 1]
            sums = [sums[k] for k in templates.contexts]
            t = stream.id(known, len(templates), [finish(total & WORD) for total in sums], NONE)
            known += t == known
            n = 2 * (t % 16) + (h[0] == t + 1)
            row = Row((t + 1) * K1 + key, s1)
            h = [t + 1] + h[:7]
            literals, slots = templates[t]
            parts = []
            for literal, slot in zip(literals, slots):
                column = columns[slot]
                parts.append(literal)
                if isinstance(column, IdColumn):
                    parts.append(self.value(row, column))
                else:
                    column.values.enter(row.left)
                    parts.append(column.next(n))
            yield b"".join(parts) + literals[-1]

    def quick_rows(self, count, templates, columns, key):
        template_ids = self.planes() if len(templates) > 1 else None
        telling = [[not isinstance(columns[slot], IdColumn) or len(columns[slot].dictionary.strings) > 1
                    for slot in slots] for _, slots in templates]
        masks = [[self.planes() for _ in range((sum(tells) + 7) // 8)] for tells in telling]
        for column in columns:
            column.missed = self.planes()
        last = 0
        for _ in range(count):
            t = next(template_ids) if template_ids else 0
            row = Row((t + 1) * K1 + key, last * K1 + key)
            last = t + 1
            literals, slots = templates[t]
            parts = []
            told = 0
            for literal, slot, tells in zip(literals, slots, telling[t]):
                parts.append(literal)
                column = columns[slot]
                if not tells:
                    parts.append(column.dictionary.strings[0])
                    continue
                if told % 8 == 0:
                    mask = next(masks[t][told // 8])
                missed = mask >> told % 8 & 1
                told += 1
                if isinstance(column, IdColumn):
                    parts.append(self.quick_value(row, column, missed))
                    continue
                column.values.enter(row.left)
                if missed:
                    parts.append(column.render(column.values.missed(next(column.missed))))
                else:
                    parts.append(column.render(column.values.expected()))
            yield b"".join(parts) + literals[-1]

    def quick_value(self, row, column, missed):
        dictionary, guesses = column.dictionary, self.models.quick_guesses
        place = row.left + row.before * K3 + column.v0 * K2 + column.key & WORD
        place >>= 64 - self.models.guess_bits
        guess, twice = guesses[place]
        if not missed:
            i = (guess or column.v0) - 1
        else:
            code = next(column.missed)
            recent = dictionary.recent
            if 1 <= code <= 8:
                i = recent[-code] - 1
            else:
                i = dictionary.known if code == 0 else told_id(
                    column.kind, code - 9 & 0xffffffff, dictionary.known, column.v0)
                recent.append(i + 1)
        assert 0 <= i < len(dictionary.strings), "unknown value"
        if guess == i + 1:
            guesses[place] = (guess, True)
        elif twice:
            guesses[place] = (guess, False)
        else:
            guesses[place] = (i + 1, False)
        dictionary.known += i == dictionary.known
        column.v0 = i + 1
        row.before, row.left = row.left, (i + 1) * K1 + dictionary.key
        return dictionary.strings[i]

    def value(self, row, column):
        dictionary = column.dictionary
        if len(dictionary.strings) == 1:
            return dictionary.strings[0]
        c, d, v0 = column.key, dictionary.key, column.v0
        both = row.left + row.before * K3
        contexts = [both + v0 * K2 + c, both + d, row.left + d, v0 * K2 + column.v1 * K4 + c,
                    v0 * K2 + c + 1, row.first + d + 1]
        contexts = [finish(contexts[k] & WORD) for k in column.contexts]
        i = column.stream.id(dictionary.known, len(dictionary.strings), contexts,
                             dictionary.latest, v0)
        dictionary.known += i == dictionary.known
        dictionary.latest = i
        column.v1, column.v0 = v0, i + 1
        row.before, row.left = row.left, (i + 1) * K1 + d
        row.first = row.first or row.left
        return dictionary.strings[i]
