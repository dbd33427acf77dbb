# A reader that has enough ends the run, silently and by SIGPIPE.
$ log_lines 20000 > app.log && logpress app.log
$ logpress -dc app.log.lpz | head -c 1; echo "${PIPESTATUS[*]}"
2141 0
$ head -c 1000000 /dev/urandom | logpress --backend=store | head -c 1 | wc -c; echo "${PIPESTATUS[1]}"
1
141
$ logpress -dc app.log.lpz app.log.lpz app.log.lpz | head -n 1; echo "${PIPESTATUS[*]}"
2024-05-01 00:00:01,037 INFO  [worker-1] Request 100001 from 10.0.7.13 took 1 ms
141 0

# Where SIGPIPE is ignored, it is an error as others are.
$ (trap '' PIPE; logpress -dc app.log.lpz app.log.lpz; echo $? >&2) | head -c 1
2[no newline]
! logpress: standard output: Broken pipe; its reader is gone
! 1
