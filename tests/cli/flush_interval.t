# What came in is written within a time, although the end is still to come.
$ mkfifo source; exec 7<> source; logpress --flush-interval=20ms -c < source > app.log.lpz 7>&- &
$ log_lines 10 > log; cat log >&7; for i in {1..500}; do (($(stat -c%s app.log.lpz) > 100)) && break; sleep 0.01; done
$ logpress -dcq --recover app.log.lpz 2> /dev/null | cmp - log; log_lines 3 >&7; exec 7>&-; wait
$ log_lines 3 >> log; logpress -dc app.log.lpz | cmp - log; logpress -l app.log.lpz | sed -n 2p | awk '{print $5}'
2

# Without it a block is written when it is full.
$ (log_lines 10; sleep 0.1; log_lines 3) | logpress -c > app.log.lpz; logpress -l app.log.lpz | sed -n 2p | awk '{print $5}'
1

$ logpress --flush-interval=soon log
! logpress: --flush-interval=soon: not a time; give a number with ms, s, min, h, d, w or y behind it, such as 36h
? 2

# Times are written as everywhere else: minutes are min and m, days are d, and a number needs its unit.
$ for t in 5m 5min 1d 2w 0; do logpress --flush-interval=$t -c log | logpress -d | cmp - log; done
$ logpress --flush-interval=10 log
! logpress: --flush-interval=10: has no unit; give it as 10s, 10min, 10h or 10d (seconds, minutes, hours, days)
? 2
