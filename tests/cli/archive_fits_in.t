# The ready files are accepted by those who will read them.
$ examples=$CASES/../../docs/examples; man=$CASES/../../docs/logpress-archive.1.md

# Every option is on the man page and in every completion.
$ logpress archive --help | grep -oE -- '--[a-z-]+' | sort -u > options
$ while read -r o; do grep -qF -- "\\$o" "$man" || grep -qE -- "^(\*\*)?.*\*\*${o#--}\*\*" "$man" || echo "$o: not on the man page"; done < options
$ while read -r o; do grep -q -- "$o" "$examples/completion.zsh" || echo "$o: not for zsh"; done < options
$ while read -r o; do grep -qE -- "-l ${o#--}( |\$)" "$examples/completion.fish" || echo "$o: not for fish"; done < options

# bash completes options, values and words.
$ cat > complete.bash <<'END'
> . "$1"
> compopt() { :; }
> COMP_WORDS=("${@:2}"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMPREPLY=()
> _logpress; printf '%s\n' "${COMPREPLY[@]}"
> END
$ complete() { bash complete.bash "$examples/completion.bash" "$@"; }
$ complete logpress archive --older
--older-than=
$ complete logpress archive --ionice idl
idle
$ complete logpress --memory
--memory-limit=
$ complete logpress arc
archive

# systemd takes the units.
$ type systemd-analyze > /dev/null 2>&1 || skip "no systemd-analyze"
$ sed "s|/usr/bin/logpress|$(command -v logpress)|" "$examples/logpress-archive.service" > logpress-archive.service; cp "$examples/logpress-archive.timer" .
$ systemd-analyze verify --man=no ./logpress-archive.service ./logpress-archive.timer
$ systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' logpress-archive.timer)" > /dev/null
$ systemd-analyze security --offline=true ./logpress-archive.service | tail -n 1 | grep -oE 'OK|MEDIUM|EXPOSED|UNSAFE'
OK

# cron: run-parts takes the script, and the line for cron.d has its fields.
$ mkdir daily && cp "$examples/logpress-archive.cron.daily" daily/logpress-archive; run-parts --test daily; run-parts daily
daily/logpress-archive
$ mkdir cron.d && cp "$examples/logpress-archive.cron" cron.d/logpress-archive; run-parts --list --regex '^[a-zA-Z0-9_-]+$' cron.d
cron.d/logpress-archive
$ grep -cE '^([0-9*,/-]+ +){5}root +' cron.d/logpress-archive; tail -c 1 cron.d/logpress-archive | od -An -c
1
  \n
$ sh -n -c "$(sed -nE 's/^([0-9*,\/-]+ +){5}root +//p' cron.d/logpress-archive)"

# lpzless hands archives and plain files to less.
$ type less > /dev/null 2>&1 || skip "no less"
$ log_lines 3 > plain.log; logpress -o packed.lpz plain.log; PATH="$CASES/../../cli:$PATH"
$ lpzless plain.log packed.lpz > shown; cat plain.log plain.log | cmp - shown; lpzless < packed.lpz | cmp - plain.log
$ . "$examples/lesspipe.sh"; less packed.lpz | cmp - plain.log; less plain.log | cmp - plain.log
