# Logs that other packers packed become archives, which hold what had been packed.
$ for p in gzip zstd xz bzip2; do type $p > /dev/null 2>&1 || skip "no $p"; done
$ archive() { logpress archive --lock=../lock --older-than=0 "$@"; }
$ mkdir logs && cd logs; log_lines 3000 > ../log
$ gzip < ../log > a.log.1.gz; zstd -q < ../log > b.log.1.zst; xz < ../log > c.log.1.xz; bzip2 < ../log > d.log.1.bz2
$ archive -v .
a.log.1.gz: skipped, is packed already; --repack takes what gzip packed
b.log.1.zst: skipped, is packed already; --repack takes what zstd packed
c.log.1.xz: skipped, is packed already; --repack takes what xz packed
d.log.1.bz2: skipped, is packed already; --repack takes what bzip2 packed
logpress archive: packed 0 files; skipped 4; [..] s
$ archive -v --repack .
a.log.1.gz: 43.4 KiB => [..], ratio [..], a.log.1.lpz (looks rotated)
b.log.1.zst: 35.0 KiB => [..], ratio [..], b.log.1.lpz (looks rotated)
c.log.1.xz: 21.6 KiB => [..], ratio [..], c.log.1.lpz (looks rotated)
d.log.1.bz2: 22.4 KiB => [..], ratio [..], d.log.1.lpz (looks rotated)
logpress archive: packed 4 files, 122 KiB => [..], ratio [..]; [..] s
$ ls; for f in *.lpz; do lpzcat $f | cmp - ../log; done; rm *
a.log.1.lpz
b.log.1.lpz
c.log.1.lpz
d.log.1.lpz

# Several members, and padding, as the packers themselves take them.
$ log_lines 5 > ../five; cat ../log ../five > ../both
$ (gzip < ../log; gzip < ../five; head -c 512 /dev/zero) > a.log.1.gz; (zstd -q < ../log; zstd -q < ../five) > b.log.1.zst
$ (xz < ../log; head -c 8 /dev/zero; xz < ../five) > c.log.1.xz; (bzip2 < ../log; bzip2 < ../five) > d.log.1.bz2
$ archive -q --repack . && for f in *.lpz; do lpzcat $f | cmp - ../both; done; ls; rm *
a.log.1.lpz
b.log.1.lpz
c.log.1.lpz
d.log.1.lpz

# What is damaged, ends too soon, is empty or is something else stays as it is.
$ gzip < ../log | head -c 5000 > a.log.1.gz; zstd -q < ../log | head -c 5000 > b.log.1.zst; xz < ../log | head -c 5000 > c.log.1.xz; bzip2 < ../log | head -c 5000 > d.log.1.bz2
$ archive --repack .
logpress archive: packed 0 files; failed 4; [..] s
! logpress: a.log.1.gz: ends too soon, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
! logpress: b.log.1.zst: ends too soon, so it is no whole zstd file; look at it with zstd -t, and restore it from a copy
! logpress: c.log.1.xz: ends too soon, so it is no whole xz file; look at it with xz -t, and restore it from a copy
! logpress: d.log.1.bz2: ends too soon, so it is no whole bzip2 file; look at it with bzip2 -t, and restore it from a copy
? 1
$ ls; rm *
a.log.1.gz
b.log.1.zst
c.log.1.xz
d.log.1.bz2
$ echo text > a.log.1.gz; echo text > b.log.1.zst; echo text > c.log.1.xz; echo text > d.log.1.bz2; (gzip < ../log; echo text) > e.log.1.gz
$ archive --repack .
logpress archive: packed 0 files; failed 5; [..] s
! logpress: a.log.1.gz: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
! logpress: b.log.1.zst: is damaged, so it is no whole zstd file; look at it with zstd -t, and restore it from a copy
! logpress: c.log.1.xz: ends too soon, so it is no whole xz file; look at it with xz -t, and restore it from a copy
! logpress: d.log.1.bz2: is damaged, so it is no whole bzip2 file; look at it with bzip2 -t, and restore it from a copy
! logpress: e.log.1.gz: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
? 1
$ ls; rm *
a.log.1.gz
b.log.1.zst
c.log.1.xz
d.log.1.bz2
e.log.1.gz
$ gzip < ../log > a.log.1.gz; printf x | dd of=a.log.1.gz bs=1 seek=2000 conv=notrunc status=none; archive --repack .; ls; rm *
logpress archive: packed 0 files; failed 1; [..] s
a.log.1.gz
! logpress: a.log.1.gz: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy

# Joined with what is no whole member, at any place, it stays as well.
$ (gzip < ../log; gzip < ../five | head -c 60) > a.log.1.gz; (gzip < ../log; xz < ../five) > b.log.1.gz; (gzip < ../log; logpress < ../five) > c.log.1.gz
$ (gzip < ../log | head -c 9000; gzip < ../five) > d.log.1.gz; (gzip < ../log; zstd -q < ../five | head -c 60) > e.log.1.gz; (zstd -q < ../log; zstd -q < ../five | head -c 60) > f.log.1.zst
$ cat * | md5sum > ../before; archive --repack .; ls; cat * | md5sum | cmp - ../before; rm *
logpress archive: packed 0 files; failed 6; [..] s
a.log.1.gz
b.log.1.gz
c.log.1.gz
d.log.1.gz
e.log.1.gz
f.log.1.zst
! logpress: a.log.1.gz: ends too soon, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
! logpress: b.log.1.gz: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
! logpress: c.log.1.gz: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
! logpress: d.log.1.gz: ends too soon, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
! logpress: e.log.1.gz: is damaged, so it is no whole gzip file; look at it with gzip -t, and restore it from a copy
! logpress: f.log.1.zst: ends too soon, so it is no whole zstd file; look at it with zstd -t, and restore it from a copy

# What would not become smaller stays.
$ head -c 20000 /dev/urandom | xz > r.log.1.xz; archive -v --repack .; ls; rm *
r.log.1.xz: skipped, repacked it would take [..] instead of 19.6 KiB
logpress archive: packed 0 files; skipped 1; [..] s
r.log.1.xz

# A log and the same log packed become one archive.
$ cp ../log a.log.1; gzip -k a.log.1; archive --repack . && ls
a.log.1.gz: was packed already, 43.4 KiB => [..], ratio [..], a.log.1.lpz
logpress archive: packed 2 files, 292 KiB => [..], ratio [..]; [..] s
a.log.1.lpz
