# logrotate packs and unpacks through logpress, and rotates what `logpress archive` then packs.
$ type logrotate > /dev/null 2>&1 || skip "no logrotate"
$ examples=$CASES/../../docs/examples; mkdir logs; chmod 755 . logs
$ configure() { sed -e "s|/var/log/app|$PWD/logs|; s|/usr/bin/|$(dirname "$(command -v logpress)")/|; /postrotate/,/endscript/d" "$examples/$1" > "$1"; chmod 644 "$1"; }
$ rotate() { logrotate --state state --force "$1"; }

# By itself, one day later than rotated.
$ configure logrotate-app; for day in 1 2 3; do log_lines 100 | sed "s/^/day $day /" > logs/app.log; rotate logrotate-app; done; ls logs
app.log.1
app.log.2.lpz
app.log.3.lpz
$ for n in 2 3; do lpzcat logs/app.log.$n.lpz | cut -d' ' -f-2 | uniq -c; done
    100 day 2
    100 day 1
$ rm logs/*

# A log mailed or examined by logrotate is unpacked with uncompresscmd: what it runs is sound.
$ log_lines 5 > logs/x; "$(sed -n 's/ *compresscmd //p' logrotate-app | head -n 1)" < logs/x | "$(sed -n 's/ *uncompresscmd //p' logrotate-app)" | cmp - logs/x; rm logs/x

# With logpress archive, by date: no log is lost, and each is there once.
$ configure logrotate-with-archive; sed -i 's/dateext/dateext\n    dateformat -%Y%m%d-%s/' logrotate-with-archive
$ for day in 1 2 3; do log_lines 100 | sed "s/^/day $day /" > logs/app.log; rotate logrotate-with-archive; logpress archive -q --lock=lock --older-than=0 logs; sleep 1.1; done
$ ls logs | sed 's/[0-9]/N/g' | sort | uniq -c
      3 app.log-NNNNNNNN-NNNNNNNNNN.lpz
$ for f in logs/*.lpz; do lpzcat $f; done | cut -d' ' -f-2 | uniq -c
    100 day 1
    100 day 2
    100 day 3
