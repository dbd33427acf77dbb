"""Streams of strings that a model packed, written from docs/format.md ("Packed strings") alone. What
it is made of is in reference_mix_model.py.
"""
from reference_mix_counters import H, CheckedTable, learn
from reference_mix_model import Line, MatchFinder, NibbleModel
from reference_mix_values import is_digit, is_letter


def long_step(length):
    if length < 32:
        return length // 4
    return 8 + length // 64 if length < 448 else 15


def unpack_strings(coder, size):
    b = min(max(size.bit_length(), 12), 24)
    model = NibbleModel(coder, CheckedTable(min(b - 2, 18), Line), 5, 1, min(b - 4, 12), sets=3)
    match = MatchFinder(min(b - 2, 18))
    counters = [[min(65000, 40000 + 900 * k), 0] for k in range(32)]
    by_length, by_bytes = {}, {}
    out, last, word, string, before = bytearray(), 0, 0, 0, 0
    for i in range(size):
        match.look(i, last, 48, out)
        c = None
        if match.length >= 20:
            likely = out[match.place]
            one = by_length.setdefault((long_step(match.length), likely), [65400, 20])
            other = by_bytes.setdefault(H(last & 0xffff, likely) >> 20 & 0xffff, [65400, 20])
            right = coder.decode(min(max((one[0] + 3 * other[0]) // 4, 1), 65535))
            learn(one, right, 255)
            learn(other, right, 255)
            match.advance(right)
            if right:
                c = likely
        if c is None:
            degree = match.degree()
            expected = out[match.place] if match.length else None
            column = i - string
            above = out[before + column] if before + column < string else 0
            hashes = [H(1, last & 0xff), H(2, last & 0xffff), H(3, last & 0xffffff),
                      H(4, word, last & 0xff), H(5, min(column, 255), above)]
            c = model.byte(hashes, [(expected, counters[degree])],
                           (2 * degree, last >> 11 & 0x1f, last & 0xff))
            if match.length:
                match.advance(c == expected)
        out.append(c)
        last = (last << 8 | c) & 0xffffffffffffffff
        word = H(word, c) if is_letter(c) or is_digit(c) else 0
        if c == 0x0a:
            before, string = string, i + 1
    return bytes(out)
