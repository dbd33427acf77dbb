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

# One that does not verify stays, and is an error.
$ cp app.log.1.lpz app.log.8.lpz; printf x | dd of=app.log.8.lpz bs=1 seek=300 conv=notrunc status=none; touch -d '900 days ago' app.log.8.lpz
$ echo none > app.log.9.lpz; touch -d '900 days ago' app.log.9.lpz
$ archive --delete-after=400d .; ls
logpress archive: packed 0 files; failed 2; [..] s
app.log.1.lpz
app.log.6.lpz
app.log.8.lpz
app.log.9.lpz
! logpress: app.log.8.lpz: is due to be deleted (its log ended 900 days ago) but stays: it does not verify: the block at byte 11: its payload does not match its checksum; intact before it: 0 lines (0 bytes); look at it and remove it yourself
! logpress: app.log.9.lpz: is due to be deleted (its log ended 900 days ago) but stays: it does not verify: this is not a logpress archive; look at it and remove it yourself

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
