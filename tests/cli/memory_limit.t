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

# Compressing with it takes smaller blocks, the same for every number of threads, or says what it takes at least.
$ logpress -1 --memory-limit=12M -c original > one && logpress -1 -T4 --memory-limit=12M -c original | cmp - one
$ logpress -1 -c original > whole && cmp -s one whole
? 1
$ logpress -dc one | cmp - original
$ logpress -1 --memory-limit=2M original
! logpress: original: compressing at level 1 takes [..] bytes of memory at least and the limit is 2097152; use another level or raise the memory limit with --memory-limit=SIZE
? 1

# Who packs blocks that a reader refuses unless it is told is told so.
$ yes 'a line of a log' | head -c 80000000 > large; logpress -1 --block-size=128M large && logpress -t large.lpz
! logpress: large.lpz: needs --memory-limit=1[..]M to be decompressed; with a smaller --block-size it would not
! logpress: large.lpz: the block at byte 11 needs [..] bytes of memory and the limit is 1073741824; raise the memory limit with --memory-limit=SIZE
? 1
$ rm large.lpz; limit=$(logpress -1 --block-size=128M large 2>&1 | grep -o 'limit=[0-9]*M' | cut -d = -f 2); logpress -t --memory-limit=$limit large.lpz
$ rm large.lpz; logpress -1 large && logpress -t large.lpz; rm large large.lpz
