# Completions of logpress, lpzcat, unlogpress and lpzless for fish.

function __logpress_archive
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test $words[2] = archive
end

complete -c logpress -n __fish_is_first_token -a 'archive\t"pack rotated logs" cat\t"to standard output" repair\t"save what is intact"'

set -l files 'not __logpress_archive'
complete -c logpress -n $files -s z -l compress -d 'compress'
complete -c logpress -n $files -s d -l decompress -d 'decompress'
complete -c logpress -n $files -s t -l test -d 'check that archives are whole'
complete -c logpress -n $files -s l -l list -d 'show what archives hold'
complete -c logpress -n $files -s c -l stdout -d 'write to standard output'
complete -c logpress -n $files -s o -l output -r -F -d 'write to FILE'
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
complete -c logpress -n $files -l backend -x -a 'store zstd xz mix' -d 'pack with'
complete -c logpress -n $files -l flush-interval -x -d 'write what came in after time T'
complete -c logpress -n $files -l json -d 'what -l and -t say as JSON Lines'
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

for command in lpzcat unlogpress lpzless
    complete -c $command -k -x -a '(__fish_complete_suffix .lpz)'
end
