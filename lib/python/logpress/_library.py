"""The C library as ctypes sees it: where it is, its structs and functions, its errors.

What the functions do is described in logpress.h; this file only repeats their types.
"""
from __future__ import annotations

import ctypes
import enum
import os
import pathlib
import sysconfig
from ctypes import POINTER, c_char_p, c_int, c_int64, c_size_t, c_uint64, c_void_p
from typing import Any, Optional, Type

_NAME = "liblogpress.so.0"


class Code(enum.IntEnum):
    """What went wrong, for programs. The values never change their meaning."""

    OK = 0
    END = 1
    INVALID_ARGUMENT = 2
    MISUSE = 3
    NOT_AN_ARCHIVE = 4
    DAMAGED = 5
    UNSUPPORTED = 6
    MEMORY_LIMIT = 7
    OUT_OF_MEMORY = 8
    BUFFER_TOO_SMALL = 9
    OUT_OF_RANGE = 10
    IO_ERROR = 11
    INTERNAL = 12
    WRONG_DICTIONARY = 13


class Backend(enum.IntEnum):
    """What packs the streams of a block; AUTO is what the level says, DICTIONARY only what blocks say."""

    AUTO = 0
    STORE = 1
    ZSTD = 2
    XZ = 3
    MIX = 4
    BLEND = 5
    DICTIONARY = 6


class TimeKind(enum.IntEnum):
    """What the time of a line or block is; see docs/timestamps.md of logpress."""

    NONE = 0
    INSTANT = 1
    ANY_YEAR = 2
    ANY_DAY = 3
    SEVERAL = 4


class ColumnKind(enum.IntEnum):
    """What the values of a column are."""

    TEXT = 0
    NUMBER = 1
    TIME = 2


class ValueType(enum.IntEnum):
    """What kind of thing a value is: the categories of VALB."""

    OBJECT_ID = 0
    LOCATION = 1
    OBJECT_NAME = 2
    TYPE = 3
    SWITCH = 4
    TIME = 5
    RESOURCE = 6
    AMOUNT = 7
    STATUS = 8
    OTHER = 9


def named(kind: Type[enum.IntEnum], value: int) -> Any:
    """`value` as a member of `kind`; as it is when only a newer version of this module knows it."""
    try:
        return kind(value)
    except ValueError:
        return value


class Error(Exception):
    """What logpress could not do. `code` is for programs, `message` for people."""

    def __init__(self, code: int, message: str = "") -> None:
        self.code: Code = named(Code, code)
        self.message = message or code_name(code)
        super().__init__(self.message)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (int(self.code), self.message)


class Options(ctypes.Structure):
    """struct logpress_options"""

    _fields_ = [
        ("struct_size", c_size_t), ("level", c_int), ("backend", c_int), ("block_size", c_uint64),
        ("threads", c_int), ("checks", c_int), ("executor", c_void_p), ("memory_limit", c_uint64),
        ("flush_interval", c_uint64), ("allocator", c_void_p), ("dictionary", c_void_p),
        ("bare", c_int),
    ]


# Callbacks return an int; the bytes come as plain addresses.
WriteFunction = ctypes.CFUNCTYPE(c_int, c_void_p, c_void_p, c_size_t)
ReadFunction = ctypes.CFUNCTYPE(c_int, c_void_p, c_uint64, c_void_p, c_size_t)


class Source(ctypes.Structure):
    """struct logpress_source"""

    _fields_ = [("size", c_uint64), ("read_at", ReadFunction), ("opaque", c_void_p)]


class TotalsStruct(ctypes.Structure):
    """struct logpress_totals"""

    _fields_ = [("struct_size", c_size_t), ("raw_bytes", c_uint64), ("packed_bytes", c_uint64),
                ("lines", c_uint64), ("blocks", c_uint64)]


class ArchiveInfo(ctypes.Structure):
    """struct logpress_archive_info"""

    _fields_ = [("struct_size", c_size_t), ("lines", c_uint64), ("blocks", c_uint64),
                ("raw_bytes", c_uint64), ("packed_bytes", c_uint64), ("archives", c_uint64)]


