"""The module logpress, on what the sample logs and the golden archives hold.

    PYTHONPATH=lib/python LOGPRESS_LIBRARY=build/release/lib/liblogpress.so.0 python3 tests/python/logpress_test.py
"""
import copy
import datetime
import errno
import gc
import io
import json
import mmap
import os
import pathlib
import pickle
import random
import re
import subprocess
import sys
import tempfile
import threading
import unittest
import warnings
import weakref
from unittest import mock

import logpress

ROOT = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
UTC = datetime.timezone.utc
START = datetime.datetime(2024, 5, 17, 12, tzinfo=UTC)
SECOND = datetime.timedelta(seconds=1)


def log(lines):
    """A log with a line a second."""
    return b"".join(b"%s INFO job %d done\n" % ((START + i * SECOND).strftime("%F %T").encode(), i)
                    for i in range(lines))


LINES = log(3000).splitlines(keepends=True)
PACKED = logpress.compress(log(3000), block_size=20000)


class Buffers(unittest.TestCase):
    def test_what_comes_back_is_what_went_in(self):
        for data in (b"", b"x", b"no newline", b"\0\n\xff\r\n" * 100, os.urandom(5000), log(500)):
            for level in (1, 5):
                self.assertEqual(logpress.decompress(logpress.compress(data, level)), data)
        self.assertEqual(logpress.decompress(logpress.compress(log(20), level=9)), log(20))

    def test_any_buffer_is_taken(self):
        data = log(100)
        packed = logpress.compress(data)
        for kind in (bytearray, memoryview, lambda d: memoryview(bytearray(d))):
            self.assertEqual(logpress.compress(kind(data)), packed)
            self.assertEqual(logpress.decompress(kind(packed)), data)
        for wrong in ("text", 5, None, [1, 2]):
            with self.assertRaises(TypeError):
                logpress.compress(wrong)

    def test_small_blocks_fit_their_buffer(self):
        data = log(200)
        packed = logpress.compress(data, block_size=64)
        self.assertEqual(logpress.decompress(packed), data)
        self.assertGreater(len(logpress.Archive(packed).blocks), 100)

    def test_small_values_with_a_dictionary(self):
        lines = [b"2024-05-17 12:00:%02d INFO request %d took %d ms\n" % (i % 60, i, i * 31 % 997)
                 for i in range(5000)]
        made = logpress.train(b"".join(lines))
        self.assertLessEqual(len(logpress.train(b"".join(lines), 2000)), 2000)
        dictionary = logpress.Dictionary(made)
        value = b"".join(lines[100:120])
        packed = logpress.compress(value, dictionary=dictionary)
        self.assertLess(len(packed), len(logpress.compress(value)))
        self.assertEqual(logpress.decompress(packed, dictionary=dictionary), value)
        with self.assertRaises(logpress.Error) as raised:
            logpress.decompress(packed)
        self.assertEqual(raised.exception.code, logpress.Code.WRONG_DICTIONARY)
        self.assertIn(f"{dictionary.id:016x}", str(raised.exception))
        with logpress.Archive(packed, dictionary=dictionary) as archive:
            self.assertEqual(archive[3], lines[103])
        with logpress.Context(dictionary=dictionary, bare=True) as context:
            bare = context.compress(value)
            self.assertLess(len(bare), len(packed))
            dictionary.close()
            self.assertEqual(context.decompress(bare), value)
        with self.assertRaises(logpress.Error):
            logpress.train(b"no\nlog\n")
        with self.assertRaises(logpress.Error):
            logpress.Dictionary(b"something else")

    def test_a_context_is_used_again_also_after_an_error(self):
        with logpress.Context(level=1) as context:
            for lines in (1, 300, 20):
                packed = context.compress(log(lines))
                with self.assertRaises(logpress.Error):
                    context.decompress(packed[:-30])
                self.assertEqual(context.decompress(packed), log(lines))
        with self.assertRaises(logpress.Error) as raised:
            context.compress(b"")
        self.assertEqual(raised.exception.code, logpress.Code.MISUSE)

    def test_the_size_that_an_archive_states_is_not_believed(self):
        packed = logpress.compress(bytes(100_000))
        with self.assertRaises(logpress.Error) as raised:
            logpress.decompress(packed, limit=99_999)
        self.assertEqual(raised.exception.code, logpress.Code.MEMORY_LIMIT)
        self.assertEqual(len(logpress.decompress(packed, limit=100_000)), 100_000)

    def test_errors_say_what_and_why(self):
        with self.assertRaises(logpress.Error) as raised:
            logpress.compress(b"", level=12)
        error = raised.exception
        self.assertEqual(error.code, logpress.Code.INVALID_ARGUMENT)
        self.assertIn("level is 12", error.message)
        self.assertEqual(str(error), error.message)
        again = pickle.loads(pickle.dumps(error))
        self.assertEqual((again.code, again.message), (error.code, error.message))
        with self.assertRaises(logpress.Error) as raised:
            logpress.decompress(b"this is no archive")
        self.assertEqual(raised.exception.code, logpress.Code.NOT_AN_ARCHIVE)
        for options in ({"block_size": 2**64}, {"block_size": -1}, {"threads": 2**31}):
            with self.assertRaises(ValueError):
                logpress.compress(b"", **options)


