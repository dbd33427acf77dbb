"""Trained dictionaries of the reference decoder, and blocks and bare values with one, written from
docs/format.md ("Trained dictionaries", "Bare values") alone."""
import copy

from reference_bytes import Bytes, RangeDecoder
from reference_payload import UNPACK, decode_payload, unpack_behind
from reference_structure import IdColumn, Row, Structure
from reference_values import K1, K2, K3, K4, NONE, IdStream, NumberValues, finish
from reference_vocabulary import PHRASES
from reference_xxh64 import WORD, xxh64

KNOWN = {}  # dictionaries by id


class List:
    """A dictionary of a table: its strings come with the rows."""

    def __init__(self, structure, head):
        self.key = structure.models.new_key()
        self.distinct, self.kind, self.numbers = head
        self.known, self.latest, self.strings = 0, NONE, []
        self.table = Table(structure) if self.kind == 2 else None


class Table:
    def __init__(self, structure, described=None):
        self.templates, self.columns, heads = described or structure.description()
        self.lists = [List(structure, head) for head in heads]
        for column in self.columns:
            if isinstance(column, IdColumn):
                column.dictionary = self.lists[column.dictionary]
        self.key = structure.models.new_key()
        self.stream, self.h, self.row, self.usual = IdStream(structure.models), [0] * 8, Row(0, 0), None

    def sequences(self):
        """All columns and lists of numbers, those of the tables below too."""
        for column in self.columns:
            if not isinstance(column, IdColumn):
                yield column
        for each in self.lists:
            if each.numbers:
                yield each.numbers
            if each.table:
                yield from each.table.sequences()


class Shape(Structure):
    """The description of a dictionary."""

    def __init__(self, meta, described):
        super().__init__(meta, b"", b"", described)
        self.contexts = self.models.contexts = self.meta.varint()
        assert self.contexts == 3, "bad number of contexts"
        self.meta.varint()  # guess bits
        rows = self.meta.varint()
        described_table = self.description()
        self.groups(rows, len(described_table[0]), len(described_table[2]))
        self.models.start(b"", 1 << 21, 18, 17)
        self.first = Table(self, described_table)


class State:
    """All that changes from row to row."""

    def __init__(self, shape):
        self.models, self.table = shape.models, shape.first
        self.end = self.models.window(1)
        self.text_stream = IdStream(self.models)
        self.text_sizes, self.row_sizes = NumberValues(self.models, 3), NumberValues(self.models, 3)
        for numbers in self.table.sequences():
            numbers.flags, numbers.zone, numbers.extras = None, 0, NumberValues(self.models, 0)

    def start(self, coded):
        self.models.coder = RangeDecoder(coded)
        self.models.raw = self.models.coder.raw
        for numbers in self.table.sequences():
            numbers.fresh = True

    def template(self, table):
        h, key, row = table.h, table.key, table.row
        s1 = h[0] * K1 + key
        s2 = s1 + h[1] * K2
        s3 = s2 + h[2] * K3
        s5 = s3 + h[3] * K4 + h[4] * 3 * K1
        s8 = s5 + h[5] * 3 * K2 + h[6] * 3 * K3 + h[7] * 3 * K4
        sums = [s8 + 8, s5 + 5, s3 + 3, s1 + row.left * K3 + row.before * K4 + 6, s2, s1 + 1]
        sums = [finish(sums[k] & WORD) for k in table.templates.contexts]
        count = len(table.templates)
        t = table.stream.id(count, count, sums, NONE)
        table.n = 2 * (t % 16) + (h[0] == t + 1)
        table.row = Row((t + 1) * K1 + key, s1)
        table.h = [t + 1] + h[:7]
        return t

    def slots(self, table, t):
        """The bytes of a row whose template was read."""
        literals, slots = table.templates[t]
        columns = [table.columns[slot] for slot in slots]
        constant = [isinstance(c, IdColumn) and c.dictionary.distinct == 1 for c in columns]
        usual = 1
        if any(constant):
            if table.usual is None:
                table.usual = self.models.window(len(table.templates))
            usual = self.models.bit(table.usual + t)
        parts = [literals[0]]
        for column, same, literal in zip(columns, constant, literals[1:]):
            if not isinstance(column, IdColumn):
                column.values.enter(table.row.left)
                parts.append(self.numbers(column, table.key, table.n))
            elif same and usual:
                parts.append(column.dictionary.strings[max(column.v0 - 1, 0)])
            else:
                parts.append(self.value(table.row, column))
            parts.append(literal)
        row = b"".join(parts)
        assert len(row) + 1 >= len(slots), "a row of empty values"
        return row

    def value(self, row, column):
        known = column.dictionary
        c, d, v0 = column.key, known.key, column.v0
        both = row.left + row.before * K3
        contexts = [both + v0 * K2 + c, both + d, row.left + d, v0 * K2 + column.v1 * K4 + c,
                    v0 * K2 + c + 1, row.first + d + 1]
        contexts = [finish(contexts[k] & WORD) for k in column.contexts]
        i = column.stream.id(known.known, known.distinct, contexts, known.latest, v0)
        new = i == known.known
        known.known += new
        known.latest = i
        column.v1, column.v0 = v0, i + 1
        row.before, row.left = row.left, (i + 1) * K1 + d
        row.first = row.first or row.left
        if new:
            known.strings.append(self.new(known))
        return known.strings[i]

    def new(self, known):
        if known.kind == 1:
            return self.numbers(known.numbers, known.key, 0)
        if known.kind == 2:
            t = self.template(known.table)
            if t < len(known.table.templates):
                return self.slots(known.table, t)
        return self.string(known.key)

    def numbers(self, numbers, key, n):
        models, values = self.models, numbers.values
        if numbers.flags is None:
            numbers.flags = models.window(2)
        if models.bit(numbers.flags):
            return self.string(key)
        if numbers.timestamp and models.bit(numbers.flags + 1):
            numbers.zone = numbers.extras.next(0)
        before = values.delta, values.width
        value = values.next(n)
        if numbers.fresh:
            values.delta, values.width = before
        numbers.fresh = False
        if numbers.timestamp:
            return numbers.timestamp.render(value, numbers.zone).encode()
        return numbers.render(value)

    def string(self, key):
        result, last = bytearray(), 0
        while True:
            c = [(last & 0xffffffff) * K1 + 1, (last & 0xffff) * K2 + key + 2,
                 (last & 0xff) * K3 + key + 3]
            symbol = self.text_stream.id(258, 258, [finish(place & WORD) for place in c], NONE)
            if symbol == 0:
                return bytes(result)
            if symbol == 257:
                assert not result, "a long string behind others"
                return self.text.take(self.text_sizes.next(0))
            result.append(symbol - 1)
            last = (last << 8 | symbol - 1) & WORD

    def loose_row(self):
        if self.models.bit(self.end):
            row, _ = self.loose.until(b"\n")
            return row + b"\n"
        return self.loose.take(self.row_sizes.next(0))