class BlockInfo(ctypes.Structure):
    """struct logpress_block_info"""

    _fields_ = [
        ("struct_size", c_size_t), ("offset", c_uint64), ("packed_bytes", c_uint64),
        ("raw_bytes", c_uint64), ("first_line", c_uint64), ("lines", c_uint64),
        ("starts_inside_a_line", c_int), ("has_structure", c_int), ("templates", c_uint64),
        ("time_kind", c_int), ("lowest_time", c_int64), ("highest_time", c_int64),
        ("backend", c_int), ("level", c_int),
    ]


class TemplateStruct(ctypes.Structure):
    """struct logpress_template"""

    _fields_ = [("rows", c_uint64), ("slots", c_size_t)]


class LineStruct(ctypes.Structure):
    """struct logpress_line"""

    _fields_ = [("data", c_void_p), ("size", c_size_t), ("number", c_uint64), ("time_kind", c_int),
                ("time", c_int64)]


class SearchOptions(ctypes.Structure):
    """struct logpress_search_options; `start` and `end` are its from and to"""

    _fields_ = [
        ("struct_size", c_size_t), ("syntax", c_int), ("ignore_case", c_int),
        ("whole_words", c_int), ("whole_lines", c_int), ("invert", c_int), ("offsets", c_int),
        ("max_count", c_uint64), ("before", c_uint64), ("after", c_uint64),
        ("first_line", c_uint64), ("lines", c_uint64), ("between", c_int), ("start", c_int64),
        ("end", c_int64),
    ]


class FoundStruct(ctypes.Structure):
    """struct logpress_found"""

    _fields_ = [("data", c_void_p), ("size", c_size_t), ("number", c_uint64), ("offset", c_uint64),
                ("selected", c_int)]


class ValueStruct(ctypes.Structure):
    """struct logpress_value"""

    _fields_ = [("type", c_int), ("data", c_void_p), ("size", c_size_t)]


class FieldStruct(ctypes.Structure):
    """struct logpress_field"""

    _fields_ = [("name", c_char_p), ("data", c_void_p), ("size", c_size_t)]


class StatementStruct(ctypes.Structure):
    """struct logpress_statement"""

    _fields_ = [
        ("struct_size", c_size_t), ("id", c_char_p), ("text", c_void_p), ("text_size", c_size_t),
        ("slots", c_size_t), ("lines", c_uint64), ("time_kind", c_int), ("first_time", c_int64),
        ("last_time", c_int64),
    ]


class RowStruct(ctypes.Structure):
    """struct logpress_row"""

    _fields_ = [
        ("struct_size", c_size_t), ("number", c_uint64), ("statement_id", c_char_p),
        ("template_id", c_char_p), ("text", c_void_p), ("text_size", c_size_t),
        ("content", c_void_p), ("content_size", c_size_t), ("values", POINTER(ValueStruct)),
        ("value_count", c_size_t), ("fields", POINTER(FieldStruct)), ("field_count", c_size_t),
        ("time_kind", c_int), ("time", c_int64),
    ]


FoundFunction = ctypes.CFUNCTYPE(c_int, c_void_p, POINTER(FoundStruct))

