# What machines are told.
$ archive() { logpress archive --lock=../lock --older-than=0 "$@"; }
$ mkdir logs && cd logs; log_lines 2000 > app.log.1; log_lines 1000 | gzip > web.log.1.gz; : > empty.log.1; log_lines 10 > $'bad\xff\n.log.1'
$ archive --json --repack --metrics=../m.prom . > ../out.json 2> ../err.txt
$ python3 - <<'END'
> import json
> rows = [json.loads(line) for line in open("../out.json", encoding="utf-8")]
> for row in rows[:-1]:
>     print(row["type"], ascii(row["path"]), row.get("path_hex", "-"), row["outcome"], row.get("reason", "-"), row.get("repacked_from", "-"), row.get("raw_bytes", "-"))
> total = rows[-1]
> print(total["type"], total["packed"], total["skipped"], total["skipped_for"], total["failed"], total["raw_bytes"])
> assert total["archive_bytes"] == sum(row.get("archive_bytes", 0) for row in rows[:-1])
> assert abs(total["ratio"] - total["source_bytes"] / total["archive_bytes"]) < 0.001
> END
file 'empty.log.1' - skipped small - -
file 'app.log.1' - packed - - 170026
file 'web.log.1.gz' - packed - gzip 85003
file 'bad\ufffd\n.log.1' 626164ff0a2e6c6f672e31 packed - - 830
summary 3 1 {'small': 1} 0 255859
$ sed 's/=> .*/=> .../' ../err.txt
logpress archive: packed 3 files, 182 KiB => ...
$ grep -v '^#' ../m.prom | sed -E 's/(timestamp_seconds|duration_seconds|(source|archive)_bytes.*) [0-9.]+/\1 N/'
logpress_archive_last_run_timestamp_seconds N
logpress_archive_last_run_duration_seconds N
logpress_archive_last_run_success 1
logpress_archive_last_run_stopped 0
logpress_archive_files{policy="command line",outcome="packed"} 3
logpress_archive_files{policy="command line",outcome="finished"} 0
logpress_archive_files{policy="command line",outcome="skipped"} 1
logpress_archive_files{policy="command line",outcome="ignored"} 0
logpress_archive_files{policy="command line",outcome="failed"} 0
logpress_archive_files{policy="command line",outcome="stopped"} 0
logpress_archive_files{policy="command line",outcome="deleted"} 0
logpress_archive_skipped_files{policy="command line",reason="small"} 1
logpress_archive_source_bytes{policy="command line"} N
logpress_archive_raw_bytes{policy="command line"} 255859
logpress_archive_archive_bytes{policy="command line"} N
logpress_archive_deleted_bytes{policy="command line"} 0
logpress_archive_errors{policy="command line"} 0
logpress_archive_warnings{policy="command line"} 0
logpress_archive_stored_archives{policy="command line",folder="."} 3
logpress_archive_stored_unreadable_archives{policy="command line",folder="."} 0
logpress_archive_stored_raw_bytes{policy="command line",folder="."} 255859
logpress_archive_stored_archive_bytes{policy="command line",folder="."} N
logpress_archive_stored_oldest_line_timestamp_seconds{policy="command line",folder="."} 1714521601
logpress_archive_stored_newest_line_timestamp_seconds{policy="command line",folder="."} 1714523600
$ stat -c '%a' ../m.prom; ls ..
644
err.txt
lock
logs
m.prom
out.json

# What is there is told by folder: also nothing, archives without an index, and lines without a time. Archives count once.
$ mkdir -p ../there/a/b ../there/empty ../there/plain $'../there/bad\xff'; log_lines 90 | logpress -o ../there/a/x.log.1.lpz; log_lines 5 | sed 's/2024/2023/' | logpress -o ../there/a/b/y.log.1.lpz
$ seq 9 | logpress -o ../there/plain/n.log.1.lpz; cp ../there/plain/n.log.1.lpz $'../there/bad\xff'; echo no archive > ../there/plain/o.log.1.lpz
$ (cd ../there; logpress archive -rq --lock=../lock --metrics=m.prom a a/b empty plain bad*); grep '^[^#].*stored' ../there/m.prom; rm -r ../there
logpress_archive_stored_archives{policy="command line",folder="a"} 2
logpress_archive_stored_archives{policy="command line",folder="a/b"} 0
logpress_archive_stored_archives{policy="command line",folder="bad\\xff"} 1
logpress_archive_stored_archives{policy="command line",folder="empty"} 0
logpress_archive_stored_archives{policy="command line",folder="plain"} 2
logpress_archive_stored_unreadable_archives{policy="command line",folder="a"} 0
logpress_archive_stored_unreadable_archives{policy="command line",folder="a/b"} 0
logpress_archive_stored_unreadable_archives{policy="command line",folder="bad\\xff"} 0
logpress_archive_stored_unreadable_archives{policy="command line",folder="empty"} 0
logpress_archive_stored_unreadable_archives{policy="command line",folder="plain"} 1
logpress_archive_stored_raw_bytes{policy="command line",folder="a"} 8046
logpress_archive_stored_raw_bytes{policy="command line",folder="a/b"} 0
logpress_archive_stored_raw_bytes{policy="command line",folder="bad\\xff"} 18
logpress_archive_stored_raw_bytes{policy="command line",folder="empty"} 0
logpress_archive_stored_raw_bytes{policy="command line",folder="plain"} 18
logpress_archive_stored_archive_bytes{policy="command line",folder="a"} [..]
logpress_archive_stored_archive_bytes{policy="command line",folder="a/b"} 0
logpress_archive_stored_archive_bytes{policy="command line",folder="bad\\xff"} [..]
logpress_archive_stored_archive_bytes{policy="command line",folder="empty"} 0
logpress_archive_stored_archive_bytes{policy="command line",folder="plain"} [..]
logpress_archive_stored_oldest_line_timestamp_seconds{policy="command line",folder="a"} 1682899201
logpress_archive_stored_newest_line_timestamp_seconds{policy="command line",folder="a"} 1714521690

# A run with errors is not a success.
$ echo text > bad.log.1.gz; archive -q --repack --metrics=../m.prom .; grep -E '^[^#].*(success|failed)' ../m.prom
logpress_archive_last_run_success 0
logpress_archive_files{policy="command line",outcome="failed"} 1
! logpress: bad.log.1.gz: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
$ rm bad*; archive -q --metrics=/nothere/m.prom .
! logpress: /nothere/m.prom: cannot write metrics: No such file or directory; name a file that can be written with --metrics
? 1

# In the journal each line has its level.
$ journal() { exec 9>&1; JOURNAL_STREAM=$(stat -L -c '%d:%i' /dev/fd/9) "$@"; exec 9>&-; }
$ log_lines 20 > app.log.5; echo text > bad.log.1.gz; journal logpress archive --lock=../lock --older-than=0 -v --repack . 2>&1 | sed 's/=> .*/=> .../'
<7>app.log.1.lpz: ignored, is an archive already
<7>empty.log.1: skipped, is empty
<7>web.log.1.lpz: ignored, is an archive already
<7>app.log.5: 1.64 KiB => ...
<3>logpress: bad.log.1.gz: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
<6>logpress archive: packed 1 file, 1.64 KiB => ...

# A report that nobody could read is an error, told once; the logs are packed all the same.
$ log_lines 2000 > more.log.1; archive --json more.log.1 > /dev/full; echo $?; ls more*
1
more.log.1.lpz
! logpress: standard output: cannot write: No space left on device; the report ends there, and the run goes on without it
! logpress archive: packed 1 file, [..]
