# Short options join, and take values with and without a space.
$ log_lines 10 > app.log
$ logpress -9kf app.log && logpress -dc app.log.lpz | cmp - app.log
$ logpress -cT 2 app.log > packed; logpress -T2 -c app.log | cmp - packed
$ logpress -9fT2 app.log && logpress -cT0 app.log | logpress -dcT0 | cmp - app.log
$ logpress --threads=2 -c app.log | cmp - packed && logpress --threads 2 -c app.log | cmp - packed
$ logpress app.log -f && logpress app.log -9 -f

# Of levels, and of what to do, the last counts.
$ logpress -1 -c app.log > fast; logpress -9 -1 -c app.log | cmp - fast
$ logpress -d -t app.log.lpz && logpress -t -d -c app.log.lpz | cmp - app.log
$ logpress -5 -c app.log > five; logpress -c app.log | cmp - five; rm packed fast five

# What is no option is told with what to do about it.
$ logpress -19 app.log
! logpress: -19: levels go from -1 (fastest) to -9 (smallest); for no packing use --backend=store, for the most use -9
? 2
$ logpress -0 app.log
! logpress: -0: levels go from -1 (fastest) to -9 (smallest); for no packing use --backend=store, for the most use -9
? 2
$ logpress -10
! logpress: -10: levels go from -1 (fastest) to -9 (smallest); for no packing use --backend=store, for the most use -9
? 2
$ logpress -k15f
! logpress: -k15f: levels go from -1 (fastest) to -9 (smallest); for no packing use --backend=store, for the most use -9
? 2
$ logpress -x app.log
! logpress: -x: unknown option; see logpress --help, and give a file with such a name as ./-NAME
? 2
$ logpress -kx app.log
! logpress: -x: unknown option; see logpress --help, and give a file with such a name as ./-NAME
? 2
$ logpress --nothing app.log
! logpress: --nothing: unknown option; see logpress --help
? 2
$ logpress --keep=false app.log
! logpress: --keep=false: takes no value; give the option alone
? 2
$ logpress --force=1
! logpress: --force=1: takes no value; give the option alone
? 2
$ logpress -T
! logpress: -T: needs a value; give it as -T N
? 2
$ logpress app.log --threads
! logpress: --threads: needs a value; give it as --threads=N
? 2
$ logpress -T many app.log
! logpress: --threads=many: give a number from 1 to 256, or 0 for one thread per core
? 2
$ logpress -T-1 app.log
! logpress: --threads=-1: give a number from 1 to 256, or 0 for one thread per core
? 2
$ logpress -T 100000 app.log
! logpress: --threads=100000: give a number from 1 to 256, or 0 for one thread per core
? 2
$ logpress --threads= app.log
! logpress: --threads=: give a number from 1 to 256, or 0 for one thread per core
? 2
$ logpress --backend=lz4 app.log
! logpress: --backend=lz4: no such backend; there are store, zstd, xz, blend and mix
? 2
$ logpress --backend= app.log
! logpress: --backend=: no such backend; there are store, zstd, xz, blend and mix
? 2
$ logpress --recover app.log
! logpress: --recover: is for -d, -t, templates, export, stats, query and diff, not for compressing; leave it out
? 2
$ logpress -t -o x app.log.lpz
! logpress: --output: is for compressing, -d, repair and train, not for -t; leave it out
? 2
$ ls
app.log
app.log.lpz

# Sizes have units, all of them powers of 1024.
$ for size in 64 65536 64K 64k 64KiB 4M 4MB 4mib 1MiB 256M; do
>   logpress --block-size=$size -c app.log | logpress -d | cmp - app.log
> done
$ logpress --block-size=1K -o a app.log; logpress --block-size=1024 -o b app.log; cmp a b
$ logpress --block-size=12Q app.log
! logpress: --block-size=12Q: not a size; give a number of bytes, or one with K, M, G or T behind it
? 2
$ logpress --block-size=K app.log
! logpress: --block-size=K: not a size; give a number of bytes, or one with K, M, G or T behind it
? 2
$ logpress --block-size= app.log
! logpress: --block-size=: not a size; give a number of bytes, or one with K, M, G or T behind it
? 2
$ logpress --block-size=1.5M app.log
! logpress: --block-size=1.5M: not a size; give a number of bytes, or one with K, M, G or T behind it
? 2
$ logpress --block-size=-1 app.log
! logpress: --block-size=-1: not a size; give a number of bytes, or one with K, M, G or T behind it
? 2
$ logpress --block-size=0 app.log
! logpress: --block-size=0: out of range; give 64 to 256M
? 2
$ logpress --block-size=63 app.log
! logpress: --block-size=63: out of range; give 64 to 256M
? 2
$ logpress --block-size=257M app.log
! logpress: --block-size=257M: out of range; give 64 to 256M
? 2
$ logpress --block-size=99999999999999999999 app.log
! logpress: --block-size=99999999999999999999: not a size; give a number of bytes, or one with K, M, G or T behind it
? 2
$ logpress --block-size=99999999999G app.log
! logpress: --block-size=99999999999G: not a size; give a number of bytes, or one with K, M, G or T behind it
? 2
$ logpress --memory-limit=some app.log
! logpress: --memory-limit=some: not a size; give a number of bytes, or one with K, M, G or T behind it
? 2

# -19 may also be a value.
$ logpress -o -19 app.log && logpress -t -- -19
$ logpress --output -0 app.log && logpress -t ./-0
