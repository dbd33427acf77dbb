# Completions of logpress, lpzcat, unlogpress, lpzless and lpzgrep for fish.

function __logpress_archive
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test $words[2] = archive
end

function __logpress_grep
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test $words[2] = grep
end

function __logpress_fleet
    set -l words (commandline -opc)
    test (count $words) -gt 1; and contains -- $words[2] plan run finish; and contains -- $words[2] $argv
end

complete -c logpress -n __fish_is_first_token -a 'archive\t"pack rotated logs" cat\t"to standard output" diff\t"what changed between two logs" export\t"lines as a table" finish\t"put tasks together" grep\t"search" plan\t"divide logs among tasks" query\t"ask in LogQL" repair\t"save what is intact" run\t"do a task" stats\t"rate, levels and statements of logs" templates\t"statements of logs"'

set -l files 'not __logpress_archive; and not __logpress_grep; and not __logpress_fleet plan run finish'
complete -c logpress -n $files -s z -l compress -d 'compress'
complete -c logpress -n $files -s d -l decompress -d 'decompress'
complete -c logpress -n $files -s t -l test -d 'check that archives are whole'
complete -c logpress -n $files -s l -l list -d 'show what archives hold'
complete -c logpress -n $files -s c -l stdout -d 'write to standard output'
complete -c logpress -n $files -s o -l output -r -F -d 'write to FILE'
complete -c logpress -n $files -l output-dir -x -a '(__fish_complete_directories)' -d 'write below DIR'
complete -c logpress -n $files -l files -r -F -d 'take also the files named in LIST'
complete -c logpress -n $files -l files0 -r -F -d 'the same, with NUL behind each name'
complete -c logpress -n $files -l sparse -d 'leave holes for zeros'
complete -c logpress -n $files -l no-sparse -d 'write zeros'
complete -c logpress -n $files -s k -l keep -d 'keep the input files'
complete -c logpress -n $files -l append -d 'write behind what the archive holds'
complete -c logpress -n $files -l rm -d 'remove an input once its output is safe'
complete -c logpress -n $files -s f -l force -d 'overwrite files'
complete -c logpress -n $files -s r -l recursive -d 'the files below directories as well'
complete -c logpress -n $files -s S -l suffix -x -d 'archives are FILE.SUF'
complete -c logpress -n $files -l include-compressed -d 'compress what is packed already'
complete -c logpress -n $files -l exclude-compressed -d 'skip what is packed already'
complete -c logpress -n $files -l recover -d 'take what is still whole'
for command in logpress lpzcat
    complete -c $command -n $files -l lines -x -d 'lines A-B of each archive'
    complete -c $command -n $files -l from -x -d 'lines from that time on'
    complete -c $command -n $files -l to -x -d 'lines before that time'
    complete -c $command -n $files -l head -x -d 'the first N lines'
    complete -c $command -n $files -l tail -x -d 'the last N lines'
end
complete -c logpress -n $files -l fast -d 'the same as -1'
complete -c logpress -n $files -l best -d 'the same as -9'
complete -c logpress -n $files -l backend -x -a 'store zstd xz blend mix' -d 'pack with'
complete -c logpress -n $files -l flush-interval -x -d 'write what came in after time T'
complete -c logpress -n $files -l json -d 'JSON Lines from -l, -t, templates, stats, query and diff'
complete -c logpress -n $files -l plot -rF -d 'what stats says of the rate, as SVG'
complete -c logpress -n $files -l csv -d 'what templates says as CSV'
complete -c logpress -n $files -l template -x -d 'only lines of this statement'
complete -c logpress -n $files -l format -x -a 'csv jsonl otlp' -d 'what export writes'
complete -c logpress -n $files -l progress -d 'a progress line with -c as well'
complete -c logpress -n $files -l no-progress -d 'no progress line'
complete -c logpress -n $files -s V -l version -d 'print the version'
complete -c logpress -s T -l threads -x -d 'use N threads'
complete -c logpress -s M -l memory-limit -x -d 'take at most SIZE of memory'
complete -c logpress -l block-size -x -d 'compress blocks of SIZE'
complete -c logpress -s q -l quiet -d 'say less'
complete -c logpress -s v -l verbose -d 'say more'
complete -c logpress -s h -l help -d 'print help'

