"""Payloads of mix for the reference decoder, written from docs/format-mix.md alone."""
from reference_mix_counters import SIX, H, CheckedTable
from reference_mix_model import Line, MatchFinder, NibbleModel
from reference_mix_rows import Rows, Sizes
from reference_mix_values import is_digit, is_letter
from reference_timestamps import TimestampFormat
from reference_vocabulary import PHRASES, WORDS


def decode_mix(payload, raw_size, range_decoder):
    """`payload`: a reader of it; `range_decoder`: makes one of the bytes that are left."""
    has_filter, kind = divmod(payload.varint(), 2)
    assert has_filter <= 1, "unknown kind of payload"
    assert payload.varint() == raw_size, "other raw size"
    formats = []
    if kind == 1:
        templates = payload.varint()
        assert templates <= raw_size
        formats = [None] * payload.varint()
        assert len(formats) <= 16
        formats = [TimestampFormat(payload.take(payload.varint())) for _ in formats]
    letters = LetterFilter(payload) if has_filter else None
    coder = range_decoder(payload.data[payload.at:])
    if kind == 0:
        raw = raw_block(coder, raw_size)
    else:
        rows = Rows(coder, raw_size, formats)
        rows.list_of_templates(templates)
        raw = rows.block()
    assert letters is None or letters.has_all(raw), "the filter lacks a run"
    return raw


class LetterFilter:
    def __init__(self, payload):
        self.case = payload.varint()
        assert self.case <= 1
        self.places = payload.varint()
        assert self.places <= 1 << 32
        size = payload.varint()
        assert size <= 456976
        self.bits = payload.take(size)

    def runs(self, text):
        """Their numbers."""
        found, number, length = set(), 0, 0
        for c in bytes(text).lower() if self.case else bytes(text):
            if not 0x61 <= c <= 0x7a:
                number, length = 0, 0
                continue
            number, length = (26 * number + c - 0x61) % 26 ** 4, length + 1
            if length >= 4:
                found.add(number)
        return found

    def may_be_there(self, run):
        place = (H(self.case, run) >> 32) * self.places >> 32
        return place >= 8 * len(self.bits) or self.bits[place // 8] >> place % 8 & 1 == 1

    def has_all(self, raw):
        return all(map(self.may_be_there, self.runs(raw) - self.runs(PHRASES) - self.runs(WORDS)))


def raw_block(coder, raw_size):
    sizes = Sizes(raw_size)
    model = NibbleModel(coder, CheckedTable(sizes.lines, Line), 8, 1, sizes.corrections)
    match = MatchFinder(sizes.matches)
    counters = [[min(65000, 40000 + 900 * k), 0] for k in range(32)]
    out, last, word = bytearray(), 0, 0
    for i in range(raw_size):
        match.look(i, last, 32, out)
        degree = match.degree()
        expected = out[match.place] if match.length else None
        hashes = [H(1, 0), H(2, last & 0xff), H(3, last & 0xffff), H(4, last & 0xffffff),
                  H(5, last & 0xffffffff), H(6, last & SIX), H(7, word, last & 0xff),
                  H(8, last & 0xf0f0f0f0)]
        c = model.byte(hashes, [(expected, counters[degree])],
                       (2 * degree, last >> 11 & 0x1f, last & 0xff))
        if match.length:
            match.advance(c == expected)
        out.append(c)
        last = (last << 8 | c) & 0xffffffffffffffff
        word = H(word, c) if is_letter(c) or is_digit(c) else 0
    return bytes(out)
