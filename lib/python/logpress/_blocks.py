"""Blocks: what the index knows of them, and their templates and columns."""
from __future__ import annotations

import ctypes
import dataclasses

from ._handle import Handle
from ._library import Backend, BlockInfo, Code, ColumnKind, TemplateStruct, TimeKind, lib, named, text


@dataclasses.dataclass(frozen=True)
class Block:
    """What the index knows of a block."""

    offset: int  #: Of its first byte in the archive.
    packed_bytes: int
    raw_bytes: int
    first_line: int  #: Lines that start before it.
    lines: int  #: Lines that start in it.
    starts_inside_a_line: bool
    has_structure: bool  #: False when it was packed as plain bytes.
    templates: int
    time_kind: TimeKind
    lowest_time: int  #: In microseconds, as Line.microseconds; 0 unless the times are of one kind.
    highest_time: int
    backend: Backend
    level: int  #: That its archive was written with; 0 when its header is damaged.


@dataclasses.dataclass(frozen=True)
class Template:
    """The constant text of a log statement, in pieces: a row is literal, value, literal, ..., literal."""

    rows: int  #: How often it occurs in the block.
    literals: tuple[bytes, ...]
    columns: tuple[int, ...]  #: For each slot between literals, the column that its values belong to.
    exception: bool  #: It stands for the rows that fit none; each is kept whole, in its slot.

    def text(self, slot: bytes = b"<*>") -> bytes:
        """The template with `slot` for every value."""
        return slot.join(self.literals)


@dataclasses.dataclass(frozen=True)
class Column:
    """What the values of a column are."""

    kind: ColumnKind
    #: How they are written: "" for text; in the notation of printf for numbers, of strftime for times.
    format: str
    #: How many different values it has; 1 says that it is a constant, 0 that nobody counted them.
    distinct: int


def read_block_info(reader: Handle, block: int) -> Block:
    """What the index knows of block `block`. Inside reader.using()."""
    info = BlockInfo(ctypes.sizeof(BlockInfo))
    reader.check(lib.reader_block(reader.pointer, block, ctypes.byref(info)))
    return Block(info.offset, info.packed_bytes, info.raw_bytes, info.first_line, info.lines,
                 bool(info.starts_inside_a_line), bool(info.has_structure), info.templates,
                 named(TimeKind, info.time_kind), info.lowest_time, info.highest_time,
                 named(Backend, info.backend), info.level)


class Metadata:
    """What a block holds, for the time of a `with` statement inside Handle.using()."""

    def __init__(self, reader: Handle, block: int) -> None:
        self._pointer = ctypes.c_void_p()
        self._reader = reader
        self._block = block

    def __enter__(self) -> "Metadata":
        code = lib.reader_metadata(self._reader.pointer, self._block, ctypes.byref(self._pointer))
        if code != Code.OK:
            message = lib.metadata_message(self._pointer)
            self.__exit__()
            self._reader.check(code, message)
        return self

    def __exit__(self, *_: object) -> None:
        lib.metadata_free(self._pointer)

    def templates(self) -> list[Template]:
        found = TemplateStruct()
        data, size, column = ctypes.c_void_p(), ctypes.c_size_t(), ctypes.c_size_t()
        templates = []
        for i in range(lib.metadata_templates(self._pointer)):
            self._check(lib.metadata_template(self._pointer, i, ctypes.byref(found)))
            literals, columns = [], []
            for slot in range(found.slots + 1):
                self._check(lib.metadata_literal(self._pointer, i, slot, ctypes.byref(data),
                                                 ctypes.byref(size)))
                literals.append(ctypes.string_at(data, size.value) if size.value else b"")
            for slot in range(found.slots):
                self._check(lib.metadata_slot(self._pointer, i, slot, ctypes.byref(column)))
                columns.append(column.value)
            templates.append(Template(found.rows, tuple(literals), tuple(columns),
                                      bool(lib.metadata_is_exception(self._pointer, i))))
        return templates

    def columns(self) -> list[Column]:
        kind, notation = ctypes.c_int(), ctypes.c_char_p()
        columns = []
        for i in range(lib.metadata_columns(self._pointer)):
            self._check(lib.metadata_column(self._pointer, i, ctypes.byref(kind),
                                            ctypes.byref(notation)))
            columns.append(Column(named(ColumnKind, kind.value), text(notation.value),
                                  lib.metadata_distinct(self._pointer, i)))
        return columns

    def _check(self, code: int) -> None:
        self._reader.check(code, lib.metadata_message(self._pointer))
