# lpzcat, logpress -dc and lpzless read what gzip, xz, zstd and bzip2 packed, so that one command
# shows a whole rotation, in the order given.
$ log_lines 500 > all; examples=$CASES/../../docs/examples
$ part() { sed -n "$1,$2p" all; }
$ part 401 500 > app.log; part 301 400 > app.log.1; part 201 300 | gzip > app.log.2.gz; part 151 200 | xz > app.log.3.xz
$ part 101 150 | zstd -q > app.log.4.zst; part 51 100 | bzip2 > app.log.5.bz2; part 1 50 | logpress > app.log.6.lpz
$ lpzcat -f app.log.6* app.log.5* app.log.4* app.log.3* app.log.2* app.log.1 app.log | cmp - all
$ lpzcat -f app.log* | sort | cmp - all
$ for file in app.log.[2-6]*; do logpress -dc "$file" | wc -l; logpress -dc < "$file" | wc -l; cat "$file" | lpzcat | wc -l; done | xargs
100 100 100 50 50 50 50 50 50 50 50 50 50 50 50
$ lpzcat app.log
! logpress: app.log: this is not a logpress archive; name a file that logpress made
? 1
$ . "$examples/lesspipe.sh"; for file in app.log*; do less "$file"; done | sort | cmp - all
$ unset LESSOPEN; PATH="$CASES/../../cli:$PATH"; lpzless app.log.2.gz app.log.3.xz app.log.4.zst app.log.5.bz2 | wc -l
250

# By their first bytes, whatever they are called, and with all their members.
$ (gzip -c app.log; gzip -c app.log) > twice; lpzcat twice | cmp - <(cat app.log app.log)
$ (xz -c app.log; xz -c app.log) | lpzcat | wc -l; (zstd -qc app.log; zstd -qc app.log) | lpzcat | wc -l; (bzip2 -c app.log; bzip2 -c app.log) | lpzcat | wc -l
200
200
200
$ gzip < /dev/null | lpzcat; xz < /dev/null | lpzcat; zstd -q < /dev/null | lpzcat; bzip2 < /dev/null | lpzcat

# What is cut off or damaged is an error; what comes before is shown.
$ for file in app.log.[2-5]*; do head -c -10 "$file" > cut; lpzcat cut > shown; echo "exit $?"; done
exit 1
exit 1
exit 1
exit 1
! logpress: cut: ends too soon, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
! logpress: cut: ends too soon, so it is no whole xz file; look at it with xz -t, and restore it from a copy
! logpress: cut: ends too soon, so it is no whole zstd file; look at it with zstd -t, and restore it from a copy
! logpress: cut: ends too soon, so it is no whole bzip2 file; look at it with bzip2 -t, and restore it from a copy
$ printf xyz >> twice; lpzcat twice | cmp - <(cat app.log app.log)
! logpress: twice: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
$ lpzcat twice nothere app.log.6.lpz | wc -l
250
! logpress: twice: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
! logpress: nothere: No such file or directory; check the name

# To a file only archives are unpacked.
$ logpress -d app.log.2.gz
! logpress: app.log.2.gz: does not end in .lpz, so its output has no name; use -o FILE or -c
? 1
$ logpress -d -o x app.log.2.gz; ls x
! logpress: app.log.2.gz: this is not a logpress archive; name a file that logpress made
! ls: cannot access 'x': No such file or directory
? 2
