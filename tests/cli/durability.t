# What reaches the disk, in which order: the content, then the name, then the end of the source.
$ export ASAN_OPTIONS=detect_leaks=0
$ strace -o /dev/null true 2> /dev/null || skip "no strace(1), or it may not trace"
$ log_lines 10 > app.log
$ traced() { strace -f -qq -o trace -e signal=none "$@"; }
$ traced -e trace=fsync,/^rename,/^link,/^unlink logpress --rm app.log
$ sed 's/^[0-9]* *//; s/([0-9]*, */(/g; s/([0-9]*)/(FD)/; s/, [0-9]*, /, /; s/tmp-[a-z0-9]*/tmp-XXXXXXXX/; s/ *= / = /' trace
fsync(FD) = 0
renameat2(".app.log.lpz.tmp-XXXXXXXX", "app.log.lpz", RENAME_NOREPLACE) = 0
fsync(FD) = 0
unlink("app.log") = 0

# When one of these fails, there is no archive, and the source is there.
$ failing() { rm -f *.lpz; log_lines 10 > app.log; traced -e inject="$1" logpress --rm app.log; ls -A; }
$ failing fsync:error=EIO:when=1
app.log
trace
! logpress: app.log.lpz: Input/output error; check the disk, or name a place elsewhere with -o
$ failing renameat2:error=EIO
app.log
trace
! logpress: app.log.lpz: Input/output error; check the disk, or name a place elsewhere with -o
$ failing renameat2,linkat:error=EPERM
app.log
trace
! logpress: app.log.lpz: Operation not permitted; check the permissions of the directory, or name a place elsewhere with -o or -c

# When the directory cannot be synced or the source not removed, nothing is lost either.
$ failing fsync:error=EIO:when=2
app.log
app.log.lpz
trace
! logpress: app.log.lpz: Input/output error; check the disk, or name a place elsewhere with -o
$ failing unlink:error=EACCES
app.log
app.log.lpz
trace
! logpress: app.log: not removed: Permission denied; check the permissions, or run as its owner

# File systems that refuse owners, modes or times get the content at least.
$ failing fchown:error=EPERM
app.log.lpz
trace
$ failing fchmod:error=EPERM
app.log.lpz
trace
$ failing utimensat:error=EPERM
app.log.lpz
trace

# File systems that cannot rename without overwriting know links, or nothing is overwritten by chance.
$ failing renameat2:error=EINVAL
app.log.lpz
trace
$ rm -f *.lpz; echo precious > app.log.lpz; log_lines 10 > app.log
$ failing() { traced -e inject="$1" logpress -o late.lpz < app.log; ls -A; }
$ failing renameat2:error=EINVAL; failing 'renameat2:error=EINVAL'; rm late.lpz
app.log
app.log.lpz
late.lpz
trace
app.log
app.log.lpz
late.lpz
trace
! logpress: late.lpz: exists already; name another file with -o, or overwrite it with -f
$ traced -e inject=renameat2:error=EINVAL -e inject=linkat:error=EPERM logpress -o late.lpz app.log; ls -A
app.log
app.log.lpz
trace
! logpress: late.lpz: cannot be made without the danger of overwriting on this file system; use -f, or name a place elsewhere with -o
