"""Writers and what becomes of their files."""
import errno
import gc
import io
import os
import tempfile
import unittest
import warnings

import logpress
from sample import LINES, PACKED, log


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
