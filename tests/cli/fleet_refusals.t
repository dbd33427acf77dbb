# What finish refuses, and what it says to do.
$ mkdir logs; log_lines 20000 > logs/big.log; log_lines 2000 > logs/a.log; log_lines 100 > logs/b.log; logpress plan --shards=3 -o plan logs > /dev/null
$ logpress run plan --task=0 > /dev/null; logpress finish plan | sed '/slowest/d'
work      pack
files     1 of 3 done
log       166 KiB
archives  [..]
lines     2000
tasks     1 of 3 done, in 1 runs
! logpress: task 1: has not begun; repeat it with: logpress run plan --task=1
! logpress: task 2: has not begun; repeat it with: logpress run plan --task=2
$ logpress run plan --task=1 > /dev/null; logpress run plan --task=2 > /dev/null; cp -r plan.d good

# A record that is damaged, cut, gone, or another's.
$ sed -i 's/^done\t2\t/done\t3\t/' plan.d/pack/2; logpress finish plan > /dev/null; ls logs
a.log
a.log.lpz
b.log
b.log.lpz
big.log
! logpress: task 2: plan.d/pack/2: is damaged behind byte 115; repeat it with: logpress run plan --task=2
$ rm -r plan.d; cp -r good plan.d; head -c -40 good/pack/2 > plan.d/pack/2; logpress finish plan > /dev/null
! logpress: task 2: plan.d/pack/2: is damaged behind byte 115; repeat it with: logpress run plan --task=2
? 1
$ cp good/pack/1 plan.d/pack/2; logpress finish plan > /dev/null; logpress run plan --task=2
! logpress: task 2: plan.d/pack/2: belongs to another plan or task; remove it, or name the right plan; repeat it with: logpress run plan --task=2
! logpress: plan.d/pack/2: belongs to another plan or task; remove it, or name the right plan
? 1
$ printf 'no record\n' > plan.d/pack/2; logpress finish plan > /dev/null
! logpress: task 2: plan.d/pack/2: its first line is damaged; remove it; repeat it with: logpress run plan --task=2
? 1
$ rm plan.d/pack/2; logpress finish plan > /dev/null; grep -o '"open_tasks": .*"failures"' plan.d/pack/report.json
"open_tasks": [{"task": 2, "what": "has not begun", "command": "logpress run plan --task=2"}], "failures"
! logpress: task 2: has not begun; repeat it with: logpress run plan --task=2
# The command that it names puts it right.
$ logpress run plan --task=2; logpress finish plan | head -n 2
task 2: 1 parts done, 0 were done before, 0 failed
work      pack
files     3 of 3 done

