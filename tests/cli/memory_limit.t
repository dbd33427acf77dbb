# --memory-limit refuses what needs more, says how much, and takes less than a GiB by default.
$ log_lines 20000 > app.log && logpress --block-size=1M app.log && mv app.log original
$ logpress -d --memory-limit=100K app.log.lpz
! logpress: app.log.lpz: the block at byte 11 needs [..] bytes of memory and the limit is 102400; raise the memory limit with --memory-limit=SIZE
? 1
$ ls
app.log.lpz
original
$ logpress -t --memory-limit=64M app.log.lpz
$ logpress -dc -T2 --memory-limit=64M app.log.lpz | cmp - original
