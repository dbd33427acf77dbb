# Nothing is left out in silence: of every file it is said why it was taken or not.
$ archive() { logpress archive --lock=../lock "$@"; }
$ mkdir logs && cd logs; log_lines 10 > seed; old() { for f; do cp seed "$f"; touch -d '3 days ago' "$f"; done; }
$ old app.log app.log-202411 app.log-2024 app.log.2024-W45 app_202411.log u_ex241101.log alert.log.bak 0.log.20241101-120000 @4000000067246f5a1b2c3d4e.s
$ old 0.log.20241101-120000.gz.tmp app_209911.log libx.so.3 trace.log.1.zip .hidden.log.1 notes.txt old.log.1.lpz; mkdir sub; rm seed
$ archive -nv --exclude=notes.txt .
.hidden.log.1: ignored, is hidden
0.log.20241101-120000.gz.tmp: ignored, is unfinished, by its name
app.log: ignored, its name does not look rotated; --include takes others
app_209911.log: ignored, is named for a time that is not over
libx.so.3: ignored, its name does not look rotated; --include takes others
notes.txt: ignored, is excluded
old.log.1.lpz: ignored, is an archive already
sub: ignored, is a folder; --recursive looks into it
trace.log.1.zip: ignored, is packed already
app.log-202411: would be packed, 830 B (looks rotated)
app.log-2024: would be packed, 830 B (looks rotated)
app.log.2024-W45: would be packed, 830 B (looks rotated)
app_202411.log: would be packed, 830 B (looks rotated)
u_ex241101.log: would be packed, 830 B (looks rotated)
alert.log.bak: would be packed, 830 B (looks rotated)
0.log.20241101-120000: would be packed, 830 B (looks rotated)
@4000000067246f5a1b2c3d4e.s: would be packed, 830 B (looks rotated)
logpress archive: would pack 8 files of 6.48 KiB; [..] s
$ archive -q . && ls -A
.hidden.log.1
0.log.20241101-120000.gz.tmp
0.log.20241101-120000.lpz
@4000000067246f5a1b2c3d4e.s.lpz
alert.log.bak.lpz
app.log
app.log-2024.lpz
app.log-202411.lpz
app.log.2024-W45.lpz
app_202411.log.lpz
app_209911.log
libx.so.3
notes.txt
old.log.1.lpz
sub
trace.log.1.zip
u_ex241101.log.lpz

# What a JVM writes to is taken when nobody has it open, which then must be asked.
$ log_lines 10 > ../seed; cp ../seed gc.log.0.current; touch -d '3 days ago' gc.log.0.current
$ exec 8>> gc.log.0.current; archive -v . | grep current; exec 8>&-
gc.log.0.current: skipped, process [..] (bash) has it open for writing
$ archive -v --ignore-open . | grep current
gc.log.0.current: skipped, is what a JVM writes to, and with --ignore-open nobody asks whether it does
$ archive -v . | grep current
gc.log.0.current: 830 B => [..], ratio [..], gc.log.0.current.lpz (looks rotated)

# JSON has each of them too, and the numbers leave apart who was not asked for.
$ old() { for f; do cp ../seed "$f"; touch -d '3 days ago' "$f"; done; }; old app.log.5; archive -n --json . 2> /dev/null | grep -E 'app.log"|app.log.5|"folder"|summary' | sed 's/"seconds.*/.../'
{"type": "file", "policy": "command line", "path": "app.log", "outcome": "ignored", "dry_run": true, "reason": "name", "message": "its name does not look rotated; --include takes others"}
{"type": "file", "policy": "command line", "path": "sub", "outcome": "ignored", "dry_run": true, "reason": "folder", "message": "is a folder; --recursive looks into it"}
{"type": "file", "policy": "command line", "path": "app.log.5", "outcome": "packed", "dry_run": true, "chosen": "looks rotated", "source_bytes": 830}
{"type": "summary", "dry_run": true, "packed": 1, "finished": 0, "skipped": 0, "ignored": [..], "failed": 0, "stopped": 0, "deleted": 0, "skipped_for": {}, "errors": 0, "warnings": 0, "source_bytes": 830, "raw_bytes": 0, "archive_bytes": 0, "deleted_bytes": 0, "due": 0, ...