class Lines(unittest.TestCase):
    def test_an_archive_is_a_sequence_of_its_lines(self):
        archive = logpress.Archive(PACKED)
        self.assertEqual(len(archive), 3000)
        self.assertEqual(list(archive), LINES)
        self.assertEqual(list(reversed(archive)), LINES[::-1])
        for i in (0, 1, 299, 2999, -1, -3000):
            self.assertEqual(archive[i], LINES[i])
            self.assertEqual(archive[i].number, i % 3000)
        for i in (3000, -3001, 2**70):
            with self.assertRaises(IndexError):
                archive[i]  # pylint: disable=pointless-statement
        with self.assertRaises(TypeError):
            archive["1"]  # pylint: disable=pointless-statement
        self.assertIn(LINES[77], archive)
        self.assertEqual(archive.index(LINES[5]), 5)

    def test_slices_are_those_of_a_list(self):
        archive = logpress.Archive(PACKED)
        bounds = (None, 0, 10, 20, 2995, 5000, -1, -10, -4000)
        for start in bounds:
            for stop in bounds:
                for step in (None, 7, -1, -7):
                    cut = archive[start:stop:step]
                    expected = LINES[start:stop:step]
                    self.assertEqual(len(cut), len(expected))
                    if step not in (None, -1) or len(expected) < 100:
                        self.assertEqual(list(cut), expected)
        cut = archive[100:200]
        self.assertEqual(list(cut[-10:]), LINES[190:200])
        self.assertEqual(list(reversed(cut[::3])), LINES[100:200:3][::-1])
        self.assertEqual((cut[0].number, cut[-1].number), (100, 199))
        self.assertEqual(list(cut), list(cut))  # any number of times
        with self.assertRaises(ValueError):
            archive[::0]  # pylint: disable=pointless-statement

    def test_a_walk_fetches_many_lines_at_once(self):
        library = sys.modules["logpress._archive"].lib
        with mock.patch.object(library, "lines_next_many", wraps=library.lines_next_many) as fetch:
            self.assertEqual(list(logpress.Archive(PACKED)), LINES)
        self.assertLess(fetch.call_count, 50)

    def test_lines_know_their_time(self):
        line = logpress.Archive(PACKED)[42]
        self.assertIsInstance(line, bytes)
        self.assertEqual(line.time, START + 42 * SECOND)
        self.assertEqual(line.time_kind, logpress.TimeKind.INSTANT)
        self.assertEqual(line.microseconds, (int(START.timestamp()) + 42) * 1_000_000)
        self.assertIsNone(logpress.Archive(logpress.compress(b"a\nb\n"))[1].time)
        yearless = logpress.Archive(logpress.compress(b"".join(
            b"Nov 23 07:17:%02d web01 sshd[1]: closed\n" % i for i in range(60))))[3]
        self.assertEqual(yearless.time_kind, logpress.TimeKind.ANY_YEAR)
        self.assertIsNone(yearless.time)

    def test_ranges_of_time(self):
        archive = logpress.Archive(PACKED)
        start, end = START + 600 * SECOND, START + 660 * SECOND
        expected = LINES[600:660]
        self.assertEqual(list(archive.between(start, end)), expected)
        self.assertEqual(list(reversed(archive.between(start, end))), expected[::-1])
        for convert in (datetime.datetime.timestamp, lambda t: int(t.timestamp()),
                        lambda t: t.replace(tzinfo=None),  # as the log prints it
                        lambda t: t.astimezone(datetime.timezone(datetime.timedelta(hours=5)))):
            self.assertEqual(list(archive.between(convert(start), convert(end))), expected)
        self.assertEqual(list(archive.between(end=START + 3 * SECOND)), LINES[:3])
        self.assertEqual(list(archive.between(START + 2998 * SECOND)), LINES[2998:])
        self.assertEqual(list(archive.between()), LINES)
        self.assertEqual(list(archive.between(float("-inf"), float("inf"))), LINES)
        self.assertEqual(list(archive.between(-1e30, 10**30)), LINES)
        self.assertEqual(list(archive.between(end, start)), [])
        with self.assertRaises(ValueError):
            archive.between(float("nan"))

    def test_every_source_gives_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "a.lpz"
            path.write_bytes(PACKED)
            with open(path, "rb") as file, open(path, "rb", buffering=0) as raw, \
                    mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
                for source in (path, str(path), file, raw, io.BytesIO(PACKED), memoryview(mapped),
                               bytearray(PACKED)):
                    with logpress.Archive(source) as archive:
                        self.assertEqual(list(archive[:100]), LINES[:100])
                        self.assertEqual(archive.packed_bytes, len(PACKED))
                        self.assertIsNone(archive.damage)
                    del source, archive
                    gc.collect()
                self.assertFalse(file.closed)
            with self.assertRaises(FileNotFoundError) as raised:
                logpress.Archive(path.with_name("other"))
            self.assertEqual(raised.exception.filename, str(path.with_name("other")))
            with self.assertRaises(ValueError):
                logpress.Archive(str(path) + "\0.lpz")


