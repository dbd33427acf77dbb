# A part of an archive: lines by number, by time, and from the ends.
$ log_lines 5000 > app.log; logpress --block-size=16K app.log
$ lpzcat --lines=1000-1200 app.log.lpz | cmp - <(sed -n 1000,1200p app.log)
$ lpzcat --lines=4990- app.log.lpz | cmp - <(tail -n 11 app.log); lpzcat --lines=7 app.log.lpz | cmp - <(sed -n 7p app.log)
$ lpzcat --lines=1-999999 app.log.lpz | cmp - app.log; lpzcat --lines=5001- app.log.lpz
$ lpzcat --head=3 app.log.lpz | cmp - <(head -n 3 app.log); lpzcat --tail=300 app.log.lpz | cmp - <(tail -n 300 app.log)
$ lpzcat --head=0 app.log.lpz; lpzcat --tail=0 app.log.lpz; lpzcat --tail=9999 app.log.lpz | cmp - app.log
$ lpzcat --from='2024-05-01 00:10:00' --to=2024-05-01T00:20:00Z app.log.lpz | cmp - <(sed -n 600,1199p app.log)
$ lpzcat --from=2024-05-01T01:20 app.log.lpz | cmp - <(tail -n +4800 app.log); lpzcat --to=2024-05-01T02:00:30+0200 app.log.lpz | wc -l
29
$ lpzcat --from=@1714521660 --to=@1714521661 app.log.lpz; lpzcat --to=2024-05-01 app.log.lpz; lpzcat --from=2024-05-01 app.log.lpz | wc -l
2024-05-01 00:01:00,220 INFO  [worker-4] Request 100060 from 10.0.164.12 took 669 ms
5000

# Together: of the lines those in the range, of these the first or the last.
$ lpzcat --from=2024-05-01T00:10 --tail=5 --lines=1-1000 app.log.lpz | cmp - <(sed -n 996,1000p app.log)
$ lpzcat --from=2024-05-01T00:10 --head=5 app.log.lpz | cmp - <(sed -n 600,604p app.log); lpzcat --lines=10-20 --tail=2 app.log.lpz | cmp - <(sed -n 19,20p app.log)
$ lpzcat --tail=1 app.log.lpz app.log.lpz | wc -l; logpress -d --head=2 -o part app.log.lpz && cmp part <(head -n 2 app.log)
2

# What else the archive holds is not decoded: damage there is not met.
$ size=$(stat -c %s app.log.lpz); cp app.log.lpz damaged.lpz
$ printf xxxx | dd of=damaged.lpz bs=1 seek=$((size / 2)) conv=notrunc status=none; logpress -qqt damaged.lpz
? 1
$ lpzcat --head=100 damaged.lpz | cmp - <(head -n 100 app.log); lpzcat --tail=100 damaged.lpz | cmp - <(tail -n 100 app.log)
$ lpzcat --from=2024-05-01T01:20 damaged.lpz | cmp - <(tail -n +4800 app.log); lpzcat --lines=1- damaged.lpz > got; head -c "$(stat -c %s got)" app.log | cmp - got
! logpress: damaged.lpz: the block at byte [..]: its payload does not match its checksum; intact before it: 2496 lines (212207 bytes); restore it from a copy, or use --recover to save what is still whole

# A pipe, other packers' files and plain logs have no index: they are read to the end of the part.
$ for part in --lines=1000-1200 --head=3 --tail=300 --from=2024-05-01T00:10 --to=2024-05-01T00:20 '--from=2024-05-01T00:10 --tail=7'; do
>   lpzcat $part app.log.lpz > expected
>   cat app.log.lpz | lpzcat $part | cmp - expected; lpzcat -f $part app.log | cmp - expected; gzip -c app.log | lpzcat $part | cmp - expected
>   (head -c 0; lpzcat $part) < app.log.lpz | cmp - expected; lpzcat --recover $part app.log.lpz | cmp - expected
> done
$ yes | lpzcat -f --head=2; (cat app.log.lpz; cat app.log.lpz) | lpzcat --lines=5001-5001
y
y
2024-05-01 00:00:01,037 INFO  [worker-1] Request 100001 from 10.0.7.13 took 1 ms

# Lines without a time belong to the line before, those at the begin to the line behind.
$ printf 'begin\n2024-05-01 10:00:00 a\n  b\n2024-05-01 10:00:10 c\n  d' > trace; logpress trace
$ lpzcat --from=2024-05-01T10:00:10 trace.lpz; echo; lpzcat -f --from=2024-05-01T10:00:10 trace; echo; lpzcat --to=2024-05-01T10:00:10 trace.lpz; lpzcat -f --to=2024-05-01T10:00:10 trace
2024-05-01 10:00:10 c
  d
2024-05-01 10:00:10 c
  d
begin
2024-05-01 10:00:00 a
  b
begin
2024-05-01 10:00:00 a
  b
$ lpzcat -f --from=2024-05-01T10:00:10 <(echo no time); : | logpress | lpzcat --tail=3

# What is cut off shows what there is.
$ head -c $((size - 60)) app.log.lpz > cut.lpz; lpzcat --tail=10 cut.lpz 2>&1 > got | sed 's/byte .*/.../'; wc -l < got
logpress: cut.lpz: at ...
10

# What makes no sense.
$ for lines in 0-3 5-4 a 3-x '' -4; do lpzcat --lines="$lines" app.log.lpz; done
! logpress: --lines=0-3: no range of lines; give A-B, A- or A, counted from 1
! logpress: --lines=5-4: no range of lines; give A-B, A- or A, counted from 1
! logpress: --lines=a: no range of lines; give A-B, A- or A, counted from 1
! logpress: --lines=3-x: no range of lines; give A-B, A- or A, counted from 1
! logpress: --lines=: no range of lines; give A-B, A- or A, counted from 1
! logpress: --lines=-4: no range of lines; give A-B, A- or A, counted from 1
? 2
$ lpzcat --from=10:00 app.log.lpz; lpzcat --to=yesterday app.log.lpz; lpzcat --head=-3 app.log.lpz
! logpress: --from=10:00: no date with or without a time; give it as logs print it, such as 2024-05-31 or 2024-05-31T23:59:00+02:00, or as @ and seconds since 1970
! logpress: --to=yesterday: no date with or without a time; give it as logs print it, such as 2024-05-31 or 2024-05-31T23:59:00+02:00, or as @ and seconds since 1970
! logpress: --head=-3: give a number of lines
? 2
$ logpress --head=3 app.log; logpress -d --head=3 app.log.lpz; logpress -d --tail=3 --rm -o x app.log.lpz; logpress -t --lines=3 app.log.lpz
! logpress: --head: is for -d, templates, export, stats, query and diff, not for compressing; leave it out
! logpress: a part: does not take the place of the whole log; use lpzcat, -c or -o FILE, without --rm
! logpress: a part: does not take the place of the whole log; use lpzcat, -c or -o FILE, without --rm
! logpress: --lines: is for -d, templates, export, stats, query and diff, not for -t; leave it out
? 2
