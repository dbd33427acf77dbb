# Without FILE, standard input goes to standard output; "-" is the same.
$ log_lines 100 > app.log
$ logpress < app.log > a.lpz
$ logpress - < app.log > b.lpz
$ logpress -c app.log > c.lpz
$ cmp a.lpz b.lpz && cmp a.lpz c.lpz
$ logpress -d < a.lpz | cmp - app.log
$ logpress -dc - < a.lpz | cmp - app.log
$ cat a.lpz | logpress -t
$ cat a.lpz | logpress -tv
! standard input: whole, [..] B => 8.29 KiB, 100 lines

# "-" among files goes to standard output, the files beside themselves.
$ logpress - app.log < app.log | cmp - a.lpz && ls
a.lpz
app.log
app.log.lpz
b.lpz
c.lpz

# Nothing but an archive is an archive.
$ logpress -d < app.log
! logpress: standard input: this is not a logpress archive; name a file that logpress made
? 1
$ logpress -d < /dev/null
! logpress: standard input: this is not a logpress archive: it is empty; name a file that logpress made
? 1
$ logpress -t < app.log
! logpress: standard input: this is not a logpress archive; name a file that logpress made
? 1

# A file cannot be input and output at once.
$ logpress -c app.log >> app.log
! logpress: app.log: is also the output and would never end; send the output elsewhere
? 1
$ logpress < app.log >> app.log
! logpress: standard input: is also the output and would never end; send the output elsewhere
? 1
$ log_lines 100 | cmp - app.log

# Input from a directory.
$ logpress < .
! logpress: standard input: is a directory; name it as FILE and use -r
? 1

# Closed standard streams.
$ logpress -c app.log >&-
! logpress: standard output: Bad file descriptor; it is closed, so name a FILE or use -o
? 1
$ logpress <&-
! logpress: standard input: cannot read: Bad file descriptor; it is closed, so name a FILE
? 1
