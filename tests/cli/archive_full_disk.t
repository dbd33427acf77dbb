# On a full disk no log is lost, and there is no half archive.
$ mkdir disk; mount -t tmpfs -o size=2m tmpfs disk 2> /dev/null || skip "may not mount a tmpfs"
$ cd disk; finish() { cd ..; umount disk; }; trap 'cd /; umount "$OLDPWD" 2> /dev/null' EXIT
$ archive() { logpress archive --lock=../lock --older-than=0 "$@"; }
$ head -c 1200000 /dev/urandom > noise.log.1; log_lines 500 > small.log.1; touch -d '1 hour ago' noise.log.1; sha256sum * > ../sums

# The first does not fit and stays; the second is still done.
$ archive --min-free=0 .
logpress archive: packed 1 file, 41.5 KiB => [..], ratio [..]; failed 1; [..] s
! logpress: noise.log.1: noise.log.1.lpz: cannot write: No space left on device; make room
? 1
$ ls -A; lpzcat small.log.1.lpz > small.log.1; sha256sum -c --quiet ../sums
noise.log.1
small.log.1.lpz

# The guard keeps room for others.
$ archive --min-free=1M .
small.log.1: was packed already, 41.5 KiB => [..], ratio [..], small.log.1.lpz
logpress archive: packed 1 file, 41.5 KiB => [..], ratio [..]; failed 1; [..] s
! logpress: noise.log.1: noise.log.1.lpz: only [..] are free on its file system, and 1.00 MiB are to stay so; make room, or lower --min-free
? 1
$ ls -A; sha256sum -c --quiet ../sums 2>&1 | head -n 1
noise.log.1
small.log.1.lpz
sha256sum: small.log.1: No such file or directory

# No inode left.
$ finish; mount -t tmpfs -o size=2m,nr_inodes=3 tmpfs disk; cd disk; log_lines 10 > a.log.1; log_lines 20 > b.log.1
$ archive --min-free=0 .; ls -A
logpress archive: packed 0 files; failed 2; [..] s
a.log.1
b.log.1
! logpress: a.log.1: cannot make its archive: No space left on device; make room
! logpress: b.log.1: cannot make its archive: No space left on device; make room
$ finish
