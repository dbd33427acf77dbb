# train makes a dictionary of what logs have in common; small files become much smaller with it.
$ log_lines 3000 > app.log; log_lines 3030 | tail -n 30 > small.log
$ logpress train app.log -o app.lpd -v 2> said; sed 's/ [0-9a-f]\{16\},/ ID,/; s/, [^ ]* [^ ]* from.*//' said
app.lpd: dictionary ID
$ logpress -k small.log && logpress -D app.lpd -c small.log > with.lpz
$ test $(($(stat -c %s with.lpz) * 3)) -lt $(($(stat -c %s small.log.lpz) * 2)) && echo smaller
smaller

# It is read with that dictionary.
$ logpress -dc -D app.lpd with.lpz | cmp - small.log
$ logpress -t --dictionary=app.lpd with.lpz
$ lpzcat -D app.lpd --lines=3-4 with.lpz | cmp - <(sed -n 3,4p small.log)

# It is searched and looked at with it.
$ lpzgrep --dictionary=app.lpd -n . with.lpz | cmp - <(grep -n . small.log)
$ lpzgrep --dictionary=app.lpd -c . < with.lpz
30
$ logpress templates -D app.lpd with.lpz | cmp - <(logpress templates small.log)
$ lpzgrep . with.lpz 2> search
? 2
$ grep -c "give that one with --dictionary=FILE" search
1

# Without, the error names it; -l tells it too.
$ id=$(sed 's/.*dictionary \([0-9a-f]*\),.*/\1/' said); logpress -t with.lpz 2> said; grep -c "packed with the dictionary $id; give that one with --dictionary=FILE" said
1
$ logpress -dc with.lpz > nothing 2> said
? 1
$ wc -c < nothing; grep -c "dictionary $id" said
0
1
$ logpress -l with.lpz | grep -c "needs the dictionary $id"
1
$ logpress -l --json with.lpz | grep -c "\"dictionaries\": \[\"$id\"\]"
2

# The same with another one.
$ log_lines 2000 | tail -n 1000 > other.log; logpress train other.log -o other.lpd
$ logpress -t -D other.lpd with.lpz 2> said
? 1
$ grep -c "packed with the dictionary $id and not with" said
1

# What needs none is read with any.
$ logpress -dc -D other.lpd small.log.lpz | cmp - small.log

# Samples may be packed, and a dictionary may be small; the same samples give the same.
$ logpress -c app.log > app.lpz; logpress train app.lpz -o again.lpd && cmp app.lpd again.lpd
$ logpress train --max-size=1K -o tiny.lpd app.log && test $(stat -c %s tiny.lpd) -le 1024 && echo tiny
tiny

# What cannot be.
$ logpress train app.log
! logpress: train: writes a dictionary; name its file with -o
? 2
$ logpress train app.log -o app.lpd
! logpress: app.lpd: exists already; name another file with -o, or overwrite it with -f
? 1
$ printf 'a\nb\n' | logpress train -o none.lpd
! logpress: train: no dictionary of at most 1048576 bytes can be made of these samples; give more lines of one log, or allow more bytes
? 1
$ test -e none.lpd
? 1
$ logpress -D app.log -c small.log
! logpress: app.log: not a dictionary of logpress; give a file that logpress train made
? 1
$ logpress -D missing.lpd -c small.log
! logpress: missing.lpd: No such file or directory; check the name
? 1
$ logpress --max-size=1K -c small.log
! logpress: --max-size: is for train, not for compressing; leave it out
? 2
