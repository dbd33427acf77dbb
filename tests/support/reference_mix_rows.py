"""The rows of mix, written from docs/format-mix.md alone."""
from reference_mix_counters import H, CheckedTable, TaggedTable, learn, signed, single
from reference_mix_model import CandidateModel, ExpectedSymbols, Flag, Line, NibbleModel, Query
from reference_mix_values import (BITS_A_DIGIT, DECIMAL, INTEGER, TEXT, TIMESTAMP, WORD_KIND, Column, Leaves,
                                  Link, NumberModel, SeenRow, Spoken, Template, TextModel, Time, Value,
                                  parts_of, render, width)
from reference_vocabulary import VOCABULARY, WORDS

class Sizes:
    def __init__(self, raw_size):
        b = min(max(raw_size.bit_length(), 12), 24)
        self.lines = min(b - 2, 20)
        self.flags, self.expected = min(b - 2, 19), min(b - 2, 21)
        self.history = min(b, 23)
        self.matches = min(b - 2, 19)
        self.columns = min(b - 4, 15)
        self.links = min(b - 4, 17)
        self.leaves = min(b, 21)
        self.row_log = min(b - 2, 19)
        self.corrections = min(b - 4, 14)
        self.places = 1 << min(max(b - 12, 6), 10)
        self.max_values = min(raw_size // 2 + 16, 1 << 20)
        self.max_children = 2 * self.max_values
        self.max_templates = min(raw_size + 16, 60000)
        self.max_slots = min(raw_size + 16, 1 << 19)
        self.max_pattern_bytes = min(2 * raw_size + 64, 1 << 22)


class Rows:
    def __init__(self, coder, raw_size, formats):
        self.coder, self.raw_size, self.formats = coder, raw_size, formats
        self.sizes = sizes = Sizes(raw_size)
        lines, flags = CheckedTable(sizes.lines, Line), CheckedTable(sizes.flags, Flag)
        self.texts, self.numbers = TextModel(coder, lines, sizes), NumberModel(coder, lines, sizes)
        self.template_ids = NibbleModel(coder, lines, 4, 0, 8)
        self.expected = CheckedTable(sizes.expected, ExpectedSymbols)
        self.template_candidates = CandidateModel(coder, flags, 26, sizes.places)
        self.value_candidates = CandidateModel(coder, flags, 27, sizes.places)
        self.columns = TaggedTable(sizes.columns, Column)
        self.links = TaggedTable(sizes.links, Link)
        self.seen_rows = TaggedTable(sizes.links, SeenRow)
        self.widths = [[60000, 0] for _ in range(1024)]
        self.times = [Time() for _ in formats]
        self.templates, self.slots, self.literal_bytes = [], 0, 0
        self.values, self.numbers_of, self.children = [None], {}, 0
        self.leaves, self.row_delta = Leaves(sizes), 0
        self.R, self.S1, self.S2 = [-1] * 13, 0, 0  # R[1] is the template of the row before
        self.out = bytearray()

    def list_of_templates(self, count):
        def rows(counters):
            w = 1
            while w < 32:
                ends = self.bit(counters[w][0])
                learn(counters[w], ends, 255)
                if ends:
                    break
                w += 1
            return 1 << (w - 1) | self.coder.raw(w - 1)

        if self.raw_size >= 16384:
            self.read_lines((WORDS if self.raw_size >= 65536 else b"") + VOCABULARY)
        # How many rows without a template, with template 0, 1, ... are to come.
        self.to_come = [rows([[32768, 0] for _ in range(32)]) - 1]
        counters = [[32768, 0] for _ in range(32)]
        for _ in range(count):
            self.pattern()
            self.to_come.append(rows(counters))
        assert sum(self.to_come) <= self.raw_size
        self.seen = 0

    def read_lines(self, words):
        self.texts.model.coder = Spoken(words.replace(b"\n", b"\0"))
        for _ in range(words.count(b"\n")):
            self.pattern_string()
        self.texts.model.coder = self.coder

    def block(self):
        while len(self.out) < self.raw_size:
            begin = len(self.out)
            self.one_row()
            assert len(self.out) > begin, "empty row"
        return bytes(self.out)

    def emit(self, s):
        self.out += s
        assert len(self.out) <= self.raw_size, "too many bytes"

    def bit(self, p):
        return self.coder.decode(min(max(p, 1), 65535))

    def plain(self, column, look, above, expected, select):
        limit = 2 * min(self.raw_size - len(self.out), 32768)
        escaped = self.texts.text(column, look, above, expected, select, limit)
        result, at = bytearray(), 0
        while at < len(escaped):
            c = escaped[at]
            if c == 1:
                at += 1
                c = escaped[at] - 1
                assert 0 <= c <= 1, "bad escape"
            result.append(c)
            at += 1
        return bytes(result)

    def template_number(self, contexts, family):
        prefix = 1
        for i in range(4):
            prefix = prefix << 4 | self.template_ids.nibble(
                [H(x, 601, family, prefix) for x in contexts], [], None, (i, i, family))
        return prefix & 0xffff

    def value_template(self, contexts):
        n = self.template_number(contexts, 5)
        if n == 0:
            return -1
        if n == 1:
            return self.pattern()
        assert n - 2 < len(self.templates), "unknown template"
        return n - 2

    def pattern_string(self):
        return self.texts.text(4242, 4242, b"", [], 1, 65536)

    def pattern(self):
        pattern = self.pattern_string()
        assert len(self.templates) < self.sizes.max_templates
        assert self.literal_bytes + len(pattern) <= self.sizes.max_pattern_bytes
        t = Template(pattern, len(self.formats))
        self.slots += len(t.slots)
        self.literal_bytes += sum(map(len, t.literals))
        assert self.slots <= self.sizes.max_slots
        self.templates.append(t)
        return len(self.templates) - 1

    def one_row(self):
        R = self.R
        hashes, h = [], 700
        for k in range(1, 13):
            h = H(h, R[k])
            if k <= 6 or k in (8, 12):
                hashes.append(H(h, k))
        hashes += [H(702, R[2]), H(703, R[3], R[2]), H(704, self.S1), H(705, self.S1, self.S2),
                   H(706, 0)]
        entries, sources = self.find_expected(hashes)
        sources = [(a if a is not None and a < len(self.to_come) and self.to_come[a] > 0 else None,
                    confidence) for a, confidence in sources]
        query = Query(sources,
                      [H(711, R[1]), H(713, R[1], R[2], R[3]), H(715, self.S1),
                       H(716, R[1], width(self.row_delta))],
                      (R[1] + 7) * 77, (R[2] + 3) * 31, 12)
        a = self.template_candidates.ask(query)
        if a is None:
            n = self.template_number([600, H(1, R[1]), H(2, R[1], R[2]), H(3, R[2])], 1)
            a = 0 if n == 0 else self.seen + 1 if n == 1 else n - 1
        t = a - 1
        assert t <= self.seen and t + 1 < len(self.to_come), "unknown template"
        self.seen += t == self.seen
        assert self.to_come[t + 1] > 0, "too many rows of a template"
        self.to_come[t + 1] -= 1
        self.template_candidates.learn(query, t + 1)
        for entry in entries:
            entry.update(t + 1)
        row = self.leaves.row
        exact = self.seen_rows.find(H(801, t, R[1], R[2], R[3], R[4], self.S1))
        self.similar, exact.row = exact.row, row
        alike = self.seen_rows.find(H(802, t, R[1], R[2], R[3]))
        if self.similar is None:
            self.similar = alike.row
        alike.row = row
        self.key, self.linked, s = 0, None, H(900, t)
        self.number_delta = 0
        if t == -1:
            whole = self.plain(4343, 4343, b"", [], 2)
            for c in whole:
                s = H(s, c)
            self.emit(whole)
        else:
            template = self.templates[t]
            for i, (look, kind) in enumerate(template.slots):
                self.emit(template.literals[i])
                column = H(template.hash, i)
                v = self.value(column, look, kind, 0)
                if kind >= TIMESTAMP:
                    continue
                s = H(s, v)
                if self.key == 0:
                    self.key = v
                value = self.values[v]
                if self.linked is None and self.columns.find(column).above2 != v and \
                        value.last_row != row:
                    self.linked = value.last_row
                value.last_row = row
            self.emit(template.literals[-1])
        R[2:] = R[1:-1]
        R[1] = t
        self.S2, self.S1 = self.S1, s
        self.leaves.end_row(t)

    def find_expected(self, hashes):
        entries, sources = [], []
        for x in hashes:
            entry = self.expected.find(x)
            entries.append(entry)
            sources += entry.sources()  # at once: the next find may take the entry over
        return entries, sources

    def append_leaves(self, v):
        self.leaves.append(v)
        for child in self.values[v].children:
            self.append_leaves(child)

    def left(self, here):
        leaves = [self.leaves.at(self.leaves.end - back) for back in range(1, min(here, 6) + 1)]
        return ([leaf for leaf in leaves if leaf] + [0, 0, 0])[:3]

    def value(self, column, look, kind, depth):
        C, R, leaves = self.columns.find(column), self.R, self.leaves
        here, row = leaves.end - leaves.begin, leaves.row
        left1, left2, left3 = self.left(here)
        hashes = [
            H(column, 101), H(column, 102, left1), H(column, 103, left1, left2),
            H(column, 104, C.above), H(column, 105, left1, C.above), H(look, 106),
            H(look, 107, left1), H(column, 108, left3, left2, left1),
            H(column, 109, self.S1, left1), H(look, 110, self.key),
            H(column, 111, C.above, C.above2)]
        entries, sources = self.find_expected(hashes)
        rows = [row - 1 if row >= 1 else None, row, row - 2 if row >= 2 else None, self.linked]
        links = [H(201, R[1], column, here), H(202, column), H(203, R[2], column, here),
                 H(204, leaves.known(self.linked)[2], column, here)]
        for r, x in zip(rows, links):
            link, v = self.links.find(x), None
            if link.position is not None and r is not None:
                if r != row:
                    v = leaves.leaf_of(r, link.position)
                elif link.position < here:
                    v = leaves.at(leaves.begin + link.position) or None
            sources.append((v, link.confidence))
        if self.similar is None:
            sources.append((None, 0))
        else:
            sources.append((leaves.leaf_of(self.similar, here), 1))
        sources = [(v if v is not None and self.values[v].kind == kind else None, confidence)
                   for v, confidence in sources]
        query = Query(sources,
                      [H(column, 302, left1), H(column, 305, R[1]), H(column, 306, left1, left2),
                       H(column, 307, C.misses & 0xff)],
                      H(column, 5), H(look, C.misses & 3), 8)
        model = self.value_candidates
        v = model.ask(query)
        hit = v is not None
        C.misses = (C.misses << 1 | (not (hit and len(model.tried) == 1))) & 0xffffffff
        if hit:
            self.emit(self.values[v].bytes)
            self.append_leaves(v)
        else:
            leaf = leaves.end
            leaves.append(0)
            v = self.content(column, look, kind, depth, left1)
            leaves.ring[leaf % leaves.size] = v
            entries = None
        model.learn(query, v)
        for i, x in enumerate(hashes):
            (entries[i] if hit else self.expected.find(x)).update(v)
        for i, (r, x) in enumerate(zip(rows, links)):
            if r is None:
                continue
            link = self.links.find(x)
            if sources[22 + i][0] == v:
                link.confidence = min(link.confidence + 1, 15)
            elif link.confidence > 1:
                link.confidence //= 2
            else:
                begin, end, _ = (leaves.begin, leaves.begin + here, 0) if r == row else \
                    leaves.known(r)
                for position in range(min(64, end - begin)):
                    if leaves.at(begin + position) == v:
                        link.position, link.confidence = position, 0
                        break
        self.column_learns(self.columns.find(column), self.values[v], v, kind, hit,
                           depth == 0 and here == 0)
        return v

    def column_learns(self, C, value, v, kind, hit, first):
        if kind >= TIMESTAMP:
            time, n = self.times[kind - TIMESTAMP], value.number
            if C.count > 0:
                C.compare(width(signed(n - C.number)), width(signed(n - time.last)))
            C.follow(n)
            time.delta2 = time.delta
            time.delta = signed(n - time.last)
            time.last = n
            if first:
                self.row_delta = time.delta
        elif INTEGER <= kind <= DECIMAL:
            d = signed(value.number - C.number)
            if C.aux == value.aux and C.count > 0 and (not hit or d != 0):
                C.compare(2.0 + width(d), single(BITS_A_DIGIT * len(value.bytes)))
            C.aux = value.aux
            C.follow(value.number)
            self.number_delta = C.delta
        C.above2, C.above = C.above, v

    def content(self, column, look, kind, depth, left1):
        C, R, begin = self.columns.find(column), self.R, len(self.out)
        number, aux, children, coded = 0, 0, [], False
        if kind >= TIMESTAMP:
            number = self.timestamp(column, kind - TIMESTAMP, C)
            coded = True
        elif INTEGER <= kind <= DECIMAL:
            if C.prefers_differences():
                coded = self.same_width(column, kind)
            if coded:
                w, w2 = width(C.delta), width(C.delta2)
                number = signed(C.number + self.numbers.number(
                    [H(column, 411), H(column, 414, left1), H(column, 415, C.delta), H(column, 416, self.row_delta),
                     H(look, 417), H(column, 418, R[1]), H(column, 419, width(C.number)),
                     H(420, w, w2), 421, H(423, self.number_delta, kind)], column))
                aux = 0 if kind == INTEGER else C.aux
                self.emit(render(kind, number, aux))
        elif kind in (TEXT, WORD_KIND):
            t = self.value_template([600, column, H(column, C.inner), H(column, left1, 1)])
            C.inner = 4 if t == -1 else t + 5
            if t != -1:
                assert depth < 3, "values nested too deeply"
                template = self.templates[t]
                for i, (inner_look, inner_kind) in enumerate(template.slots):
                    self.emit(template.literals[i])
                    children.append(self.value(H(column, template.hash, i), inner_look, inner_kind,
                                               depth + 1))
                self.emit(template.literals[-1])
                coded = True
        if not coded:
            if INTEGER <= kind <= DECIMAL:
                expected = self.value_candidates.tried[:3]
            else:
                expected = [v for v in (C.above, C.above2) if v]
                expected = expected[:1] if len(set(expected)) == 1 else expected
            string = self.plain(column, look, self.values[C.above].bytes if C.above else b"",
                                [self.values[v].bytes for v in expected],
                                4 * min(depth, 3) + (kind == TEXT))
            if INTEGER <= kind <= DECIMAL:
                number, aux = parts_of(kind, string)
            self.emit(string)
        bytes_ = bytes(self.out[begin:])
        assert bytes_, "empty value"
        known = self.numbers_of.get((kind, bytes_))
        if known is not None:
            return known
        self.children += len(children)
        assert len(self.values) < self.sizes.max_values
        assert self.children <= self.sizes.max_children
        self.values.append(Value(bytes_, kind, number, aux, children))
        self.numbers_of[kind, bytes_] = len(self.values) - 1
        return len(self.values) - 1

    def same_width(self, column, kind):
        if kind == INTEGER:
            return True
        counter = self.widths[(column >> 20) % 1024]
        same = self.bit(counter[0])
        learn(counter, same, 255)
        return same == 1

    def timestamp(self, column, f, C):
        time, R = self.times[f], self.R
        same = self.bit(time.same[0])
        learn(time.same, same, 255)
        if same == 0:
            time.extra = signed(self.coder.raw(64))
        own = C.prefers_differences()
        last, delta, delta2 = ((C.number, C.delta, C.delta2) if own else
                               (time.last, time.delta, time.delta2))
        k, w = 2 * f + own, width(delta)
        behind = min(max(signed(time.last - C.number), -1), 100000)
        number = signed(last + self.numbers.number(
            [H(column, 401), H(404, k, w, width(delta2)), H(405, k, R[1], R[2]), H(column, 406, delta),
             H(column, 407, R[1], w), H(408, k, delta, delta2), H(column, 409, behind),
             H(column, 410, (last & 0xffffffffffffffff) % 60), 421,
             H(423, self.number_delta, TIMESTAMP + f)], column))
        self.emit(self.formats[f].render(number, time.extra).encode("latin-1"))
        return number
