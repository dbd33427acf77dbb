# What a log holds, in short: of the log itself and of an archive.
$ { for i in $(seq 1 90); do echo "2024-05-01 12:00:$((10 + i % 50)) INFO a.Server: request $i from 10.0.0.$((i % 10 == 0)) took $((i % 7)) ms"; done
>   echo "2024-05-01 12:01:00 WARN a.Server: cache is full"; echo "  it has 7 entries"; } > app.log
$ logpress stats app.log
92 lines, 6.21 KiB, 3 statements
[empty]
lines in each 1 s:
2 ┤ ████████████████████████████████████████         █
  │ ████████████████████████████████████████         █
  │▄████████████████████████████████████████▄▄▄▄▄▄▄▄▄█
  │███████████████████████████████████████████████████
0 ┤███████████████████████████████████████████████████
   2024-05-01T12:00:10             2024-05-01T12:01:00
[empty]
levels:
90  97.8%  INFO
 1   1.1%  WARN
[empty]
most frequent statements:
90  97.8%  b8b01837ced0  request <*> from <*> took <*> ms
 1   1.1%  15cf7fcdb955  cache is full
 1   1.1%  6bd31599f36b  it has <*> entries
[empty]
values that most lines of a statement have:
90.0%  10.0.0.0  <2>  b8b01837ced0  request <*> from <*> took <*> ms
$ logpress stats app.log > expected; logpress -o app.log.lpz app.log; logpress stats app.log.lpz | cmp - expected; cat app.log.lpz | logpress stats | cmp - expected
$ logpress stats --json app.log | tail -n 7
{"type": "level", "level": "INFO", "lines": 90}
{"type": "level", "level": "WARN", "lines": 1}
{"type": "statement", "id": "b8b01837ced0", "template": "request <*> from <*> took <*> ms", "lines": 90}
{"type": "statement", "id": "15cf7fcdb955", "template": "cache is full", "lines": 1}
{"type": "statement", "id": "6bd31599f36b", "template": "it has <*> entries", "lines": 1}
{"type": "value", "id": "b8b01837ced0", "template": "request <*> from <*> took <*> ms", "slot": 2, "value": "10.0.0.0", "share": 0.900, "lines": 90}
{"type": "summary", "lines": 92, "bytes": 6359, "statements": 3}

# A part, and one statement.
$ logpress stats --from='2024-05-01 12:01' app.log.lpz | head -n 1; logpress stats --template=15cf7fcdb955 app.log | head -n 1
2 lines, 68 B, 2 statements
1 line, 49 B, 1 statement
$ logpress stats --lines=1-10 --json app.log app.log.lpz | tail -n 1
{"type": "summary", "lines": 20, "bytes": 1382, "statements": 1}

# A picture.
$ logpress stats --plot=rate.svg app.log > out; cmp out expected; python3 -c 'import xml.dom.minidom as m; print(len(m.parse("rate.svg").getElementsByTagName("title")))'
51
$ logpress stats --plot=rate.png app.log > out; cmp out expected
$ python3 -c 'import zlib; d = open("rate.png", "rb").read(); at = d.index(b"IDAT"); end = d.index(b"\0\0\0\0IEND") - 4; p = zlib.decompress(d[at + 4:end]); print(d[:4], zlib.crc32(d[at:end]).to_bytes(4, "big") == d[end:end + 4], len(p) == (860 + 1) * 280, sum(row.count(b"\1") > 0 for row in (p[y * 861:][:861] for y in range(280))))'
b'\x89PNG' True True 200
$ logpress stats --plot=rate.gif app.log
! logpress: --plot=rate.gif: is written as SVG or PNG; name a file that ends with .svg or .png
? 2
$ logpress stats --plot=nothere/rate.svg app.log > out
! logpress: nothere/rate.svg: No such file or directory
? 1

# Nothing at all.
$ logpress stats /dev/null
0 lines, 0 B, 0 statements
$ logpress stats nothere
0 lines, 0 B, 0 statements
! logpress: nothere: No such file or directory; check the name
? 1
