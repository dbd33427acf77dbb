# Files may be named in a list: one a line, or with NUL behind each name.
$ mkdir -p logs/2024/05; for log in a "b c" 2024/d "2024/05/e"; do log_lines 10 > "logs/$log.log"; done; cp -r logs kept
$ find logs -name '*.log' > list; logpress --files=list && find logs -name '*.lpz' | sort; find logs -name '*.lpz' -delete
logs/2024/05/e.log.lpz
logs/2024/d.log.lpz
logs/a.log.lpz
logs/b c.log.lpz
$ echo > ./-; log_lines 1 > $'odd\nname'; find . -name '*.log' -path './logs/*' -print0 | logpress --files0=- && find logs -name '*.lpz' | wc -l; find logs -name '*.lpz' -delete
4
$ printf '%s\n\n-\n' logs/a.log nothere | logpress --files=-; ls ./-.lpz logs; rm logs/a.log.lpz
./-.lpz
[empty]
logs:
2024
a.log
a.log.lpz
b c.log
! logpress: nothere: No such file or directory; check the name
! logpress: ./-.lpz: exists already; name another file with -o, or overwrite it with -f
$ printf '%s\0' $'odd\nname' | logpress --files0 - && ls odd*lpz | wc -l; : > empty; logpress --files=empty
2
$ printf 'logs/a.log' | logpress -c logs/b*.log --files=- | lpzcat | wc -l; printf 'logs\n' | logpress -r --files=- -c | lpzcat | wc -l
20
40
$ printf 'a\0b\n' | logpress --files=-
! logpress: a\x00b: is no name, as it holds NUL; use --files0 for such a list
? 1
$ logpress --files=nolist; logpress --files=logs; logpress --files=; logpress -o x --files=list; logpress --files=- -; logpress --files=- --files0=-
! logpress: nolist: No such file or directory; check the name
! logpress: logs: is a directory; use -r to take the files below it
! logpress: --files=: the name is empty; name the file that holds the names, or -
! logpress: -o: takes one input file; leave -o out, or use -c to write one archive after the other
! logpress: --files=-: standard input can be read once; name a file instead
! logpress: --files=-: standard input can be read once; name a file instead
? 2

# --output-dir writes below a directory, and with -r as the files stand in those named.
$ logpress --output-dir=out logs/a.log logs/2024/d.log && ls out
a.log.lpz
d.log.lpz
$ logpress -r --output-dir=out/deep logs && (cd out/deep; find . -type f | sort); diff -r logs kept
./logs/2024/05/e.log.lpz
./logs/2024/d.log.lpz
./logs/a.log.lpz
./logs/b c.log.lpz
$ logpress -r --output-dir=out2 logs/2024/ ; (cd logs && logpress -r --output-dir=../out2 .); (cd out2; find . -type f | sort)
./2024/05/e.log.lpz
./2024/d.log.lpz
./a.log.lpz
./b c.log.lpz
! logpress: ../out2/2024/05/e.log.lpz: exists already; name another file with -o, or overwrite it with -f
! logpress: ../out2/2024/d.log.lpz: exists already; name another file with -o, or overwrite it with -f
$ logpress -rd --output-dir=back out/deep/logs && diff -r back/logs logs; logpress -d --output-dir=back out/a.log.lpz && cmp back/a.log logs/a.log
$ logpress --output-dir=out logs/a.log; logpress -f --rm --output-dir=out logs/a.log && ls logs
2024
b c.log
! logpress: out/a.log.lpz: exists already; name another file with -o, or overwrite it with -f
$ logpress --output-dir=list logs/2024/d.log; logpress -c --output-dir=out list; logpress -t --output-dir=out list; logpress --output-dir= list
! logpress: list: Not a directory; make the directory first
! logpress: --output-dir: cannot be used with -c and -o, which name another place
! logpress: --output-dir: is for compressing and -d, not for -t; leave it out
! logpress: --output-dir=: the name is empty; name the directory to write to
? 2
