#compdef logpress lpzcat unlogpress lpzless
# Completions of logpress, lpzcat, unlogpress and lpzless for zsh.

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

if [[ $service == logpress && ${words[2]} == archive ]] && (( CURRENT > 2 )); then
  shift words
  (( CURRENT-- ))
  _logpress_archive
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
    '--backend=[pack with]:backend:(store zstd xz mix)' \
    '--block-size=[compress blocks of SIZE]:size' \
    '--flush-interval=[write what came in after time T]:time' \
    '*'{-q,--quiet}'[say less]' \
    '*'{-v,--verbose}'[say more]' \
    '--json[what -l and -t say as JSON Lines]' \
    '--progress[a progress line also when data goes to standard output]' \
    '--no-progress[no progress line]' \
    '(-V --version)'{-V,--version}'[print the version]' \
    '(-h --help)'{-h,--help}'[print help]' \
    '1: :_alternative "commands:command:((archive\:pack\ rotated\ logs cat\:decompress\ to\ standard\ output repair\:save\ what\ is\ intact))" "files:file:_files"' \
    '*:file:_files'
else
  _arguments '--lines=[lines A-B of each archive]:lines' \
    '--from=[lines from that time on]:time' \
    '--to=[lines before that time]:time' \
    '--head=[the first N lines]:number' \
    '--tail=[the last N lines]:number' \
    '*:archive:_files -g "*.lpz"'
fi
