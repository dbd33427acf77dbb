"""Logs and archives that the tests of the module share."""
import datetime
import pathlib

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
