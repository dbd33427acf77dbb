# lpzcat is logpress -dc, unlogpress is logpress -d, and so is the word cat.
$ log_lines 10 > app.log && logpress app.log
$ lpzcat app.log.lpz | cmp - app.log
$ lpzcat < app.log.lpz | cmp - app.log
$ lpzcat app.log.lpz app.log.lpz | wc -l
20
$ logpress cat app.log.lpz | cmp - app.log
$ logpress cat < app.log.lpz | cmp - app.log
$ logpress cat -T2 -- app.log.lpz | cmp - app.log
$ mv app.log original; unlogpress app.log.lpz && cmp app.log original
$ unlogpress -t app.log.lpz
$ lpzcat -l app.log.lpz | tail -n 1 | awk '{ print $1, $NF }'
830 app.log.lpz

# First words that name commands are reserved; a file of such a name has a path.
$ cp app.log archive; cp app.log cat
$ logpress archive
! logpress: archive: no files; name logs or folders, or use --config=FILE
? 2
$ logpress archive app.log -n
app.log: skipped, was changed less than 1 day ago; --older-than=0 takes it now
logpress archive: would pack 0 files; skipped 1; 0 s
$ logpress ./archive ./cat && logpress -t archive.lpz cat.lpz
$ logpress -f -- archive
$ logpress -f app.log archive cat

# The programs are told apart by their last name alone.
$ ln -s "$(command -v logpress)" lpzcat && ./lpzcat app.log.lpz | cmp - app.log
