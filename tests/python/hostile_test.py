"""Damaged archives, and what the module offers."""
import copy
import io
import random
import unittest

import logpress
from sample import GOLDEN, LINES, PACKED


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

