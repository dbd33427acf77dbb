# Searching archives: what is printed is what grep prints of the log.
$ log_lines 3000 > plain; mkdir packed; logpress -c --block-size=16K plain > packed/plain; same() { cmp <(LC_ALL=C grep -E "$@") <(cd packed && logpress grep "$@") && echo same; }
$ same 'worker-[37].*took 9..' plain; same -nb -C2 'Request 1012(34|50)\>' plain; same -ci INFO plain; same -ow '10\.0\.7\.[0-9]+' plain; same -m3 -A1 took plain
same
same
same
same
same
$ cd packed; logpress grep -n 'took 0 ms' plain | head -n 1; logpress grep -q Nothing plain
977:2024-05-01 00:16:17,149 INFO  [worker-1] Request 100977 from 10.0.183.157 took 0 ms
? 1
$ logpress grep -c INFO plain ../plain; logpress grep -l INFO plain ../plain; logpress grep -L INFO plain
plain:3000
../plain:3000
plain
../plain

# By the other names, through a pipe, and what other packers made; all as one.
$ lpzgrep -c 'r-1]' plain; lpzegrep -c 'r-(1|2)]' plain; lpzfgrep -c '[worker-1]' plain; logpress grep -Gc 'r-\(1\|2\)]' < plain; cat plain | logpress grep -c 'r-1]'
375
750
375
750
375
$ gzip -c ../plain > a.gz; zstd -qc ../plain > a.zst; xz -c ../plain > a.xz; lpzgrep -m1 -o 'Request 10299.' a.gz a.zst a.xz ../plain
a.gz:Request 102990
a.zst:Request 102990
a.xz:Request 102990
../plain:Request 102990
$ cat a.gz | lpzgrep -c INFO --label=x -H; lpzgrep -H -m1 -o INFO < plain
x:3000
(standard input):INFO

# A part of the log, numbered as in the whole.
$ lpzgrep -no --lines=100-110 'Request 1001.[05]' plain; lpzgrep -c --from=2024-05-01T00:10 --to=2024-05-01T00:20 INFO plain ../plain
100:Request 100100
105:Request 100105
110:Request 100110
plain:600
../plain:600

# Directories.
$ mkdir -p d/e; cp plain d/b.lpz; cp ../plain d/a.log; cp a.gz d/e/c.gz; cd d; lpzgrep -c 'r-1]' e; lpzgrep -rc 'r-1]'; lpzgrep -rc --include='*.lpz' --exclude-dir=e 'r-1]' .; lpzgrep -d skip INFO e
a.log:375
b.lpz:375
e/c.gz:375
b.lpz:375
! logpress: e: is a directory; use -r to search the files below it
? 1
$ cd ..; lpzgrep -rc 'r-1]' d/; lpzgrep -rh --exclude='*.log' -m1 -o INFO d; lpzgrep -m1 -ro INFO d/b.lpz
d/a.log:375
d/b.lpz:375
d/e/c.gz:375
INFO
INFO
INFO

# Logs with NUL are binary, as to grep.
$ printf 'one\ntwo\0three\nfour\n' | logpress > nul; lpzgrep o nul; lpzgrep -a four nul; lpzgrep -c . nul; lpzgrep -I o nul
four
4
! logpress: nul: binary file matches
? 1

# Patterns from a file, several of them, none.
$ printf 'Request 100001\nRequest 100003\n' > list; lpzgrep -of list -e 'Request 100005' plain; lpzgrep -c -f /dev/null plain; lpzgrep -vc -f /dev/null plain
Request 100001
Request 100003
Request 100005
3000

# Errors: the others are searched, and the exit status is 2, but with -q when a line is selected.
$ lpzgrep -c INFO nothere plain; lpzgrep -q INFO nothere plain; lpzgrep -s INFO nothere
plain:3000
! logpress: nothere: No such file or directory; check the name
! logpress: nothere: No such file or directory; check the name
? 2
$ head -c 5000 plain > cut; lpzgrep -c INFO cut; cat cut | lpzgrep -c INFO
[..]
[..]
! logpress: cut: the block at byte [..]: it is cut off: [..]
! logpress: standard input: the block at byte [..]: it is cut off: [..]
? 2
$ lpzgrep INFO plain > /dev/full
! logpress: standard output: cannot write: No space left on device; make room, or send the output elsewhere
? 2
$ lpzgrep took plain >> plain; cmp plain <(cd ..; logpress -c --block-size=16K plain)
! logpress: plain: is written to by this search; send the output elsewhere

# What is refused, and why.
$ lpzgrep '(a)\1' plain; lpzgrep -P 'a' plain; lpzgrep -z a plain; lpzgrep 'a(' plain; lpzgrep
! logpress: pattern: back references (\1) are not supported, as no automaton can search for them; use lpzcat and grep
! logpress: -P: Perl's expressions can take for ever on a line, and are not searched for here; use -E, or lpzcat and grep -P
! logpress: -z: archives are divided at newlines, not at NUL; use lpzcat and grep -z
! logpress: pattern: '(' without its ')'; write \( for the byte itself
! logpress: no pattern; give it as logpress grep PATTERN FILE..., and see logpress grep --help
? 2
$ lpzgrep -A x a plain; lpzgrep --frob a; lpzgrep -e; lpzgrep --context a plain; lpzgrep --lines=0 a plain; lpzgrep --quiet=yes a; lpzgrep --no a
! logpress: -A x: no number of lines; give one such as 3
! logpress: --frob: unknown or not clear; see logpress grep --help, and give a pattern with such a name as -e PATTERN
! logpress: -e: needs a value; give it as -e PATTERN
! logpress: --context=a: no number of lines; give one such as 3
! logpress: --lines=0: no range of lines; give A-B, A- or A, counted from 1
! logpress: --quiet=yes: takes no value; give the option alone
! logpress: --no: unknown or not clear; see logpress grep --help, and give a pattern with such a name as -e PATTERN
? 2

# Options as grep reads them: joined, behind files, abbreviated, -NUM.
$ lpzgrep plain -e 'Request 100002' -nbo --after 1; lpzgrep -1o 'Request 10000[2]' plain; lpzgrep -nowm1 Request -- plain; lpzgrep --max-c 1 -Zo INFO plain ../plain | tr '\0' '!'
2:122:Request 100002
Request 100002
1:Request
plain!INFO
../plain!INFO
$ lpzgrep --color=always -n -m1 'Request' plain | cat -v; lpzgrep --stats -c Request plain 2>&1 | sed 's/[0-9]\+/N/g'
^[[32m^[[K1^[[m^[[K^[[36m^[[K:^[[m^[[K2024-05-01 00:00:01,037 INFO  [worker-1] ^[[01;31m^[[KRequest^[[m^[[K 100001 from 10.0.7.13 took 1 ms
N
logpress: N files, N blocks (N skipped), N lines (N looked at, N selected), N bytes (N looked at)

# A long line, within the memory limit and beyond.
$ { head -c 3000000 /dev/zero | tr '\0' x; echo ' end'; } | logpress --block-size=16K -c > long; lpzgrep -o 'x e.d' long; lpzgrep -c --memory-limit=2M end long
x end
0
! logpress: long: line [..] is longer than the memory limit of 2097152 bytes; raise the memory limit with --memory-limit=SIZE
? 2
$ logpress grep --help | awk 'length > 80'; logpress grep --help | head -n 4; logpress grep -V | head -n 1
Usage: logpress grep [OPTION]... PATTERN [FILE]...
Searches archives of logpress, and logs of any other kind, as grep does.
Without FILE, or when FILE is -, standard input; with -r, the current directory.
[empty]
logpress [..]
