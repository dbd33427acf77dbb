# Every line of a log as a record: what it was written with, and its values.
$ { for i in 1 2 3; do echo "2024-05-01 12:00:0$i INFO a.Server: request $i, from \"10.0.0.$i\" took $i ms"; done; echo; echo "no header here"; } > app.log
$ logpress export app.log
LineId,Date,Time,Level,Component,Content,EventId,EventTemplate,ParameterList
1,2024-05-01,12:00:01,INFO,a.Server,"request 1, from ""10.0.0.1"" took 1 ms",a41ce5a0824c,"request <*>, from ""<*>"" took <*> ms","[""1"", ""10.0.0.1"", ""1""]"
2,2024-05-01,12:00:02,INFO,a.Server,"request 2, from ""10.0.0.2"" took 2 ms",a41ce5a0824c,"request <*>, from ""<*>"" took <*> ms","[""2"", ""10.0.0.2"", ""2""]"
3,2024-05-01,12:00:03,INFO,a.Server,"request 3, from ""10.0.0.3"" took 3 ms",a41ce5a0824c,"request <*>, from ""<*>"" took <*> ms","[""3"", ""10.0.0.3"", ""3""]"
4,,,,,,873e684c96fe,,[]
5,,,,,no header here,d8129327369a,no header here,[]
$ logpress export --format=jsonl app.log | head -n 2
{"LineId": 1, "Date": "2024-05-01", "Time": "12:00:01", "Level": "INFO", "Component": "a.Server", "Content": "request 1, from \"10.0.0.1\" took 1 ms", "EventId": "a41ce5a0824c", "EventTemplate": "request <*>, from \"<*>\" took <*> ms", "ParameterList": ["1", "10.0.0.1", "1"], "ParameterTypes": ["object id", "location", "time"]}
{"LineId": 2, "Date": "2024-05-01", "Time": "12:00:02", "Level": "INFO", "Component": "a.Server", "Content": "request 2, from \"10.0.0.2\" took 2 ms", "EventId": "a41ce5a0824c", "EventTemplate": "request <*>, from \"<*>\" took <*> ms", "ParameterList": ["2", "10.0.0.2", "2"], "ParameterTypes": ["object id", "location", "time"]}
$ logpress export --format=otlp app.log | head -n 1
{"resourceLogs": [{"scopeLogs": [{"logRecords": [{"timeUnixNano": "1714564801000000000", "severityNumber": 9, "severityText": "INFO", "body": {"stringValue": "request 1, from \"10.0.0.1\" took 1 ms"}, "attributes": [{"key": "log.header.Date", "value": {"stringValue": "2024-05-01"}}, {"key": "log.header.Time", "value": {"stringValue": "12:00:01"}}, {"key": "log.header.Component", "value": {"stringValue": "a.Server"}}, {"key": "log.record.template", "value": {"stringValue": "request <*>, from \"<*>\" took <*> ms"}}, {"key": "log.record.template.id", "value": {"stringValue": "a41ce5a0824c"}}, {"key": "log.record.parameters", "value": {"arrayValue": {"values": [{"stringValue": "1"}, {"stringValue": "10.0.0.1"}, {"stringValue": "1"}]}}}]}]}]}]}
$ logpress -o app.log.lpz app.log; logpress export app.log > expected; logpress export app.log.lpz | cmp - expected; logpress export < app.log | cmp - expected
$ cat app.log.lpz | logpress export - | cmp - expected; logpress export --lines=2-3 app.log.lpz | cut -d, -f 1
LineId
1
2

# Template and values give the content back, and templates says the same texts.
$ log_lines 3000 > long.log
$ for i in 1 2 3 4 5; do echo "2024-05-01 12:00:00 INFO a.b: boot  (command $i), sizes $(seq -s', ' $i) of   <*>"; printf '2024-05-01 12:00:00 INFO a.b: %-8s|  %5d\t%d %d\n' "$i$i" $i $i 7; done >> long.log
$ logpress export long.log | python3 -c '
> import csv, json, sys
> rows = list(csv.DictReader(sys.stdin))
> def render(row):
>     values = iter(json.loads(row["ParameterList"]))
>     first, *rest = row["EventTemplate"].split("<*>")
>     return first + "".join(next(values) + piece for piece in rest)
> print(len(rows), all(render(row) == row["Content"] for row in rows))'
3010 True
$ diff <(logpress export long.log | python3 -c 'import csv, sys; print("\n".join(sorted({row["EventTemplate"] for row in csv.DictReader(sys.stdin)})))') \
>   <(logpress templates --csv long.log | python3 -c 'import csv, sys; print("\n".join(sorted(row["EventTemplate"] for row in csv.DictReader(sys.stdin))))')

# Of a torn archive what is whole, and the damage is told once.
$ log_lines 3000 > long.log; logpress -q -f --block-size=64K -o long.lpz long.log; head -c $(($(stat -c %s long.lpz) / 2)) long.lpz > torn.lpz
$ for command in export stats 'query {}|took>=0'; do logpress $command torn.lpz > out 2> err; echo "$? $(wc -l < err) $(($(wc -l < out) > 5))"; done
1 1 1
1 1 1
1 1 1

$ logpress export --format=xml app.log
! logpress: --format=xml: no such format; there are csv, jsonl and otlp
? 2
