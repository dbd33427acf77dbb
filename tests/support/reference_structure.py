"""The lists of a block, its templates, columns and rows, written from docs/format.md alone."""
from reference_bytes import Bytes
from reference_timestamps import TimestampFormat
from reference_values import (K1, K2, K3, K4, NONE, MixedNumberValues, Models, NumberValues,
                              QuickNumberValues, finish, id_stream, told_id, unzigzag)
from reference_xxh64 import WORD


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
        in_parts, self.contexts = divmod(self.meta.varint(), 8)
        models.contexts = self.contexts
        assert self.contexts in (0, 1, 2, 3, 6, 7), "bad number of contexts"
        assert in_parts == 0 or (in_parts == 1 and self.contexts != 7), "parts of mixed values"
        model_bits = min(max(self.raw_size.bit_length() - 3, 16), 22)
        guess_bits = self.meta.varint()
        assert 16 <= guess_bits <= model_bits, "bad number of guesses"
        models.start(self.lists, self.raw_size, model_bits, guess_bits)
        count = self.meta.varint()
        templates, columns, heads = self.description()
        groups = self.groups(count, len(templates), len(heads))
        parts = self.parts(heads, model_bits, guess_bits) if in_parts else lambda place: None
        dictionaries = self.dictionaries(columns, heads, parts)
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
        if code == 295:
            return []
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

    def parts(self, heads, model_bits, guess_bits):
        """What to do before each dictionary: begin a part, if it is the first of one."""
        lists = Bytes(self.lists)

        def is_large(place):
            count, kind, _ = heads[place]
            return kind != 0 and count >= 512

        def begin(place):
            if place > 0 and not is_large(place) and not is_large(place - 1):
                return
            end = place + 1
            while not is_large(place) and end < len(heads) and not is_large(end):
                end += 1
            values = sum(count for count, _, _ in heads[place:end])
            bits = min(max(values.bit_length() + 4, 10), guess_bits)
            self.models.start(lists.take(self.meta.varint()), self.raw_size, model_bits, bits)

        return begin

    def dictionaries(self, columns, heads, begin=lambda place: None):
        dictionaries = []
        for place, head in enumerate(heads):
            begin(place)
            dictionaries.append(Dictionary(self, head))
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
