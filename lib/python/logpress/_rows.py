"""The statements of a log, and its lines as rows."""
from __future__ import annotations

import ctypes
import datetime
from dataclasses import dataclass
from typing import Any, Optional

from ._handle import Handle
from ._library import (RowStruct, StatementStruct, TimeKind, ValueStruct, ValueType, lib, named)
from ._lines import EPOCH, MICROSECOND


class Value(bytes):
    """What stands in a slot of a line. `type`: what kind of thing it is."""

    type: ValueType


@dataclass(frozen=True)
class Slot:
    """A slot of a statement: what its values are, and some of them."""

    type: ValueType
    examples: list[Value]


@dataclass(frozen=True)
class Statement:
    """What a program wrote lines with. `text` has "<*>" for each slot."""

    id: str
    text: bytes
    lines: int
    slots: list[Slot]
    time_kind: TimeKind  #: Of the two times, which are in microseconds, as those of lines.
    first_microseconds: int
    last_microseconds: int

    @property
    def first_time(self) -> Optional[datetime.datetime]:
        """When the earliest line was written, in UTC; None if that is not known with year and day."""
        return time_of(self.time_kind, self.first_microseconds)

    @property
    def last_time(self) -> Optional[datetime.datetime]:
        """The same of the latest line."""
        return time_of(self.time_kind, self.last_microseconds)


@dataclass(frozen=True)
class Row:
    """A line, taken apart. `text` with the values for its "<*>" is the content, what stands behind the
    header. `template_id` is that of the text, which differs from that of the statement where the values
    are of another shape than in all lines that were looked at."""

    number: int
    statement_id: str
    template_id: str
    text: bytes
    content: bytes
    values: list[Value]
    header: dict[str, bytes]
    time_kind: TimeKind
    microseconds: int

    @property
    def time(self) -> Optional[datetime.datetime]:
        """The line's own time in UTC; None if it has none that says year, day and time."""
        return time_of(self.time_kind, self.microseconds)


def time_of(kind: TimeKind, microseconds: int) -> Optional[datetime.datetime]:
    """A time in UTC; None if it says no year or day, or is beyond the years of datetime."""
    try:
        return EPOCH + microseconds * MICROSECOND if kind == TimeKind.INSTANT else None
    except OverflowError:
        return None


def _values(array: Any, count: int) -> list[Value]:
    values: list[Value] = []
    for i in range(count):
        given: ValueStruct = array[i]
        value = Value(ctypes.string_at(given.data, given.size))
        value.type = named(ValueType, given.type)
        values.append(value)
    return values


def read_statement(handle: Handle, statements: ctypes.c_void_p, i: int) -> Statement:
    """Statement `i`."""
    found = StatementStruct(ctypes.sizeof(StatementStruct))
    handle.check(lib.statements_get(statements, i, ctypes.byref(found)))
    slots: list[Slot] = []
    for slot in range(found.slots):
        kind, count = ctypes.c_int(), ctypes.c_size_t()
        examples = ctypes.POINTER(ValueStruct)()
        handle.check(lib.statements_slot(statements, i, slot, ctypes.byref(kind),
                                         ctypes.byref(examples), ctypes.byref(count)))
        slots.append(Slot(named(ValueType, kind.value), _values(examples, count.value)))
    return Statement(found.id.decode(), ctypes.string_at(found.text, found.text_size), found.lines,
                     slots, named(TimeKind, found.time_kind), found.first_time, found.last_time)


def row_of(found: RowStruct) -> Row:
    """A copy of a row, which lives no longer than until the next."""
    fields = {found.fields[i].name.decode(): ctypes.string_at(found.fields[i].data, found.fields[i].size)
              for i in range(found.field_count)}
    return Row(found.number, found.statement_id.decode(), found.template_id.decode(),
               ctypes.string_at(found.text, found.text_size),
               ctypes.string_at(found.content, found.content_size),
               _values(found.values, found.value_count), fields,
               named(TimeKind, found.time_kind), found.time)
