"""Block payloads of the reference decoder, written from docs/format.md ("Block payloads") alone.

Every part of the page is a function or class here, under the same name. Python asserts stand for
"is damage": this decoder is to check the page, not to withstand hostile archives.
"""
import lzma
import shutil
import subprocess
import tempfile

from reference_bytes import Bytes, RangeDecoder
from reference_mix import decode_mix
from reference_strings import unpack_strings
from reference_structure import Structure
from reference_vocabulary import PHRASES
from reference_xxh64 import xxh64


def run_zstd(frame, *options):
    program = shutil.which("zstd")
    assert program, "zstd segments need the zstd program"
    return subprocess.run([program, "-dcq", "--long=31", *options], input=frame, check=True,
                          stdout=subprocess.PIPE).stdout


def unpack_zstd(packed, size):
    try:
        from compression import zstd
        return zstd.decompress(packed)
    except ImportError:
        return run_zstd(packed)


def unpack_behind(packed, prefix):
    """A frame of zstd without its magic number, behind raw content."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(prefix)
        file.flush()
        return run_zstd(b"\x28\xb5\x2f\xfd" + packed, "-D", file.name)


def unpack_xz(packed, size):
    dictionary = 4096
    while dictionary < size and dictionary < 1 << 28:
        dictionary *= 2
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": dictionary}]
    return lzma.decompress(packed, format=lzma.FORMAT_RAW, filters=filters)


PRIMED = 4
UNPACK = {PRIMED: lambda packed, size: unpack_behind(packed, PHRASES), 0: lambda packed, size: packed, 1: unpack_zstd, 2: unpack_xz,
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
        packer, packed_size = (packed % 4 or PRIMED, packed // 4) if packed else (0, sum(sizes))
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
