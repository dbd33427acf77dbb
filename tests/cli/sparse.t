# Pages of zeros become holes in what is decompressed to a file, as in xz.
$ truncate -s 8M probe; (($(stat -c %b probe) < 1000)) || skip "no holes on this file system"
$ blocks() { echo $(($(stat -c %b "$1") * 512 / 1024 / 1024)) MiB; }
$ (log_lines 100; head -c 3M /dev/zero; log_lines 100; head -c 4M /dev/zero) > holes.log; blocks holes.log; logpress holes.log; cp holes.log original
7 MiB
$ logpress -df holes.log.lpz && cmp holes.log original && blocks holes.log
0 MiB
$ logpress -d -o out holes.log.lpz && cmp out original && blocks out
0 MiB
$ logpress -df --no-sparse holes.log.lpz && cmp holes.log original && blocks holes.log
7 MiB
$ logpress -df --no-sparse --sparse holes.log.lpz && blocks holes.log
0 MiB

# At the begin, at odd places, in small blocks, and too few to be any.
$ for at in 0 1 4095 4096 4097; do
>   (head -c $at /dev/urandom; head -c 20000 /dev/zero; echo x; head -c 5000 /dev/zero; echo y; head -c $at /dev/zero) > odd
>   for size in 64 4096 5000 1M; do logpress --block-size=$size -c odd > odd.lpz; logpress -d -f -o back odd.lpz && cmp odd back; done
> done
$ logpress -c original | logpress -d | cmp - original; logpress -dc holes.log.lpz > back && cmp back original
