# An interrupted run removes its temporary file, leaves the source, and ends by the signal.
$ interrupted() {
>   mkfifo source
>   exec 7<> source
>   log_lines 10 >&7
>   # env: a job of a script has SIGINT ignored, and ignored signals stay so.
>   env --default-signal=INT,TERM,HUP "${@:2}" logpress -o app.log.lpz source 7>&- &
>   until ls .app.log.lpz.tmp-* > /dev/null 2>&1; do sleep 0.01; done
>   kill -s $1 $!
>   wait $! 2> /dev/null
>   echo "$1: exit $?"
>   exec 7>&-
>   rm source
>   ls -A
> }
$ interrupted INT
INT: exit 130
$ interrupted TERM
TERM: exit 143
$ interrupted HUP
HUP: exit 129

# A signal that the caller had ignored stays ignored: nohup works.
$ mkfifo source; exec 7<> source; log_lines 10 >&7
$ (trap '' HUP; exec logpress -o app.log.lpz source 7>&-) & until ls .app.log.lpz.tmp-* > /dev/null 2>&1; do sleep 0.01; done
$ kill -s HUP $!; exec 7>&-; wait $!; echo $?; log_lines 10 > log; logpress -dc app.log.lpz | cmp - log
0

# In the midst of the work on a file.
$ rm -f *; log_lines 400000 > large.log; sum=$(cksum < large.log)
$ for delay in 0.02 0.1 0.2; do timeout -s INT $delay logpress -9 -T2 large.log; ls -A; done
large.log
large.log
large.log
$ test "$(cksum < large.log)" = "$sum"
