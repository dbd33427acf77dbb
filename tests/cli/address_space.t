# Little address space is enough: nothing is reserved beyond what is used.
$ (ulimit -v 65536 && logpress --version) >/dev/null 2>&1 || skip "this build takes more for itself"
$ log_lines 20000 > app.log
$ (ulimit -v 65536 && logpress -1 -c app.log && logpress -5 -c app.log) > app.log.lpz
$ (ulimit -v 65536 && logpress -dc app.log.lpz) | cmp - <(cat app.log app.log)
