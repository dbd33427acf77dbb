# What changed between two logs: a new statement, one that is gone, and one that is ten times as frequent.
$ day() { awk -v day="$1" -v often="$2" -v extra="$3" 'BEGIN { for (i = 0; i < 1440; ++i) {
>   at = sprintf("2024-05-%02d %02d:%02d", day, i / 60, i % 60); n = (i * 7919 + day * 104729) % 1009
>   if (n % 3 < 2) print at ":01 INFO a.Server: request " i " from 10.0.0." n % 50 " done"
>   if (n % 50 < often) print at ":02 WARN a.Server: cache " n " is full"
>   if (n % 40 == 0) print at ":03 INFO a.Server: " extra " " n }; print at ":59 INFO a.Server: end of day" }'; }
$ day 1 2 "cleaned up" > monday.log; day 2 2 "cleaned up" > tuesday.log; day 3 20 "tidied all" > wednesday.log
$ logpress diff monday.log tuesday.log
$ logpress diff tuesday.log wednesday.log
old  new  ratio  change  id            template
  0   35      -  new     8482393f10af  tidied all <*>
 58  581   9.98  more    77d503c79c89  cache <*> is full
 35    0   0.00  gone    20732609e2e9  cleaned up <*>
? 1
$ logpress -9 tuesday.log; logpress diff tuesday.log.lpz - < wednesday.log | cmp - <(logpress diff tuesday.log wednesday.log)
$ logpress diff --json tuesday.log wednesday.log | head -n 1
{"type": "change", "change": "new", "id": "8482393f10af", "template": "tidied all <*>", "old_lines": 0, "new_lines": 35, "chance": 6.19e-11, "example": "tidied all 0"}
# Values: states and durations that change, not ids and clocks, which always do, nor a burst of one value.
$ served() { awk -v day="$1" -v bad="$2" -v slow="$3" 'BEGIN { for (i = 0; i < 1000; ++i) { n = (i * 7919 + day * 104729) % 1009
>   printf "2024-05-%02d %02d:%02d:01 INFO a.Server: request id=%d since %02d:%02d:00 rack %d status %d took %d ms\n", day, i / 60, i % 60,
>     day * 1000 + i, i / 60, i % 60, i < day * 40 ? 1 : 2, n % 50 < bad ? 500 : 200, 100 + n % 900 * slow } }'; }
$ served 1 1 1 > before.log; served 2 1 1 > same.log; served 3 9 1 > failing.log; served 4 1 9 > slow.log
$ logpress diff before.log same.log; logpress diff before.log failing.log
old  new  ratio  change  id            template
 21  185   8.81  value   607a3ea5ffc0  <6> = 500 in request id=<*> since <*>:<*>:<*> rack <*> status <*> took <*> ms
? 1
$ logpress diff -v before.log slow.log
old  new  ratio  change  id            template
  0  452      -  value   607a3ea5ffc0  <7> = 4096 to 8192 in request id=<*> since <*>:<*>:<*> rack <*> status <*> took <*> ms
  0  224      -  value   607a3ea5ffc0  <7> = 2048 to 4096 in request id=<*> since <*>:<*>:<*> rack <*> status <*> took <*> ms
485  112   0.23  value   607a3ea5ffc0  <7> = 512 to 1024 in request id=<*> since <*>:<*>:<*> rack <*> status <*> took <*> ms
? 1
$ logpress diff --json before.log failing.log
{"type": "change", "change": "value", "id": "607a3ea5ffc0", "template": "request id=<*> since <*>:<*>:<*> rack <*> status <*> took <*> ms", "slot": 6, "value": "500", "old_lines": 21, "new_lines": 185, "ratio": 8.810, "chance": 5.82e-34, "example": "request id=3000 since 00:00:00 rack 1 status 200 took 488 ms"}
? 1
# Only one statement, and a line of it.
$ logpress diff -v --template=77d503c79c89 tuesday.log wednesday.log
old  new  ratio  change  id            template
 58  581   9.98  more    77d503c79c89  cache <*> is full
                                         cache 417 is full
? 1
# A part of both, and the other direction.
$ logpress diff --to='2024-05-02 00:00' monday.log monday.log
$ logpress diff wednesday.log tuesday.log | awk '{ print $4 }'
change
new
less
gone
# What makes no sense.
$ logpress diff monday.log
! logpress: diff: compares two logs; name the older and the newer one
? 2
$ logpress diff monday.log nothere
! logpress: nothere: No such file or directory; check the name
? 2
$ logpress diff monday.log /dev/null
! logpress: /dev/null: has no lines, so there is nothing to compare; name another log
? 2
