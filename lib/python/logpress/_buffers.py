"""Whole buffers in one call."""
from __future__ import annotations

import ctypes
import mmap
from typing import Any, Optional, Union

from ._dictionary import Dictionary, pointer_of
from ._handle import Handle
from ._library import Backend, Code, Error, bytes_of, lib, make_options

Buffer = Union[bytes, bytearray, memoryview]
GIB = 1 << 30


class Context:
    """Packs and unpacks buffers and keeps the memory for that from call to call.

    For many small values, such as those of a storage system. The options are those of the C API:
    level 1 (fastest) to 9 (smallest), raw bytes of a block (0: what the level says), blocks that are
    packed or unpacked at once (-1: one a core), memory that decoding may take (0: 1 GiB), a trained
    dictionary; with `bare` values have a checksum and no more around them, and are no archives.
    """

    def __init__(self, level: int = 5, *, backend: int = Backend.AUTO, block_size: int = 0,
                 threads: int = 1, memory_limit: int = 0,
                 dictionary: Optional[Dictionary] = None, bare: bool = False) -> None:
        options = make_options(level=level, backend=backend, block_size=block_size,
                               threads=threads, memory_limit=memory_limit,
                               dictionary=pointer_of(dictionary), bare=2 if bare else 0)
        self._size_of = lib.bare_size if bare else lib.decompressed_size
        self._handle = Handle(lib.context_free, lib.context_message)
        self._handle.check(
            lib.context_new(ctypes.byref(options), ctypes.byref(self._handle.pointer)))

    def compress(self, data: Buffer) -> bytes:
        """The archive of `data`."""
        source = bytes_of(data)
        capacity = lib.compress_bound(len(source))
        while True:
            try:
                return self._call(lib.context_compress, source, capacity)
            except Error as error:
                # The bound is that of default options; blocks of a few bytes take more.
                if error.code != Code.BUFFER_TOO_SMALL:
                    raise
                capacity *= 2

    def decompress(self, data: Buffer, *, limit: int = GIB) -> bytes:
        """What the archive `data` was made from; an Error when it would be more than `limit` bytes,
        for what an archive says of its size is not to be trusted."""
        source = bytes_of(data)
        size = ctypes.c_uint64()
        code = self._size_of(source, len(source), ctypes.byref(size))
        if code != Code.OK:
            raise Error(code)
        if size.value > limit:
            raise Error(Code.MEMORY_LIMIT,
                        f"{size.value} bytes unpacked are more than the limit of {limit}")
        return self._call(lib.context_decompress, source, size.value)

    def _call(self, function: Any, source: bytes, capacity: int) -> bytes:
        written = ctypes.c_size_t()
        # An anonymous mapping: what is not written to takes no memory, whatever an archive claims.
        with mmap.mmap(-1, max(capacity, 1)) as scratch:
            # The address alone: a mapping that ctypes refers to could not be closed.
            place = ctypes.addressof(ctypes.c_char.from_buffer(scratch))
            with self._handle.using() as context:
                self._handle.check(function(context, source, len(source), place, capacity,
                                            ctypes.byref(written)))
            return scratch[:written.value]

    def close(self) -> None:
        """Frees the memory. Also done when it is collected."""
        self._handle.close()

    def __enter__(self) -> "Context":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def compress(data: Buffer, level: int = 5, *, backend: int = Backend.AUTO, block_size: int = 0,
             threads: int = 1, dictionary: Optional[Dictionary] = None) -> bytes:
    """The archive of `data`. For many values, a Context saves its start."""
    with Context(level, backend=backend, block_size=block_size, threads=threads,
                 dictionary=dictionary) as context:
        return context.compress(data)


def decompress(data: Buffer, *, limit: int = GIB, threads: int = 1,
               memory_limit: int = 0, dictionary: Optional[Dictionary] = None) -> bytes:
    """What the archive `data` was made from; see Context.decompress()."""
    with Context(threads=threads, memory_limit=memory_limit, dictionary=dictionary) as context:
        return context.decompress(data, limit=limit)
