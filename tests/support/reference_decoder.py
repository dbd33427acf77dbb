#!/usr/bin/env -S python3 -B
"""A second decoder of logpress archives, written from docs/format.md, docs/format-mix.md and
docs/timestamps.md alone.

    reference_decoder.py FILE.lpz [DICTIONARY.lpd]... > FILE

It keeps the pages honest: where it needed a look into the code, the page was not complete. Slow, and
of no use against hostile archives: anything unexpected is an exception. Reads archives front to back.
"""
import sys

from reference_dictionary import TrainedDictionary
from reference_bytes import Bytes
from reference_payload import decode_payload
from reference_values import unzigzag
from reference_timestamps import TimestampFormat
from reference_xxh64 import xxh64

HEADER, FRAME, INDEX, FOOTER = (b"\x8bLP" + c for c in (b"Z", b"B", b"I", b"F"))


def check(data):
    return xxh64(data) & 0xffffffff


def head(file, start):
    """The body of the section that began at `start`; its check has been verified."""
    body = file.take(file.varint())
    found = file.fixed(4)
    assert found == check(file.data[start:file.at - 4]), "damaged head"
    return Bytes(body), found


def fields(body):
    found = {}
    while body.at < len(body.data):
        tag = body.varint()
        found[tag] = body.take(body.varint())
    return found


def span(data):
    """The times of a block: a dictionary, times in microseconds."""
    flags = data.varint()
    kinds = [kind for kind in (1, 2, 3) if flags >> kind - 1 & 1]
    if not kinds:
        assert flags == 0
        return {}
    unit = (1000000, 1000, 1)[flags >> 4 & 3]
    widths = (1, 60000000, 86400000000)
    times = {"kinds": kinds, "untimed": flags >> 3 & 1, "width": widths[flags >> 6 & 3],
             "first width": widths[flags >> 8 & 3], "last width": widths[flags >> 10 & 3]}
    if len(kinds) == 1:
        lowest, to_highest = unzigzag(data.varint()), data.varint()
        highest = lowest + to_highest
        first, last = lowest + data.varint(), highest - data.varint()
        assert flags >> 12 == 0 and lowest <= first <= highest and lowest <= last <= highest
        times.update({"lowest": lowest * unit, "highest": highest * unit})
    else:
        first, last = unzigzag(data.varint()), unzigzag(data.varint())
        times.update({"first kind": flags >> 12 & 3, "last kind": flags >> 14 & 3})
        assert times["first kind"] in kinds and times["last kind"] in kinds
    times.update({"first": first * unit, "last": last * unit})
    return times


def read_frame(file, start, before):
    """The raw bytes of a frame, and what the index says of it; the rows of those `before` it."""
    body, head_check = head(file, start)
    kind, payload_size, raw_size, lines, templates, _ = (body.varint() for _ in range(6))
    payload_check, raw_checksum = body.fixed(4), body.fixed(8)
    known = fields(body)
    number, link = 0, 0
    if 4 in known:
        field = Bytes(known[4])
        number, link = field.varint(), field.fixed(4)
        assert number > 0 and field.at == len(field.data)
    assert number == len(before) and link == (before[-1][-1] if before else 0), "out of place"
    payload = file.take(payload_size)
    assert check(payload) == payload_check, "damaged payload"
    if 3 in known:
        field = Bytes(known[3])
        assert check(payload[:field.varint()]) == field.fixed(4), "damaged metadata"
    times = {}
    if 1 in known:
        field = Bytes(known[1])
        times = span(field)
        assert times and field.at == len(field.data)
        field, places = Bytes(known[2]), 0
        while field.at < len(field.data):
            field.u8()
            TimestampFormat(field.take(field.varint()))
            places += 1
        assert 1 <= places <= 4
    assert payload_size <= raw_size + 64, "payload too large"
    assert kind < 2048, "unknown kind of block"
    raw = decode_payload(payload, kind >> 2 & 255, raw_size)
    assert xxh64(raw) == raw_checksum, "wrong raw checksum"
    starts = raw.count(b"\n") + (raw[-1:] != b"\n") - (kind >> 1 & 1)
    assert lines == starts, "wrong number of lines"
    assert kind >> 10 == (b"\0" in raw), "NUL not told"
    return raw, (kind, file.at - start, raw_size, lines, templates, times, head_check)


def read_index(file, start, rows):
    body, _ = head(file, start)
    payload_size, payload_check = body.varint(), body.fixed(4)
    fields(body)
    payload = file.take(payload_size)
    assert check(payload) == payload_check, "damaged index"
    payload = Bytes(payload)
    assert payload.varint() == len(rows), "wrong number of rows"
    found = {}
    while payload.at < len(payload.data):
        tag = payload.varint()
        values = Bytes(payload.take(payload.varint()))
        if 1 <= tag <= 7:
            assert tag not in found
            found[tag] = [span(values) if tag == 6 else values.fixed(4) if tag == 7 else
                          values.varint() for _ in rows]
            assert values.at == len(values.data)
    found.setdefault(6, [{} for _ in rows])
    assert [found[tag] for tag in range(1, 8)] == [list(column) for column in zip(*rows)]


def decode(data):
    """The raw bytes of a file of one or more archives."""
    file, raw = Bytes(data), []
    while not raw or file.at < len(data):
        begin = file.at
        assert file.take(4) == HEADER, "no archive"
        assert file.u8() == 0, "unknown version"
        body, _ = head(file, begin)
        body.varint()
        fields(body)
        rows, index_size = [], 0
        raw.append(b"")
        while True:
            start = file.at
            magic = file.take(4)
            if magic == FRAME:
                bytes_, row = read_frame(file, start, rows)
                raw.append(bytes_)
                rows.append(row)
            elif magic == INDEX:
                read_index(file, start, rows)
                index_size = file.at - start
            elif magic == HEADER:  # a joint: the archive was not ended
                file.at = start
                break
            else:
                assert magic == FOOTER, "no section"
                assert file.fixed(4) == index_size
                assert file.fixed(8) == file.at + 4 - begin
                assert file.fixed(4) == check(data[start:start + 16])
                break
    return b"".join(raw)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in sys.argv[2:]:
        with open(name, "rb") as dictionary:
            TrainedDictionary(dictionary.read())
    with open(sys.argv[1], "rb") as archive:
        sys.stdout.buffer.write(decode(archive.read()))
