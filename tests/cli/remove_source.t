# --rm removes the input when the output is done, on both ways.
$ log_lines 10 > app.log
$ logpress --rm app.log && ls
app.log.lpz
$ logpress -d --rm app.log.lpz && ls
app.log
$ logpress --rm -o elsewhere app.log && ls
elsewhere
$ logpress -d --rm -o app.log elsewhere && ls
app.log

# -k takes it back, and so does -k before --rm not.
$ logpress --rm -k app.log && ls && rm app.log.lpz
app.log
app.log.lpz
$ logpress -k --rm app.log && ls && logpress -d --rm app.log.lpz
app.log.lpz

# It does not when anything went wrong.
$ touch app.log.lpz
$ logpress --rm app.log
! logpress: app.log.lpz: exists already; name another file with -o, or overwrite it with -f
? 1
$ ls; rm app.log.lpz
app.log
app.log.lpz
$ logpress --rm -o /dev/full app.log
! logpress: /dev/full: No space left on device; make room, or name a place elsewhere with -o
? 1
$ logpress --rm -o /dev/null app.log
! logpress: app.log: not removed, because /dev/null is no regular file and may keep nothing
? 1
$ ls
app.log
$ logpress app.log && head -c 100 app.log.lpz > torn.lpz && logpress -d --rm torn.lpz
! logpress: torn.lpz: the block at byte 11: it is cut off: the file ends inside it; intact before it: 0 lines (0 bytes); restore it from a copy, or use --recover to save what is still whole
? 1
$ logpress -d --rm --recover torn.lpz
! logpress: torn.lpz: the block at byte 11: it is cut off: the file ends inside it
! logpress: torn.lpz: damaged in 1 place: lost [..] bytes of the archive and at least 10 lines; recovered 0 lines (0 bytes)
? 1
$ ls
app.log
app.log.lpz
torn.lpz

# Nor where it makes no sense.
$ logpress -c --rm app.log
! logpress: --rm: cannot be used with -c: whether a pipe's reader kept the data is not known; use -o, or remove the files afterwards
? 2
$ logpress --rm -t app.log.lpz
! logpress: --rm: is for compressing and -d, not for -t; leave it out
? 2
$ logpress --rm -l app.log.lpz
! logpress: --rm: is for compressing and -d, not for -l; leave it out
? 2
$ lpzcat --rm app.log.lpz
! logpress: --rm: cannot be used with -c: whether a pipe's reader kept the data is not known; use -o, or remove the files afterwards
? 2

# A log that was written to meanwhile stays. The run is stopped when it has begun to read.
$ rm *; log_lines 300000 > app.log
$ was_read_by() {
>   for file in /proc/$1/fd/*; do
>     if [ "$(readlink $file)" = "$PWD/app.log" ]; then grep -q 'pos:.*[1-9]' /proc/$1/fdinfo/${file##*/}; return; fi
>   done
>   return 1
> }
$ while_packing() {
>   logpress -7 --rm app.log &
>   until was_read_by $!; do sleep 0.001; done
>   kill -s STOP $!; "$@"; kill -s CONT $!
>   wait $!
> }
$ while_packing eval 'log_lines 1 >> app.log'
! logpress: app.log: changed while it was read, so it was not removed; keep what was made of it, which may hold what it no longer does, and take it again to another name with -o
? 1
$ ls; rm app.log.lpz
app.log
app.log.lpz

# One that was cut short, as copytruncate does it, may be nowhere else than in the archive.
$ cp app.log copy; while_packing truncate -s 100 app.log; mv copy app.log; rm app.log.lpz
! logpress: app.log: changed while it was read, so it was not removed; keep what was made of it, which may hold what it no longer does, and take it again to another name with -o

# So does one that was replaced stay, as log rotation does it.
$ while_packing eval 'mv app.log app.log.1; log_lines 1 > app.log'
! logpress: app.log: was replaced by another file meanwhile, so it was not removed; look at both
? 1
$ ls
app.log
app.log.1
app.log.lpz
