# A plan of logs, its tasks in any order, and what comes of them.
$ mkdir -p logs/sub; log_lines 20000 > logs/big.log; log_lines 2000 > logs/sub/a.log; log_lines 100 > 'logs/sub/b c.log'; : > logs/empty.log; touch -d @1700000000 logs/*.log logs/sub/*.log
$ echo hidden > logs/.hidden; gzip -kc logs/sub/a.log > logs/sub/a.log.1.gz; ln -s sub/a.log logs/link
$ logpress plan --shards=3 -o plan logs; cut -f1-4,6 plan
4 files, 1.79 MiB, tasks 0 to 2; the fullest has 612 KiB, 1.00 times the mean
logpress plan 1
level 5
tasks 3
files 4
bytes 1878910
2	0	626335	1700394	logs/big.log
1	626335	1244186	1700394	logs/big.log
0	1244186	1700394	1700394	logs/big.log
2	0	0	0	logs/empty.log
0	0	170026	170026	logs/sub/a.log
1	0	8490	8490	logs/sub/b c.log
id 3f3e213dd407a1889916d81729dd7193
$ grep -P '^0\t' plan | cut -f2-4,6
1244186	1700394	1700394	logs/big.log
0	170026	170026	logs/sub/a.log
# The same again is the same plan, and stays the plan that it was.
$ logpress plan --shards=3 -o again logs > /dev/null; cmp plan again; logpress plan --shards=3 -o again logs
! logpress: again: exists already; name another file with -o, or overwrite it with -f
? 1
$ logpress plan -f --shards=3 -o again logs logs/sub 'logs/*.log' ./logs > /dev/null; cmp plan again

# Tasks in any order; the number from wherever it comes.
$ logpress run plan --task=2; SLURM_ARRAY_TASK_ID=0 logpress run plan; PARALLEL_SEQ=2 SLURM_ARRAY_TASK_ID=0 logpress run plan pack; JOB_COMPLETION_INDEX=1 logpress run plan
task 2: 2 parts done, 0 were done before, 0 failed
task 0: 2 parts done, 0 were done before, 0 failed
task 1: 2 parts done, 0 were done before, 0 failed
task 1: 0 parts done, 2 were done before, 0 failed
$ logpress finish plan ; ls -A logs plan.d/pack
work      pack
files     4 of 4 done
log       1.79 MiB
archives  [..]
lines     22100
tasks     3 of 3 done, in 4 runs
slowest   [..]
logs:
.hidden
big.log
big.log.lpz
empty.log
empty.log.lpz
link
sub
[empty]
plan.d/pack:
0
1
2
finish
report.json
$ for log in big.log empty.log sub/a.log 'sub/b c.log'; do lpzcat "logs/$log.lpz" | cmp - "logs/$log"; done; stat -c %Y logs/big.log.lpz
1700000000
$ logpress -c logs/sub/a.log | cmp - logs/sub/a.log.lpz; logpress -l logs/big.log.lpz | tail -n 1 | grep -o 20000
20000
# What the ranges hold is what each of them packs to by itself.
$ awk -F '\t' '$6 == "logs/big.log" { print $2, $3 - $2 }' plan | while read -r begin size; do tail -c +$((begin + 1)) logs/big.log | head -c "$size" | logpress; done | cmp - logs/big.log.lpz
# All of it once more: nothing is left to do, and nothing changes.
$ md5sum logs/*.lpz logs/sub/*.lpz > sums; logpress run plan --task=0; logpress finish plan | sed -n 2p; md5sum -c --quiet sums
task 0: 0 parts done, 2 were done before, 0 failed
files     4 of 4 done
$ cat plan.d/pack/report.json
{"work": "pack", "plan": "plan", "complete": true, "files": 4, "files_done": 4, "bytes": 1878910, "archive_bytes": [..], "lines": 22100, "ratio": [..], "tasks": 3, "runs": 5, "open_tasks": [], "failures": {}, "slowest": [..]}

# Archives elsewhere, and by another level; what is cut is cut at lines.
$ logpress plan -9 --shard-bytes=500K --output-dir=out -o nine "$PWD/logs" > /dev/null; for k in 0 1 2 3; do logpress run nine --task=$k > /dev/null; done; logpress finish nine | head -n 2; find out -type f | sed "s|$PWD||" | sort
work      pack
files     4 of 4 done
out/logs/big.log.lpz
out/logs/empty.log.lpz
out/logs/sub/a.log.lpz
out/logs/sub/b c.log.lpz
$ lpzcat "out$PWD/logs/big.log.lpz" | cmp - logs/big.log; logpress -9c logs/sub/a.log | cmp - "out$PWD/logs/sub/a.log.lpz"

# Help fits a terminal, and every option of it is in the man page.
$ logpress plan --help > help; logpress run -h | cmp - help; logpress finish -h | cmp - help; awk 'length > 80' help
$ grep -oE -- '--[a-z-]+' help | sort -u | while read -r option; do grep -q -- "\*\*.*$option" "$CASES/../../docs/logpress-plan.1.md" || echo "$option"; done