class Search(unittest.TestCase):
    def test_lines_that_match_know_their_number(self):
        with logpress.Archive(PACKED) as archive:
            found = archive.search("job (7|1234) ")
            self.assertEqual(found, [LINES[7], LINES[1234]])
            self.assertEqual([line.number for line in found], [7, 1234])
            self.assertEqual(archive.search("job .00 ", b"JOB 5", fixed=True), [])
            self.assertEqual(len(archive.search(b"INFO", "nothing", fixed=True)), len(LINES))
            self.assertEqual(archive.search(), [])

    def test_options(self):
        with logpress.Archive(PACKED) as archive:
            around = archive.search("JOB 10", ignore_case=True, whole_words=True, before=1, after=1)
            self.assertEqual(around, LINES[9:12])
            self.assertEqual([line.selected for line in around], [False, True, False])
            self.assertEqual(archive.search("job 1", max_count=2), [LINES[1], LINES[10]])
            self.assertEqual(archive.search("job 1", max_count=0), [])
            self.assertEqual(archive.search("", start=START + SECOND, end=START + 3 * SECOND),
                             LINES[1:3])
            self.assertEqual(archive.search("job [0-9]+", invert=True), [])

    def test_what_is_no_pattern_says_why(self):
        archive = logpress.Archive(PACKED)
        with self.assertRaisesRegex(logpress.Error, "without its") as caught:
            archive.search("(a")
        self.assertEqual(caught.exception.code, logpress.Code.INVALID_ARGUMENT)
        with self.assertRaises(TypeError):
            archive.search(7)
        with self.assertRaises(ValueError):
            archive.search("a", before=-1)
        archive.close()
        with self.assertRaisesRegex(logpress.Error, "closed"):
            archive.search("a")


class Statements(unittest.TestCase):
    def test_statements_are_counted_timed_and_typed(self):
        statement, = logpress.Archive(PACKED).statements()
        self.assertEqual((statement.text, statement.lines), (b"job <*> done", len(LINES)))
        self.assertRegex(statement.id, "^[0-9a-f]{12}$")
        self.assertEqual(statement.first_time, START)
        self.assertEqual(statement.last_time, START + (len(LINES) - 1) * SECOND)
        slot, = statement.slots
        self.assertEqual(slot.type, logpress.ValueType.OBJECT_ID)
        self.assertEqual(slot.examples[0], b"0")

    def test_rows_are_lines_taken_apart(self):
        archive = logpress.Archive(PACKED)
        statement, = archive.statements()
        rows = list(archive.rows())
        self.assertEqual([row.number for row in rows], list(range(len(LINES))))
        row = rows[7]
        self.assertEqual((row.statement_id, row.template_id), (statement.id, statement.id))
        self.assertEqual((row.text, row.content), (b"job <*> done", b"job 7 done"))
        self.assertEqual((row.values, row.values[0].type), ([b"7"], logpress.ValueType.OBJECT_ID))
        self.assertEqual(row.header["Level"], b"INFO")
        self.assertEqual(row.time, START + 7 * SECOND)
        part = archive.rows(START + SECOND, START + 3 * SECOND)
        self.assertEqual([row.number for row in part], [1, 2])

    def test_rows_end_with_their_archive(self):
        archive = logpress.Archive(PACKED)
        rows = archive.rows()
        next(rows)
        archive.close()
        for use in (lambda: next(rows), archive.statements, lambda: next(archive.rows())):
            with self.assertRaises(logpress.Error):
                use()
        left = logpress.Archive(PACKED).rows()
        gc.collect()
        self.assertEqual(next(left).number, 0)