complete -c logpress -n __logpress_archive -l older-than -x -d 'only files changed this long ago'
complete -c logpress -n __logpress_archive -l min-size -x -d 'only files of at least SIZE'
complete -c logpress -n __logpress_archive -l max-size -x -d 'only files of at most SIZE'
complete -c logpress -n __logpress_archive -l include -x -d 'take what matches GLOB'
complete -c logpress -n __logpress_archive -l exclude -x -d 'leave out what matches GLOB'
complete -c logpress -n __logpress_archive -s r -l recursive -d 'folders below folders as well'
complete -c logpress -n __logpress_archive -l repack -d 'what gzip, zstd, xz, bzip2 packed'
complete -c logpress -n __logpress_archive -l ignore-open -d 'also files open for writing'
complete -c logpress -n __logpress_archive -l hard-links -d 'also files that have other names'
complete -c logpress -l level -x -a '1 2 3 4 5 6 7 8 9' -d 'level'
complete -c logpress -n __logpress_archive -s k -l keep -d 'keep the sources'
complete -c logpress -n __logpress_archive -l delete-after -x -d 'delete archives that old'
complete -c logpress -n __logpress_archive -l max-total -x -d 'delete the oldest archives'
complete -c logpress -n __logpress_archive -l config -r -F -d 'read policies from FILE'
complete -c logpress -n __logpress_archive -l check-config -d 'check the configuration'
complete -c logpress -n __logpress_archive -s n -l dry-run -d 'say what would be done'
complete -c logpress -n __logpress_archive -l lock -r -F -d 'what keeps runs apart'
complete -c logpress -n __logpress_archive -l max-runtime -x -d 'stop after TIME'
complete -c logpress -n __logpress_archive -l min-free -x -d 'leave SIZE free'
complete -c logpress -n __logpress_archive -l nice -x -d 'CPU priority'
complete -c logpress -n __logpress_archive -l ionice -x -a 'idle best-effort:0 best-effort:7 none' -d 'I/O priority'
complete -c logpress -n __logpress_archive -l json -d 'report as JSON'
complete -c logpress -n __logpress_archive -l metrics -r -F -d 'write metrics for Prometheus'

complete -c logpress -n '__logpress_fleet plan' -s o -l output -r -F -d 'write the plan to PLAN'
complete -c logpress -n '__logpress_fleet plan' -l shards -x -d 'divide it into N tasks'
complete -c logpress -n '__logpress_fleet plan' -l shard-bytes -x -d 'or into tasks of about SIZE'
complete -c logpress -n '__logpress_fleet plan' -l output-dir -x -a '(__fish_complete_directories)' -d 'archives go below DIR'
complete -c logpress -n '__logpress_fleet plan' -l archives -d 'below directories take archives'
complete -c logpress -n '__logpress_fleet plan' -s f -l force -d 'overwrite PLAN'
complete -c logpress -n '__logpress_fleet run' -l task -x -d 'do task K'
complete -c logpress -n '__logpress_fleet run finish' -a 'pack verify grep count' -d 'work'
complete -c logpress -n '__logpress_fleet finish' -l json -d 'print the report as JSON'

for command in lpzcat unlogpress lpzless
    complete -c $command -k -x -a '(__fish_complete_suffix .lpz)'
end

