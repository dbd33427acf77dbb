# The options of gzip, xz and zstd work as they are spelled there.
$ log_lines 10 > app.log; cp app.log original
$ logpress -z app.log && logpress --uncompress --to-stdout app.log.lpz | cmp - app.log
$ logpress -d --compress -f app.log && logpress -t app.log.lpz
$ logpress --fast -c app.log > a; logpress -1 -c app.log | cmp - a
$ logpress --best -c app.log > a; logpress -9 -c app.log | cmp - a
$ logpress --level=3 -c app.log > a; logpress --level 3 -c app.log | cmp - a; logpress -3 -c app.log | cmp - a
$ logpress -M 1G -c app.log | cmp - <(logpress -c app.log); logpress --memlimit=1G --memory=1G -c app.log | lpzcat -M1G | cmp - app.log
$ for level in 0 10 fast ''; do logpress --level=$level app.log; done
! logpress: --level=0: give a level from 1 (fastest) to 9 (smallest)
! logpress: --level=10: give a level from 1 (fastest) to 9 (smallest)
! logpress: --level=fast: give a level from 1 (fastest) to 9 (smallest)
! logpress: --level=: give a level from 1 (fastest) to 9 (smallest)
? 2

# What changes nothing here is accepted ...
$ logpress -c app.log > a
$ for option in -n --no-name -e --extreme --long --long=27 --ultra; do logpress $option -c app.log | cmp - a; done

# ... and what cannot be had is refused with the reason.
$ logpress -N app.log
! logpress: --name: an archive holds no name; FILE.lpz becomes FILE, and its time carries over
? 2
$ logpress --rsyncable app.log
! logpress: --rsyncable: an archive is not like that: what is inserted into a log changes all blocks behind it; sync the archives of a log that does not change any more
? 2
$ logpress --adapt=min=1 app.log
! logpress: --adapt=min=1: the same log gives the same archive, however fast it comes; choose a level
? 2

# Long options may be cut as long as they are told apart.
$ logpress --decomp --std app.log.lpz | cmp - app.log
$ logpress --thr=2 --blo 64K --bac zstd -c app.log | lpzcat | cmp - app.log
$ logpress --rec app.log
! logpress: --rec: may be --recursive, --recover; write more of it
? 2
$ logpress --mem=1G -c app.log | cmp - a

# LOGPRESS_OPT holds options that every run begins with; the command line comes behind it.
$ LOGPRESS_OPT='-9 -v' logpress -fo a app.log; LOGPRESS_OPT=-9 logpress -1 -fo b app.log
! app.log: 830 B => [..], ratio [..], a
$ logpress -9c app.log | cmp - a; logpress -1c app.log | cmp - b; LOGPRESS_OPT=-9 lpzcat a | cmp - app.log
$ LOGPRESS_OPT= logpress -c app.log > c && LOGPRESS_OPT=' ' logpress -c app.log | cmp - c

# What would touch files is not taken from there, and that is said.
$ LOGPRESS_OPT='--rm -1 x' logpress -fo a app.log && cmp a b && cmp app.log original
! logpress: LOGPRESS_OPT: --rm: is not taken from there, as it changes what happens to files; give it on the command line
! logpress: LOGPRESS_OPT: x: is no option, and files are not taken from there; name them on the command line
$ LOGPRESS_OPT='-x' logpress app.log
! logpress: LOGPRESS_OPT: -x: unknown option; see logpress --help, and give a file with such a name as ./-NAME
? 2
$ LOGPRESS_OPT='-T many' logpress app.log
! logpress: LOGPRESS_OPT: --threads=many: give a number from 1 to 256, or 0 for one thread per core
? 2
$ LOGPRESS_OPT='-x' logpress archive -q -n app.log
