# -l shows what an archive holds, reading its index alone.
$ log_lines 1000 > app.log; log_lines 10 > "two words.log"; logpress --block-size=16K app.log; logpress *words.log
$ logpress -l app.log.lpz
  raw  packed  ratio  lines  blocks  templates  level  backend  from                 to                   name
85003  [..]  1000       6          6      5  zstd     2024-05-01T00:00:01  2024-05-01T00:16:40  app.log.lpz
$ logpress -l app.log.lpz "two words.log.lpz"
  raw  packed  ratio  lines  blocks  templates  level  backend  from                 to                   name
85003  [..]  1000       6          6      5  zstd     2024-05-01T00:00:01  2024-05-01T00:16:40  app.log.lpz
  830  [..]  10       1          1      5  zstd     2024-05-01T00:00:01  2024-05-01T00:00:10  two words.log.lpz
85833  [..]  1010       7          7      5  zstd     2024-05-01T00:00:01  2024-05-01T00:16:40  2 files
$ logpress -lv app.log.lpz
  raw  packed  ratio  lines  blocks  templates  level  backend  from                 to                   name
85003  [..]  1000       6          6      5  zstd     2024-05-01T00:00:01  2024-05-01T00:16:40  app.log.lpz
[empty]
app.log.lpz:
  block  offset    raw  packed  ratio  first line  lines  templates  backend  from                 to
      1  [..]  16313  [..]  1    192          1  zstd     2024-05-01T00:00:01  2024-05-01T00:03:12
      2  [..]  16327  [..]  193    192          1  zstd     2024-05-01T00:03:13  2024-05-01T00:06:24
      3  [..]  16328  [..]  385    192          1  zstd     2024-05-01T00:06:25  2024-05-01T00:09:36
      4  [..]  16334  [..]  577    192          1  zstd     2024-05-01T00:09:37  2024-05-01T00:12:48
      5  [..]  16324  [..]  769    192          1  zstd     2024-05-01T00:12:49  2024-05-01T00:16:00
      6  [..]  3377  [..]  961     40          1  zstd     2024-05-01T00:16:01  2024-05-01T00:16:40

# The lines, blocks and bytes add up.
$ logpress -lv app.log.lpz | awk 'NR > 5 { raw += $3; packed += $4; lines += $7 } END { print raw, lines }'
85003 1000
$ wc -cl < app.log
 1000 85003

# -vv tells what the bytes of an archive are spent on, and what a line and each thing costs.
$ logpress -lvv "two words.log.lpz"
raw  packed  ratio  lines  blocks  templates  level  backend  from                 to                   name
830  [..]  10       1          1      5  zstd     2024-05-01T00:00:01  2024-05-01T00:00:10  two words.log.lpz
[empty]
two words.log.lpz:
  block  offset  raw  packed  ratio  first line  lines  templates  backend  from                 to
      1  [..]  830  [..]  1     10          1  zstd     2024-05-01T00:00:01  2024-05-01T00:00:10
[empty]
  bytes      %  bits/line  count  bits each  part
     31  [..]  24.80      1     248.00  archive headers and footers
[..]  1     480.00  frame headers
[..]  1      [..]  payload headers
[..]  1       8.00  counts of templates
[..]  1  [..]  templates of lines
[..]  5  [..]  columns of lines
[..]  10  [..]  template ids of lines
[..]  1  [..]  guessed ids in lines
[..]  1  [..]  unguessed ids in lines
[..]  18  [..]  new ids in lines
[..]  10  [..]  timestamps in lines
[..]  20  [..]  numbers in lines
[..]  18  [..]  text of values
[..]  100.0  [..]  -          -  all

# They add up to the file's size, over all blocks and archives.
$ cat app.log.lpz two*.lpz > joined.lpz; logpress --backend=mix -c app.log >> joined.lpz
$ logpress -lvv joined.lpz > listing; sed '1,/bits.line/d' listing | awk '{ print $1, $NF }' > parts
$ awk '$2 != "all" { sum += $1 } END { print sum - $1 }' parts; stat -c '%s all' joined.lpz | diff - <(tail -n 1 parts)
0
$ sed '1,/bits.line/d; s/.*[-0-9]  //' listing
archive headers and footers
indexes
frame headers
payload headers
counts of templates
templates of lines
templates of values
columns of lines
columns of values
template ids of lines
template ids of values
guessed ids in lines
guessed ids in values
unguessed ids in lines
unguessed ids in values
new ids in lines
new ids in values
failed guesses in lines
failed guesses in values
timestamps in lines
numbers in lines
numbers in values
number lists of values
number lists of words
text of values
all
$ tr -d '\0' < /dev/urandom | head -c 1000 | logpress -c > random.lpz; logpress -lvv random.lpz | tail -n 4
     31    2.9  [..]  1     248.00  archive headers and footers
     30    2.8  [..]  1     240.00  frame headers
   1004   94.3  [..]  1    8032.00  raw blocks
   1065  100.0  [..]  -          -  all
$ : | logpress -c > empty.lpz; logpress -lvv empty.lpz | tail -n 3
  bytes      %  bits/line  count  bits each  part
     31  100.0          -      1     248.00  archive headers and footers
     31  100.0          -      -          -  all

# For that every block is decoded, so that one that is damaged is told.
$ { head -c 200 app.log.lpz; printf x; tail -c +202 app.log.lpz; } > damaged.lpz; logpress -lvv damaged.lpz | grep bits/line
! logpress: damaged.lpz: the block at byte 11: its payload does not match its checksum; restore it from a copy, or use --recover to save what is still whole
? 1
$ logpress -l damaged.lpz | tail -n 1
85003  [..]  1000       6          6      5  zstd     2024-05-01T00:00:01  2024-05-01T00:16:40  damaged.lpz

# Archives joined are listed as one.
$ cat app.log.lpz two*.lpz > joined.lpz; logpress -l joined.lpz | tail -n 1
85833  [..]  1010       7          7      5  zstd     2024-05-01T00:00:01  2024-05-01T00:00:10  joined.lpz

# A level at which the backend is xz, and one block that has nothing to pack.
$ head -c 1000 /dev/urandom | logpress --backend=xz | cat > random.lpz; logpress -l random.lpz | tail -n 1
1000  [..]  store    -     -   random.lpz

# Listing needs the end of the file.
$ cat app.log.lpz | logpress -l
! logpress: standard input: is not seekable (a pipe?), so its index cannot be read; save it to a file first, or use -tv
? 1
$ logpress -l < app.log.lpz | tail -n 1
85003  [..]  1000       6          6      5  zstd     2024-05-01T00:00:01  2024-05-01T00:16:40  standard input

# What cannot be listed is told, what can be is.
$ logpress -l app.log nothere "two words.log.lpz"
raw  packed  ratio  lines  blocks  templates  level  backend  from                 to                   name
830  [..]  10       1          1      5  zstd     2024-05-01T00:00:01  2024-05-01T00:00:10  two words.log.lpz
! logpress: app.log: this is not a logpress archive; name a file that logpress made
! logpress: nothere: No such file or directory; check the name
? 1
$ logpress -l app.log.lpz > /dev/full
! logpress: standard output: No space left on device; make room, or name a place elsewhere with -o
? 1
