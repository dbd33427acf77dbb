# Which files a run takes, and which it leaves alone and why.
$ archive() { logpress archive --lock=../lock "$@"; }
$ mkdir logs && cd logs; mkdir sub .hidden
$ log_lines 10 > seed; old() { for f; do cp seed "$f"; touch -d '3 days ago' "$f"; done; }
$ old app.log.1 sub/app.log.1 .hidden/app.log.1 .app.log.1 app.log.2 app.log notes.txt 'a b.log.1' $'line\nbreak.log.1' $'bad\xff.log.1' ./-dash.log.1
$ : > empty.log.1; touch -d '3 days ago' empty.log.1; mkfifo pipe.1; ln -s app.log.1 link.log.1; ln app.log.2 other.log.2
$ echo young > young.log.1; cp seed packed.log.1.zip; cp seed packed.log.2.gz; touch -d '3 days ago' packed*
$ archive -v . | sort
-dash.log.1: 830 B => [..], ratio [..], -dash.log.1.lpz (looks rotated)
.app.log.1: ignored, is hidden
.hidden: ignored, is a folder; --recursive looks into it
a b.log.1: 830 B => [..], ratio [..], a b.log.1.lpz (looks rotated)
app.log.1: 830 B => [..], ratio [..], app.log.1.lpz (looks rotated)
app.log.2: skipped, has 2 names, and removing one frees nothing; --hard-links takes it all the same
app.log: ignored, its name does not look rotated; --include takes others
badÿ.log.1: 830 B => [..], ratio [..], badÿ.log.1.lpz (looks rotated)
empty.log.1: skipped, is empty
line\nbreak.log.1: 830 B => [..], ratio [..], line\nbreak.log.1.lpz (looks rotated)
link.log.1: skipped, is a symbolic link
logpress archive: packed 5 files, 4.05 KiB => [..], ratio [..]; skipped 6; [..] s
notes.txt: ignored, its name does not look rotated; --include takes others
other.log.2: ignored, is taken already, by another name, path or policy
packed.log.1.zip: ignored, is packed already
packed.log.2.gz: skipped, is packed already; --repack takes what gzip packed
pipe.1: skipped, is not a regular file
seed: ignored, its name does not look rotated; --include takes others
sub: ignored, is a folder; --recursive looks into it
young.log.1: skipped, was changed less than 1 day ago; --older-than=0 takes it now
$ ls -A1
-dash.log.1.lpz
.app.log.1
.hidden
a b.log.1.lpz
app.log
app.log.1.lpz
app.log.2
badÿ.log.1.lpz
empty.log.1
line
break.log.1.lpz
link.log.1
notes.txt
other.log.2
packed.log.1.zip
packed.log.2.gz
pipe.1
seed
sub
young.log.1
$ archive -r --exclude='.*' . ; find . -name '*.lpz' | sort
logpress archive: packed 1 file, 830 B => [..], ratio [..]; skipped 6; [..] s
./-dash.log.1.lpz
./a b.log.1.lpz
./app.log.1.lpz
./badÿ.log.1.lpz
./line
./sub/app.log.1.lpz
break.log.1.lpz

# Names can be chosen by globs instead, of names or of paths below the folder.
$ archive -v --include='*.txt' .; old sub/x.txt x.txt; archive -qr --include='sub/*.txt' .; ls sub/* x*
-dash.log.1.lpz: ignored, matches no --include
.app.log.1: ignored, matches no --include
.hidden: ignored, is a folder; --recursive looks into it
a b.log.1.lpz: ignored, matches no --include
app.log: ignored, matches no --include
app.log.1.lpz: ignored, matches no --include
app.log.2: ignored, matches no --include
badÿ.log.1.lpz: ignored, matches no --include
empty.log.1: ignored, matches no --include
line\nbreak.log.1.lpz: ignored, matches no --include
link.log.1: ignored, matches no --include
other.log.2: ignored, matches no --include
packed.log.1.zip: ignored, matches no --include
packed.log.2.gz: ignored, matches no --include
pipe.1: ignored, matches no --include
seed: ignored, matches no --include
sub: ignored, is a folder; --recursive looks into it
young.log.1: ignored, matches no --include
notes.txt: 830 B => [..], ratio [..], notes.txt.lpz (matches --include)
logpress archive: packed 1 file, 830 B => [..], ratio [..]; [..] s
sub/app.log.1.lpz
sub/x.txt.lpz
x.txt

# What is named is taken whatever its name; a glob is expanded.
$ archive app.log young.log.1; archive --older-than=0 'young.log.?' 'no*such'; ls app.log* young*
young.log.1: skipped, was changed less than 1 day ago; --older-than=0 takes it now
logpress archive: packed 1 file, 830 B => [..], ratio [..]; skipped 1; [..] s
logpress archive: packed 1 file, 6 B => [..], ratio [..]; [..] s
app.log.1.lpz
app.log.2
app.log.lpz
young.log.1.lpz

# Sizes.
$ old s.log.1; archive -v --min-size=1K s.log.1; archive -v --max-size=10 s.log.1; archive -v --min-size=0 --older-than=0 empty.log.1; archive -q s.log.1
s.log.1: skipped, is smaller than --min-size
logpress archive: packed 0 files; skipped 1; [..] s
s.log.1: skipped, is larger than --max-size
logpress archive: packed 0 files; skipped 1; [..] s
empty.log.1: 0 B => [..], ratio [..], empty.log.1.lpz (named)
logpress archive: packed 1 file, 0 B => [..], ratio [..]; [..] s

# Hard links when wanted.
$ archive -v --hard-links app.log.2; stat -c '%h' other.log.2
app.log.2: 830 B => [..], ratio [..], app.log.2.lpz (named)
logpress archive: packed 1 file, 830 B => [..], ratio [..]; [..] s
1

# A folder may be a link if it is named; a link in a folder is not followed.
$ old sub/late.log.1; ln -s sub way; archive -r .; mv sub ../sub; ln -s ../sub sub; old sub/late.log.1; archive -r .; ls sub; archive sub; ls sub
logpress archive: packed 3 files, 2.43 KiB => [..], ratio [..]; skipped 3; [..] s
logpress archive: packed 0 files; skipped 3; [..] s
app.log.1.lpz
late.log.1
late.log.1.lpz
x.txt.lpz
sub/late.log.1: was packed already, 830 B => [..], ratio [..], sub/late.log.1.lpz
logpress archive: packed 1 file, 830 B => [..], ratio [..]; [..] s
app.log.1.lpz
late.log.1.lpz
x.txt.lpz

# A sparse file comes back with its zeros.
$ printf begin > sparse.log.1; truncate -s 3M sparse.log.1; printf end >> sparse.log.1; cp sparse.log.1 ../sparse; archive --older-than=0 sparse.log.1; lpzcat sparse.log.1.lpz | cmp - ../sparse
logpress archive: packed 1 file, 3.00 MiB => [..], ratio [..]; [..] s

# A folder that is not there, and one that may not be read.
$ archive nothere; archive nothere/
logpress archive: packed 0 files; failed 1; [..] s
logpress archive: packed 0 files; failed 1; [..] s
! logpress: nothere: cannot look at it: No such file or directory; check the name
! logpress: nothere/: cannot look at it: No such file or directory; check the name
? 1

# Files that other names for archives hide.
$ lpzcat sparse.log.1.lpz | logpress -1 > like.log.1; archive -v --older-than=0 like.log.1
like.log.1: skipped, is an archive already
logpress archive: packed 0 files; skipped 1; [..] s
