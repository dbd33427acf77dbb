"""Reading an archive."""
from __future__ import annotations

import ctypes
import datetime
import math
import os
import struct
import sys
from typing import Any, BinaryIO, Callable, Iterator, Optional, Union

from ._blocks import Block, Column, Metadata, Template, read_block_info
from ._dictionary import Dictionary, pointer_of
from ._handle import Handle
from ._library import (ArchiveInfo, Code, Error, LineStruct, ReadFunction, RowStruct, Source, lib,
                       make_options, path_bytes, text)
from ._lines import EPOCH, MICROSECOND, Line, LineRange, LineSequence, TimeRange
from ._rows import Row, Statement, read_statement, row_of
from ._search import EXTENDED, FIXED, Found, Pattern, make_search_options, search
from ._splits import Split, divide

ReadAt = Callable[[int, int], bytes]  # some of so many bytes at an offset
When = Union[datetime.datetime, int, float, None]
_EARLIEST, _LATEST = -(2**63), 2**63 - 1
_MOST_AT_ONCE = 1024  # lines that are fetched together, once a walk is under way
_SIZE = struct.Struct("@8xN24x")  # of a LineStruct: what its bytes are,
_PLACE = struct.Struct("@16xQiq")  # and what a Line keeps
assert _SIZE.size == _PLACE.size == ctypes.sizeof(LineStruct)


