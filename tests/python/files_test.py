"""Archives as files, as gzip.open() has them."""
import io
import os
import pathlib
import tempfile
import unittest

import logpress
from sample import LINES, PACKED, log


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
