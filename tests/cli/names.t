# Names with spaces, newlines, commas, dashes and bytes that are no text.
$ log_lines 10 > app.log
$ touch -- 'a b.log' $'new\nline.log' 'a,b.log' '-dash' $'\xff\xfe.log' '--' "it's \"quoted\".log" '*?'
$ logpress 'a b.log' $'new\nline.log' a,b.log ./-dash $'\xff\xfe.log' ./-- "it's \"quoted\".log" '*?'
$ ls -A | wc -l
19
$ logpress -- -dash
! logpress: -dash.lpz: exists already; name another file with -o, or overwrite it with -f
? 1
$ rm -- -dash; logpress -d -- -dash.lpz && ls -- -dash
-dash
$ rm -f -- --; logpress -d -- --.lpz && ls -- --
--
$ logpress -dash
! logpress: -a: unknown option; see logpress --help, and give a file with such a name as ./-NAME
? 2

# Control characters in messages are shown, so that a message stays a line.
$ logpress $'no\nsuch\tfile\e[1m'
! logpress: no\nsuch\tfile\x1b[1m: No such file or directory; check the name
? 1
$ logpress $'--no\nsuch'
! logpress: --no\nsuch: unknown option; see logpress --help
? 2
$ logpress -o$'new\nname.lpz' app.log && logpress -t $'new\nname.lpz'

# The longest name that an archive can have, and one that is longer.
$ long=$(printf 'x%.0s' {1..251}); cp app.log $long; logpress $long && logpress -t $long.lpz
$ long=y$long; cp app.log $long; logpress $long 2>&1 | sed 's/y*x*x/(long)/'
logpress: (long).lpz: File name too long; name a shorter one with -o
$ logpress -o short.lpz $long && logpress -t short.lpz

# A file called like the suffix is no archive of a file without a name.
$ logpress -c app.log > .lpz; logpress -d .lpz
! logpress: .lpz: does not end in .lpz, so its output has no name; use -o FILE or -c
? 1
$ logpress -dc .lpz | cmp - app.log
