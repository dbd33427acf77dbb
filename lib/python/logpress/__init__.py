"""logpress: lossless compression of logs.

    import logpress

    packed = logpress.compress(data)              # bytes to an archive, and back
    data = logpress.decompress(packed)

    with logpress.open("app.log.lpz", "rt") as log:   # as a file, to read or write
        for line in log: ...

    with logpress.Writer("app.log.lpz") as log:   # a stream
        log.write(b"2024-05-17 12:00:00 INFO ready\\n")

    with logpress.Archive("app.log.lpz") as log:  # lines from anywhere in an archive
        print(len(log), log[-1], log[10:20])
        for line in log.between(start, end):
            print(line.number, line.time, line)
        for line in log.search("ERROR|timeout"):      # what cannot match is not decoded
            print(line.number, line)
        for statement in log.statements():            # what they were written with
            print(statement.lines, statement.text)
        for row in log.rows():                        # and each taken apart
            print(row.header, row.statement_id, row.values)

A thin layer over the C library liblogpress.so.0, with nothing to compile. Whatever the bytes of an
archive, the worst that happens is an Error; what the system refuses is an OSError. Objects may be used
by several threads, which take turns; calls of different objects run at the same time, for they do not
hold Python's lock.
"""
from ._archive import Archive
from ._blocks import Block, Column, Template
from ._buffers import Context, compress, decompress
from ._dictionary import Dictionary, train
from ._file import open  # pylint: disable=redefined-builtin
from ._library import Backend, Code, ColumnKind, Error, TimeKind, ValueType, version
from ._lines import Line, LineRange, TimeRange
from ._rows import Row, Slot, Statement, Value
from ._search import Found
from ._splits import Split
from ._writer import Totals, Writer

__all__ = [
    "Archive", "Backend", "Block", "Code", "Column", "ColumnKind", "Context", "Dictionary", "Error", "Found",
    "Line", "LineRange", "Row", "Slot", "Split", "Statement", "Template", "TimeKind", "TimeRange", "Totals",
    "Value", "ValueType", "Writer", "compress", "decompress", "open", "train", "version",
]
__version__ = version()
