# -v says for every file what came of it.
$ log_lines 1000 > app.log; : > empty.log
$ logpress -v app.log empty.log nothere
! app.log: 83.0 KiB => [..] KiB, ratio [..], app.log.lpz
! empty.log: 0 B => [..] B, ratio -, empty.log.lpz
! logpress: nothere: No such file or directory; check the name
? 1
$ rm app.log; logpress -dv app.log.lpz
! app.log.lpz: [..] KiB => 83.0 KiB, app.log
$ logpress -tv app.log.lpz empty.log.lpz
! app.log.lpz: whole, [..] KiB => 83.0 KiB, 1000 lines
! empty.log.lpz: whole, [..] B => 0 B, 0 lines
$ logpress -cv app.log > /dev/null
! app.log: 83.0 KiB => [..] KiB, ratio [..], standard output
$ logpress -v < app.log > /dev/null
! standard input: 83.0 KiB => [..] KiB, ratio [..], standard output

# -q says nothing of what was only left alone, -qq nothing of errors either; the exit status stays.
$ mkdir directory; logpress -q directory app.log.lpz /dev/null
? 1
$ logpress -dq app.packed
? 1
$ logpress -q nothere
! logpress: nothere: No such file or directory; check the name
? 1
$ logpress -qq nothere
? 1
$ logpress -q -q nothere
? 1
$ logpress -qqv nothere
! logpress: nothere: No such file or directory; check the name
? 1
$ logpress -qq -d app.log.lpz
? 1