class TrainedDictionary:
    def __init__(self, file):
        data = Bytes(file)
        assert data.take(4) == b"\x8bLPD" and data.u8() == 0, "no dictionary"
        self.id = data.fixed(8)
        assert xxh64(file[data.at:]) == self.id, "damaged dictionary"
        described, rows, size, meta_size, text_size, packer = (data.varint() for _ in range(6))
        unpacked = UNPACK[packer](data.take(data.varint()), meta_size + text_size)
        assert len(unpacked) == meta_size + text_size, "another size"
        self.state = State(Shape(unpacked[:meta_size], described))
        text = unpacked[meta_size:]
        self.state.text = Bytes(text)
        self.state.start(file[data.at:])
        made = []
        for _ in range(rows):
            made.append(self.state.slots(self.state.table, self.state.template(self.state.table)))
        made = b"".join(made)
        assert len(made) == size, "another size of rows"
        self.prefix = made[-524288:] + text[:524288]
        KNOWN[self.id] = self

    def part(self, payload):
        size = payload.varint()
        if size == 0:
            return Bytes(b"")
        packing, packed = payload.varint(), payload.take(payload.varint())
        if packing >= 2:
            packed = decode_payload(packed, packing - 2, size)
        elif packing == 1:
            packed = unpack_behind(packed, self.prefix)
        assert len(packed) == size, "a part of another size"
        return Bytes(packed)

    def block(self, payload, raw_size):
        state = copy.deepcopy(self.state)
        state.loose, state.text = self.part(payload), self.part(payload)
        state.start(payload.data[payload.at:])
        raw = b""
        while len(raw) < raw_size:
            t = state.template(state.table)
            row = state.loose_row() if t == len(state.table.templates) else state.slots(state.table, t)
            assert row, "an empty row"
            raw += row
        for part in (state.loose, state.text):
            assert part.at == len(part.data), "something is left over"
        return raw


def decode_block(payload, raw_size):
    number = payload.fixed(8)
    assert number in KNOWN, "a dictionary that is not there"
    return KNOWN[number].block(payload, raw_size)


def decode_bare(value):
    data = Bytes(value)
    head, raw_size = data.u8(), data.varint()
    assert head < 16, "bad head"
    check = data.fixed(4) if head & 8 else None
    content = data.data[data.at:]
    kind = head & 7
    if kind == 0:
        raw = content
    elif kind == 7:
        raw = unpack_behind(content, PHRASES)
    elif kind == 6:
        number = data.fixed(4)
        [found] = [each for each in KNOWN.values() if each.id & 0xffffffff == number]
        raw = found.block(data, raw_size)
    else:
        raw = decode_payload(content, kind, raw_size)
    assert len(raw) == raw_size and check in (None, xxh64(raw) & 0xffffffff), "damaged value"
    return raw
