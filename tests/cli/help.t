# --help fits a terminal and wins over all else.
$ logpress --help > help; logpress -h | cmp - help; logpress -x -h; logpress nothere -d --help | cmp - help
! logpress: -x: unknown option; see logpress --help, and give a file with such a name as ./-NAME
$ awk 'length > 80' help
      --sparse              leave holes for zeros in what is decompressed (default)
      --json                JSON Lines from -l, -t, templates, stats, query and diff
$ cat help
Usage: logpress [-1 .. -9] [OPTION]... [FILE]...
Compresses logs, exactly: each FILE becomes FILE.lpz and stays where it is.
Without FILE, or when FILE is -, standard input goes to standard output.
[empty]
What to do:
  -z, --compress            FILE becomes FILE.lpz (default)
  -d, --decompress          FILE.lpz becomes FILE again
  -t, --test                check that archives are whole; write nothing
  -l, --list                show what archives hold; -v: a row per block;
                            -vv: what their bytes are spent on
[empty]
Files:
  -c, --stdout              write to standard output
  -o, --output=FILE         write to FILE (one input only)
      --append              write behind what the archive holds already
      --output-dir=DIR      write below DIR; with -r as the files stand in
                            the directories named
      --files=LIST          take also the files named in LIST, one a line
      --files0=LIST         the same, with NUL behind each name (find -print0)
  -k, --keep                keep the input files (default)
      --rm                  remove an input once its output is safe on disk
  -f, --force               overwrite files; follow links, read devices;
                            compress archives again; write them to a terminal
  -r, --recursive           take the files below directories as well
  -S, --suffix=.SUF         archives are FILE.SUF instead of FILE.lpz
      --include-compressed  compress also what gzip, zstd, zip ... packed
      --exclude-compressed  skip that (default)
      --sparse              leave holes for zeros in what is decompressed (default)
      --no-sparse           write zeros
      --recover             from a damaged archive take all that is still whole
[empty]
A part of each log (with -dc, lpzcat, templates, stats, query or export):
      --lines=RANGE         lines A-B, A- or A, counted from 1
      --from=WHEN           from that time on, as logs print it, or @seconds
      --to=WHEN             before that time
      --head=N              of these the first N lines
      --tail=N              of these the last N lines
[empty]
Resources:
  -T, --threads=N           use N threads; 0: one per core (default: 1)
  -M, --memory-limit=SIZE   take at most SIZE of memory for blocks
[empty]
Packing:
  -1 .. -9                  level: -1 fastest, -5 default, -9 smallest
      --level=N             the same as -N
      --fast                the same as -1
      --best                the same as -9
      --backend=NAME        pack with store, zstd, xz, blend or mix
      --block-size=SIZE     compress blocks of SIZE; accepts 64K, 4M, 1GiB
  -D, --dictionary=FILE     start blocks from what is in FILE, which train made;
                            archives that took it cannot be read without
      --max-size=SIZE       of the dictionary that train makes (default: 1M)
      --flush-interval=T    write what came in after time T (10s, 5min);
                            0: when a block is full (default)
[empty]
Messages:
  -q, --quiet               say nothing of skipped files; twice: of errors
  -v, --verbose             say for every file what came of it
      --json                JSON Lines from -l, -t, templates, stats, query and diff
      --csv                 what templates says, as CSV
      --template=ID         only this statement (templates, export, stats, diff)
      --plot=FILE           what stats says of the rate, as FILE.svg or FILE.png
      --format=FORMAT       what export writes: csv (default), jsonl or otlp
      --progress            a progress line also when data goes to stdout
      --no-progress         no progress line
  -V, --version             print the version
  -h, --help                print this
[empty]
Other names:
  logpress cat FILE...       the same as logpress -dc, and so is lpzcat
  unlogpress FILE...         the same as logpress -d
  logpress grep PATTERN ...  search archives; see logpress grep --help
  logpress templates FILE... the statements of logs, counted; see man logpress
  logpress export FILE...    their lines as tables, with templates and values
  logpress stats FILE...     their rate, levels and statements in short
  logpress query EXPR FILE.. lines or counts of them, asked in LogQL
  logpress diff OLD NEW      what changed: their rates and their values
  logpress train FILE...     make a dictionary for small files; see man logpress
  logpress repair FILE...    write what is intact to FILE.repaired.lpz
  logpress archive PATH...   pack rotated logs; see logpress archive --help
  logpress plan PATH...      divide logs among tasks; see logpress plan --help
  logpress run, finish PLAN  do one of these tasks; put together what they did
[empty]
FILE may be a URL (http, https) where it is only read.
SIZE is a number of bytes, or one with K, M, G or T behind it (powers of 1024);
TIME a number with ms, s, min, h, d, w or y behind it.
Exit status: 0 done, 1 some file failed (the others were done), 2 wrong usage.
More: man logpress

# --version names the libraries and the format.
$ logpress --version
logpress [..]
with zstd [..], liblzma [..]
reads and writes archive format 0
$ logpress --version > version; logpress -V | cmp - version

# To a place that is full it fails like all else.
$ logpress --help > /dev/full
! logpress: standard output: No space left on device; make room, or name a place elsewhere with -o
? 1
$ logpress --version > /dev/full
! logpress: standard output: No space left on device; make room, or name a place elsewhere with -o
? 1

# Every option of --help has its place in the man page, and the reverse; and in the completions that
# do not ask --help.
$ options() { grep -oE -- '(^|[^a-z-])-(-[a-z-]+|[a-zA-Z])\b' | grep -oE -- '-.*' | sort -u; }
$ sed -n '/^What/,/^Other/p' help | grep '^  ' | cut -c 1-28 | options > in_help
$ sed -n '/^# OPTIONS/,/^# EXIT/p' "$CASES/../../docs/logpress.1.md" | grep '^\*\*.*-' | sed 's/\\//g' | options > in_page
$ diff in_help in_page && wc -l < in_help
62
$ for shell in zsh fish; do
>   grep -oE -- '--[a-z-]+|(^| )-l [a-z-]+' "$CASES/../../docs/examples/completion.$shell" | sed 's/.*-l /--/' | sort -u |
>     comm -13 - <(grep -- -- in_help)
> done