_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "code_name": (c_char_p, [c_int]),
    "version": (c_char_p, []),
    "compress_bound": (c_uint64, [c_uint64]),
    "bare_size": (c_int, [c_char_p, c_size_t, POINTER(c_uint64)]),
    "train": (c_int, [c_char_p, c_size_t, c_void_p, c_size_t, POINTER(c_size_t)]),
    "dictionary_new": (c_int, [POINTER(Options), c_char_p, c_size_t, POINTER(c_void_p)]),
    "dictionary_id": (c_uint64, [c_void_p]),
    "dictionary_message": (c_char_p, [c_void_p]),
    "dictionary_free": (None, [c_void_p]),
    "decompressed_size": (c_int, [c_char_p, c_size_t, POINTER(c_uint64)]),
    "context_new": (c_int, [POINTER(Options), POINTER(c_void_p)]),
    "context_compress": (c_int, [c_void_p, c_char_p, c_size_t, c_void_p, c_size_t,
                                 POINTER(c_size_t)]),
    "context_decompress": (c_int, [c_void_p, c_char_p, c_size_t, c_void_p, c_size_t,
                                   POINTER(c_size_t)]),
    "context_message": (c_char_p, [c_void_p]),
    "context_free": (None, [c_void_p]),
    "writer_new": (c_int, [POINTER(Options), WriteFunction, c_void_p, POINTER(c_void_p)]),
    "writer_open": (c_int, [POINTER(Options), c_char_p, c_int, POINTER(c_void_p)]),
    "writer_append": (c_int, [c_void_p, c_char_p, c_size_t]),
    "writer_flush": (c_int, [c_void_p]),
    "writer_poll": (c_int, [c_void_p, POINTER(c_uint64)]),
    "writer_finish": (c_int, [c_void_p]),
    "writer_totals": (c_int, [c_void_p, POINTER(TotalsStruct)]),
    "writer_message": (c_char_p, [c_void_p]),
    "writer_free": (None, [c_void_p]),
    "reader_open": (c_int, [POINTER(Options), POINTER(Source), POINTER(c_void_p)]),
    "reader_open_memory": (c_int, [POINTER(Options), c_char_p, c_size_t, POINTER(c_void_p)]),
    "reader_open_file": (c_int, [POINTER(Options), c_char_p, POINTER(c_void_p)]),
    "reader_info": (c_int, [c_void_p, POINTER(ArchiveInfo)]),
    "reader_damage": (c_char_p, [c_void_p]),
    "reader_block": (c_int, [c_void_p, c_uint64, POINTER(BlockInfo)]),
    "reader_read_block": (c_int, [c_void_p, c_uint64, POINTER(c_void_p), POINTER(c_size_t)]),
    "reader_metadata": (c_int, [c_void_p, c_uint64, POINTER(c_void_p)]),
    "reader_message": (c_char_p, [c_void_p]),
    "reader_free": (None, [c_void_p]),
    "reader_lines": (c_int, [c_void_p, c_uint64, c_uint64, POINTER(c_void_p)]),
    "reader_lines_between": (c_int, [c_void_p, c_int64, c_int64, POINTER(c_void_p)]),
    "search": (c_int, [c_void_p, POINTER(c_char_p), POINTER(c_size_t), c_size_t,
                       POINTER(SearchOptions), FoundFunction, c_void_p, c_void_p]),
    "metadata_templates": (c_size_t, [c_void_p]),
    "metadata_template": (c_int, [c_void_p, c_size_t, POINTER(TemplateStruct)]),
    "metadata_is_exception": (c_int, [c_void_p, c_size_t]),
    "metadata_literal": (c_int, [c_void_p, c_size_t, c_size_t, POINTER(c_void_p),
                                 POINTER(c_size_t)]),
    "metadata_slot": (c_int, [c_void_p, c_size_t, c_size_t, POINTER(c_size_t)]),
    "metadata_columns": (c_size_t, [c_void_p]),
    "metadata_column": (c_int, [c_void_p, c_size_t, POINTER(c_int), POINTER(c_char_p)]),
    "metadata_distinct": (c_uint64, [c_void_p, c_size_t]),
    "metadata_message": (c_char_p, [c_void_p]),
    "metadata_free": (None, [c_void_p]),
    "lines_next": (c_int, [c_void_p, POINTER(LineStruct)]),
    "lines_next_many": (c_int, [c_void_p, POINTER(LineStruct), c_size_t, POINTER(c_size_t)]),
    "lines_previous": (c_int, [c_void_p, POINTER(LineStruct)]),
    "lines_to_last": (None, [c_void_p]),
    "lines_message": (c_char_p, [c_void_p]),
    "lines_free": (None, [c_void_p]),
    "reader_statements": (c_int, [c_void_p, POINTER(c_void_p)]),
    "statements_count": (c_size_t, [c_void_p]),
    "statements_get": (c_int, [c_void_p, c_size_t, POINTER(StatementStruct)]),
    "statements_slot": (c_int, [c_void_p, c_size_t, c_size_t, POINTER(c_int),
                                POINTER(POINTER(ValueStruct)), POINTER(c_size_t)]),
    "statements_rows": (c_int, [c_void_p, c_uint64, c_uint64, POINTER(c_void_p)]),
    "statements_rows_between": (c_int, [c_void_p, c_int64, c_int64, POINTER(c_void_p)]),
    "statements_message": (c_char_p, [c_void_p]),
    "statements_free": (None, [c_void_p]),
    "rows_next": (c_int, [c_void_p, POINTER(RowStruct)]),
    "rows_message": (c_char_p, [c_void_p]),
    "rows_free": (None, [c_void_p]),
}


