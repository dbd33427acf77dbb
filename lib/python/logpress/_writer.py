"""Writing a stream."""
from __future__ import annotations

import ctypes
import io
import os
import warnings
from typing import Any, BinaryIO, NamedTuple, Optional, Union

from ._buffers import Buffer
from ._dictionary import Dictionary, pointer_of
from ._handle import Handle
from ._library import (Backend, TotalsStruct, WriteFunction, bytes_of, lib,
                       make_options, path_bytes, text)

_MODES = {"x": 0, "w": 1, "a": 2}
_NEVER = 2**64 - 1


class Totals(NamedTuple):
    """What went in and out so far, of blocks that were handed out."""

    raw_bytes: int
    packed_bytes: int
    lines: int
    blocks: int


class Writer:
    """Packs bytes, in pieces of any size, into an archive.

    `target` is a path, or an object with write(), which is not closed. `mode` is for a path: "w"
    replaces a file, "x" wants none to be there, "a" goes on behind the archive that there is; a tail
    that a crash has torn is cut off first, and `notice` says how much that was.

    In a `with` statement the archive is ended, synced and closed on the way out. When an exception leads
    out, what was written is discarded: no file is left. With mode "a" the archive stays as far as it was
    flushed, for it may have been there before; going on with it mends its end.
    `flush_interval` is in seconds: see poll(). The other options are those of Context.
    """

    def __init__(self, target: Union[str, bytes, "os.PathLike[Any]", BinaryIO], level: int = 5, *,
                 mode: str = "w", backend: int = Backend.AUTO, block_size: int = 0,
                 threads: int = 1, flush_interval: float = 0,
                 dictionary: Optional[Dictionary] = None) -> None:
        if mode not in _MODES:
            raise ValueError('mode is none of "w", "x" and "a"')
        options = make_options(level=level, backend=backend, block_size=block_size,
                               threads=threads, flush_interval=flush_interval,
                               dictionary=pointer_of(dictionary))
        handle = Handle(lib.writer_free, lib.writer_message)
        made = ctypes.byref(handle.pointer)
        if hasattr(target, "write"):
            if mode != "w":
                raise ValueError("mode is for paths; archives one behind the other are one archive")
            handle.keep = _writing(target, handle.raised)
            handle.check(lib.writer_new(ctypes.byref(options), handle.keep, None, made))
        else:
            handle.path = path_bytes(target)
            handle.check(lib.writer_open(ctypes.byref(options), handle.path, _MODES[mode], made))
        self._handle = handle
        self._own = None if hasattr(target, "write") or mode == "a" else handle.path
        self.discarded = False  #: Whether discard() was called.
        #: What was cut off when an archive was opened to go on with it; mostly "".
        self.notice = text(lib.writer_message(handle.pointer))

    def write(self, data: Buffer) -> int:
        """Appends bytes, which need not end with a line; returns how many. After an Error the archive
        is torn, and every further call raises it."""
        given = bytes_of(data)
        with self._handle.using() as writer:
            self._handle.check(lib.writer_append(writer, given, len(given)))
        return len(given)

    def flush(self) -> None:
        """Ends the block here and hands all of it out. Costs ratio: every block is understood anew."""
        with self._handle.using() as writer:
            self._handle.check(lib.writer_flush(writer))

    def poll(self) -> Optional[float]:
        """Flushes if the oldest bytes have waited for `flush_interval`; returns the seconds after which
        to call again, None when nothing waits."""
        wait = ctypes.c_uint64()
        with self._handle.using() as writer:
            self._handle.check(lib.writer_poll(writer, ctypes.byref(wait)))
        return None if wait.value == _NEVER else wait.value / 1000

    @property
    def totals(self) -> Totals:
        """What went in and out so far."""
        totals = TotalsStruct(ctypes.sizeof(TotalsStruct))
        with self._handle.using() as writer:
            self._handle.check(lib.writer_totals(writer, ctypes.byref(totals)))
        return Totals(totals.raw_bytes, totals.packed_bytes, totals.lines, totals.blocks)

    @property
    def closed(self) -> bool:
        """Whether it was closed or abandoned."""
        return not self._handle.pointer

    def close(self) -> None:
        """Ends the archive. Again: does nothing. What fails here closes and discards it."""
        if self.closed:
            return
        try:
            with self._handle.using() as writer:
                self._handle.check(lib.writer_finish(writer))
        except BaseException:
            self.discard()
            raise
        self.abandon()

    def abandon(self) -> None:
        """Closes it without an end. What was flushed can be read."""
        self._handle.close()

    def discard(self) -> None:
        """Closes it, and removes the file if it is one that this writer has made or emptied. Again, or when
        it is closed: does nothing."""
        if self.closed:
            return
        self.discarded = True
        self.abandon()
        if self._own is not None and os.path.isfile(self._own):  # no device
            os.unlink(os.path.realpath(self._own))

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self.close()
        else:
            self.discard()

    def __del__(self) -> None:
        handle = getattr(self, "_handle", None)
        if handle is not None and handle.pointer:
            warnings.warn("a logpress.Writer was not closed: its archive has no end",
                          ResourceWarning, source=self)


def _writing(target: Any, raised: list[BaseException]) -> Any:
    """The callback that writes to `target`."""

    def write(_: object, data: int, size: int) -> int:
        try:
            rest = memoryview(ctypes.string_at(data, size))
            while rest:
                count = target.write(rest)
                if count is None:
                    if isinstance(target, io.RawIOBase):
                        raise BlockingIOError("the target takes no bytes now")
                    break  # says nothing: took them all
                if not 0 < count <= len(rest):
                    raise OSError(f"write() returned {count} for {len(rest)} bytes")
                rest = rest[count:]
            return 0
        except BaseException as error:  # pylint: disable=broad-except  # must not pass through C
            raised.append(error)
            return -1

    return WriteFunction(write)
