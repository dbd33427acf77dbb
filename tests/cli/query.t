# Lines, and counts of them, asked in a part of LogQL.
$ for i in $(seq 1 300); do m=$((i / 60)); s=$((i % 60)); level=INFO; [ $((i % 50)) = 0 ] && level=ERROR
>   printf '2024-05-01 12:%02d:%02d %s a.Server: request %d from 10.0.0.%d took %d ms, status=%d\n' $m $s $level $i $((i % 9)) $((i * 7 % 1000)) $((i % 10 == 3 ? 503 : 200)); done > app.log
$ echo "  at a.b.C(Main.java:12)" >> app.log; logpress -q -o app.log.lpz app.log
$ logpress query '{level="ERROR"}' app.log.lpz | head -n 2
2024-05-01 12:00:50 ERROR a.Server: request 50 from 10.0.0.5 took 350 ms, status=200
2024-05-01 12:01:40 ERROR a.Server: request 100 from 10.0.0.1 took 700 ms, status=200
$ logpress query '{level=~"ERR.*"} |= "10.0.0.5"' app.log | cmp - <(grep ERROR app.log | grep -F 10.0.0.5); logpress query '{} |= "at a.b"' app.log
  at a.b.C(Main.java:12)
$ logpress query '{} | status >= 500, took < 20ms' app.log
2024-05-01 12:02:23 INFO a.Server: request 143 from 10.0.0.8 took 1 ms, status=503
$ logpress query '{} | took > 0.98s or request = 7' app.log
2024-05-01 12:00:07 INFO a.Server: request 7 from 10.0.0.7 took 49 ms, status=200
2024-05-01 12:02:21 INFO a.Server: request 141 from 10.0.0.6 took 987 ms, status=200
2024-05-01 12:02:22 INFO a.Server: request 142 from 10.0.0.7 took 994 ms, status=200
2024-05-01 12:04:43 INFO a.Server: request 283 from 10.0.0.4 took 981 ms, status=503
2024-05-01 12:04:44 INFO a.Server: request 284 from 10.0.0.5 took 988 ms, status=200
2024-05-01 12:04:45 INFO a.Server: request 285 from 10.0.0.6 took 995 ms, status=200
$ logpress query '{} | from = "10.0.0.8" and status != 200 | request =~ "2.."' app.log
2024-05-01 12:03:53 INFO a.Server: request 233 from 10.0.0.8 took 631 ms, status=503

# Every line is asked, whatever it is packed in, and the answer is that of grep and awk.
$ ask() { logpress query "$1" app.log > one; logpress query "$1" app.log.lpz | cmp - one; logpress query "$1" < app.log | cmp - one; cat one; }
$ ask '{} |~ "took [0-9]{1,2} ms" != "ERROR"' | cmp - <(grep -E 'took [0-9]{1,2} ms' app.log | grep -v ERROR); ask '{} !~ "status=200$"' | cmp - <(grep -v 'status=200$' app.log)
$ ask '{} | took >= 500' | cmp - <(awk '{ for (i = 1; i < NF; ++i) if ($i == "took" && $(i + 1) >= 500) print }' app.log); ask '{} | nothere = ""' | cmp - app.log; ask '{} | nothere != ""' | wc -c
0

# Counts.
$ logpress query 'sum by (level) (count_over_time({}[2m]))' app.log
2024-05-01T12:00:00    2  ERROR
2024-05-01T12:00:00  117  INFO
2024-05-01T12:02:00    2  ERROR
2024-05-01T12:02:00  118  INFO
2024-05-01T12:04:00    1  
2024-05-01T12:04:00    2  ERROR
2024-05-01T12:04:00   59  INFO
$ logpress query 'rate({} | status = 503 [1m])' app.log
2024-05-01T12:00:00  0.1
2024-05-01T12:01:00  0.1
2024-05-01T12:02:00  0.1
2024-05-01T12:03:00  0.1
2024-05-01T12:04:00  0.1
$ logpress query 'topk(2, sum by (from) (bytes_over_time({} |= "from")))' app.log
2840  10.0.0.3
2839  10.0.0.2
$ logpress query 'sum by (statement, template) (count_over_time({}))' app.log
  1  42f965eb4b0a  at a.b.C(<*>:<*>)
300  5a09a017e6ea  request <*> from <*> took <*> ms, status=<*>
$ logpress query --json 'bottomk(1, sum by (level) (count_over_time({level!=""}[10m])))' app.log.lpz
{"type": "sample", "time": "2024-05-01T12:00:00", "labels": {"level": "ERROR"}, "value": 6}
$ logpress query --from='2024-05-01 12:04' 'count_over_time({})' app.log app.log.lpz
124

# What makes no sense.
$ logpress query
! logpress: query: no query is given; write one in front of the files
? 2
$ logpress query '{level=}' app.log
! logpress: {level=}: at byte 8 (}): not a value; put text between " " or ` `
? 2
$ logpress query '{} | json' app.log
! logpress: {} | json: at its end: not a comparison; there are = != =~ !~ < <= > >=
? 2
$ logpress query '{}' nothere
! logpress: nothere: No such file or directory; check the name
? 1
$ logpress query -o x '{}' app.log
! logpress: --output: is for compressing, -d, repair and train, not for query; leave it out
? 2

# Where text alone is asked nothing else is looked at: parts, several files, NUL, a line without an end, a long one.
$ { head -c 300000 /dev/zero | tr '\0' 'x'; printf ' needle\nno\0needle\r\nlast needle'; } > odd.log; logpress -q -o odd.lpz odd.log
$ for log in odd.log odd.lpz; do logpress query '{} |= "needle" |~ "ne+dle"' $log | cmp - <(grep -a needle odd.log | head -c -1); logpress query '|= "needle" != "\x00"' $log | wc -c; done; cat odd.lpz | logpress query '{} |= "needle"' | cmp - <(logpress query '{} |= "needle"' odd.log)
300019
300019
$ logpress query --lines=8-9 '{} |= "request"' app.log.lpz app.log | cut -c 12-45
12:00:08 INFO a.Server: request 8 
12:00:09 INFO a.Server: request 9 
12:00:08 INFO a.Server: request 8 
12:00:09 INFO a.Server: request 9 
$ logpress query --json '{} |= "request 17 "' app.log.lpz
{"type": "line", "line": "2024-05-01 12:00:17 INFO a.Server: request 17 from 10.0.0.8 took 119 ms, status=200"}
$ head -c -60 app.log.lpz > torn.lpz; logpress query '{} |= "nowhere"' torn.lpz 2>&1 | grep -c 'torn.lpz: .* lines are intact\|torn.lpz: .*cut off\|torn.lpz: .*ends'
1
