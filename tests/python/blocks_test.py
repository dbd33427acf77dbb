"""What blocks hold: statements, templates, parts for several processes."""
import gc
import json
import os
import pathlib
import pickle
import re
import subprocess
import sys
import tempfile
import unittest

import logpress
from sample import LINES, PACKED, ROOT, SECOND, START, log


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
