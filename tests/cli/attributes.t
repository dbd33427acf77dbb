# Mode and times of the file, to the nanosecond, carry over on both ways.
$ log_lines 10 > app.log
$ chmod 640 app.log
$ touch -m -d '2001-02-03 04:05:06.123456789' app.log
$ touch -a -d '2002-03-04 05:06:07.987654321' app.log
$ logpress app.log
$ stat -c '%a %y' app.log.lpz
640 2001-02-03 04:05:06.123456789 +0000
$ touch -a -d '2002-03-04 05:06:07.987654321' app.log.lpz
$ stat -c '%x' app.log.lpz
2002-03-04 05:06:07.987654321 +0000
$ mv app.log original
$ logpress -d app.log.lpz
$ stat -c '%a %y' app.log
640 2001-02-03 04:05:06.123456789 +0000

# Also with -o, and over a file of another mode.
$ touch open.lpz && chmod 666 open.lpz
$ logpress -f -o open.lpz app.log
$ stat -c '%a %y' open.lpz
640 2001-02-03 04:05:06.123456789 +0000

# Owner and group are those of the file, as far as the user may give them.
$ test "$(stat -c '%u %g' app.log)" = "$(stat -c '%u %g' app.log.lpz)"

# A file that may not be read by others is not readable while it is written either.
$ chmod 644 app.log
$ (cat app.log; until ls .wait.lpz.tmp-* > /dev/null 2>&1; do sleep 0.01; done; stat -c %a .wait.lpz.tmp-* > mode) |
>   logpress -o wait.lpz
$ cat mode
600

# From standard input there is nothing to carry over; the umask decides.
$ (umask 027; logpress -o masked.lpz < app.log; stat -c %a masked.lpz)
644
