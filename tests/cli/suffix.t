# An archive is not compressed again without -f, wherever that would go.
$ log_lines 10 > app.log && logpress app.log
$ logpress app.log.lpz
! logpress: app.log.lpz: ends in .lpz already; use -f to compress it again, or -d to decompress it
? 1
$ logpress -c app.log.lpz
! logpress: app.log.lpz: ends in .lpz already; use -f to compress it again, or -d to decompress it
? 1
$ logpress -o again app.log.lpz
! logpress: app.log.lpz: ends in .lpz already; use -f to compress it again, or -d to decompress it
? 1
$ ls
app.log
app.log.lpz
$ logpress -f app.log.lpz && ls
app.log
app.log.lpz
app.log.lpz.lpz
$ logpress -d -c app.log.lpz.lpz | logpress -d | cmp - app.log

# Decompressing a file of another name needs to know where to.
$ cp app.log.lpz app.packed
$ logpress -d app.packed
! logpress: app.packed: does not end in .lpz, so its output has no name; use -o FILE or -c
? 1
$ logpress -dc app.packed | cmp - app.log
$ logpress -d -o new.log app.packed && cmp new.log app.log
$ logpress -t app.packed

# Only with -dcf what is no archive passes through, as in gzip.
$ logpress -dc app.log
! logpress: app.log: this is not a logpress archive; name a file that logpress made
? 1
$ logpress -dcf app.log | cmp - app.log
$ logpress -dcf app.log app.log.lpz | wc -l
20
$ lpzcat -f < app.log | cmp - app.log
$ lpzcat -f /dev/null
$ logpress -df app.log
! logpress: app.log: does not end in .lpz, so its output has no name; use -o FILE or -c
? 1
