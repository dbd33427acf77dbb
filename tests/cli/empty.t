# An empty file is a file.
$ : > empty.log
$ logpress empty.log && rm empty.log
$ logpress -d empty.log.lpz && stat -c %s empty.log
0
$ logpress < /dev/null | logpress -d | wc -c
0
$ logpress -t empty.log.lpz
$ logpress -l empty.log.lpz
raw  packed  ratio  lines  blocks  templates  level  backend  from  to  name
  0  [..]  0       0          0      5  -        -     -   empty.log.lpz
$ logpress -lv empty.log.lpz
raw  packed  ratio  lines  blocks  templates  level  backend  from  to  name
  0  [..]  0       0          0      5  -        -     -   empty.log.lpz
[empty]
empty.log.lpz:
  block  offset  raw  packed  ratio  first line  lines  templates  backend  from  to

$ logpress -kfv empty.log
! empty.log: 0 B => [..] B, ratio -, empty.log.lpz
