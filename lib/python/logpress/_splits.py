"""Splits: parts of an archive that can be read apart from one another, on other machines too."""
from __future__ import annotations

from typing import NamedTuple, Sequence

from ._blocks import Block


class Split(NamedTuple):
    """Whole blocks of an archive, which stand one behind the other. It can be pickled, and says no more
    than these numbers: whoever reads it opens the archive again."""

    first_block: int
    blocks: int
    first_line: int  #: Lines of the archive that start before it.
    lines: int  #: Lines that start in it.
    raw_bytes: int


def divide(blocks: Sequence[Block], count: int) -> list[Split]:
    """At most `count` splits of about as many raw bytes; each has a line."""
    if count < 1:
        raise ValueError("at least one split is needed")
    total = sum(block.raw_bytes for block in blocks)
    splits: list[Split] = []
    first, raw_bytes, done = 0, 0, 0
    for i, block in enumerate(blocks):
        raw_bytes += block.raw_bytes
        # Up to where so many of the splits would end, if blocks could be divided.
        if (done + raw_bytes) * count < (len(splits) + 1) * total and i + 1 < len(blocks):
            continue
        lines = sum(member.lines for member in blocks[first:i + 1])
        if lines == 0 and i + 1 < len(blocks):
            continue
        if lines > 0:
            splits.append(Split(first, i + 1 - first, blocks[first].first_line, lines, raw_bytes))
        elif splits:  # the end of a long line belongs to its begin
            last = splits.pop()
            splits.append(last._replace(blocks=i + 1 - last.first_block,
                                        raw_bytes=last.raw_bytes + raw_bytes))
        done += raw_bytes
        first, raw_bytes = i + 1, 0
    return splits
