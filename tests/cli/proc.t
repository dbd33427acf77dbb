# What /proc and /dev/fd bring.
$ [[ -e /dev/fd/0 && -e /proc/self/mem ]] || skip "no /proc"
$ log_lines 10 > app.log; log_lines 20 > b.log; logpress app.log

# Bash names pipes there; -c and -o read them, and -l says that it cannot.
$ logpress -c <(cat app.log) | cmp - app.log.lpz
$ logpress -o out.lpz <(cat app.log) && cmp out.lpz app.log.lpz
$ logpress -l <(cat app.log.lpz) 2>&1 | sed 's/[0-9][0-9]*/N/'
logpress: /dev/fd/N: is not seekable (a pipe?), so its index cannot be read; save it to a file first, or use -tv

# Standard output by its other name is a pipe or the file that it is, not something to replace.
$ logpress -o /dev/stdout app.log | cmp - app.log.lpz
$ logpress -o /dev/stdout app.log > plain && cmp plain app.log.lpz
$ logpress -f -o /dev/stdout app.log > plain && cmp plain app.log.lpz

# Files of unknown size are read to their end.
$ logpress -c /proc/self/status | logpress -d | grep -c ^Name
1

# One that cannot be read leaves a whole archive of what was read, so that those behind it are read.
$ logpress -c app.log /proc/self/mem b.log > all.lpz
! logpress: /proc/self/mem: cannot read: Input/output error; check the disk or what else it comes from
? 1
$ cat app.log b.log > all; logpress -dc all.lpz | cmp - all
$ logpress -o mem.lpz /proc/self/mem; ls mem.lpz
! logpress: /proc/self/mem: cannot read: Input/output error; check the disk or what else it comes from
! ls: cannot access 'mem.lpz': No such file or directory
? 2
