# What is intact goes into a new archive with an index and a footer of its own, blocks as they were.
$ log_lines 1000 > original; logpress --block-size=16K -c original > whole.lpz
$ third_ends=$(logpress -lv whole.lpz | awk '$1 == 3 { print $2 + $4 }')
$ cp whole.lpz app.log.lpz; printf 'XXXX' | dd of=app.log.lpz bs=1 seek=$((third_ends - 10)) conv=notrunc status=none; cp app.log.lpz before
$ logpress repair app.log.lpz; cmp app.log.lpz before; logpress -tv app.log.repaired.lpz
! logpress: app.log.lpz: the block at byte [..]: its payload does not match its checksum; left out: 192 lines, after 2024-05-01T00:06:24 and before 2024-05-01T00:09:37
! logpress: app.log.lpz: lost 192 lines; 808 lines kept in app.log.repaired.lpz
! app.log.repaired.lpz: whole, [..] KiB => 67.1 KiB, 808 lines
$ diff original <(lpzcat app.log.repaired.lpz) | grep -c '^<'; lpzcat --recover app.log.lpz 2> /dev/null | cmp - <(lpzcat app.log.repaired.lpz)
192
$ logpress repair app.log.lpz 2>&1 | grep exists
logpress: app.log.repaired.lpz: exists already; name another file with -o, or overwrite it with -f

# A damaged head of a block: the index knows what was in it.
$ second=$(logpress -lv whole.lpz | awk '$1 == 2 { print $2 }'); cp whole.lpz head.lpz; printf X | dd of=head.lpz bs=1 seek=$((second + 6)) conv=notrunc status=none
$ logpress repair -o mended.lpz head.lpz; logpress -t mended.lpz
! logpress: head.lpz: at byte [..]: the frame header there is damaged; left out: [..] B, after 2024-05-01T00:03:12 and before 2024-05-01T00:06:25
! logpress: head.lpz: lost 192 lines; 808 lines kept in mended.lpz

# An archive that was not ended, and one between two archives: nothing is lost, and the exit status says so. -f replaces it.
$ head -c $third_ends whole.lpz > torn.lpz; cat torn.lpz whole.lpz > joined.lpz; logpress repair -v -f torn.lpz; logpress repair -c joined.lpz > ended.lpz
! torn.lpz: nothing was lost; 576 lines kept in torn.lpz
$ head -n 576 original | cmp - <(lpzcat torn.lpz); cat torn.lpz whole.lpz | cmp - ended.lpz

# What is whole, what is no archive, and what is beyond help.
$ logpress repair whole.lpz; logpress repair -o copy.lpz whole.lpz; cmp copy.lpz whole.lpz
! logpress: whole.lpz: is whole, so nothing was written
$ logpress repair original
! logpress: original: this is not a logpress archive; name a file that logpress made
? 1
$ head -c 100 whole.lpz > stump.lpz; cp stump.lpz before; logpress repair -f stump.lpz; cmp stump.lpz before
! logpress: stump.lpz: the block at byte 11: it is cut off: the file ends inside it; left out: 192 lines
! logpress: stump.lpz: no block of it is intact, so nothing was written

# An archive of a later version is not damage.
$ printf '\x8bLPZ\x01later' > later; cat whole.lpz later > newer.lpz; logpress repair newer.lpz; ls newer*
newer.lpz
! logpress: newer.lpz: at byte [..]: it has format version 1 and this program reads version 0; use a newer program
