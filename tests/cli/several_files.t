# Several files go to several archives. One that fails is told; the others are done.
$ log_lines 10 > a.log; log_lines 20 > b.log; log_lines 30 > c.log; mkdir d
$ logpress a.log nothere d b.log
! logpress: nothere: No such file or directory; check the name
! logpress: d: is a directory; use -r to take the files below it
? 1
$ ls
a.log
a.log.lpz
b.log
b.log.lpz
c.log
d
$ rm a.log b.log
$ logpress -d a.log.lpz nothere.lpz b.log.lpz
! logpress: nothere.lpz: No such file or directory; check the name
? 1
$ wc -l a.log b.log | sed 's/^ *//'
10 a.log
20 b.log
30 total

# With -c they go one after the other, and so joined are an archive again.
$ logpress -c a.log nothere b.log c.log > all.lpz
! logpress: nothere: No such file or directory; check the name
? 1
$ cat a.log b.log c.log > all
$ logpress -dc all.lpz | cmp - all
$ cat a.log.lpz b.log.lpz > ab.lpz && logpress -d ab.lpz && cat a.log b.log | cmp - ab
$ logpress -dc a.log.lpz nothere.lpz b.log.lpz | cmp - ab
! logpress: nothere.lpz: No such file or directory; check the name

# The same file twice.
$ logpress c.log c.log
! logpress: c.log.lpz: exists already; name another file with -o, or overwrite it with -f
? 1
