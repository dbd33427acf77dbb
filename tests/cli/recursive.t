# A directory needs -r, which takes the regular files below it.
$ mkdir -p logs/2024/05 logs/empty
$ log_lines 10 > logs/a.log; log_lines 20 > logs/2024/b.log; log_lines 30 > "logs/2024/05/c d.log"
$ echo archive > logs/old.lpz; ln -s a.log logs/link; mkfifo logs/pipe; ln -s .. logs/2024/up
$ logpress logs
! logpress: logs: is a directory; use -r to take the files below it
? 1
$ logpress -r logs
$ find logs -type f | sort
logs/2024/05/c d.log
logs/2024/05/c d.log.lpz
logs/2024/b.log
logs/2024/b.log.lpz
logs/a.log
logs/a.log.lpz
logs/old.lpz

# Archives are left out, so that a second run has only to do what is new; without -f that is said.
$ logpress -r logs
! logpress: logs/2024/05/c d.log.lpz: exists already; name another file with -o, or overwrite it with -f
! logpress: logs/2024/b.log.lpz: exists already; name another file with -o, or overwrite it with -f
! logpress: logs/a.log.lpz: exists already; name another file with -o, or overwrite it with -f
? 1
$ log_lines 40 > logs/new.log; rm logs/old.lpz logs/*/b.log logs/*/*/c*.log logs/a.log
$ logpress -r logs && ls logs
2024
a.log.lpz
empty
link
new.log
new.log.lpz
pipe

# With -d, -t and -l only archives count.
$ logpress -tr logs
$ logpress -rd logs; ls logs
2024
a.log
a.log.lpz
empty
link
new.log
new.log.lpz
pipe
! logpress: logs/new.log: exists already; name another file with -o, or overwrite it with -f
$ rm -r logs/new.log* && logpress -r -l -v logs/2024 | sed 's/ *[0-9.]* *[0-9.]* *xz/ xz/' | wc -l
12
$ logpress -rdc logs | wc -l
60
$ logpress -rc logs | logpress -d | wc -l
60

# Files may be named beside directories, and the current one.
$ rm -r logs/*.lpz; cd logs/2024; logpress -r . ../a.log; find . .. -maxdepth 1 -type f | sort; cd ../..
../a.log
../a.log.lpz
./b.log
./b.log.lpz
! logpress: ./05/c d.log.lpz: exists already; name another file with -o, or overwrite it with -f
! logpress: ./b.log.lpz: exists already; name another file with -o, or overwrite it with -f
$ logpress -r nothere
! logpress: nothere: No such file or directory; check the name
? 1

# Nothing below a directory that is empty is nothing to do.
$ logpress -r logs/empty