set -l search __logpress_grep
for program in logpress lpzgrep lpzegrep lpzfgrep
    test $program = logpress; or set search true
    complete -c $program -n $search -s E -l extended-regexp -d 'extended regular expressions, the default'
    complete -c $program -n $search -s F -l fixed-strings -d 'strings'
    complete -c $program -n $search -s G -l basic-regexp -d 'basic regular expressions'
    complete -c $program -n $search -s e -l regexp -x -d 'search for PATTERN, also when it begins with -'
    complete -c $program -n $search -s f -l file -r -F -d 'search for the patterns in FILE, one a line'
    complete -c $program -n $search -s i -l ignore-case -d 'letters A to Z in both cases'
    complete -c $program -n $search -s w -l word-regexp -d 'match whole words'
    complete -c $program -n $search -s x -l line-regexp -d 'match whole lines'
    complete -c $program -n $search -s v -l invert-match -d 'select the lines that do not match'
    complete -c $program -n $search -l lines -x -d 'the lines A to B; A- to the end'
    complete -c $program -n $search -l from -x -d 'the lines from this time on'
    complete -c $program -n $search -l to -x -d 'the lines before this time'
    complete -c $program -n $search -s c -l count -d 'how many lines of each file'
    complete -c $program -n $search -s l -l files-with-matches -d 'the names of files with such lines'
    complete -c $program -n $search -s L -l files-without-match -d 'the names of files without'
    complete -c $program -n $search -s q -l quiet -d 'nothing; the exit status tells'
    complete -c $program -n $search -s m -l max-count -x -d 'stop a file after NUM lines'
    complete -c $program -n $search -s o -l only-matching -d 'what matches, and not the rest of the line'
    complete -c $program -n $search -s n -l line-number -d 'the numbers of lines in front'
    complete -c $program -n $search -s b -l byte-offset -d 'where they begin in the log, in bytes'
    complete -c $program -n $search -s H -l with-filename -d 'the name of the file in front'
    complete -c $program -n $search -s h -l no-filename -d 'no names of files'
    complete -c $program -n $search -l label -x -d 'what standard input is called'
    complete -c $program -n $search -s Z -l null -d 'NUL behind names of files'
    complete -c $program -n $search -s A -l after-context -x -d 'NUM lines behind each, too'
    complete -c $program -n $search -s B -l before-context -x -d 'NUM lines before each, too'
    complete -c $program -n $search -s C -l context -x -d 'NUM lines before and behind; also -NUM'
    complete -c $program -n $search -l group-separator -x -d 'SEP between groups, and not --'
    complete -c $program -n $search -l no-group-separator -d 'nothing between groups'
    complete -c $program -n $search -l color -x -a 'always never auto' -d 'colours: always, never, auto'
    complete -c $program -n $search -l line-buffered -d 'write line by line'
    complete -c $program -n $search -s s -l no-messages -d 'no messages of files that cannot be read'
    complete -c $program -n $search -l stats -d 'what was skipped and decoded, on standard error'
    complete -c $program -n $search -s r -l recursive -d 'the files below directories'
    complete -c $program -n $search -s R -l dereference-recursive -d 'the same, and follow links'
    complete -c $program -n $search -s d -l directories -x -a 'read skip recurse' -d 'directories: read, skip, recurse'
    complete -c $program -n $search -l include -x -d 'only files of such names'
    complete -c $program -n $search -l exclude -x -d 'no files of such names'
    complete -c $program -n $search -l exclude-dir -x -d 'no directories of such names'
    complete -c $program -n $search -s a -l text -d 'show lines of binary logs as well'
    complete -c $program -n $search -s I -d 'binary logs match nothing'
    complete -c $program -n $search -l binary-files -x -a 'binary text without-match' -d 'binary, text (-a) or without-match (-I)'
    complete -c $program -n $search -s T -l threads -x -d 'decode with N threads; 0: one per core'
    complete -c $program -n $search -s M -l memory-limit -x -d 'take no more memory for a log than this'
    complete -c $program -n $search -l help -d 'show this'
    complete -c $program -n $search -s V -l version -d 'show the version'
end
