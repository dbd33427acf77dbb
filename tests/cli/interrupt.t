# A stream that is interrupted loses no line: what was read is packed, the archive is whole and at
# its place, and the run ends by the signal.
$ interrupted() {
>   mkfifo source
>   exec 7<> source
>   log_lines 10 >&7
>   # env: a job of a script has SIGINT ignored, and ignored signals stay so.
>   env --default-signal=INT,TERM,HUP "${@:2}" logpress -f -o app.log.lpz source 7>&- &
>   until ls .app.log.lpz.tmp-* > /dev/null 2>&1; do sleep 0.01; done
>   kill -s $1 $!
>   wait $! 2> /dev/null
>   echo "$1: exit $?"
>   exec 7>&-
>   rm source
>   ls -A; log_lines 10 | cmp - <(lpzcat app.log.lpz); rm -f app.log.lpz
> }
$ interrupted INT
INT: exit 130
app.log.lpz
$ interrupted TERM
TERM: exit 143
app.log.lpz
$ interrupted HUP
HUP: exit 129
app.log.lpz

# The same on standard output, with blocks that were flushed before, and by timeout(1), which
# sends its signal twice. What waits in the pipe is read as well.
$ (log_lines 100; sleep 0.7) | (exec timeout --foreground -s INT 0.3 logpress --flush-interval=100ms > app.log.lpz); log_lines 100 | cmp - <(lpzcat app.log.lpz)
$ (log_lines 100; sleep 0.7) | (exec timeout -s TERM 0.3 logpress > app.log.lpz); log_lines 100 | cmp - <(lpzcat app.log.lpz)
$ (log_lines 3; sleep 0.7) | (exec timeout -s TERM 0.3 logpress >> app.log.lpz); (log_lines 100; log_lines 3) | cmp - <(lpzcat app.log.lpz)

# A second signal ends the run at once, here one that waits for a reader that does not come.
$ mkfifo source blocked; exec 7<> source 8<> blocked; (head -c 300000 /dev/urandom >&7) &
$ env --default-signal=INT logpress --flush-interval=50ms < source >&8 7>&- & sleep 0.4; kill -s INT $!; sleep 0.4; kill -0 $! && echo waits; kill -s INT $!; wait $!; echo $?
waits
130
$ exec 7>&- 8>&-; wait; rm source blocked app.log.lpz

# An error does not take it away either.
$ mkfifo source; (log_lines 20; sleep 0.3; log_lines 300000) > source & (ulimit -f 4; logpress -f --flush-interval=50ms -o app.log.lpz source); wait
! logpress: app.log.lpz: File too large; raise the file size limit (ulimit -f), or name a place elsewhere with -o; what was packed is kept in .app.log.lpz.tmp-[..], see logpress repair
$ lpzcat --recover .app.log.lpz.tmp-* 2> /dev/null | head -n 20 | cmp - <(log_lines 20); rm -f .app* source

# A signal that the caller had ignored stays ignored: nohup works.
$ mkfifo source; exec 7<> source; log_lines 10 >&7
$ (trap '' HUP; exec logpress -f -o app.log.lpz source 7>&-) & until ls .app.log.lpz.tmp-* > /dev/null 2>&1; do sleep 0.01; done
$ kill -s HUP $!; exec 7>&-; wait $!; echo $?; log_lines 10 > log; logpress -dc app.log.lpz | cmp - log
0

# A file is still there when the work on it is interrupted: what was made of it is removed.
$ rm -f *; log_lines 400000 > large.log; sum=$(cksum < large.log)
$ for delay in 0.02 0.1 0.2; do timeout -s INT $delay logpress -9 -T2 large.log; ls -A; done
large.log
large.log
large.log
$ test "$(cksum < large.log)" = "$sum"
