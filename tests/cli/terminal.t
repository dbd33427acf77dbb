# An archive is not written to a terminal, unless forced; a log is.
$ script -qec true /dev/null > /dev/null 2>&1 < /dev/null || skip "no script(1), or no terminals for it"
$ on_terminal() { script -qec "$1" /dev/null < /dev/null | tr -d '\r'; return "${PIPESTATUS[0]}"; }
$ log_lines 2 > app.log && logpress app.log
$ on_terminal 'logpress -c app.log'
logpress: standard output: is a terminal, and archives are no text; redirect it, use -o, or -f to write there all the same
? 1
$ on_terminal 'logpress < app.log'
logpress: standard output: is a terminal, and archives are no text; name a FILE, or redirect it; see logpress --help
? 1
$ on_terminal 'logpress -cf app.log' | grep -c LPZ
1
$ on_terminal 'lpzcat app.log.lpz'
2024-05-01 00:00:01,037 INFO  [worker-1] Request 100001 from 10.0.7.13 took 1 ms
2024-05-01 00:00:02,074 INFO  [worker-2] Request 100002 from 10.0.14.26 took 4 ms
$ on_terminal 'logpress -l app.log.lpz' | wc -l
2

# Nor is one read from there.
$ on_terminal 'logpress -d > /dev/null < /dev/tty'
logpress: standard input: is a terminal, and archives are not typed; name a FILE, or redirect it
? 1
$ on_terminal 'logpress -t < /dev/tty'
logpress: standard input: is a terminal, and archives are not typed; name a FILE, or redirect it
? 1

# Without words, on a terminal.
$ on_terminal 'logpress < /dev/tty'
logpress: standard output: is a terminal, and archives are no text; name a FILE, or redirect it; see logpress --help
? 1