class Blocks(unittest.TestCase):
    def test_what_is_in_a_block(self):
        archive = logpress.Archive(PACKED)
        blocks = archive.blocks
        self.assertGreater(len(blocks), 3)
        self.assertEqual(sum(block.lines for block in blocks), 3000)
        self.assertEqual(sum(block.raw_bytes for block in blocks), archive.raw_bytes)
        self.assertEqual(b"".join(map(archive.read_block, range(len(blocks)))), log(3000))
        self.assertEqual(blocks[0].lowest_time, int(START.timestamp()) * 1_000_000)
        template, = archive.templates(0)
        self.assertEqual(template.text(), b"<*> INFO job <*> done\n")
        self.assertEqual(template.rows, blocks[0].lines)
        self.assertFalse(template.exception)
        self.assertEqual((blocks[0].backend, blocks[0].level), (logpress.Backend.ZSTD, 5))
        kinds = [archive.columns(0)[column].kind for column in template.columns]
        self.assertEqual(kinds, [logpress.ColumnKind.TIME, logpress.ColumnKind.NUMBER])
        self.assertEqual(archive.columns(0)[template.columns[0]].format, "%Y-%m-%d %H:%M:%S")
        self.assertEqual(archive.read_block(-1), archive.read_block(len(blocks) - 1))
        for wrong in (len(blocks), -len(blocks) - 1, 2**64):
            for read in (archive.read_block, archive.templates, archive.columns):
                with self.assertRaises(IndexError):
                    read(wrong)

    def test_a_block_without_structure_has_no_templates(self):
        archive = logpress.Archive(logpress.compress(os.urandom(3000)))
        self.assertFalse(archive.blocks[0].has_structure)
        self.assertEqual(archive.templates(0), [])
        self.assertEqual(len(logpress.Archive(logpress.compress(b""))), 0)


class Splits(unittest.TestCase):
    def test_splits_are_the_archive_and_even(self):
        archive = logpress.Archive(PACKED)
        blocks = len(archive.blocks)
        self.assertGreater(blocks, 4)
        for count in (1, 2, 3, blocks - 1, blocks, 10 * blocks):
            splits = archive.splits(count)
            self.assertEqual(len(splits), min(count, blocks))
            self.assertEqual([line for split in splits for line in archive.read(split)], LINES)
            self.assertEqual(sum(split.blocks for split in splits), blocks)
            self.assertEqual(sum(split.raw_bytes for split in splits), archive.raw_bytes)
            mean = archive.raw_bytes / len(splits)
            self.assertLess(max(split.raw_bytes for split in splits), mean + 20100)

    def test_a_split_is_read_by_another_process(self):
        split = pickle.loads(pickle.dumps(logpress.Archive(PACKED).splits(3)[1]))
        lines = list(logpress.Archive(PACKED).read(split))
        self.assertEqual(lines, LINES[split.first_line:split.first_line + split.lines])
        self.assertEqual(lines[0].number, split.first_line)

    def test_a_line_over_several_blocks_is_in_one_split(self):
        lines = [b"x" * 1000 + b"\n", b"y" * 90_000 + b"\n", b"z\n"]
        archive = logpress.Archive(logpress.compress(b"".join(lines), block_size=5000))
        for count in range(1, 30):
            splits = archive.splits(count)
            self.assertEqual([line for split in splits for line in archive.read(split)], lines)
            self.assertEqual(sum(split.raw_bytes for split in splits), archive.raw_bytes)
            self.assertTrue(all(split.lines for split in splits))
        ends_within = logpress.Archive(logpress.compress(lines[0] + lines[1][:-1], block_size=5000))
        self.assertEqual(sum(len(ends_within.read(split)) for split in ends_within.splits(9)), 2)

    def test_what_cannot_be_divided_or_read(self):
        empty = logpress.Archive(logpress.compress(b""))
        self.assertEqual(empty.splits(4), [])
        with self.assertRaises(ValueError):
            empty.splits(0)
        whole = logpress.Archive(PACKED).splits(1)[0]
        with self.assertRaises(IndexError):
            empty.read(whole)

    def test_the_program_of_the_fleet_page_works(self):
        page = (ROOT / "docs" / "fleet.md").read_text()
        program, = re.findall(r"<!-- program: errors.py -->\n```python\n(.*?)```", page, re.S)
        with tempfile.TemporaryDirectory() as folder:
            for name in ("a.lpz", "b.lpz"):
                pathlib.Path(folder, name).write_bytes(PACKED)
            pathlib.Path(folder, "errors.py").write_text(program)
            ran = subprocess.run([sys.executable, "errors.py", "job 1.* done", "a.lpz", "b.lpz"], cwd=folder,
                                 check=True, stdout=subprocess.PIPE)
        wanted = [{"archive": name, "line": i, "text": line.decode().rstrip("\n")}
                  for name in ("a.lpz", "b.lpz") for i, line in enumerate(LINES) if b"job 1" in line]
        self.assertEqual([json.loads(line) for line in ran.stdout.splitlines()], wanted)


