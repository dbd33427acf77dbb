#compdef logpress lpzcat unlogpress lpzless lpzgrep lpzegrep lpzfgrep
# Completions of logpress, lpzcat, unlogpress, lpzless and lpzgrep for zsh.

local -a resources levels
resources=(
  '(-T --threads)'{-T+,--threads=}'[use N threads; 0: one per core]:threads'
  '(-M --memory-limit)'{-M+,--memory-limit=}'[take at most SIZE of memory]:size'
)
levels=({-1,-2,-3,-4,-5,-6,-7,-8,-9}'[level]')

_logpress_archive() {
  _arguments -s -S $resources $levels \
    '--older-than=[only files last changed this long ago]:time' \
    '--min-size=[only files of at least SIZE]:size' \
    '--max-size=[only files of at most SIZE]:size' \
    '*--include=[in folders, take what matches]:glob' \
    '*--exclude=[leave out what matches]:glob' \
    '(-r --recursive)'{-r,--recursive}'[folders below folders as well]' \
    '--repack[also what gzip, zstd, xz and bzip2 packed]' \
    '--ignore-open[also files that are open for writing]' \
    '--hard-links[also files that have other names]' \
    '--level=[1 fastest to 9 smallest]:level:(1 2 3 4 5 6 7 8 9)' \
    '--block-size=[compress blocks of SIZE]:size' \
    '(-k --keep)'{-k,--keep}'[keep the sources]' \
    '--delete-after=[delete archives whose log ended this long ago]:time' \
    '--max-total=[delete the oldest archives until all take SIZE]:size' \
    '--config=[read policies from FILE]:file:_files' \
    '--check-config[say whether the configuration is sound]' \
    '(-n --dry-run)'{-n,--dry-run}'[say what would be done]' \
    '--lock=[what keeps runs apart]:file:_files' \
    '--max-runtime=[stop after TIME]:time' \
    '--min-free=[leave SIZE free on the file system]:size' \
    '--nice=[CPU priority]:number' \
    '--ionice=[I/O priority]:class:(idle best-effort\:0 best-effort\:7 none)' \
    '--json[report as JSON]' \
    '--metrics=[write metrics for Prometheus]:file:_files' \
    '(-q --quiet)'{-q,--quiet}'[only warnings and errors]' \
    '(-v --verbose)'{-v,--verbose}'[say of every file what came of it]' \
    '(-h --help)'{-h,--help}'[print help]' \
    '*:log or folder:_files'
}

