# On a terminal, work of more than a second has a progress line, which goes away again.
$ script -qec true /dev/null > /dev/null 2>&1 < /dev/null || skip "no script(1), or no terminals for it"
$ on_terminal() { script -qec "$1" /dev/null < /dev/null | tr '\r' '\n'; return "${PIPESTATUS[0]}"; }
$ slow() { echo "(head -n 2000 app.log; sleep 2; tail -n 2000 app.log) | logpress --block-size=64K $* -f -o out.lpz"; }
$ log_lines 4000 > app.log
$ on_terminal "$(slow)" | sed 's/\x1b\[K/<clear>/g' | grep -v '^$' | sort -u | sed 's/[0-9.]* KiB/N KiB/g; s/ratio .*/.../' | uniq
<clear>
<clear>standard input: N KiB, ...
$ logpress -dc out.lpz | cmp - app.log

# Not with -q or --no-progress, and not in a pipe.
$ on_terminal "$(slow -q)"
$ on_terminal "$(slow --no-progress)"
$ eval "$(slow)"

# Quick work has none.
$ log_lines 1 > app.log; on_terminal 'logpress app.log'

# Data that goes to standard output is not mixed with it, wherever the pipe ends; --progress asks for it.
$ log_lines 4000 > app.log; logpress -f --block-size=64K app.log
$ cat > slow_archive <<'END'
> #!/bin/sh
> size=$(($(stat -c %s app.log.lpz) / 2))
> head -c $size app.log.lpz; sleep 2; tail -c +$((size + 1)) app.log.lpz
> END
$ chmod +x slow_archive
$ on_terminal './slow_archive | lpzcat' | grep . | cmp - app.log
$ on_terminal './slow_archive | lpzcat | grep -n "Request 100007"' | grep .
7:2024-05-01 00:00:07,259 INFO  [worker-7] Request 100007 from 10.0.49.91 took 49 ms
$ on_terminal './slow_archive | logpress -d > copy' && cmp copy app.log
$ on_terminal '(head -n 2000 app.log; sleep 2; tail -n 2000 app.log) | logpress > out.lpz' && logpress -t out.lpz
$ on_terminal './slow_archive | lpzcat --progress > copy' | grep -q 'standard input: .* KiB' && echo drawn
drawn
$ on_terminal './slow_archive | lpzcat --progress --no-progress > copy'
$ on_terminal './slow_archive | logpress -t' | grep -q 'standard input: .* KiB' && echo drawn
drawn