# The archive of a range that is gone or damaged, and that of a log.
$ again() { rm -rf plan.d logs/*.lpz; for k in 0 1 2; do logpress run plan --task=$k > /dev/null; done; }
$ again; rm plan.d/pack/part-2.lpz; logpress finish plan > /dev/null
! logpress: logs/big.log, bytes 0 to 626335: was packed, but its archive is gone, or has another size
! logpress: task 2: 1 of its 1 parts failed; repeat it with: logpress run plan --task=2
? 1
$ again; printf x | dd of=plan.d/pack/part-2.lpz bs=1 seek=100 conv=notrunc 2> /dev/null; logpress finish plan > /dev/null; ls logs plan.d/pack
logs:
a.log
a.log.lpz
b.log
b.log.lpz
big.log
[empty]
plan.d/pack:
0
1
2
finish
part-2.lpz
part-3.lpz
part-4.lpz
report.json
! logpress: logs/big.log, bytes 0 to 626335: the archive of its bytes 0 to 626335 is damaged; remove plan.d/pack/part-2.lpz and repeat task 2
$ again; rm logs/b.log.lpz; logpress finish plan | head -n 2; logpress run plan --task=1 > /dev/null; logpress finish plan > /dev/null
work      pack
files     2 of 3 done
! logpress: logs/b.log: was packed, but its archive is gone, or has another size
! logpress: task 1: 1 of its 2 parts failed; repeat it with: logpress run plan --task=1
# Something else at the place of an archive.
$ again; logpress -1c logs/b.log > other; cp other logs/b.log.lpz; cp other logs/big.log.lpz; rm plan.d/pack/1; logpress run plan --task=1; logpress finish plan > /dev/null; cmp other logs/big.log.lpz
task 1: 1 parts done, 0 were done before, 1 failed
! logpress: logs/b.log: b.log.lpz is there already and holds something else; move it away, or plan with another --output-dir
! logpress: logs/b.log: b.log.lpz is there already and holds something else; move it away, or plan with another --output-dir
! logpress: task 1: 1 of its 2 parts failed; repeat it with: logpress run plan --task=1
! logpress: logs/big.log, bytes 0 to 626335: big.log.lpz is there already and holds something else; move it away, or plan with another --output-dir

# A log that is not what the plan says.
$ rm -r plan.d logs/*.lpz; echo more >> logs/b.log; rm logs/a.log; for k in 0 1 2; do logpress run plan --task=$k; done; logpress finish plan | grep -v slowest
task 0: 1 parts done, 0 were done before, 1 failed
task 1: 1 parts done, 0 were done before, 1 failed
task 2: 1 parts done, 0 were done before, 0 failed
work      pack
files     1 of 3 done
log       1.62 MiB
archives  [..]
lines     20000
tasks     3 of 3 done, in 3 runs
failures  changed 1, missing 1
! logpress: logs/a.log: cannot open it: No such file or directory; check the name
! logpress: logs/b.log: changed since the plan was made; make a new plan
! logpress: logs/a.log: cannot open it: No such file or directory; check the name
! logpress: task 0: 1 of its 2 parts failed; repeat it with: logpress run plan --task=0
! logpress: logs/b.log: changed since the plan was made; make a new plan
! logpress: task 1: 1 of its 2 parts failed; repeat it with: logpress run plan --task=1
$ grep -o '"failures": [^}]*}' plan.d/pack/report.json
"failures": {"changed": 1, "missing": 1}

# A plan that is none, or was changed.
$ sed 's/big/bag/' plan > changed; logpress run changed --task=0; head -n 5 plan > cut; logpress finish cut; logpress run logs/big.log --task=0; logpress run nothere --task=0
! logpress: changed: line 11: the plan was changed, or is damaged; make it anew
! logpress: cut: line 5: the plan is cut off there; make it anew
! logpress: logs/big.log: is no plan; make one with logpress plan
! logpress: nothere: cannot open the plan: No such file or directory; check the name
? 1

# Wrong usage.
$ logpress plan logs; logpress plan -o x; logpress plan -o x nothere 'no*where'; logpress plan --shards=0 -o x logs; logpress plan --shard-bytes -o x; logpress plan --frob; logpress plan -o x --output-dir=y ../*
! logpress: plan: no name for the plan; give -o PLAN
! logpress: plan: no files; name logs, directories or patterns
! logpress: nothere: cannot be read: No such file or directory; check the name and the permissions
! logpress: no*where: matches nothing; check the pattern
! logpress: --shards=0: give a number from 1 to 10000000
! logpress: --shard-bytes=-o: not a size; give a number of bytes, or one with K, M, G or T behind it
! logpress: --frob: unknown option; see logpress plan --help
! logpress: ../actual: has no place below --output-dir; name it from / on
? 2
$ logpress run; logpress run plan; logpress run plan --task=9; logpress run plan --task=x; SLURM_ARRAY_TASK_ID=x logpress run plan; PARALLEL_SEQ=0 logpress run plan; logpress run plan --task=0 zip; logpress run plan --task=0 pack -9; logpress run plan --task=0 grep; logpress run plan --task=0 grep a logs; logpress run plan --task=0 grep '('; logpress finish
! logpress: run: no plan; name one that logpress plan has made
! logpress: run: which task? give --task=K, or let a scheduler say it
! logpress: task 9: the plan has the tasks 0 to 2; give one of them
! logpress: --task=x: give a number from 0 to 10000000
! logpress: SLURM_ARRAY_TASK_ID=x: is no number of a task; give --task=K
! logpress: PARALLEL_SEQ=0: is no number of a task; give --task=K
! logpress: zip: no such work; there are pack, verify, grep and count
! logpress: -9: pack takes no arguments; the plan says which files and how
! logpress: no pattern; give it as logpress grep PATTERN FILE..., and see logpress grep --help
! logpress: logs: the plan says which files are searched; leave it out
! logpress: pattern: '(' without its ')'; write \( for the byte itself
! logpress: finish: no plan; name one that logpress plan has made
? 2
