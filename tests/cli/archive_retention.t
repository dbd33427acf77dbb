# Archives that have served their time are deleted, each only if it verifies, and each is told.
$ archive() { logpress archive --lock=../lock "$@"; }
$ mkdir logs && cd logs
$ for i in 1 2 3 4 5; do log_lines 500 | sed "s/^[^ ]* [^ ]*/$i/" > app.log.$i; touch -d "$((i * 100)) days ago" app.log.$i; done
$ archive -q . && ls
app.log.1.lpz
app.log.2.lpz
app.log.3.lpz
app.log.4.lpz
app.log.5.lpz
$ archive --delete-after=401d -n . && ls | wc -l
app.log.5.lpz: would be deleted, its log ended 500 days ago
logpress archive: would pack 0 files; would delete 1 archive of [..]; [..] s
5
$ archive --delete-after=401d . && ls
app.log.5.lpz: deleted, its log ended 500 days ago
logpress archive: packed 0 files; deleted 1 archive of [..]; [..] s
app.log.1.lpz
app.log.2.lpz
app.log.3.lpz
app.log.4.lpz

# Lines without a time: the time is that of the log's last change, which the archive carries, not that of the packing.
$ archive --delete-after=350d .
app.log.4.lpz: deleted, its log ended 400 days ago
logpress archive: packed 0 files; deleted 1 archive of [..]; [..] s

# The oldest go first when there are too many, those packed in this run counted.
$ one=$(stat -c %s app.log.1.lpz); log_lines 500 | sed "s/^[^ ]* [^ ]*/6/" > app.log.6; touch -d '2 days ago' app.log.6
$ archive --max-total=$((one * 5 / 2))B . | sed 's/[0-9.]* KiB/N KiB/g'; ls
app.log.3.lpz: deleted, all archives take N KiB, and N KiB are allowed
app.log.2.lpz: deleted, all archives take N KiB, and N KiB are allowed
logpress archive: packed 1 file, N KiB => N KiB, ratio [..]; deleted 2 archives of N KiB; [..] s
app.log.1.lpz
app.log.6.lpz

