# A full disk is an error that names what could not be written.
$ test -c /dev/full || skip "no /dev/full"
$ log_lines 1000 > app.log && logpress app.log
$ logpress -c app.log > /dev/full
! logpress: standard output: No space left on device; make room, or name a place elsewhere with -o
? 1
$ logpress -dc app.log.lpz > /dev/full
! logpress: standard output: No space left on device; make room, or name a place elsewhere with -o
? 1
$ logpress -d < app.log.lpz > /dev/full
! logpress: standard output: No space left on device; make room, or name a place elsewhere with -o
? 1
$ logpress -o /dev/full app.log
! logpress: /dev/full: No space left on device; make room, or name a place elsewhere with -o
? 1

# Several files to a place that is full: told once.
$ logpress -c app.log app.log app.log > /dev/full
! logpress: standard output: No space left on device; make room, or name a place elsewhere with -o
? 1

# A file too large for the limit of the user, too; the half file is removed.
$ (ulimit -f 1; logpress --backend=store -o big.lpz app.log)
! logpress: big.lpz: File too large; raise the file size limit (ulimit -f), or name a place elsewhere with -o
? 1
$ ls -A
app.log
app.log.lpz
