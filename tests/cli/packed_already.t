# What is packed already only grows: it is told by its name or its first bytes, and left alone.
$ log_lines 50 > app.log; for packer in gzip bzip2 xz zstd; do $packer -qk app.log; done; ls app.log.*
app.log.bz2
app.log.gz
app.log.xz
app.log.zst
$ for file in app.log.*; do cp "$file" "plain-$file-name"; done
$ printf 'PK\003\004zip' > a; printf '7z\274\257\047\034' > b; printf '\004\042\115\030' > c; printf '\211PNG\r\n\032\n' > d
$ printf '\377\330\377\340' > e; echo text > f.zip; echo text > g.jpeg; logpress -o h app.log
$ cp app.log.bz2 i; printf '\120\052\115\030\0\0\0\0' > j; cp app.log BZh
$ mkdir logs; mv plain-* [a-j] f.zip g.jpeg app.log.* BZh logs; cp -r logs before
$ logpress --rm logs/app.log.gz logs/e
! logpress: logs/app.log.gz: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/e: is packed already, so it was skipped; use --include-compressed to compress it again
? 1
$ logpress --rm -r logs
! logpress: logs/a: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/app.log.bz2: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/app.log.gz: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/app.log.xz: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/app.log.zst: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/b: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/c: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/d: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/e: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/f.zip: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/g.jpeg: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/h: is an archive already; use -f to compress it again
! logpress: logs/i: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/j: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/plain-app.log.bz2-name: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/plain-app.log.gz-name: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/plain-app.log.xz-name: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/plain-app.log.zst-name: is packed already, so it was skipped; use --include-compressed to compress it again
$ logpress -q --rm -r logs; ls logs; diff -r logs before
BZh.lpz
a
app.log.bz2
app.log.gz
app.log.xz
app.log.zst
b
c
d
e
f.zip
g.jpeg
h
i
j
plain-app.log.bz2-name
plain-app.log.gz-name
plain-app.log.xz-name
plain-app.log.zst-name
Only in before: BZh
Only in logs: BZh.lpz
? 1
$ logpress -o x logs/app.log.gz; logpress -c logs/a; logpress -f logs/f.zip; ls logs | grep lpz
BZh.lpz
! logpress: logs/app.log.gz: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/a: is packed already, so it was skipped; use --include-compressed to compress it again
! logpress: logs/f.zip: is packed already, so it was skipped; use --include-compressed to compress it again
$ logpress -q logs/a
? 1

# Standard input is what was asked for, and --include-compressed takes the rest.
$ logpress < logs/app.log.gz | lpzcat | zcat | cmp - app.log
$ logpress --include-compressed -c logs/a | lpzcat | cmp - logs/a
$ logpress --include-compressed --exclude-compressed -c logs/a
! logpress: logs/a: is packed already, so it was skipped; use --include-compressed to compress it again
? 1
$ logpress -f --include-compressed -r logs && ls logs/*.lpz | wc -l
19

# --rm does not put an archive in the place of a file that is smaller.
$ echo x > tiny; : > empty; mkdir folder; cp tiny folder
$ logpress --rm tiny empty; ls tiny* empty*
empty
tiny
! logpress: tiny: would not be smaller (2 B => 64 B), so it was left as it is; use -f to replace it all the same
! logpress: empty: would not be smaller (0 B => 31 B), so it was left as it is; use -f to replace it all the same
$ logpress --rm -r folder; ls folder
tiny
! logpress: folder/tiny: would not be smaller (2 B => 64 B), so it was left as it is; use -f to replace it all the same
$ logpress --rm -o x tiny; ls x
! logpress: tiny: would not be smaller (2 B => 64 B), so it was left as it is; use -f to replace it all the same
! ls: cannot access 'x': No such file or directory
? 2
$ logpress -f --rm tiny empty && ls tiny* empty* && logpress -d --rm tiny.lpz empty.lpz && cat tiny
empty.lpz
tiny.lpz
x
$ head -c 1000 /dev/urandom > noise; logpress --rm noise 2> said; sed 's/(.*)/(...)/' said
logpress: noise: would not be smaller (...), so it was left as it is; use -f to replace it all the same
$ logpress noise && ls noise*
noise
noise.lpz
