# Searching what a plan has packed: what comes out is what logpress grep prints of all of it.
$ mkdir logs; log_lines 20000 > logs/big.log; log_lines 2000 > logs/a.log; log_lines 100 > logs/b.log
$ logpress plan --shards=3 -o plan logs > /dev/null; tasks() { for k in 2 0 1; do logpress run plan --task=$k "$@" > /dev/null; done; }
$ packed=(logs/a.log.lpz logs/b.log.lpz logs/big.log.lpz); plain=(logs/a.log logs/b.log logs/big.log)
$ same() { local -n files=$1; shift; tasks grep "$@"; cmp <(logpress finish plan grep "$@" 2> /dev/null) <(logpress grep "$@" "${files[@]}") && echo same; }
# Of the logs themselves, when they were not packed by the plan.
$ same plain -n 'took 97. '; same plain -c INFO
same
same
# Of their archives, with ranges of one file in several tasks.
$ tasks; logpress finish plan > /dev/null; same packed -n 'took 97. '; same packed -b -o 'Request 1.9999'; same packed -c 'worker-[37]'; same packed -v INFO
same
same
same
same
# Where a range does not know enough.
$ same packed -m 3 took; same packed -C 2 'took 976 '; same packed -l Request; same packed -L 'Request 110000'
same
same
same
same
$ logpress finish plan grep -n 'took 97. ' 2> report > found; sed '/slowest/d' report; logpress run plan --task=1 grep -n 'took 97. '
work      grep
files     3 of 3 done
lines     179 selected, in 2 files
tasks     3 of 3 done, in 3 runs
task 1: 0 parts done, 2 were done before, 0 failed
$ tasks count 'took 97. '; logpress finish plan count 'took 97. ' 2> report; sed '/slowest/d' report
logs/a.log.lpz:16
logs/b.log.lpz:0
logs/big.log.lpz:163
work      grep
files     3 of 3 done
lines     179 selected, in 2 files
tasks     3 of 3 done, in 3 runs
$ cat plan.d/grep-*/report.json | grep -o '"first_file": "[^"]*"' | sort -u
"first_file": "logs/a.log"
"first_file": "logs/big.log"
# Nothing is selected, or somebody has not searched yet.
$ tasks grep nowhere; logpress finish plan grep nowhere 2> /dev/null
? 1
$ logpress run plan --task=1 grep other > /dev/null; logpress finish plan grep other 2> report; sed '/slowest/d' report
logpress: task 0: has not begun; repeat it with: logpress run plan --task=0 grep other
logpress: task 2: has not begun; repeat it with: logpress run plan --task=2 grep other
work      grep
files     1 of 3 done
lines     0 selected, in 0 files
tasks     1 of 3 done, in 1 runs
# Verifying: each archive against what was read when it was packed.
$ tasks verify; logpress finish plan verify | sed '/slowest/d'
work      verify
files     3 of 3 done
log       1.79 MiB
tasks     3 of 3 done, in 3 runs
$ rm -r plan.d/verify; printf x | dd of=logs/big.log.lpz bs=1 seek=1500 conv=notrunc 2> /dev/null; tasks verify; logpress finish plan verify | sed '/slowest/d'
work      verify
files     2 of 3 done
log       174 KiB
tasks     3 of 3 done, in 3 runs
failures  damaged 1
! logpress: logs/big.log.lpz, bytes 626335 to 1244186: the block at byte 11: its payload does not match its checksum; intact before it: 0 lines (0 bytes)
! logpress: logs/big.log, bytes 626335 to 1244186: the block at byte 11: its payload does not match its checksum; intact before it: 0 lines (0 bytes)
! logpress: task 1: 1 of its 2 parts failed; repeat it with: logpress run plan --task=1 verify
$ logpress -f logs/b.log logs/a.log; cp logs/b.log.lpz logs/a.log.lpz; rm -r plan.d/verify; logpress run plan --task=0 verify
task 0: 1 parts done, 0 were done before, 1 failed
! logpress: logs/a.log.lpz: does not hold what was packed; pack it again
? 1

# A plan of archives that are there already.
$ logpress plan --archives --shards=2 -o of_archives logs; logpress run of_archives --task=0 pack; rm -r of_archives.d
3 files, [..], tasks 0 to 1; [..]
task 0: 0 parts done, 0 were done before, 1 failed
! logpress: logs/big.log.lpz: is packed already; leave it out of the plan
$ for k in 0 1; do logpress run of_archives --task=$k verify; done
task 0: 0 parts done, 0 were done before, 1 failed
task 1: 2 parts done, 0 were done before, 0 failed
! logpress: logs/big.log.lpz: the block at byte [..]: its payload does not match its checksum; intact before it: 7367 lines (626335 bytes)
