"""Payloads of mix for the reference decoder, written from docs/format-mix.md alone."""
from reference_mix_counters import SIX, H, CheckedTable
from reference_mix_model import Line, MatchFinder, NibbleModel
from reference_mix_rows import Rows, Sizes
from reference_mix_values import is_digit, is_letter
from reference_timestamps import TimestampFormat


def decode_mix(payload, raw_size, range_decoder):
    """`payload`: a reader of it; `range_decoder`: makes one of the bytes that are left."""
    kind = payload.varint()
    assert kind <= 1, "unknown kind of payload"
    assert payload.varint() == raw_size, "other raw size"
    formats = []
    if kind == 1:
        templates = payload.varint()
        assert templates <= raw_size
        formats = [None] * payload.varint()
        assert len(formats) <= 16
        formats = [TimestampFormat(payload.take(payload.varint())) for _ in formats]
    coder = range_decoder(payload.data[payload.at:])
    if kind == 0:
        return raw_block(coder, raw_size)
    rows = Rows(coder, raw_size, formats)
    rows.list_of_templates(templates)
    return rows.block()


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
