# Blocks that are intact and stand in the wrong place: no command calls such an archive whole.
$ for name in ours that; do seq -f "$name %04.0f is a line" 1000 1599 > $name.log; logpress --backend=store --block-size=2K -c $name.log > $name.lpz; done
$ logpress -lv ours.lpz | awk '$1 >= 2 && $1 <= 4 { print $1, $4 }' > sizes; awk '{ print $2 }' sizes | sort -u | wc -l
1
$ at() { logpress -lv ours.lpz | awk -v block=$1 '$1 == block { print $2 }'; }; size=$(awk 'NR == 1 { print $2 }' sizes); second=$(at 2); third=$(at 3)
$ (head -c $second ours.lpz; tail -c +$((third + 1)) ours.lpz | head -c $size; tail -c +$((second + 1)) ours.lpz | head -c $size; tail -c +$((third + size + 1)) ours.lpz) > swapped.lpz
$ (head -c $third ours.lpz; tail -c +$((third + 1)) that.lpz | head -c $size; tail -c +$((third + size + 1)) ours.lpz) > foreign.lpz
$ ls -l ours.lpz swapped.lpz foreign.lpz | awk '{ print $5 }' | sort -u | wc -l
1

$ logpress -t swapped.lpz
! logpress: swapped.lpz: the block at byte [..] is out of place: it is block 3 of its archive, and block 2 belongs here; intact before it: 102 lines (2040 bytes); restore it from a copy, or save with -d --recover what is still whole
? 1
$ logpress -dc swapped.lpz 2> /dev/null | cmp - <(head -n 102 ours.log)
$ logpress -l swapped.lpz > listing
! logpress: swapped.lpz: the block at byte [..] is out of place: it is block 3 of its archive, and block 2 belongs here; use -t to see what is lost, or -d --recover to save the rest
? 1
$ lpzcat --lines=103-104 swapped.lpz
! logpress: swapped.lpz: the block at byte [..] is out of place: it is block 3 of its archive, and block 2 belongs here; restore it from a copy, or use --recover to save what is still whole
? 1
$ logpress -dc --recover swapped.lpz > all; sort all | cmp - ours.log
! logpress: swapped.lpz: the block at byte [..] is out of place: it is block 3 of its archive, and block 2 belongs here
! logpress: swapped.lpz: the block at byte [..] is out of place: it is block 2 of its archive, and block 4 belongs here
! logpress: swapped.lpz: damaged in 2 places: lost 0 bytes of the archive and 0 lines; recovered 600 lines (12000 bytes)
$ logpress repair swapped.lpz
! logpress: swapped.lpz: the block at byte [..] is out of place: it is block 3 of its archive, and block 2 belongs here; kept where it is
! logpress: swapped.lpz: the block at byte [..] is out of place: it is block 2 of its archive, and block 4 belongs here; kept where it is
! logpress: swapped.lpz: lost 0 lines; 2 blocks out of place; 600 lines kept in swapped.repaired.lpz
? 1

$ logpress -t foreign.lpz
! logpress: foreign.lpz: the block at byte [..] is out of place: it is block 3 of another archive, or the block before it is of another one; intact before it: 204 lines (4080 bytes); restore it from a copy, or save with -d --recover what is still whole
? 1
$ logpress -l foreign.lpz > listing
! logpress: foreign.lpz: the block at byte [..] is out of place: it is block 3 of another archive; use -t to see what is lost, or -d --recover to save the rest
? 1
$ logpress -t --recover foreign.lpz 2>&1 | tail -n 1
logpress: foreign.lpz: damaged in 2 places: lost 0 bytes of the archive and at least 102 lines; recovered 600 lines (12000 bytes)
