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

# -S makes and finds archives of another suffix.
$ rm *; log_lines 10 > app.log; log_lines 10 > original
$ logpress -S .packed app.log && logpress -r --suffix=.packed . && ls
! logpress: ./app.log.packed: exists already; name another file with -o, or overwrite it with -f
? 1
$ logpress -S .packed app.log.packed; logpress -S .packed app.log.packed.lpz; rm original.packed app.log
! logpress: app.log.packed: ends in .packed already; use -f to compress it again, or -d to decompress it
! logpress: app.log.packed.lpz: ends in .lpz already; use -f to compress it again, or -d to decompress it
$ logpress -d -S .packed app.log.packed && cmp app.log original; rm app.log; logpress -r -d --rm -S.packed .; ls
app.log
original
$ logpress -S '' app.log; logpress -S a/b app.log
! logpress: --suffix=: no suffix of a name; give one such as .lpz
! logpress: --suffix=a/b: no suffix of a name; give one such as .lpz
? 2