_logpress_grep() {
  _arguments -s -S $resources \
    '(-E --extended-regexp)'{-E,--extended-regexp}'[extended regular expressions, the default]' \
    '(-F --fixed-strings)'{-F,--fixed-strings}'[strings]' \
    '(-G --basic-regexp)'{-G,--basic-regexp}'[basic regular expressions]' \
    '*'{-e+,--regexp=}'[search for PATTERN, also when it begins with -]:pattern' \
    '*'{-f+,--file=}'[search for the patterns in FILE, one a line]:file:_files' \
    '(-i --ignore-case)'{-i,--ignore-case}'[letters A to Z in both cases]' \
    '(-w --word-regexp)'{-w,--word-regexp}'[match whole words]' \
    '(-x --line-regexp)'{-x,--line-regexp}'[match whole lines]' \
    '(-v --invert-match)'{-v,--invert-match}'[select the lines that do not match]' \
    '--lines=[the lines A to B; A- to the end]:a-b' \
    '--from=[the lines from this time on]:time' \
    '--to=[the lines before this time]:time' \
    '(-c --count)'{-c,--count}'[how many lines of each file]' \
    '(-l --files-with-matches)'{-l,--files-with-matches}'[the names of files with such lines]' \
    '(-L --files-without-match)'{-L,--files-without-match}'[the names of files without]' \
    '(-q --quiet)'{-q,--quiet}'[nothing; the exit status tells]' \
    '(-m --max-count)'{-m+,--max-count=}'[stop a file after NUM lines]:num' \
    '(-o --only-matching)'{-o,--only-matching}'[what matches, and not the rest of the line]' \
    '(-n --line-number)'{-n,--line-number}'[the numbers of lines in front]' \
    '(-b --byte-offset)'{-b,--byte-offset}'[where they begin in the log, in bytes]' \
    '(-H --with-filename)'{-H,--with-filename}'[the name of the file in front]' \
    '(-h --no-filename)'{-h,--no-filename}'[no names of files]' \
    '--label=[what standard input is called]:name' \
    '(-Z --null)'{-Z,--null}'[NUL behind names of files]' \
    '(-A --after-context)'{-A+,--after-context=}'[NUM lines behind each, too]:num' \
    '(-B --before-context)'{-B+,--before-context=}'[NUM lines before each, too]:num' \
    '(-C --context)'{-C+,--context=}'[NUM lines before and behind; also -NUM]:num' \
    '--group-separator=[SEP between groups, and not --]:sep' \
    '--no-group-separator[nothing between groups]' \
    '--color=-[colours; always, never, auto]::when:(always never auto)' \
    '--line-buffered[write line by line]' \
    '(-s --no-messages)'{-s,--no-messages}'[no messages of files that cannot be read]' \
    '--stats[what was skipped and decoded, on standard error]' \
    '(-r --recursive)'{-r,--recursive}'[the files below directories]' \
    '(-R --dereference-recursive)'{-R,--dereference-recursive}'[the same, and follow links]' \
    '(-d --directories)'{-d+,--directories=}'[directories; read, skip, recurse]:action:(read skip recurse)' \
    '*--include=[only files of such names]:glob' \
    '*--exclude=[no files of such names]:glob' \
    '*--exclude-dir=[no directories of such names]:glob' \
    '(-a --text)'{-a,--text}'[show lines of binary logs as well]' \
    '-I[binary logs match nothing]' \
    '--binary-files=[binary, text (-a) or without-match (-I)]:type:(binary text without-match)' \
    '--dictionary=[for archives that were packed with it]:file:_files' \
    '--help[show this]' \
    '(-V --version)'{-V,--version}'[show the version]' \
    '1:pattern' \
    '*:log or archive:_files'
}

_logpress_plan() {
  _arguments -s -S $levels \
    '(-o --output)'{-o+,--output=}'[write the plan to PLAN]:plan:_files' \
    '(--shard-bytes)--shards=[divide it into N tasks]:number' \
    '(--shards)--shard-bytes=[or into tasks of about SIZE]:size' \
    '--level=[1 fastest to 9 smallest]:level:(1 2 3 4 5 6 7 8 9)' \
    '--block-size=[compress blocks of SIZE]:size' \
    '--output-dir=[archives go below DIR]:directory:_files -/' \
    '--archives[below directories take archives, not logs]' \
    '(-f --force)'{-f,--force}'[overwrite PLAN]' \
    '(-h --help)'{-h,--help}'[print help]' \
    '*:log or directory:_files'
}

_logpress_task() {
  _arguments -S \
    '--task=[do task K]:number' \
    '(-T --threads)'{-T+,--threads=}'[use N threads; 0: one per core]:threads' \
    '--json[print the report as JSON]' \
    '(-h --help)'{-h,--help}'[print help]' \
    '1:plan:_files' \
    '2:work:(pack verify grep count)' \
    '*:'
}

if [[ $service == lpz*grep ]]; then
  _logpress_grep
elif [[ $service == logpress && ${words[2]} == grep ]] && (( CURRENT > 2 )); then
  shift words
  (( CURRENT-- ))
  _logpress_grep
elif [[ $service == logpress && ${words[2]} == archive ]] && (( CURRENT > 2 )); then
  shift words
  (( CURRENT-- ))
  _logpress_archive
