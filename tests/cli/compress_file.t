# FILE becomes FILE.lpz, FILE stays, and nothing is said.
$ log_lines 1000 > app.log
$ logpress app.log
$ ls
app.log
app.log.lpz
$ test $(stat -c %s app.log.lpz) -lt $(stat -c %s app.log)

# The bytes come back.
$ mv app.log original
$ logpress -d app.log.lpz
$ cmp app.log original
$ ls -A
app.log
app.log.lpz
original

# Every level and every backend does that.
$ for level in 1 2 3 4 5 6 7 8 9; do logpress -$level -c original | logpress -d | cmp - original; done
$ for backend in store zstd xz mix; do
>   logpress --backend=$backend -c original | logpress -d | cmp - original
> done
