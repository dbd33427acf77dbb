"""Archives as files: what open() gives."""
from __future__ import annotations

import bisect
import io
import os
from itertools import accumulate
from typing import Any, BinaryIO, Optional, TextIO, Union, cast

from ._archive import Archive
from ._library import Code, Error
from ._writer import Writer

_BUFFER_SIZE = 1 << 18  # what is copied at a time


def open(file: Union[str, "os.PathLike[Any]", BinaryIO],  # pylint: disable=redefined-builtin
         mode: str = "rb", *, encoding: Optional[str] = None, errors: Optional[str] = None,
         newline: Optional[str] = None, **options: Any) -> Union[BinaryIO, TextIO]:
    """Opens an archive as if it were the log in it: what gzip.open() is for gzip.

        with logpress.open("app.log.lpz", "rt") as log:
            for line in log: ...

    `mode` is "r" to read, "w" to write, "x" to write where no file is yet, "a" to go on behind an archive;
    with "b", which is the default, for bytes, or "t" for text, which takes encoding, errors and newline as
    the built-in open() does. `file` is a path or a binary file, which is not closed. Other options are
    those of Archive or Writer, such as level=9.

    What is read can seek, block by block. Of a torn or damaged archive all that is intact is read, and
    then comes the Error that says what is wrong.
    """
    kind = mode.replace("b", "", 1) if "t" not in mode else mode.replace("t", "", 1)
    if kind not in ("r", "w", "x", "a"):
        raise ValueError('mode is none of "r", "w", "x" and "a", with "b" or "t"')
    text = "t" in mode
    if not text and (encoding is not None or errors is not None or newline is not None):
        raise ValueError("encoding, errors and newline are for text")
    binary: Union[io.BufferedReader, _Packing]
    if kind == "r":
        binary = io.BufferedReader(_Unpacked(Archive(file, **options)), _BUFFER_SIZE)
    else:
        binary = _Packing(_Packed(Writer(file, mode=kind, **options)), _BUFFER_SIZE)
    if not text:
        return cast(BinaryIO, binary)
    wrapper = io.TextIOWrapper if kind == "r" else _PackingText
    try:
        return wrapper(binary, encoding, errors, newline)
    except BaseException:
        binary.__exit__(ValueError, None, None)
        raise


class _Unpacked(io.RawIOBase):
    """The raw bytes of an archive, which it closes."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._ends = list(accumulate(block.raw_bytes for block in archive.blocks))
        self._size = self._ends[-1] if self._ends else 0
        self._place = 0
        self._block = -1  # that _bytes are of
        self._bytes = b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        self._check_open()
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        self._check_open()
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._size}.get(whence)
        if base is None:
            raise ValueError(f"invalid whence value ({whence})")
        if base + offset < 0:
            raise ValueError(f"negative seek position {base + offset}")
        self._place = base + offset
        return self._place

    def readinto(self, buffer: Any) -> int:
        self._check_open()
        if self._place >= self._size:
            if self._archive.damage is not None:
                raise Error(Code.DAMAGED, self._archive.damage)
            return 0
        block = bisect.bisect_right(self._ends, self._place)
        if block != self._block:
            self._bytes = self._archive.read_block(block)
            self._block = block
        begin = self._place - self._ends[block] + len(self._bytes)
        with memoryview(buffer).cast("B") as room:
            piece = self._bytes[begin:begin + len(room)]
            room[:len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def close(self) -> None:
        self._bytes, self._block = b"", -1
        self._archive.close()
        super().close()

    def _check_open(self) -> None:
        if self.closed:
            raise ValueError("I/O operation on closed file")


class _Packed(io.RawIOBase):
    """What is written becomes the archive of a writer, which it closes."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return len(memoryview(data).cast("B")) if self._writer.discarded else self._writer.write(data)

    def discard(self) -> None:
        """Leaves nothing of it. What is still in a buffer may be written, and is gone."""
        self._writer.discard()

    def close(self) -> None:
        if not self.closed:
            try:
                self._writer.close()
            finally:
                super().close()


class _Packing(io.BufferedWriter):
    """Leaves nothing when it is left by an exception."""

    def __exit__(self, kind: Any, *rest: Any) -> None:
        if kind is not None:
            cast(_Packed, self.raw).discard()
        self.close()


class _PackingText(io.TextIOWrapper):
    """The same for text."""

    def __exit__(self, kind: Any, *rest: Any) -> None:
        if kind is not None:
            cast(_Packed, cast(_Packing, self.buffer).raw).discard()
        self.close()
