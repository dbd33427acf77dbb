# The statements of a log, counted: of the log itself and of an archive of any level.
$ { for i in $(seq 1 90); do echo "2024-05-01 12:00:$((10 + i % 50)) INFO a.Server: request $i from 10.0.0.$((i % 9)) took $((i % 7)) ms"; done
>   echo "2024-05-01 12:01:00 WARN a.Server: cache is full"; echo "2024-05-01 12:01:01 WARN a.Server: cache is full"; } > app.log
$ logpress templates app.log
lines  share  id            first                last                 template
   90  97.8%  b8b01837ced0  2024-05-01T12:00:11  2024-05-01T12:00:50  request <*> from <*> took <*> ms
    2   2.2%  15cf7fcdb955  2024-05-01T12:01:00  2024-05-01T12:01:01  cache is full
$ logpress templates app.log > expected; for level in 1 3 5 9; do logpress -$level -o $level.lpz app.log; logpress templates $level.lpz | cmp - expected; done
$ logpress templates < app.log | cmp - expected; gzip -c app.log | logpress templates | cmp - expected; cat 5.lpz | logpress templates | cmp - expected

# Layouts.
$ logpress templates --csv app.log
EventId,EventTemplate,Occurrences
b8b01837ced0,request <*> from <*> took <*> ms,90
15cf7fcdb955,cache is full,2
$ logpress templates --json app.log | head -n 1
{"type": "template", "id": "b8b01837ced0", "template": "request <*> from <*> took <*> ms", "lines": 90, "share": 0.978, "first_time": "2024-05-01T12:00:11", "last_time": "2024-05-01T12:00:50", "types": ["object id", "location", "time"], "examples": [["1", "2", "4"], ["10.0.0.1", "10.0.0.2", "10.0.0.4"], ["1", "2", "4"]]}
$ logpress templates -v app.log | head -n 5
lines  share  id            first                last                 template
   90  97.8%  b8b01837ced0  2024-05-01T12:00:11  2024-05-01T12:00:50  request <*> from <*> took <*> ms
                                                                        <1> object id: 1  2  4
                                                                        <2> location: 10.0.0.1  10.0.0.2  10.0.0.4
                                                                        <3> time: 1  2  4

# Several logs are counted together, and parts of them.
$ logpress templates app.log 5.lpz | sed -n 2p
  180  97.8%  b8b01837ced0  2024-05-01T12:00:11  2024-05-01T12:00:50  request <*> from <*> took <*> ms
$ logpress templates --from='2024-05-01 12:01' app.log 5.lpz
lines   share  id            first                last                 template
    4  100.0%  15cf7fcdb955  2024-05-01T12:01:00  2024-05-01T12:01:01  cache is full
$ logpress templates --lines=1-10 5.lpz --csv
EventId,EventTemplate,Occurrences
b8b01837ced0,request <*> from <*> took <*> ms,10
$ logpress templates nothere 5.lpz | cut -c -12
lines  share
   90  97.8%
    2   2.2%
! logpress: nothere: No such file or directory; check the name

$ logpress templates --csv --template=15cf7fcdb955 app.log; logpress export --template=15cf7fcdb955 app.log | cut -d, -f 1,6
EventId,EventTemplate,Occurrences
15cf7fcdb955,cache is full,2
LineId,Content
91,cache is full
92,cache is full
$ logpress templates --template=15cf app.log
! logpress: 15cf: no line is of such a statement; take an id that logpress templates shows
? 1

# Nothing at all.
$ logpress templates /dev/null; logpress templates --csv /dev/null
EventId,EventTemplate,Occurrences

# What makes no sense.
$ logpress templates -o x app.log
! logpress: --output: is for compressing, -d, repair and train, not for templates; leave it out
? 2
$ logpress templates --format=csv app.log
! logpress: --format: is for export, not for templates; leave it out
? 2
