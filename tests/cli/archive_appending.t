# A program that appends all the time, to a file that is rotated under its hands and archived, 200
# times: each of its lines is there afterwards, once.
$ mkdir logs; cat > writer.py <<'END'
> import os, signal, time
> reopen = False
> def hup(*_):
>     global reopen
>     reopen = True
> stop = False
> def term(*_):
>     global stop
>     stop = True
> signal.signal(signal.SIGHUP, hup)
> signal.signal(signal.SIGTERM, term)
> log = open("logs/app.log", "a")
> open("ready", "w").close()
> n = 0
> # Nobody stops it when the test is killed.
> parent = os.getppid()
> while not stop and os.getppid() == parent:
>     for _ in range(20):
>         n += 1
>         log.write(f"2024-05-31 10:00:00 INFO line {n}\n")
>         log.flush()
>     time.sleep(0.001)
>     if reopen:
>         reopen = False
>         log.close()
>         log = open("logs/app.log", "a")
> log.close()
> print(n)
> END
$ python3 writer.py > written & writer=$!
$ until [ -e ready ]; do sleep 0.01; done
$ for i in $(seq 200); do mv logs/app.log logs/app.log.$((i % 7 + 1)).$i; ((i % 3)) && kill -HUP $writer; logpress archive -q --lock=lock --older-than=0 -1 logs || echo failed; ((i % 3)) || kill -HUP $writer; until [ -e logs/app.log ]; do sleep 0.001; done; done
$ kill -TERM $writer; wait $writer; mv logs/app.log logs/app.log.201; logpress archive -q --lock=lock --older-than=0 -1 logs
$ ls logs | grep -vc 'lpz$'; ls logs | wc -l
0
201
$ for f in logs/*; do lpzcat "$f"; done | sed 's/.* //' | sort -n > lines; seq "$(cat written)" | cmp - lines && test "$(wc -l < lines)" -gt 1000
