# Rotated logs become archives, which hold what they held; a log that is written to stays.
$ export XDG_RUNTIME_DIR="$PWD"; archive() { logpress archive --lock="$XDG_RUNTIME_DIR/../archive.lock" "$@"; }
$ mkdir logs && cd logs
$ log_lines 1000 > app.log; log_lines 2000 > app.log.1; log_lines 3000 > app.log-20240530
$ touch -d '3 days ago' app.log.1 app.log-20240530; cp -p app.log.1 ../kept
$ archive .
logpress archive: packed 2 files, [..] => [..] KiB, ratio [..]; [..] s
$ ls -A
app.log
app.log-20240530.lpz
app.log.1.lpz
$ lpzcat app.log.1.lpz | cmp - ../kept && test app.log.1.lpz -nt ../kept; test ../kept -nt app.log.1.lpz
? 1

# A second run finds nothing to do.
$ archive .
logpress archive: packed 0 files; [..] s

# What an earlier run left to do is done: the log is compared with its archive and removed.
$ cp -p ../kept app.log.6; archive -qk .; archive -n .; archive . ; rm app.log.6.lpz; archive -v .
app.log.6: was packed already, and would be removed, 166 KiB
logpress archive: would pack 1 file of 166 KiB; [..] s
app.log.6: was packed already, 166 KiB => [..], ratio [..], app.log.6.lpz
logpress archive: packed 1 file, [..]; [..] s
app.log: ignored, its name does not look rotated; --include takes others
app.log-20240530.lpz: ignored, is an archive already
app.log.1.lpz: ignored, is an archive already
logpress archive: packed 0 files; [..] s
$ ls -A
app.log
app.log-20240530.lpz
app.log.1.lpz

# Another log of the same name gets an archive of its own; nothing is overwritten.
$ log_lines 10 > app.log.1; touch -d '2024-06-01 00:00:00' app.log.1; archive -v app.log.1
app.log.1: 830 B => [..], ratio [..], app.log.1-20240601T000000Z.lpz (named)
logpress archive: packed 1 file, [..]; [..] s
$ lpzcat app.log.1.lpz | cmp - ../kept
$ log_lines 10 > web.log.1; touch -d '2024-06-01 00:00:00' web.log.1; archive -k web.log.1; archive web.log.1; rm web.log.1.lpz; ls
logpress archive: packed 1 file, [..]; [..] s
web.log.1: was packed already, 830 B => [..], ratio [..], web.log.1.lpz
logpress archive: packed 1 file, [..]; [..] s
app.log
app.log-20240530.lpz
app.log.1-[..]Z.lpz
app.log.1.lpz
$ log_lines 11 > app.log.1; touch -d '2024-06-01 00:00:00' app.log.1; archive app.log.1; ls app.log.1; rm app.log.1
logpress archive: packed 0 files; failed 1; [..] s
app.log.1
! logpress: app.log.1: both app.log.1.lpz and app.log.1-20240601T000000Z.lpz hold something else; look at them and rename one

# A damaged archive is neither overwritten nor believed.
$ cp -p ../kept app.log.1; cp app.log.1.lpz ../whole; printf x | dd of=app.log.1.lpz bs=1 seek=300 conv=notrunc status=none
$ archive .; ls app.log.1*; rm app.log.1-2*; mv ../whole app.log.1.lpz
logpress archive: packed 1 file, [..]; [..] s
app.log.1-[..]Z.lpz
app.log.1-[..]Z.lpz
app.log.1.lpz
! logpress: app.log.1.lpz: the block at byte 11: its payload does not match its checksum; intact before it: 0 lines (0 bytes); it stays, and the log is packed beside it

# Kept logs are not packed again and again.
$ cp -p ../kept app.log.1; rm app.log.1.lpz; archive -k . ; archive -kv . ; ls app.log.1*
logpress archive: packed 1 file, [..]; [..] s
app.log: ignored, its name does not look rotated; --include takes others
app.log-20240530.lpz: ignored, is an archive already
app.log.1.lpz: ignored, is an archive already
app.log.1: skipped, is packed already, and kept: app.log.1.lpz
logpress archive: packed 0 files; skipped 1; [..] s
app.log.1
app.log.1.lpz
$ archive . && ls app.log.1*; archive -n .
app.log.1: was packed already, 166 KiB => [..], ratio [..], app.log.1.lpz
logpress archive: packed 1 file, [..]; [..] s
app.log.1.lpz
logpress archive: would pack 0 files; [..] s

# Mode, owner, times and extended attributes are the log's.
$ log_lines 10 > web.log.1; chmod 640 web.log.1; touch -d '2024-06-01 01:02:03.5' web.log.1
$ archive -q web.log.1; stat -c '%a %y' web.log.1.lpz
640 2024-06-01 01:02:03.500000000 +0000

# What would be done can be asked.
$ cp -p ../kept app.log.7; archive -n .; archive -nq .; ls app.log.7; rm app.log.7
app.log.7: would be packed, 166 KiB
logpress archive: would pack 1 file of 166 KiB; [..] s
app.log.7

# A run that finds the lock held ends with 75.
$ flock ../../archive.lock logpress archive --lock=../../archive.lock .
! logpress: ../../archive.lock: another run holds the lock (process [..]); nothing was done
? 75

# Leftovers of a run that was killed are cleared up, also when the log is named.
$ cp -p ../kept .app.log.2.lpz-rm; echo half > .app.log.3.lpz-new; archive .; ls -A
logpress archive: packed 1 file, [..]; [..] s
app.log
app.log-20240530.lpz
app.log.1.lpz
app.log.2.lpz
web.log.1.lpz
$ cp ../kept .app.log.2.lpz-rm; touch -d '3 days ago' .app.log.2.lpz-rm; archive app.log.2; ls -A | grep -cF app.log.2; lpzcat app.log.2.lpz | cmp - ../kept
app.log.2: was packed already, 166 KiB => [..], ratio [..], app.log.2.lpz
logpress archive: packed 1 file, [..]; [..] s
1
