# -o names the output, on both ways and in any directory.
$ log_lines 10 > app.log && mkdir out
$ logpress -o out/packed app.log
$ logpress -d -o out/app.log out/packed
$ cmp app.log out/app.log
$ logpress --output=out/2 app.log && logpress -oout/3.lpz app.log && cmp out/2 out/3.lpz
$ logpress -o out/4 < app.log && cmp out/2 out/4
$ logpress -o - app.log | cmp - out/2
$ ls -A . out
.:
app.log
out
[empty]
out:
2
3.lpz
4
app.log
packed

# It takes one input, and one that may be found.
$ logpress -o all app.log app.log
! logpress: -o: takes one input file; leave -o out, or use -c to write one archive after the other
? 2
$ logpress -r -o all .
! logpress: -o: cannot be used with -r, which may find many files; use -c
? 2
$ logpress -o
! logpress: -o: needs a value; give it as -o FILE
? 2
$ logpress -o '' app.log
! logpress: --output=: the name is empty; name the file to write
? 2

# Not a directory, nor in one that is not there.
$ logpress -o out app.log
! logpress: out: Is a directory; name a file in it
? 1
$ logpress -o out/ app.log
! logpress: out/: Is a directory; name a file in it
? 1
$ logpress -o nothere/x app.log
! logpress: nothere/x: No such file or directory; make the directory first
? 1
$ logpress -o app.log/x app.log
! logpress: app.log/x: Not a directory; make the directory first
? 1

# A device or a pipe is written to, not replaced.
$ logpress -o /dev/null app.log && stat -c %F /dev/null
character special file
$ mkfifo pipe
$ (cat pipe > read &) ; logpress -o pipe app.log; until cmp -s read out/2; do sleep 0.01; done
$ stat -c %F pipe
fifo

# Without -c the input named may be of any kind.
$ ln -s app.log link && logpress -o linked.lpz link && cmp linked.lpz out/2
