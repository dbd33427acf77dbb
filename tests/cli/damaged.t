# A damaged archive: the error names file and byte, and nothing stands at the final name.
$ log_lines 1000 > original; logpress --block-size=16K -c original > whole.lpz
$ third_ends=$(logpress -lv whole.lpz | awk '$1 == 3 { print $2 + $4 }')
$ cp whole.lpz app.log.lpz
$ printf 'XXXX' | dd of=app.log.lpz bs=1 seek=$((third_ends - 10)) conv=notrunc status=none
$ logpress -d app.log.lpz
! logpress: app.log.lpz: the block at byte [..]: its payload does not match its checksum; intact before it: 384 lines (32640 bytes); restore it from a copy, or use --recover to save what is still whole
? 1
$ ls -A
app.log.lpz
original
whole.lpz
$ logpress -t app.log.lpz
! logpress: app.log.lpz: the block at byte [..]: its payload does not match its checksum; intact before it: 384 lines (32640 bytes); restore it from a copy, or save with -d --recover what is still whole
? 1
$ logpress -tv app.log.lpz whole.lpz
! logpress: app.log.lpz: the block at byte [..]: its payload does not match its checksum; intact before it: 384 lines (32640 bytes); restore it from a copy, or save with -d --recover what is still whole
! whole.lpz: whole, [..] KiB => 83.0 KiB, 1000 lines
? 1

# With -c, all before the damaged place is there, and after it nothing.
$ logpress -dc app.log.lpz > part
! logpress: app.log.lpz: the block at byte [..]: its payload does not match its checksum; intact before it: 384 lines (32640 bytes); restore it from a copy, or use --recover to save what is still whole
? 1
$ test -s part && head -c $(stat -c %s part) original | cmp - part

# --recover leaves out the damaged place alone.
$ logpress -d --recover app.log.lpz
! logpress: app.log.lpz: the block at byte [..]: its payload does not match its checksum
! logpress: app.log.lpz: damaged in 1 place: lost [..] bytes of the archive and 192 lines; recovered 808 lines (68675 bytes)
? 1
$ diff original app.log | grep -c '^<'
192
$ diff original app.log | grep -c '^>'
0
? 1
$ logpress -t --recover app.log.lpz
! logpress: app.log.lpz: the block at byte [..]: its payload does not match its checksum
! logpress: app.log.lpz: damaged in 1 place: lost [..] bytes of the archive and 192 lines; recovered 808 lines (68675 bytes)
? 1

# A torn archive.
$ head -c $((third_ends - 10)) whole.lpz > torn.lpz
$ logpress -t torn.lpz
! logpress: torn.lpz: the block at byte [..]: it is cut off: the file ends inside it; intact before it: 384 lines (32640 bytes); restore it from a copy, or save with -d --recover what is still whole
? 1
$ logpress -d torn.lpz; ls torn
! logpress: torn.lpz: the block at byte [..]: it is cut off: the file ends inside it; intact before it: 384 lines (32640 bytes); restore it from a copy, or use --recover to save what is still whole
! ls: cannot access 'torn': No such file or directory
? 2
$ logpress -l torn.lpz
  raw  packed  ratio  lines  blocks  templates  level  backend  from                 to                   name
32640  [..]  384       2          2      5  zstd     2024-05-01T00:00:01  2024-05-01T00:06:24  torn.lpz
! logpress: torn.lpz: the block at byte [..]: it is cut off: the file ends inside it; use -t to see what is lost, or -d --recover to save the rest
? 1

# Bytes behind an archive that are none.
$ (cat whole.lpz; echo garbage) > behind.lpz; logpress -t behind.lpz
! logpress: behind.lpz: at byte [..]: what stands there is no archive; if it was one, its header is damaged; intact before it: 1000 lines (85003 bytes); restore it from a copy, or save with -d --recover what is still whole
? 1

# No archive at all.
$ logpress -d -o out original
! logpress: original: this is not a logpress archive; name a file that logpress made
? 1
$ : > empty.lpz; logpress -d empty.lpz; ls empty
! logpress: empty.lpz: this is not a logpress archive: it is empty; name a file that logpress made
! ls: cannot access 'empty': No such file or directory
? 2

# With the index, what was lost is known even where a block's own head is damaged.
$ second=$(logpress -lv whole.lpz | awk '$1 == 2 { print $2 }'); cp whole.lpz head.lpz
$ printf 'X' | dd of=head.lpz bs=1 seek=$((second + 6)) conv=notrunc status=none; logpress -t --recover head.lpz
! logpress: head.lpz: at byte [..]: the frame header there is damaged
! logpress: head.lpz: damaged in 1 place: lost [..] bytes of the archive and 192 lines; recovered 808 lines (68676 bytes)
? 1

# An archive without its end, and another behind it: whole, and -v tells of the joint.
$ head -c $((third_ends)) whole.lpz > joined.lpz; tail -n 5 original | logpress >> joined.lpz
$ logpress -tv joined.lpz
! joined.lpz: the archive at byte 0 was not ended, and another follows at byte [..]; its blocks are whole
! joined.lpz: whole, [..] KiB => [..] KiB, 581 lines
$ (head -n 576 original; tail -n 5 original) | cmp - <(lpzcat joined.lpz); logpress -l joined.lpz | awk 'NR == 2 { print $4 }'
581
$ (head -c $((third_ends - 1)) whole.lpz; tail -n 5 original | logpress) > torn_joint.lpz; logpress -t torn_joint.lpz
! logpress: torn_joint.lpz: the block at byte [..]: its payload does not match its checksum; intact before it: 384 lines (32640 bytes); restore it from a copy, or save with -d --recover what is still whole
? 1
