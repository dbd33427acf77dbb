# A log that was restored beside its archive is not packed away again; what a killed run left is.
$ archive() { logpress archive --lock=../lock "$@"; }
$ mkdir logs && cd logs; log_lines 1000 > app.log.1; touch -d '3 days ago' app.log.1; touch ../probe; [ "$(stat -c %W ../probe)" != 0 ] || skip "no times of birth here"
$ archive -q .; sleep 0.05; logpress -d app.log.1.lpz; archive -n .; archive .; archive --json -q . | grep "^{.type.: .file.*restored"; ls
app.log.1: skipped, was restored from app.log.1.lpz, which holds the same, and stays; remove it when it has served
logpress archive: would pack 0 files; skipped 1; [..] s
app.log.1: skipped, was restored from app.log.1.lpz, which holds the same, and stays; remove it when it has served
logpress archive: packed 0 files; skipped 1; [..] s
{"type": "file", "policy": "command line", "path": "app.log.1", "outcome": "skipped", "reason": "restored", "message": "was restored from app.log.1.lpz, which holds the same, and stays; remove it when it has served"}
app.log.1
app.log.1.lpz

# Not even when it was renamed, or its mode changed; when it was written to it is another log.
$ chmod 600 app.log.1; mv app.log.1 x; mv x app.log.1; archive .; ls
app.log.1: skipped, was restored from app.log.1.lpz, which holds the same, and stays; remove it when it has served
logpress archive: packed 0 files; skipped 1; [..] s
app.log.1
app.log.1.lpz
$ echo more >> app.log.1; touch -d '2 days ago' app.log.1; archive .; ls | sed 's/-.*Z/-TIME/'; rm *
logpress archive: packed 1 file, 83.0 KiB => [..], ratio [..]; [..] s
app.log.1-TIME.lpz
app.log.1.lpz

# The place for it is elsewhere.
$ log_lines 1000 > app.log.1; touch -d '3 days ago' app.log.1; archive -q .; mkdir ../restored
$ logpress -d -o ../restored/app.log.1 app.log.1.lpz; archive .; ls . ../restored
logpress archive: packed 0 files; [..] s
.:
app.log.1.lpz
[empty]
../restored:
app.log.1

# A log that was there before its archive, as after a kill, goes, and not without a word.
$ log_lines 10 > app.log.2; touch -d '3 days ago' app.log.2; archive -qk .; chmod 600 app.log.2; archive .; ls
app.log.2: was packed already, 830 B => [..], ratio [..], app.log.2.lpz
logpress archive: packed 1 file, 830 B => [..], ratio [..]; [..] s
app.log.1.lpz
app.log.2.lpz
