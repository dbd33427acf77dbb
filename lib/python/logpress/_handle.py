"""A handle of the C library: used by one thread at a time, freed once."""
from __future__ import annotations

import collections
import ctypes
import os
import threading
from contextlib import contextmanager
from typing import Any, Callable, Iterator, Optional

from ._library import Code, Error, text


class Handle:
    """Owns a C handle and those made from it, its children.

    ctypes lets other threads run during a call, so calls take turns. Objects may be collected at any
    time, on any thread, also while a callback runs inside a call: what they own is freed when no
    call is running, and children always before their parent.
    """

    def __init__(self, free: Callable[[Any], None], message: Callable[[Any], Optional[bytes]]):
        self.pointer = ctypes.c_void_p()
        # What callbacks raised during the present call. A list of its own, for callbacks to refer to
        # without referring to what keeps them alive.
        self.raised: list[BaseException] = []
        self.keep: Any = None  # what the C handle points to
        self.path: Optional[bytes] = None  # of the file that it reads or writes
        self._free = free
        self._message = message
        self._lock = threading.Lock()
        self._caller: Optional[int] = None
        self._children: dict[int, Callable[[Any], None]] = {}
        self._unused: collections.deque[int] = collections.deque()  # children to be freed

    @contextmanager
    def using(self) -> Iterator[ctypes.c_void_p]:
        """The pointer, for calls in the body. Error when it is closed, or in use by the caller."""
        if self._caller == threading.get_ident():
            raise Error(Code.MISUSE, "a callback uses the object that called it")
        with self._lock:
            if not self.pointer:
                raise Error(Code.MISUSE, "it is closed")
            self._caller = threading.get_ident()
            try:
                yield self.pointer
            finally:
                self._caller = None
                self._free_unused()

    def check(self, code: int, message: Optional[bytes] = None) -> None:
        """Raises an Error unless `code` is OK; its message is this handle's unless given. What a
        callback raised is its cause, or comes through when it is no Exception. What the system did
        not do with the file is an OSError, such as FileNotFoundError."""
        errno = ctypes.get_errno()
        raised = self.raised[0] if self.raised else None
        self.raised.clear()
        if raised is not None and not isinstance(raised, Exception):
            raise raised
        if code == Code.IO_ERROR and errno != 0 and self.path is not None:
            raise OSError(errno, os.strerror(errno), os.fsdecode(self.path))
        if code != Code.OK:
            given = message if message is not None else self._message(self.pointer)
            raise Error(code, text(given)) from raised

    def adopt(self, child: ctypes.c_void_p, free: Callable[[Any], None]) -> int:
        """Owns a child. Inside using()."""
        assert child.value is not None
        self._children[child.value] = free
        return child.value

    def release(self, child: int) -> None:
        """Frees a child, now or after the present call. Any thread, also inside a call."""
        self._unused.append(child)
        if self._lock.acquire(blocking=False):
            try:
                self._free_unused()
            finally:
                self._lock.release()

    def _free_unused(self) -> None:
        while self._unused:
            child = self._unused.popleft()
            free = self._children.pop(child, None)  # None: it went with its parent
            if free is not None:
                free(child)

    def close(self) -> None:
        """Frees everything. Again: does nothing."""
        if self._caller == threading.get_ident():
            raise Error(Code.MISUSE, "a callback closes the object that called it")
        with self._lock:
            for child, free in reversed(self._children.items()):  # some are made from others
                free(child)
            self._children.clear()
            self._unused.clear()
            pointer, self.pointer = self.pointer, ctypes.c_void_p()
            if pointer:
                self._free(pointer)

    def __del__(self) -> None:
        # Nothing refers to it, so no call is running.
        if getattr(self, "_lock", None) is not None:
            self.close()
