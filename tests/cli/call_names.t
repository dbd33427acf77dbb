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

# First words are reserved, also those of later releases; a file of such a name has a path.
$ cp app.log archive; cp app.log cat
$ logpress archive
! logpress: archive: the word is reserved for a command of a later release; give a file of that name as ./archive
? 2
$ logpress archive app.log
! logpress: archive: the word is reserved for a command of a later release; give a file of that name as ./archive
? 2
$ logpress ./archive ./cat && logpress -t archive.lpz cat.lpz
$ logpress -f -- archive
$ logpress -f app.log archive cat

# The programs are told apart by their last name alone.
$ ln -s "$(command -v logpress)" lpzcat && ./lpzcat app.log.lpz | cmp - app.log
