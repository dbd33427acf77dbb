"""Searching an archive."""
from __future__ import annotations

import ctypes
from typing import Any, Optional, Union

from ._handle import Handle
from ._library import Code, FoundFunction, SearchOptions, bytes_of, lib

Pattern = Union[str, bytes]
EXTENDED, BASIC, FIXED = range(3)


class Found(bytes):
    """A line that a search found, its newline included. `number`: lines that start before it.
    `selected`: it matches, and is no line of context."""

    number: int
    selected: bool


def make_search_options(*, syntax: int, max_count: Optional[int], before: int, after: int,
                        between: Optional[tuple[int, int]], **flags: bool) -> SearchOptions:
    """Options as the C function takes them."""
    for name, value in (("max_count", max_count or 0), ("before", before), ("after", after)):
        if not 0 <= value < 2**64:
            raise ValueError(f"{name} is out of range")
    options = SearchOptions(ctypes.sizeof(SearchOptions), syntax)
    for name, flag in flags.items():
        setattr(options, name, int(flag))
    options.max_count = max_count or 0
    options.before, options.after = before, after
    if between is not None:
        options.between = 1
        options.start, options.end = between
    return options


def search(handle: Handle, patterns: tuple[Pattern, ...], options: SearchOptions) -> list[Found]:
    """The lines that match any of the patterns."""
    if not all(isinstance(pattern, (str, bytes)) for pattern in patterns):
        raise TypeError("a pattern is str or bytes")
    given = [pattern.encode() if isinstance(pattern, str) else bytes_of(pattern)
             for pattern in patterns]
    lines: list[Found] = []
    raised = handle.raised

    def take(_: object, found: Any) -> int:
        try:
            place = found.contents
            line = Found(ctypes.string_at(place.data, place.size))
            line.number, line.selected = place.number, bool(place.selected)
            lines.append(line)
            return Code.OK
        except BaseException as error:  # pylint: disable=broad-except  # must not pass through C
            raised.append(error)
            return -1

    count = len(given)
    with handle.using() as reader:
        handle.check(lib.search(reader, (ctypes.c_char_p * count)(*given),
                                (ctypes.c_size_t * count)(*map(len, given)), count,
                                ctypes.byref(options), FoundFunction(take), None, None))
    return lines
