# What exists is not overwritten without -f, neither packed ...
$ log_lines 10 > app.log
$ echo precious > app.log.lpz
$ logpress app.log
! logpress: app.log.lpz: exists already; name another file with -o, or overwrite it with -f
? 1
$ cat app.log.lpz
precious
$ logpress -f app.log && logpress -t app.log.lpz

# ... nor unpacked.
$ echo precious > app.log
$ logpress -d app.log.lpz
! logpress: app.log: exists already; name another file with -o, or overwrite it with -f
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
! logpress: late.lpz: exists already; name another file with -o, or overwrite it with -f; what was packed is kept in .late.lpz.tmp-[..], see logpress repair
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
! logpress: link.lpz: exists already; name another file with -o, or overwrite it with -f
? 1
$ logpress -f link && cat target && stat -c %F link.lpz
precious
regular file
$ ln -s missing dangling.lpz && cp app.log dangling
$ logpress dangling
! logpress: dangling.lpz: exists already; name another file with -o, or overwrite it with -f
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

# On a terminal it asks; never when something else is standard input.
$ script -qec true /dev/null > /dev/null 2>&1 < /dev/null || skip "no script(1), or no terminals for it"
$ cat > answer.py <<'END'
> import os, pty, sys
> answer, command = sys.argv[1], sys.argv[2:]
> pid, terminal = pty.fork()
> if pid == 0: os.execvp(command[0], command)
> said = b""
> while True:
>     try: piece = os.read(terminal, 1000)
>     except OSError: break
>     if not piece: break
>     said += piece
>     if said.endswith(b"? "): os.write(terminal, answer.encode())
> print(said.decode().replace("\r", ""), end="")
> sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
> END
$ rm -rf *.lpz; log_lines 10 > app.log; echo precious > app.log.lpz
$ python3 answer.py $'n\n' logpress app.log; python3 answer.py $'\n' logpress app.log; python3 answer.py $'\x04' logpress app.log; cat app.log.lpz
logpress: app.log.lpz: exists already; overwrite it (y/N)? n
logpress: app.log.lpz: was left as it is
logpress: app.log.lpz: exists already; overwrite it (y/N)? 
logpress: app.log.lpz: was left as it is
logpress: app.log.lpz: exists already; overwrite it (y/N)? 
logpress: app.log.lpz: was left as it is
precious
$ python3 answer.py $'y\n' logpress app.log && logpress -t app.log.lpz; echo precious > app.log
logpress: app.log.lpz: exists already; overwrite it (y/N)? y
$ python3 answer.py $'yes\n' logpress -d app.log.lpz && log_lines 10 | cmp - app.log
logpress: app.log: exists already; overwrite it (y/N)? yes
$ python3 answer.py $'y\n' logpress -f app.log; python3 answer.py $'y\n' logpress -q app.log; python3 answer.py $'y\n' sh -c 'logpress app.log < /dev/null'; python3 answer.py $'y\n' sh -c 'logpress app.log < answer.py'
logpress: app.log.lpz: exists already; name another file with -o, or overwrite it with -f
logpress: app.log.lpz: exists already; name another file with -o, or overwrite it with -f
logpress: app.log.lpz: exists already; name another file with -o, or overwrite it with -f
? 1
