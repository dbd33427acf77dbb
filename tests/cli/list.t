# -l shows what an archive holds, reading its index alone.
$ log_lines 1000 > app.log; log_lines 10 > "two words.log"; logpress --block-size=16K app.log; logpress *words.log
$ logpress -l app.log.lpz
  raw  packed  ratio  lines  blocks  templates  backend  name
85003  [..]  1000       6  [..]  zstd     app.log.lpz
$ logpress -l app.log.lpz "two words.log.lpz"
  raw  packed  ratio  lines  blocks  templates  backend  name
85003  [..]  1000       6  [..]  zstd     app.log.lpz
  830  [..]  10       1  [..]  zstd     two words.log.lpz
85833  [..]  1010       7  [..]  zstd     2 files
$ logpress -lv app.log.lpz
  raw  packed  ratio  lines  blocks  templates  backend  name
85003  [..]  1000       6  [..]  zstd     app.log.lpz
[empty]
app.log.lpz:
  block  offset    raw  packed  ratio  first line  lines  templates  backend
      1      [..]  16313  [..]  1    192          [..]  zstd
      2     [..]  16327  [..]  193    192          [..]  zstd
      3    [..]  16328  [..]  385    192          [..]  zstd
      4    [..]  16334  [..]  577    192          [..]  zstd
      5    [..]  16324  [..]  769    192          [..]  zstd
      6    [..]   3377  [..]  961     40  [..]  zstd

# The lines, blocks and bytes add up.
$ logpress -lv app.log.lpz | awk 'NR > 5 { raw += $3; packed += $4; lines += $7 } END { print raw, lines }'
85003 1000
$ wc -cl < app.log
 1000 85003

# Archives joined are listed as one.
$ cat app.log.lpz two*.lpz > joined.lpz; logpress -l joined.lpz | tail -n 1
85833  [..]  1010       7  [..]  zstd     joined.lpz

# A level at which the backend is xz, and one block that has nothing to pack.
$ head -c 1000 /dev/urandom | logpress --backend=xz | cat > random.lpz; logpress -l random.lpz | tail -n 1
1000  [..]  store    random.lpz

# Listing needs the end of the file.
$ cat app.log.lpz | logpress -l
! logpress: standard input: is not seekable (a pipe?), so its index cannot be read; save it to a file first, or use -tv
? 1
$ logpress -l < app.log.lpz | tail -n 1
85003  [..]  1000       6  [..]  zstd     standard input

# What cannot be listed is told, what can be is.
$ logpress -l app.log nothere "two words.log.lpz"
raw  packed  ratio  lines  blocks  templates  backend  name
830  [..]  10       1  [..]  zstd     two words.log.lpz
! logpress: app.log: this is not a logpress archive; name a file that logpress made
! logpress: nothere: No such file or directory; check the name
? 1
$ logpress -l app.log.lpz > /dev/full
! logpress: standard output: No space left on device; make room, or name a place elsewhere with -o
? 1