def _find() -> str:
    """The library: the one named by LOGPRESS_LIBRARY, that of the prefix this module was installed
    to, or what the dynamic loader finds."""
    named = os.environ.get("LOGPRESS_LIBRARY")
    if named:
        return named
    multiarch = sysconfig.get_config_var("MULTIARCH") or ""
    for folder in pathlib.Path(__file__).resolve().parents:
        if folder.name == "lib":
            for place in (folder / _NAME, folder / multiarch / _NAME):
                if place.is_file():
                    return str(place)
    return _NAME


class _Functions:
    """The functions, by their names without the prefix `logpress_`."""

    def __init__(self, path: str) -> None:
        try:
            library = ctypes.CDLL(path, use_errno=True)
        except OSError as error:
            raise ImportError(f"logpress needs {_NAME} (Debian: liblogpress0): {error}") from error
        for name, (result, arguments) in _FUNCTIONS.items():
            function = getattr(library, "logpress_" + name)
            function.restype = result
            function.argtypes = arguments
            setattr(self, name, function)

    def __getattr__(self, name: str) -> Any:  # tells type checkers that there are such
        raise AttributeError(name)


lib = _Functions(_find())


def text(message: Optional[bytes]) -> str:
    """A string of the library. File names in messages may be any bytes."""
    return (message or b"").decode("utf-8", "backslashreplace")


def code_name(code: int) -> str:
    """A few words for a code."""
    return text(lib.code_name(code))


def version() -> str:
    """The version of the C library."""
    return text(lib.version())


def make_options(*, level: int = 0, backend: int = 0, block_size: int = 0, threads: int = 1,
                 checks_all: bool = False, memory_limit: int = 0,
                 flush_interval: float = 0, dictionary: Optional[c_void_p] = None,
                 bare: int = 0) -> Options:
    """Options as the C functions take them. Numbers that C has no room for are a ValueError: ctypes
    would cut them."""
    milliseconds = round(flush_interval * 1000)
    if flush_interval > 0:
        milliseconds = max(milliseconds, 1)
    for name, value, top in (("block_size", block_size, 2**64), ("memory_limit", memory_limit, 2**64),
                             ("flush_interval", milliseconds, 2**64)):
        if not 0 <= value < top:
            raise ValueError(f"{name} is out of range")
    for name, value in (("level", level), ("threads", threads), ("backend", backend)):
        if not -(2**31) <= value < 2**31:
            raise ValueError(f"{name} is out of range")
    return Options(ctypes.sizeof(Options), level, backend, block_size, threads, int(checks_all),
                   None, memory_limit, milliseconds, None, dictionary, bare)


def path_bytes(path: "os.PathLike[Any] | str | bytes") -> bytes:
    """A path as C takes it."""
    name = os.fsencode(path)
    if b"\0" in name:
        raise ValueError("embedded null byte")
    return name


def bytes_of(data: Any) -> bytes:
    """`data` as bytes, which C may look into while Python runs on: copied if it is not bytes."""
    if type(data) is bytes:
        return data
    with memoryview(data) as view:
        return view.tobytes()
