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
 58  581  10.02  more    77d503c79c89  cache <*> is full
 35    0   0.00  gone    20732609e2e9  cleaned up <*>
? 1
$ logpress -9 tuesday.log; logpress diff tuesday.log.lpz - < wednesday.log | cmp - <(logpress diff tuesday.log wednesday.log)
$ logpress diff --json tuesday.log wednesday.log | head -n 1
{"type": "change", "change": "new", "id": "8482393f10af", "template": "tidied all <*>", "old_lines": 0, "new_lines": 35, "chance": 5.82e-11}
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
