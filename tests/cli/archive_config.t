# Several policies in one file, each with its own rules.
$ mkdir a b; log_lines 50 > a/app.log.1; log_lines 60 > b/trace.out; log_lines 70 > b/app.log.1
$ cat > c.toml <<END
> [run]
> lock = "$PWD/lock"
> metrics = "$PWD/m.prom"
> [[policy]]
> name = "a"
> paths = ["$PWD/a"]
> older-than = 0
> [[policy]]
> name = "traces"
> paths = ["$PWD/b"]
> include = ["*.out"]
> older-than = "0s"
> keep = true
> END
$ logpress archive --config=c.toml --check-config
c.toml: sound, 2 policies
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

# The example is sound.
$ logpress archive --check-config --config="$CASES/../../docs/examples/archive.toml" | sed 's/.*: //'
sound, 1 policy
