# What is not a regular file is not touched without a word: -f, -c or -o.
$ log_lines 10 > app.log; ln -s app.log link; mkfifo pipe; ln -s nothere dangling; mkdir directory
$ logpress link pipe dangling directory /dev/null
! logpress: link: is a symbolic link; skipped, use -f, -c or -o to take the file it points to
! logpress: pipe: is not a regular file; skipped, use -f, -c or -o to read it all the same
! logpress: dangling: is a symbolic link; skipped, use -f, -c or -o to take the file it points to
! logpress: directory: is a directory; use -r to take the files below it
! logpress: /dev/null: is not a regular file; skipped, use -f, -c or -o to read it all the same
? 1
$ ls -A
app.log
dangling
directory
link
pipe
$ logpress -f link && logpress -t link.lpz && ls
app.log
dangling
directory
link
link.lpz
pipe
$ (log_lines 10 > pipe &) ; logpress -c pipe | logpress -d | cmp - app.log
$ logpress -c link | logpress -d | cmp - app.log
$ logpress -c /dev/null | logpress -d | wc -c
0
$ (log_lines 10 > pipe &) ; logpress -f pipe && logpress -dc pipe.lpz | cmp - app.log

# -t, -l and -dc read through links as well.
$ ln -s link.lpz other.lpz
$ logpress -t other.lpz && logpress -dc other.lpz | cmp - app.log
$ logpress -d other.lpz
! logpress: other.lpz: is a symbolic link; skipped, use -f, -c or -o to take the file it points to
? 1

# What is not there.
$ logpress nothere app.log/nothere ''
! logpress: nothere: No such file or directory; check the name
! logpress: app.log/nothere: Not a directory; check the name
! logpress: : No such file or directory; check the name
? 1
