# --json says what -l and -t say as JSON Lines: an object a file, and the sums.
$ log_lines 1000 > app.log; log_lines 10 > "two words.log"; logpress --block-size=16K app.log; logpress -9 two*.log; cp app.log.lpz $'odd\xff"\n.lpz'
$ logpress -l --json *.lpz | sed 's/"packed_bytes": [0-9]*, "ratio": [0-9.]*/.../'
{"type": "file", "path": "app.log.lpz", "outcome": "listed", "raw_bytes": 85003, ..., "lines": 1000, "blocks": 6, "templates": 6, "levels": [5], "backends": ["zstd"], "first_time": "2024-05-01T00:00:01", "last_time": "2024-05-01T00:16:40", "span_seconds": 998.963}
{"type": "file", "path": "odd\ufffd\"\u000a.lpz", "path_hex": "6f6464ff220a2e6c707a", "outcome": "listed", "raw_bytes": 85003, ..., "lines": 1000, "blocks": 6, "templates": 6, "levels": [5], "backends": ["zstd"], "first_time": "2024-05-01T00:00:01", "last_time": "2024-05-01T00:16:40", "span_seconds": 998.963}
{"type": "file", "path": "two words.log.lpz", "outcome": "listed", "raw_bytes": 830, ..., "lines": 10, "blocks": 1, "templates": 1, "levels": [9], "backends": ["mix"], "first_time": "2024-05-01T00:00:01", "last_time": "2024-05-01T00:00:10", "span_seconds": 9.333}
{"type": "summary", "listed": 3, "failed": 0, "raw_bytes": 170836, ..., "lines": 2010, "blocks": 13, "templates": 13, "levels": [5, 9], "backends": ["zstd", "mix"], "first_time": "2024-05-01T00:00:01", "last_time": "2024-05-01T00:16:40", "span_seconds": 998.963}
$ logpress -lv --json app.log.lpz | head -n 1 | grep -o '"offset": 11, .*}' | sed 's/"packed_bytes": [0-9]*, "ratio": [0-9.]*/.../g; s/offset": [0-9]*/offset": N/g'
"offset": N, "raw_bytes": 16313, ..., "first_line": 1, "lines": 192, "starts_mid_line": false, "templates": 1, "backend": "zstd", "first_time": "2024-05-01T00:00:01", "last_time": "2024-05-01T00:03:12", "span_seconds": 191.067}, {"offset": N, "raw_bytes": 16327, ..., "first_line": 193, "lines": 192, "starts_mid_line": false, "templates": 1, "backend": "zstd", "first_time": "2024-05-01T00:03:13", "last_time": "2024-05-01T00:06:24", "span_seconds": 191.067}, {"offset": N, "raw_bytes": 16328, ..., "first_line": 385, "lines": 192, "starts_mid_line": false, "templates": 1, "backend": "zstd", "first_time": "2024-05-01T00:06:25", "last_time": "2024-05-01T00:09:36", "span_seconds": 191.067}, {"offset": N, "raw_bytes": 16334, ..., "first_line": 577, "lines": 192, "starts_mid_line": false, "templates": 1, "backend": "zstd", "first_time": "2024-05-01T00:09:37", "last_time": "2024-05-01T00:12:48", "span_seconds": 191.067}, {"offset": N, "raw_bytes": 16324, ..., "first_line": 769, "lines": 192, "starts_mid_line": false, "templates": 1, "backend": "zstd", "first_time": "2024-05-01T00:12:49", "last_time": "2024-05-01T00:16:00", "span_seconds": 191.067}, {"offset": N, "raw_bytes": 3377, ..., "first_line": 961, "lines": 40, "starts_mid_line": false, "templates": 1, "backend": "zstd", "first_time": "2024-05-01T00:16:01", "last_time": "2024-05-01T00:16:40", "span_seconds": 38.443}]}
$ logpress -lvv --json app.log.lpz | grep -o '"parts": .*' | sed 's/"bytes": [0-9]*/.../g' | head -c 180; echo
"parts": [{"part": "archive headers and footers", ..., "count": 1}, {"part": "indexes", ..., "count": 1}, {"part": "frame headers", ..., "count": 6}, {"part": "payload headers", ..
$ logpress -t --json app.log.lpz two*.lpz | sed 's/"packed_bytes": [0-9]*/.../'
{"type": "file", "path": "app.log.lpz", "outcome": "whole", "raw_bytes": 85003, ..., "lines": 1000, "blocks": 6, "lost_lines": 0}
{"type": "file", "path": "two words.log.lpz", "outcome": "whole", "raw_bytes": 830, ..., "lines": 10, "blocks": 1, "lost_lines": 0}
{"type": "summary", "whole": 2, "failed": 0, "raw_bytes": 85833, ..., "lines": 1010, "blocks": 7, "lost_lines": 0}

# All of it is JSON.
$ for mode in -l -lv -lvv -t; do logpress $mode --json *.lpz nothere app.log 2> /dev/null; done | python3 -c '
> import collections, json, sys
> lines = [json.loads(line) for line in sys.stdin]
> print(collections.Counter((line["type"], line.get("outcome", "-")) for line in lines))
> vv = next(line for line in lines if "parts" in line)
> print(sum(part["bytes"] for part in vv["parts"]) == vv["packed_bytes"], sum(block["lines"] for block in vv["block_list"]))'
Counter({('file', 'listed'): 9, ('file', 'failed'): 8, ('summary', '-'): 4, ('file', 'whole'): 3})
True 1000

# What fails is told in both places.
$ head -c 3000 app.log.lpz > torn.lpz; logpress -t --json torn.lpz nothere | sed 's/byte [0-9]*/byte N/g; s/"packed_bytes": [0-9]*/.../'
{"type": "file", "path": "torn.lpz", "outcome": "damaged", "message": "torn.lpz: the block at byte N: it is cut off: the file ends inside it; intact before it: 576 lines (48968 bytes); restore it from a copy, or save with -d --recover what is still whole", "raw_bytes": 48968, ..., "lines": 576, "blocks": 3, "lost_lines": 0}
{"type": "file", "path": "nothere", "outcome": "failed", "message": "nothere: No such file or directory; check the name"}
{"type": "summary", "whole": 0, "failed": 2, "raw_bytes": 48968, ..., "lines": 576, "blocks": 3, "lost_lines": 0}
! logpress: torn.lpz: the block at byte [..]: it is cut off: the file ends inside it; intact before it: 576 lines (48968 bytes); restore it from a copy, or save with -d --recover what is still whole
! logpress: nothere: No such file or directory; check the name
$ logpress -l --json torn.lpz | head -n 1 | grep -o '"outcome": "[a-z]*"'
"outcome": "damaged"
! logpress: torn.lpz: the block at byte [..]: it is cut off: the file ends inside it; use -t to see what is lost, or -d --recover to save the rest
$ logpress --json app.log; logpress -l --json app.log.lpz > /dev/full
! logpress: --json: is for -t, -l, templates, stats, query and diff, not for compressing; leave it out
! logpress: standard output: No space left on device; make room, or name a place elsewhere with -o
? 1

# Times as far as the log tells them, of all files the earliest and the latest.
$ printf 'May  3 10:00:00 host a\nMay  3 10:00:05 host b\n' > sys.log; printf '2024-05-01 a\n2024-05-02 b\n' > days.log; printf '10:00:00 a\n10:01:00 b\n' > clock.log; echo none > none.log
$ for log in sys days clock none; do logpress $log.log; done; logpress -l {sys,days,clock,none}.log.lpz app.log.lpz | awk '{ print $(NF - 2), $(NF - 1), $NF }'
from to name
05-03T10:00:00 05-03T10:00:05 sys.log.lpz
2024-05-01 2024-05-02 days.log.lpz
10:00:00 10:01:00 clock.log.lpz
- - none.log.lpz
2024-05-01T00:00:01 2024-05-01T00:16:40 app.log.lpz
- 5 files
$ logpress -l app.log.lpz days.log.lpz none.log.lpz | tail -n 1 | awk '{ print $9, $10 }'
2024-05-01 2024-05-02
