"""Whole buffers, contexts and dictionaries."""
import os
import pickle
import unittest

import logpress
from sample import log


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
