# A directory that may not be written. Root may write everywhere and becomes nobody for this.
$ mkdir closed && log_lines 10 > closed/app.log && logpress -c closed/app.log > closed/old.log.lpz
$ chmod 555 closed; chmod 755 . ..; cp "$(readlink -f "$(command -v logpress)")" program
$ as_user() { if ((EUID == 0)); then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
$ as_user true 2> /dev/null || skip "cannot become another user"
$ as_user ./program closed/app.log
! logpress: closed/app.log.lpz: Permission denied; check the permissions of the directory, or name a place elsewhere with -o or -c
? 1
$ as_user ./program -d closed/old.log.lpz
! logpress: closed/old.log: Permission denied; check the permissions of the directory, or name a place elsewhere with -o or -c
? 1
$ as_user ./program -c closed/app.log | logpress -t

# With --rm, too, nothing is lost.
$ as_user ./program --rm closed/app.log; ls -A closed
app.log
old.log.lpz
! logpress: closed/app.log.lpz: Permission denied; check the permissions of the directory, or name a place elsewhere with -o or -c

# A file that may not be read.
$ chmod 755 closed; chmod 000 closed/app.log
$ as_user ./program -c closed/app.log | wc -c
0
! logpress: closed/app.log: Permission denied; check the permissions, or run as its owner
$ chmod 700 closed; ((EUID == 0)) || chmod 000 closed
$ as_user ./program -r closed
! logpress: closed: Permission denied; check the permissions
? 1
$ chmod 755 closed