class Archive(LineSequence):
    """An opened archive: a sequence of its lines.

        archive[0], archive[-1], archive[10:20], len(archive), for line in archive: ...

    `source` is a path, the bytes of an archive, or a binary file that can seek. A file is not closed,
    must not become shorter, and its position is the archive's until that is closed.

    A torn or damaged archive is opened as far as it can be read, and `damage` says what is wrong;
    reading the lines that were hit is an Error. `checks_all` decodes every block that is touched to
    its end, so that its checksum is compared. `memory_limit` is what decoding may take (0: 1 GiB).

    Walks through lines and slices keep the archive alive; close() ends them: to go on is an Error.
    """

    def __init__(self, source: Union[str, "os.PathLike[Any]", bytes, bytearray, memoryview, BinaryIO],
                 *, checks_all: bool = False, memory_limit: int = 0,
                 dictionary: Optional[Dictionary] = None) -> None:
        options = make_options(checks_all=checks_all, memory_limit=memory_limit,
                               dictionary=pointer_of(dictionary))
        handle = Handle(lib.reader_free, lib.reader_message)
        self._handle = handle
        given, made = ctypes.byref(options), ctypes.byref(handle.pointer)
        if isinstance(source, (str, os.PathLike)):
            handle.path = path_bytes(source)
            code = lib.reader_open_file(given, handle.path, made)
        elif isinstance(source, bytes):
            handle.keep = source
            code = lib.reader_open_memory(given, source, len(source), made)
        else:
            size, read = _of_file(source) if hasattr(source, "seek") else _of_buffer(source)
            handle.keep = _reading(read, handle.raised)
            code = lib.reader_open(given, ctypes.byref(Source(size, handle.keep, None)), made)
        handle.check(code)
        info = ArchiveInfo(ctypes.sizeof(ArchiveInfo))
        handle.check(lib.reader_info(handle.pointer, ctypes.byref(info)))
        if info.lines > sys.maxsize:
            raise Error(Code.DAMAGED, "the archive states more lines than there can be")
        self._numbers = range(info.lines)
        damage = lib.reader_damage(handle.pointer)
        self.raw_bytes: int = info.raw_bytes  #: Unpacked.
        self.packed_bytes: int = info.packed_bytes  #: The size of the source.
        self.archives: int = info.archives  #: How many stand one behind the other.
        self.damage: Optional[str] = None if damage is None else text(damage)
        self._block_count: int = info.blocks
        self._statements = ctypes.c_void_p()  # once they were asked for

    def between(self, start: When = None, end: When = None) -> TimeRange:
        """The lines whose time is in [start, end); None: no bound. Numbers are seconds since 1970-01-01
        00:00 UTC. A datetime without a zone is taken as the log prints its times, as is a time in a
        log without a zone: as UTC. A line without a time has that of the line before; one without a
        year or date is there if it would be in some year or on some day."""
        return TimeRange(self, _microseconds(start, _EARLIEST), _microseconds(end, _LATEST))

    def search(self, *patterns: Pattern, fixed: bool = False, ignore_case: bool = False,
               whole_words: bool = False, whole_lines: bool = False, invert: bool = False,
               max_count: Optional[int] = None, before: int = 0, after: int = 0,
               start: When = None, end: When = None) -> list[Found]:
        """The lines that match any of the patterns, in their order. Patterns are extended regular
        expressions as of grep -E, or with `fixed` the bytes themselves. What cannot match is not
        decoded. At most `max_count` lines are selected; `before` and `after` are lines of context;
        `start` and `end` are as for between()."""
        times = None
        if start is not None or end is not None:
            times = _microseconds(start, _EARLIEST), _microseconds(end, _LATEST)
        if max_count == 0:
            return []
        options = make_search_options(
            syntax=FIXED if fixed else EXTENDED, ignore_case=ignore_case, whole_words=whole_words,
            whole_lines=whole_lines, invert=invert, max_count=max_count, before=before, after=after,
            between=times)
        return search(self._handle, patterns, options)

    @property
    def blocks(self) -> list[Block]:
        """What the index knows of every block."""
        with self._handle.using():
            return [read_block_info(self._handle, i) for i in range(self._block_count)]

    def splits(self, count: int) -> list[Split]:
        """At most `count` parts of whole blocks, of about as many bytes, that together are the archive: for
        programs that read it in several processes, or on several machines."""
        return divide(self.blocks, count)

    def read(self, split: Split) -> LineRange:
        """The lines of a part. No block outside of it is decoded, but for the end of its last line."""
        end = split.first_line + split.lines
        if not 0 <= split.first_line <= end <= len(self):
            raise IndexError("the archive has no such part")
        return self[split.first_line:end]

    def read_block(self, block: int) -> bytes:
        """The raw bytes of a block."""
        data, size = ctypes.c_void_p(), ctypes.c_size_t()
        with self._handle.using() as reader:
            self._handle.check(lib.reader_read_block(reader, self._number_of(block),
                                                     ctypes.byref(data), ctypes.byref(size)))
            return ctypes.string_at(data, size.value) if size.value else b""

    def templates(self, block: int) -> list[Template]:
        """The templates of a block, in the order in which its rows came upon them. Only a small part of
        the block is read, unless it is one of level 9. None for a block without structure."""
        with self._handle.using(), Metadata(self._handle, self._number_of(block)) as metadata:
            return metadata.templates()

    def columns(self, block: int) -> list[Column]:
        """The columns of a block, to which Template.columns refers."""
        with self._handle.using(), Metadata(self._handle, self._number_of(block)) as metadata:
            return metadata.columns()

    def statements(self) -> list[Statement]:
        """What its lines were written with, in the order of their first lines. The first call reads the
        whole archive."""
        with self._handle.using() as reader:
            statements = self._learnt(reader)
            return [read_statement(self._handle, statements, i)
                    for i in range(lib.statements_count(statements))]

    def rows(self, start: When = None, end: When = None) -> Iterator[Row]:
        """The lines, taken apart into header, statement and values; `start` and `end` are as for
        between(). The first call reads the whole archive before."""
        handle = self._handle
        rows = ctypes.c_void_p()
        with handle.using() as reader:
            statements = self._learnt(reader)
            if start is None and end is None:
                code = lib.statements_rows(statements, 0, 2**64 - 1, ctypes.byref(rows))
            else:
                code = lib.statements_rows_between(statements, _microseconds(start, _EARLIEST),
                                                   _microseconds(end, _LATEST), ctypes.byref(rows))
            if not rows:
                raise Error(code)
            child = handle.adopt(rows, lib.rows_free)
            message = lib.rows_message(rows)
        try:
            handle.check(code, message)
            found = RowStruct(ctypes.sizeof(RowStruct))
            while True:
                with handle.using():
                    code = lib.rows_next(rows, ctypes.byref(found))
                    if code == Code.END:
                        return
                    handle.check(code, lib.rows_message(rows))
                    row = row_of(found)
                yield row
        finally:
            handle.release(child)

    def _learnt(self, reader: ctypes.c_void_p) -> ctypes.c_void_p:
        if not self._statements:
            statements = ctypes.c_void_p()
            code = lib.reader_statements(reader, ctypes.byref(statements))
            if not statements:
                raise Error(code)
            try:
                self._handle.check(code, lib.statements_message(statements))
            except BaseException:
                lib.statements_free(statements)
                raise
            self._handle.adopt(statements, lib.statements_free)
            self._statements = statements
        return self._statements

    def _number_of(self, block: int) -> int:
        try:
            return range(self._block_count)[block]
        except IndexError:
            raise IndexError("there is no such block") from None

    def _source(self) -> "Archive":
        return self

    def walk(self, first: int, count: int, backwards: bool) -> Iterator[Line]:
        """The lines [first, first + count). What slices do for you."""
        return self._walk(lib.reader_lines, first, count, backwards)

    def walk_between(self, start: int, end: int, backwards: bool) -> Iterator[Line]:
        """The lines whose time is in [start, end), in microseconds. What between() does for you."""
        return self._walk(lib.reader_lines_between, start, end, backwards)

    def _walk(self, begin: Any, first: int, second: int, backwards: bool) -> Iterator[Line]:
        # A generator: it refers to the archive as long as it is there itself.
        handle = self._handle
        lines = ctypes.c_void_p()
        with handle.using() as reader:
            code = begin(reader, first, second, ctypes.byref(lines))
            if not lines:
                raise Error(code)
            child = handle.adopt(lines, lib.lines_free)
            message = lib.lines_message(lines)
            if backwards:
                lib.lines_to_last(lines)
        try:
            handle.check(code, message)
            fetch = _fetch_previous if backwards else _fetch_next
            found = (LineStruct * 1)()
            while code == Code.OK:
                with handle.using():
                    code, fetched = fetch(lines, found)
                    message = lib.lines_message(lines)
                for line in fetched:
                    if self.closed:
                        raise Error(Code.MISUSE, "it is closed")
                    yield line
                if len(fetched) == len(found) < _MOST_AT_ONCE:
                    found = (LineStruct * (2 * len(found)))()
            if code != Code.END:
                handle.check(code, message)
        finally:
            handle.release(child)

    @property
    def closed(self) -> bool:
        """Whether it was closed."""
        return not self._handle.pointer

    def close(self) -> None:
        """Frees it. Again: does nothing."""
        self._handle.close()

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<logpress archive, {len(self)} lines, {self._block_count} blocks>"


