"""Who keeps whom alive, threads, and what callbacks raise."""
import gc
import io
import random
import threading
import unittest
import weakref

import logpress
from sample import LINES, PACKED, SECOND, START


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
