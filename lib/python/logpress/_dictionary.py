"""Trained dictionaries, for small values."""
from __future__ import annotations

import ctypes
from typing import Optional, Union

from ._handle import Handle
from ._library import Error, Code, bytes_of, lib

Buffer = Union[bytes, bytearray, memoryview]


class Dictionary:
    """A trained dictionary, from the bytes that train() or `logpress train` made.

    Any number of contexts, writers and archives may use it, also when it was closed since. What was
    packed with a dictionary is read with that dictionary alone.
    """

    def __init__(self, data: Buffer) -> None:
        source = bytes_of(data)
        self._handle = Handle(lib.dictionary_free, lib.dictionary_message)
        self._handle.check(lib.dictionary_new(None, source, len(source),
                                              ctypes.byref(self._handle.pointer)))
        self.id = int(lib.dictionary_id(self._handle.pointer))  #: By which errors name it.

    def close(self) -> None:
        """Frees it, once nothing uses it any more. Also done when it is collected."""
        self._handle.close()


def train(samples: Buffer, max_size: int = 1 << 20) -> bytes:
    """A dictionary of at most `max_size` bytes for logs like `samples`, some MB of lines."""
    source = bytes_of(samples)
    made = ctypes.create_string_buffer(max(max_size, 1))
    written = ctypes.c_size_t()
    code = lib.train(source, len(source), made, max_size, ctypes.byref(written))
    if code != Code.OK:
        raise Error(code, "the samples have too little in common, or max_size is too small")
    return made.raw[:written.value]


def pointer_of(dictionary: Optional[Dictionary]) -> Optional[ctypes.c_void_p]:
    """What goes into the options."""
    if dictionary is None:
        return None
    with dictionary._handle.using() as pointer:  # pylint: disable=protected-access
        return pointer
