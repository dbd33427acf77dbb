# Several policies in one file, each with its own rules.
$ mkdir a b; log_lines 50 > a/app.log.1; log_lines 60 > b/trace.out; log_lines 70 > b/app.log.1
$ cat > c.toml <<END
> [run]
> lock = "$PWD/lock"
> metrics = "$PWD/m.prom"
> [[policy]]
> name = "a"
> paths = ["$PWD/a"]
> older-than = "0"
> [[policy]]
> name = "traces"
> paths = ["$PWD/b"]
> include = ["*.out"]
> older-than = "0s"
> keep = true
> END
$ logpress archive --config=c.toml --check-config
c.toml: sound, 2 policies
a: packs what looks rotated in [..]/a; removes each log when its archive is safe
a: deletes no archive
traces: packs *.out in [..]/b; keeps the logs
traces: deletes no archive
$ logpress archive --config=c.toml; ls a b; grep 'outcome="packed"' m.prom
logpress archive: packed 2 files, 9.10 KiB => [..], ratio [..]; [..] s
a:
app.log.1.lpz
[empty]
b:
app.log.1
trace.out
trace.out.lpz
logpress_archive_files{policy="a",outcome="packed"} 1
logpress_archive_files{policy="traces",outcome="packed"} 1

# Mistakes are found before anything is done.
$ sed -i 's/keep/kep/; s/\[run\]/[rum]/' c.toml; logpress archive --config=c.toml
! logpress: c.toml:13:1: unknown key kep in [[policy]]; did you mean keep?
! logpress: c.toml:1:2: unknown key rum as a table; did you mean run?
? 2
$ logpress archive --config=c.toml --check-config
! logpress: c.toml:13:1: unknown key kep in [[policy]]; did you mean keep?
! logpress: c.toml:1:2: unknown key rum as a table; did you mean run?
? 2
$ logpress archive --config=nothere.toml
! logpress: nothere.toml: cannot be read: No such file or directory; check the name and the permissions
? 2
$ logpress archive --config=c.toml a
! logpress: a: with --config the files come from there; leave out one of both
? 2
$ logpress archive --older-then=1d a
! logpress: --older-then=1d: unknown option; did you mean --older-than?
? 2

# What deletes wants to know the unit, and no zero; nothing is done meanwhile.
$ log_lines 5 > old.log.1; logpress -o app.log.1.lpz old.log.1; touch -d '2 days ago' app.log.1.lpz
$ for o in delete-after=35 delete-after=0 max-total=20 max-total=0K; do logpress archive --$o .; done
! logpress: --delete-after=35: has no unit; give it as 35s, 35min, 35h or 35d (seconds, minutes, hours, days)
! logpress: --delete-after=0: would delete all; give a time, such as 400d
! logpress: --max-total=20: has no unit; give it as 20M, 20G or 20T, or, if bytes are meant, as 20B
! logpress: --max-total=0K: would delete all; give a size, such as 50G
? 2
$ printf '[[policy]]\npaths = "/nothere"\ndelete-after = 400\nmax-total = 0\n' > d.toml; logpress archive --config=d.toml --check-config
! logpress: d.toml:3:16: delete-after = 400: has no unit; give it as 400s, 400min, 400h or 400d (seconds, minutes, hours, days), in quotes
! logpress: d.toml:4:13: max-total = 0: would delete all; give a size, such as 50G, in quotes
? 2
$ ls *.lpz
app.log.1.lpz

# The example is sound, and says what it does.
$ logpress archive --check-config --config="$CASES/../../docs/examples/archive.toml" | sed 's/.*: //'
sound, 1 policy
packs what looks rotated in /var/log and the folders below, but not journal and private, last changed 1 day ago or longer, also from gzip, zstd, xz and bzip2; removes each log when its archive is safe
deletes archives older than 400 days
