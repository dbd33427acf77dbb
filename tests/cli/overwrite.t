# What exists is not overwritten without -f, neither packed ...
$ log_lines 10 > app.log
$ echo precious > app.log.lpz
$ logpress app.log
! logpress: app.log.lpz: exists already; use -f to overwrite it, or -o to name another file
? 1
$ cat app.log.lpz
precious
$ logpress -f app.log && logpress -t app.log.lpz

# ... nor unpacked.
$ echo precious > app.log
$ logpress -d app.log.lpz
! logpress: app.log: exists already; use -f to overwrite it, or -o to name another file
? 1
$ cat app.log
precious
$ logpress -df app.log.lpz && log_lines 10 | cmp - app.log
$ ls -A
app.log
app.log.lpz

# A name taken while the run was under way is not overwritten either.
$ (log_lines 10; until ls .late.lpz.tmp-* > /dev/null 2>&1; do sleep 0.01; done; echo precious > late.lpz) |
>   logpress -o late.lpz
! logpress: late.lpz: exists already; use -f to overwrite it, or -o to name another file; what was packed is kept in .late.lpz.tmp-[..], see logpress repair
? 1
$ cat late.lpz
precious
$ log_lines 10 | cmp - <(lpzcat .late.lpz.tmp-*); rm .late.lpz.tmp-*; ls -A
app.log
app.log.lpz
late.lpz

# The output does not replace the input.
$ logpress -f -o app.log app.log
! logpress: app.log: is the input file; name another output with -o
? 1
$ log_lines 10 | cmp - app.log

# With -f, a link at the place of the output is replaced and not followed.
$ echo precious > target && ln -s target link.lpz && cp app.log link
$ logpress link
! logpress: link.lpz: exists already; use -f to overwrite it, or -o to name another file
? 1
$ logpress -f link && cat target && stat -c %F link.lpz
precious
regular file
$ ln -s missing dangling.lpz && cp app.log dangling
$ logpress dangling
! logpress: dangling.lpz: exists already; use -f to overwrite it, or -o to name another file
? 1
$ logpress -f dangling && logpress -t dangling.lpz && ls missing
! ls: cannot access 'missing': No such file or directory
? 2

# A directory is never replaced.
$ mkdir taken.lpz && cp app.log taken
$ logpress taken
! logpress: taken.lpz: Is a directory; name a file in it
? 1
$ logpress -f taken
! logpress: taken.lpz: Is a directory; name a file in it
? 1