def _fetch_next(lines: ctypes.c_void_p, found: Any) -> tuple[int, list[Line]]:
    """Some of the next lines, at most as many as `found` has room for; and OK, or why there are none."""
    filled = ctypes.c_size_t()
    code: int = lib.lines_next_many(lines, found, len(found), ctypes.byref(filled))
    rows = memoryview(found).cast("B")[:filled.value * _SIZE.size]
    sizes = [size for size, in _SIZE.iter_unpack(rows)]
    # All in one piece. None has no bytes.
    data = ctypes.string_at(found[0].data, sum(sizes)) if sizes else b""
    fetched: list[Line] = []
    begin = 0
    for size, place in zip(sizes, _PLACE.iter_unpack(rows)):
        line = Line(data[begin:begin + size])
        line._place = place  # pylint: disable=protected-access
        fetched.append(line)
        begin += size
    return code, fetched


def _fetch_previous(lines: ctypes.c_void_p, found: Any) -> tuple[int, list[Line]]:
    """The same backwards, from line to line; and OK, or why there are no more."""
    fetched: list[Line] = []
    for place in found:
        code: int = lib.lines_previous(lines, ctypes.byref(place))
        if code != Code.OK:
            return code, fetched
        line = Line(ctypes.string_at(place.data, place.size))
        line._place = (place.number, place.time_kind, place.time)  # pylint: disable=protected-access
        fetched.append(line)
    return Code.OK, fetched


def _microseconds(when: When, default: int) -> int:
    if when is None:
        return default
    if isinstance(when, datetime.datetime):
        if when.tzinfo is None:
            when = when.replace(tzinfo=datetime.timezone.utc)
        return (when - EPOCH) // MICROSECOND
    if isinstance(when, float) and not math.isfinite(when):
        if math.isnan(when):
            raise ValueError("a time is not a number")
        return _LATEST if when > 0 else _EARLIEST
    return min(max(round(when * 1_000_000), _EARLIEST), _LATEST)


def _of_file(file: Any) -> tuple[int, ReadAt]:
    """Its size, and what reads it."""
    size = file.seek(0, os.SEEK_END)
    if size is None:
        size = file.tell()

    def read(offset: int, count: int) -> bytes:
        file.seek(offset)
        piece: bytes = file.read(count)
        return piece

    return size, read


def _of_buffer(source: Any) -> tuple[int, ReadAt]:
    """The same for a buffer that is not bytes. It may be changed or unmapped at any time, so C never
    looks into it."""
    view = memoryview(source).cast("B")
    return len(view), lambda offset, count: view[offset:offset + count].tobytes()


def _reading(read: ReadAt, raised: list[BaseException]) -> Any:
    """The callback that fills a buffer by read()."""

    def read_at(_: object, offset: int, buffer: int, size: int) -> int:
        try:
            done = 0
            while done < size:
                piece = read(offset + done, size - done)
                if not piece or len(piece) > size - done:
                    raise OSError(f"read() gave {len(piece or b'')} bytes instead of {size - done}")
                ctypes.memmove(buffer + done, bytes(piece), len(piece))
                done += len(piece)
            return 0
        except BaseException as error:  # pylint: disable=broad-except  # must not pass through C
            raised.append(error)
            return -1

    return ReadFunction(read_at)
