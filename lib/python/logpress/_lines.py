"""Lines: what walks through an archive give, and what can be walked through."""
from __future__ import annotations

import datetime
from abc import abstractmethod
from collections.abc import Sequence
from typing import Iterator, Optional, Protocol, Union, overload

from ._library import Code, Error, TimeKind, named

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
MICROSECOND = datetime.timedelta(microseconds=1)


class Line(bytes):
    """A line, its newline included; the last may have none. It is bytes that know their place."""

    _place: tuple[int, int, int]  # one attribute and no more, as it is set a million times a second

    @property
    def number(self) -> int:
        """Lines that start before it."""
        return self._place[0]

    @property
    def time_kind(self) -> TimeKind:
        """What `microseconds` are."""
        kind: TimeKind = named(TimeKind, self._place[1])
        return kind

    @property
    def microseconds(self) -> int:
        """Its time, or that of the line before it when it has none: since 1970-01-01 00:00 UTC; without a
        year, as if that were 1972; without a date, since midnight."""
        return self._place[2]

    @property
    def time(self) -> Optional[datetime.datetime]:
        """Its time in UTC. None when it has none that says year, day and time, or one that is beyond the
        years of datetime."""
        try:
            _, kind, microseconds = self._place
            return EPOCH + microseconds * MICROSECOND if kind == TimeKind.INSTANT else None
        except OverflowError:
            return None


class LineSource(Protocol):
    """What lines are read from: an archive, of which this module knows no more."""

    def walk(self, first: int, count: int, backwards: bool) -> Iterator[Line]: ...

    def walk_between(self, start: int, end: int, backwards: bool) -> Iterator[Line]: ...


class LineSequence(Sequence[Line]):
    """Lines of an archive by number. Nothing is read until lines are asked for."""

    _numbers: range

    @abstractmethod
    def _source(self) -> LineSource:
        """The archive."""

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> Line: ...

    @overload
    def __getitem__(self, index: slice) -> "LineRange": ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Line, "LineRange"]:
        if isinstance(index, slice):
            return LineRange(self._source(), self._numbers[index])
        try:
            number = self._numbers[index]
        except IndexError:
            raise IndexError("there is no such line") from None
        for line in self._source().walk(number, 1, False):
            return line
        raise Error(Code.DAMAGED, f"line {number} is missing")

    def __iter__(self) -> Iterator[Line]:
        return self._each(self._numbers)

    def __reversed__(self) -> Iterator[Line]:
        return self._each(self._numbers[::-1])

    def _each(self, numbers: range) -> Iterator[Line]:
        if not numbers:
            return iter(())
        low, high = sorted((numbers[0], numbers[-1]))
        step = abs(numbers.step)
        walk = self._source().walk(low, high - low + 1, numbers.step < 0)
        return walk if step == 1 else (line for i, line in enumerate(walk) if i % step == 0)

    def __contains__(self, line: object) -> bool:
        return any(line == other for other in self)


class LineRange(LineSequence):
    """What a slice of an archive is: its lines, to be walked through any number of times, and sliced
    again. Keeps its archive alive."""

    def __init__(self, archive: LineSource, numbers: range) -> None:
        self._archive = archive
        self._numbers = numbers

    def _source(self) -> LineSource:
        return self._archive

    def __repr__(self) -> str:
        return f"<logpress lines {self._numbers}>"


class TimeRange:
    """The lines of a range of time, to be walked through any number of times, with reversed() backwards.
    Keeps its archive alive."""

    def __init__(self, archive: LineSource, start: int, end: int) -> None:
        self._archive = archive
        self._range = start, end

    def __iter__(self) -> Iterator[Line]:
        return self._archive.walk_between(*self._range, False)

    def __reversed__(self) -> Iterator[Line]:
        return self._archive.walk_between(*self._range, True)