# What a run has packed it does not delete, whatever it is due for; the next one does. A dry run says all of that before.
$ mkdir ../due && cd ../due; log_lines 500 | sed "s/^[^ ]* [^ ]*/7/" > app.log.1; touch -d '40 days ago' app.log.1
$ log_lines 20000 | sed "s/^[^ ]*/$(date -d '300 days ago' +%F)/; 19500,\$s/^[^ ]*/$(date -d '50 days ago' +%F)/" > app.log.2; gzip -k app.log.2; mv app.log.2.gz web.log.2.gz; touch -d '3 days ago' app.log.2 web.log.2.gz
$ log_lines 500 | sed "s/^[^ ]*/$(date -d '30 days ago' +%F)/" > app.log.3; touch -d '60 days ago' app.log.3; log_lines 9 > app.log.4; touch -d '34 days ago' app.log.4
$ archive -n --repack --delete-after=35d .
app.log.3: would be packed, 41.5 KiB
app.log.1: would be packed, 30.8 KiB; a later run would delete its archive: its log ended 40 days ago
app.log.4: would be packed, 745 B; a later run would delete its archive: its log ended [..] days ago
app.log.2: would be packed, 1.62 MiB; a later run would delete its archive: its log ended [..] days ago
web.log.2.gz: would be packed, 284 KiB; a later run would delete its archive: its log ended [..] days ago
logpress archive: would pack 5 files of 1.97 MiB; for a later run to delete 4 archives; [..] s
$ archive -n --json --delete-after=35d app.log.1 2> /dev/null | sed 's/"seconds.*/.../'
{"type": "file", "policy": "command line", "path": "app.log.1", "outcome": "packed", "dry_run": true, "chosen": "named", "source_bytes": 31506, "due": "its log ended 40 days ago"}
{"type": "summary", "dry_run": true, "packed": 1, "finished": 0, "skipped": 0, "ignored": 0, "failed": 0, "stopped": 0, "deleted": 0, "skipped_for": {}, "errors": 0, "warnings": 0, "source_bytes": 31506, "raw_bytes": 0, "archive_bytes": 0, "deleted_bytes": 0, "due": 1, ...
$ archive --repack --delete-after=35d .; ls
app.log.1: 30.8 KiB => [..], ratio [..], app.log.1.lpz; a later run will delete it: its log ended 40 days ago
app.log.4: 745 B => [..], ratio [..], app.log.4.lpz; a later run will delete it: its log ended [..] days ago
app.log.2: 1.62 MiB => [..], ratio [..], app.log.2.lpz; a later run will delete it: its log ended [..] days ago
web.log.2.gz: 284 KiB => [..], ratio [..], web.log.2.lpz; a later run will delete it: its log ended [..] days ago
logpress archive: packed 5 files, 1.97 MiB => [..], ratio [..]; for a later run to delete 4 archives; [..] s
app.log.1.lpz
app.log.2.lpz
app.log.3.lpz
app.log.4.lpz
web.log.2.lpz
$ archive -n --delete-after=35d .
app.log.4.lpz: would be deleted, its log ended [..] days ago
app.log.2.lpz: would be deleted, its log ended [..] days ago
web.log.2.lpz: would be deleted, its log ended [..] days ago
app.log.1.lpz: would be deleted, its log ended 40 days ago
logpress archive: would pack 0 files; would delete 4 archives of [..]; [..] s
$ archive --delete-after=35d .; ls
app.log.4.lpz: deleted, its log ended [..] days ago
app.log.2.lpz: deleted, its log ended [..] days ago
web.log.2.lpz: deleted, its log ended [..] days ago
app.log.1.lpz: deleted, its log ended 40 days ago
logpress archive: packed 0 files; deleted 4 archives of [..]; [..] s
app.log.3.lpz
$ archive() { logpress archive --lock=../lock "$@" | sed 's/[0-9.]* KiB/N KiB/g'; }
$ log_lines 500 | sed "s/^[^ ]* [^ ]*/6/" > app.log.6; touch -d '9 days ago' app.log.6; archive -qk .; archive --delete-after=5d .; ls *6*
app.log.6: was packed already, N KiB => N KiB, ratio [..], app.log.6.lpz; a later run will delete it: its log ended 9 days ago
app.log.3.lpz: deleted, its log ended [..] days ago
logpress archive: packed 1 file, N KiB => N KiB, ratio [..]; deleted 1 archive of N KiB; for a later run to delete 1 archive; [..] s
app.log.6.lpz

# Nor does a younger one go in place of one that this run packed.
$ archive -q --max-total=1B .; ls; for i in 1 2; do log_lines 500 | sed "s/^[^ ]* [^ ]*/$i/" > app.log.$i; touch -d "$i days ago" app.log.$i; done; archive -q app.log.1; ls
app.log.1.lpz
app.log.2
$ archive -n --max-total=$((one * 3 / 2))B .; archive -n --max-total=1M .; archive --max-total=$((one * 3 / 2))B .; ls
app.log.2: would be packed, N KiB
command line: all archives take N KiB, and N KiB are allowed; where the logs do not fit in beside them, later runs would delete the oldest
logpress archive: would pack 1 file of N KiB; [..] s
app.log.2: would be packed, N KiB
logpress archive: would pack 1 file of N KiB; [..] s
command line: all archives take N KiB, and N KiB are allowed; the oldest was packed in this run, and is for a later run to delete
logpress archive: packed 1 file, N KiB => N KiB, ratio [..]; [..] s
app.log.1.lpz
app.log.2.lpz
$ archive -n --max-total=$((one * 3 / 2))B .; archive --max-total=$((one * 3 / 2))B .; ls; cd ../logs
app.log.2.lpz: would be deleted, all archives take N KiB, and N KiB are allowed
logpress archive: would pack 0 files; would delete 1 archive of N KiB; [..] s
app.log.2.lpz: deleted, all archives take N KiB, and N KiB are allowed
logpress archive: packed 0 files; deleted 1 archive of N KiB; [..] s
app.log.1.lpz
$ archive() { logpress archive --lock=../lock "$@"; }

# One that does not verify stays, and is an error.
$ cp app.log.1.lpz app.log.8.lpz; printf x | dd of=app.log.8.lpz bs=1 seek=300 conv=notrunc status=none; touch -d '900 days ago' app.log.8.lpz
$ echo none > app.log.9.lpz; touch -d '900 days ago' app.log.9.lpz
$ archive --delete-after=400d .; ls
logpress archive: packed 0 files; failed 2; [..] s
app.log.1.lpz
app.log.6.lpz
app.log.8.lpz
app.log.9.lpz
! logpress: app.log.8.lpz: is due to be deleted (its log ended 900 days ago) but stays: it does not verify: the block at byte 11: its payload does not match its checksum; intact before it: 0 lines (0 bytes); save what is whole in it, see logpress repair, and then remove it yourself
! logpress: app.log.9.lpz: is due to be deleted (its log ended 900 days ago) but stays: it does not verify: this is not a logpress archive; save what is whole in it, see logpress repair, and then remove it yourself

# Only what the policy would have packed is its to delete.
$ cp app.log.1.lpz notes.txt.lpz; touch -d '900 days ago' notes.txt.lpz; rm app.log.[89]*; archive --delete-after=400d . && ls
logpress archive: packed 0 files; [..] s
app.log.1.lpz
app.log.6.lpz
notes.txt.lpz

# Lines with a time: it is that of the last line, whatever the file says.
$ rm *; for d in 450 350; do log_lines 100 | sed "s/^[^ ]*/$(date -d "$d days ago" +%F)/" > day-$d.log.1; done; touch -d '900 days ago' day-350*; archive -q --older-than=0 . && ls
day-350.log.1.lpz
day-450.log.1.lpz
$ archive --delete-after=400d .; ls
day-450.log.1.lpz: deleted, its log ended 450 days ago
logpress archive: packed 0 files; deleted 1 archive of [..]; [..] s
day-350.log.1.lpz
$ archive --max-total=1B .
day-350.log.1.lpz: deleted, all archives take [..] B, and 1 B are allowed
logpress archive: packed 0 files; deleted 1 archive of [..]; [..] s
