"""Lines of an archive by number and time, and those that match."""
import datetime
import gc
import io
import mmap
import pathlib
import sys
import tempfile
import unittest
from unittest import mock

import logpress
from sample import LINES, PACKED, SECOND, START, log


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