elif [[ $service == logpress && ${words[2]} == (plan|run|finish) ]] && (( CURRENT > 2 )); then
  shift words
  (( CURRENT-- ))
  if [[ ${words[1]} == plan ]]; then _logpress_plan; else _logpress_task; fi
elif [[ $service == logpress ]]; then
  _arguments -s -S $resources $levels \
    '(-z --compress)'{-z,--compress}'[compress]' \
    '(-d --decompress)'{-d,--decompress}'[decompress]' \
    '(-t --test)'{-t,--test}'[check that archives are whole]' \
    '(-l --list)'{-l,--list}'[show what archives hold]' \
    '(-c --stdout)'{-c,--stdout}'[write to standard output]' \
    '(-o --output)'{-o+,--output=}'[write to FILE]:file:_files' \
    '--output-dir=[write below DIR]:directory:_files -/' \
    '*--files=[take also the files named in LIST]:list:_files' \
    '*--files0=[the same, with NUL behind each name]:list:_files' \
    '--sparse[leave holes for zeros]' \
    '--no-sparse[write zeros]' \
    '(-k --keep)'{-k,--keep}'[keep the input files]' \
    '--append[write behind what the archive holds already]' \
    '--rm[remove an input once its output is safe on disk]' \
    '(-f --force)'{-f,--force}'[overwrite files]' \
    '(-r --recursive)'{-r,--recursive}'[take the files below directories as well]' \
    '(-S --suffix)'{-S+,--suffix=}'[archives are FILE.SUF]:suffix' \
    '--include-compressed[compress what is packed already]' \
    '--exclude-compressed[skip what is packed already]' \
    '--recover[from a damaged archive take all that is still whole]' \
    '--level=[1 fastest to 9 smallest]:level:(1 2 3 4 5 6 7 8 9)' \
    '--fast[the same as -1]' \
    '--best[the same as -9]' \
    '--lines=[lines A-B of each archive]:lines' \
    '--from=[lines from that time on]:time' \
    '--to=[lines before that time]:time' \
    '--head=[the first N lines]:number' \
    '--tail=[the last N lines]:number' \
    '--backend=[pack with]:backend:(store zstd xz blend mix)' \
    '(-D --dictionary)'{-D+,--dictionary=}'[start blocks from a trained dictionary]:file:_files' \
    '--max-size=[of the dictionary that train makes]:size' \
    '--block-size=[compress blocks of SIZE]:size' \
    '--flush-interval=[write what came in after time T]:time' \
    '*'{-q,--quiet}'[say less]' \
    '*'{-v,--verbose}'[say more]' \
    '--json[JSON Lines from -l, -t, templates, stats, query and diff]' \
    '--plot=[what stats says of the rate, as SVG or PNG]:file:_files -g "*.(svg|png)"' \
    '--csv[what templates says as CSV]' \
    '--template=[only lines of this statement]:id:' \
    '--format=[what export writes]:format:(csv jsonl otlp)' \
    '--progress[a progress line also when data goes to standard output]' \
    '--no-progress[no progress line]' \
    '(-V --version)'{-V,--version}'[print the version]' \
    '(-h --help)'{-h,--help}'[print help]' \
    '1: :_alternative "commands:command:((archive\:pack\ rotated\ logs cat\:decompress\ to\ standard\ output diff\:what\ changed\ between\ two\ logs export\:lines\ as\ a\ table finish\:put\ tasks\ together grep\:search plan\:divide\ logs\ among\ tasks query\:ask\ in\ LogQL repair\:save\ what\ is\ intact run\:do\ a\ task stats\:rate,\ levels\ and\ statements templates\:statements\ of\ logs train\:a\ dictionary\ for\ small\ files))" "files:file:_files"' \
    '*:file:_files'
else
  _arguments '--lines=[lines A-B of each archive]:lines' \
    '--from=[lines from that time on]:time' \
    '--to=[lines before that time]:time' \
    '--head=[the first N lines]:number' \
    '--tail=[the last N lines]:number' \
    '*:archive:_files -g "*.lpz"'
fi
