# --append writes behind what the archive holds: one that -o names, or that of the usual name.
$ log_lines 100 > all; head -n 40 all > a.log; sed -n 41,60p all > b.log; tail -n 40 all > c.log
$ logpress --append -o day.lpz a.log && logpress --append -o day.lpz b.log c.log && lpzcat day.lpz | cmp - all
$ logpress -l day.lpz | awk 'NR == 2 { print $4, $5 }'
100 3
$ cp a.log grown.log; logpress grown.log; cp b.log grown.log; logpress --append -v --rm grown.log; ls grown*
grown.log.lpz
! grown.log: [..] KiB => [..] B, ratio [..], grown.log.lpz
$ lpzcat grown.log.lpz | cmp - <(head -n 60 all)

# From a pipe, too.
$ cat c.log | logpress --append -o grown.log.lpz; lpzcat grown.log.lpz | cmp - all

# It needs an archive.
$ logpress --append < a.log
! logpress: standard output: cannot be appended to; name the archive with -o, or use >> without --append
? 1
$ logpress --append -c a.log
! logpress: --append: cannot be used with -c; name the archive with -o, or use >>
? 2
$ logpress --append -o b.log a.log
! logpress: b.log: this is not a logpress archive; name an archive, or another file
? 1
$ cmp b.log <(sed -n 41,60p all); logpress -d --append day.lpz
! logpress: --append: is for compressing, not for -d; leave it out
? 2

# What a crash left of the last block is cut off, which is told. What is damaged elsewhere is not appended to.
$ (cat day.lpz; logpress -c a.log | head -c 100) > torn.lpz; logpress --append -o torn.lpz b.log; logpress -t torn.lpz; lpzcat torn.lpz | cmp - <(cat all b.log)
! logpress: torn.lpz: its last archive was torn; 89 bytes behind the last whole block were cut off
$ (head -c 20 day.lpz; tail -c +30 day.lpz) > bad.lpz; cp bad.lpz before; logpress --append -o bad.lpz a.log; cmp bad.lpz before
! logpress: bad.lpz: at byte 11: the frame header there is damaged; mend it with logpress repair, or append to another file

# An error or an interrupt leaves what was there; lines of a stream that was packed stay.
$ size=$(stat -c %s day.lpz); cp day.lpz before; log_lines 400000 > large.log
$ (ulimit -f 1; logpress --append -o day.lpz large.log); cmp day.lpz before
! logpress: day.lpz: File too large; raise the file size limit (ulimit -f), or name a place elsewhere with -o
$ timeout -s INT 0.2 logpress -9 --append -o day.lpz large.log; cmp day.lpz before
$ mkfifo source; exec 7<> source; log_lines 7 >&7; env --default-signal=TERM logpress --append -o day.lpz --flush-interval=50ms source 7>&- & until (($(stat -c %s day.lpz) > size + 50)); do sleep 0.01; done
$ kill $!; wait $!; echo $?; exec 7>&-; lpzcat day.lpz | cmp - <(cat all; log_lines 7)
143

# Two at once would write into one another.
$ mkfifo other; exec 7<> other; logpress --append -o grown.log.lpz other 7>&- & sleep 0.1; logpress --append -o grown.log.lpz a.log; exec 7>&-; wait; lpzcat grown.log.lpz | cmp - all
! logpress: grown.log.lpz: somebody else appends to it right now; try again when that is done