class Writing(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "app.log.lpz")

    def test_a_stream_becomes_a_file(self):
        with logpress.Writer(self.path, level=1) as writer:
            self.assertFalse(writer.closed)
            for line in LINES:
                self.assertEqual(writer.write(line), len(line))
        self.assertTrue(writer.closed)
        writer.close()
        with self.assertRaises(logpress.Error):
            writer.write(b"more")
        self.assertEqual(list(logpress.Archive(self.path)), LINES)

    def test_modes(self):
        with logpress.Writer(self.path, mode="x") as writer:
            writer.write(LINES[0])
        with self.assertRaises(FileExistsError):
            logpress.Writer(self.path, mode="x")
        with self.assertRaises(FileNotFoundError):
            logpress.Writer(os.path.join(self.path + "nowhere", "a.lpz"))
        with logpress.Writer(self.path, mode="a") as writer:
            self.assertEqual(writer.notice, "")
            writer.write(LINES[1])
        self.assertEqual(list(logpress.Archive(self.path)), LINES[:2])
        with open(self.path, "ab") as file:
            file.write(PACKED[:-25])
        with logpress.Writer(self.path, mode="a") as writer:
            self.assertIn("cut off", writer.notice)
        with logpress.Writer(self.path):
            pass
        self.assertEqual(list(logpress.Archive(self.path)), [])
        for wrong in ("r", "rb", ""):
            with self.assertRaises(ValueError):
                logpress.Writer(self.path, mode=wrong)

    def test_flushed_lines_can_be_read_and_counted(self):
        target = io.BytesIO()
        with logpress.Writer(target) as writer:
            writer.write(log(10))
            self.assertEqual(writer.totals.raw_bytes, 0)
            writer.flush()
            self.assertEqual(writer.totals[:1] + writer.totals[2:], (len(log(10)), 10, 1))
            torn = logpress.Archive(target.getvalue())
            self.assertEqual(list(torn), LINES[:10])
            self.assertIsNotNone(torn.damage)
        self.assertEqual(list(logpress.Archive(target.getvalue())), LINES[:10])
        self.assertFalse(target.closed)

    def test_poll_says_when_to_come_again(self):
        with logpress.Writer(io.BytesIO(), flush_interval=3600) as writer:
            self.assertIsNone(writer.poll())
            writer.write(b"x\n")
            self.assertTrue(3500 < writer.poll() <= 3600)

    def leave_by_an_exception(self, mode):
        with self.assertRaises(KeyError):
            with logpress.Writer(self.path, mode=mode) as writer:
                writer.write(LINES[1])
                writer.flush()
                writer.write(LINES[2])
                raise KeyError
        self.assertTrue(writer.closed)

    def test_an_exception_leaves_no_file(self):
        for mode in ("w", "x", "w"):
            self.leave_by_an_exception(mode)
            self.assertEqual(os.listdir(os.path.dirname(self.path)), [])
        link = self.path + ".link"
        os.symlink(self.path, link)
        with self.assertRaises(KeyError):
            with logpress.Writer(link):
                raise KeyError
        self.assertFalse(os.path.exists(self.path))

    def test_an_exception_takes_nothing_from_an_archive_that_was_there(self):
        with logpress.Writer(self.path) as writer:
            writer.write(LINES[0])
        self.leave_by_an_exception("a")
        self.assertEqual(list(logpress.Archive(self.path)), LINES[:2])
        with logpress.Writer(self.path, mode="a") as writer:
            writer.write(LINES[3])
        archive = logpress.Archive(self.path)
        self.assertEqual(list(archive), LINES[:2] + LINES[3:4])
        self.assertIsNone(archive.damage)

    def test_a_full_disk_is_an_error_of_the_system_and_leaves_the_device(self):
        with self.assertRaises(OSError) as raised:
            with logpress.Writer("/dev/full") as writer:
                writer.write(LINES[0])
        self.assertEqual(raised.exception.errno, errno.ENOSPC)
        self.assertTrue(os.path.exists("/dev/full"))

    def test_a_forgotten_writer_is_told(self):
        writer = logpress.Writer(self.path)
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            del writer
            gc.collect()
        self.assertEqual([w.category for w in told], [ResourceWarning])

    def test_a_target_that_takes_bytes_by_halves(self):
        class Halves(io.RawIOBase):
            data = b""

            def writable(self):
                return True

            def write(self, piece):
                taken = bytes(piece[:len(piece) // 2 + 1])
                self.data += taken
                return len(taken)

        target = Halves()
        with logpress.Writer(target) as writer:
            writer.write(log(100))
        self.assertEqual(logpress.decompress(target.data), log(100))

    def test_what_a_target_raises_is_the_cause(self):
        class Broken:
            def __init__(self, error):
                self.error = error

            def write(self, _):
                raise self.error

        for error, expected in ((OSError("disk full"), logpress.Error),
                                (KeyboardInterrupt(), KeyboardInterrupt)):
            with self.assertRaises(expected) as raised:
                with logpress.Writer(Broken(error)) as writer:
                    writer.write(log(10))
                    writer.flush()
            if expected is logpress.Error:
                self.assertIs(raised.exception.__cause__, error)
                self.assertEqual(raised.exception.code, logpress.Code.IO_ERROR)


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, "app.log.lpz")

    def test_an_archive_reads_as_the_log_does(self):
        pathlib.Path(self.path).write_bytes(PACKED)
        with logpress.open(self.path) as file:
            self.assertEqual(file.read(), log(3000))
        with logpress.open(self.path, "rb") as file:
            self.assertEqual(list(file), LINES)
            self.assertEqual(file.read(1), b"")
            self.assertEqual(file.seek(-30, os.SEEK_END), len(log(3000)) - 30)
            self.assertEqual(file.read(), log(3000)[-30:])
            for place in (40_000, 0, 19_990, len(log(3000)) + 5):
                file.seek(place)
                self.assertEqual(file.tell(), place)
                self.assertEqual(file.read(50), log(3000)[place:place + 50])
            self.assertTrue(file.readable() and file.seekable() and not file.writable())
            with self.assertRaises(ValueError):
                file.seek(-(10**9), os.SEEK_CUR)
        with self.assertRaises(ValueError):
            file.read()
        with logpress.open(pathlib.Path(self.path), "rt", encoding="ascii") as file:
            self.assertEqual(file.readline(), LINES[0].decode())
            self.assertEqual(list(file), [line.decode() for line in LINES[1:]])
        with open(self.path, "rb") as packed, logpress.open(packed) as file:
            self.assertEqual(file.readlines(), LINES)
            self.assertFalse(packed.closed)
        with logpress.open(io.BytesIO(logpress.compress(b""))) as file:
            self.assertEqual(file.read(), b"")

    def test_what_is_written_becomes_an_archive(self):
        with logpress.open(self.path, "wb", level=1) as file:
            file.writelines(LINES[:10])
        with logpress.open(self.path, "at", encoding="utf-8", newline="\r\n") as file:
            print("2024-05-17 ü", file=file)
        with logpress.open(self.path, "rt", encoding="utf-8", newline="") as file:
            self.assertEqual(file.readlines()[9:], [LINES[9].decode(), "2024-05-17 ü\r\n"])
        with self.assertRaises(FileExistsError):
            logpress.open(self.path, "xb")
        target = io.BytesIO()
        with logpress.open(target, "w") as file:
            file.write(log(100))
        self.assertEqual(logpress.decompress(target.getvalue()), log(100))

    def test_an_exception_leaves_no_file(self):
        for mode in ("wb", "wt", "xb"):
            with self.assertRaises(KeyError):
                with logpress.open(self.path, mode) as file:
                    file.write(LINES[0].decode() if "t" in mode else LINES[0])
                    raise KeyError
            self.assertTrue(file.closed)
            self.assertEqual(os.listdir(self.folder), [])

    def test_what_cannot_be_opened_says_why(self):
        for mode in ("r", "rb", "rt"):
            with self.assertRaises(FileNotFoundError):
                logpress.open(self.path, mode)
        for mode in ("", "rw", "rbt", "U", "b", "r+", "rbb"):
            with self.assertRaises(ValueError):
                logpress.open(self.path, mode)
        with self.assertRaises(ValueError):
            logpress.open(self.path, "wb", encoding="utf-8")
        with self.assertRaises(LookupError):
            logpress.open(self.path, "wt", encoding="nonesuch")
        self.assertEqual(os.listdir(self.folder), [])
        pathlib.Path(self.path).write_bytes(b"this is no archive")
        with self.assertRaises(logpress.Error):
            logpress.open(self.path)

    def test_what_is_torn_is_read_to_the_tear_and_then_told(self):
        torn = io.BytesIO(PACKED[:len(PACKED) // 2])
        with logpress.open(torn) as file:
            lines = []
            with self.assertRaises(logpress.Error) as raised:
                for line in file:
                    lines.append(line)
        self.assertEqual(raised.exception.code, logpress.Code.DAMAGED)
        self.assertGreater(len(lines), 500)
        self.assertEqual(lines, LINES[:len(lines)])


class Lifetimes(unittest.TestCase):
    def test_walks_and_slices_keep_their_archive_alive(self):
        walk = iter(logpress.Archive(io.BytesIO(PACKED)))
        cut = logpress.Archive(PACKED)[10:20]
        between = logpress.Archive(PACKED).between(START, START + 5 * SECOND)
        gc.collect()
        self.assertEqual(list(walk), LINES)
        self.assertEqual(list(cut), LINES[10:20])
        self.assertEqual(list(between), LINES[:5])

    def test_an_archive_goes_with_its_last_reference(self):
        for source in (PACKED, io.BytesIO(PACKED)):
            archive = logpress.Archive(source)
            walk = iter(archive)
            next(walk)
            gone = weakref.ref(archive)
            del archive
            self.assertIsNotNone(gone())
            del walk
            self.assertIsNone(gone())  # by counting: no cycle

    def test_closing_ends_walks(self):
        archive = logpress.Archive(PACKED)
        walk = iter(archive)
        lines = [next(walk) for _ in range(5)]
        archive.close()
        archive.close()
        self.assertTrue(archive.closed)
        for use in (lambda: next(walk), lambda: archive[0], lambda: list(archive[3:5]),
                    lambda: archive.blocks, lambda: archive.read_block(0),
                    lambda: list(archive.between())):
            with self.assertRaises(logpress.Error) as raised:
                use()
            self.assertEqual(raised.exception.code, logpress.Code.MISUSE)
        self.assertEqual(lines, LINES[:5])  # lines are copies
        self.assertEqual(lines[0].time, START)

    def test_cycles_are_collected_in_any_order(self):
        for _ in range(50):
            archive = logpress.Archive(PACKED)
            walks = [iter(archive) for _ in range(3)]
            for walk in walks:
                next(walk)
            archive.cycle = [archive, walks]
            del archive, walks, walk
        self.assertGreater(gc.collect(), 0)

    def test_abandoned_walks_are_freed_inside_a_callback(self):
        class Collecting(io.BytesIO):
            victims = []

            def read(self, size=-1):
                Collecting.victims.clear()
                return super().read(size)

        archive = logpress.Archive(Collecting(PACKED))
        for i in range(0, 3000, 500):
            walk = iter(archive[i:])
            next(walk)
            Collecting.victims.append(walk)
            del walk
            self.assertEqual(archive[2999 - i], LINES[2999 - i])

    def test_a_callback_must_not_use_its_archive(self):
        class Reentrant(io.BytesIO):
            archive = None

            def read(self, size=-1):
                if self.archive is not None:
                    self.archive[0]  # pylint: disable=pointless-statement
                return super().read(size)

        source = Reentrant(PACKED)
        source.archive = logpress.Archive(source)
        with self.assertRaises(logpress.Error) as raised:
            list(source.archive)
        self.assertEqual(raised.exception.__cause__.code, logpress.Code.MISUSE)

    def test_threads_take_turns(self):
        archive = logpress.Archive(PACKED)
        wrong = []

        def read(seed):
            numbers = random.Random(seed)
            for _ in range(50):
                i = numbers.randrange(2990)
                if list(archive[i:i + 10]) != LINES[i:i + 10]:
                    wrong.append(i)

        threads = [threading.Thread(target=read, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])

    def test_what_a_file_raises_is_the_cause(self):
        class Broken(io.BytesIO):
            error = None

            def read(self, size=-1):
                if self.error is not None:
                    raise self.error
                return super().read(size)

        source = Broken(PACKED)
        archive = logpress.Archive(source)
        source.error = ZeroDivisionError("deliberate")
        with self.assertRaises(logpress.Error) as raised:
            archive[0]  # pylint: disable=pointless-statement
        self.assertEqual(raised.exception.code, logpress.Code.IO_ERROR)
        self.assertIs(raised.exception.__cause__, source.error)
        source.error = KeyboardInterrupt()
        with self.assertRaises(KeyboardInterrupt):
            archive[0]  # pylint: disable=pointless-statement
        source.error = None
        self.assertEqual(archive[0], LINES[0])
        source.truncate(100)
        with self.assertRaises(logpress.Error):
            archive[2999]  # pylint: disable=pointless-statement
        with self.assertRaises(logpress.Error):
            logpress.Archive(io.StringIO("text"))


class Hostile(unittest.TestCase):
    def use(self, data):
        """Everything that there is, on bytes that may be anything. Returns what was read."""
        read = None
        try:
            read = logpress.decompress(data, limit=1 << 24, memory_limit=1 << 26)
        except logpress.Error as error:
            self.assertNotEqual(error.message, "")
        for source in (data, io.BytesIO(data)):
            try:
                archive = logpress.Archive(source, memory_limit=1 << 26)
            except logpress.Error:
                continue
            for use in (lambda a: list(a[:300]), lambda a: a[-1], lambda a: a.between(0, 1e9),
                        lambda a: list(reversed(a[-50:])), lambda a: a.blocks,
                        lambda a: a.read_block(0), lambda a: a.templates(0),
                        lambda a: a.columns(-1), lambda a: a.statements(),
                        lambda a: list(a.rows(0, 1e9))):
                try:
                    use(archive)
                except (logpress.Error, IndexError):
                    pass
        return read

    def test_damaged_archives_are_errors_and_no_more(self):
        numbers = random.Random(20240517)
        for path in sorted(GOLDEN.glob("*.level1.lpz")) + sorted(GOLDEN.glob("syslog.*.lpz")):
            good = path.read_bytes()
            expected = (GOLDEN / (path.name.split(".")[0] + ".log")).read_bytes()
            self.assertEqual(self.use(good), expected)
            for _ in range(3):
                bad = bytearray(good)
                for _ in range(numbers.choice((1, 1, 3, 20))):
                    bad[numbers.randrange(len(bad))] ^= 1 << numbers.randrange(8)
                self.assertIn(self.use(bytes(bad)), (None, expected))
                cut = good[:numbers.randrange(len(good))]
                # An archive that is cut behind its header or between archives may be whole.
                self.assertTrue(expected.startswith(self.use(cut) or b""))

    def test_noise_is_no_archive(self):
        numbers = random.Random(7)
        for size in (0, 1, 11, 100, 5000):
            self.assertIsNone(self.use(numbers.randbytes(size)))
            self.use(PACKED[:11] + numbers.randbytes(size))


class Names(unittest.TestCase):
    def test_what_is_offered_is_there_and_described(self):
        for name in logpress.__all__:
            self.assertTrue(getattr(logpress, name).__doc__, name)
        self.assertRegex(logpress.version(), r"^\d+\.\d+\.\d+$")

    def test_lines_are_bytes_wherever_bytes_go(self):
        line = logpress.Archive(PACKED)[0]
        self.assertEqual(b"".join([line, line]), LINES[0] * 2)
        self.assertEqual(line.decode().split()[2], "INFO")
        self.assertEqual({line: 1}[LINES[0]], 1)
        self.assertEqual(copy.copy(line).number, 0)


if __name__ == "__main__":
    unittest.main()
