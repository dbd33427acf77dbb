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
