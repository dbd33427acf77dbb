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
! logpress: --flush-interval=soon: not a time; give seconds, or a number with ms, s, m or h behind it
? 2
