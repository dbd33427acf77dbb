# Extended attributes and access control lists are carried over, by archive and by plain use.
$ log_lines 20 > app.log.1; touch -d '3 days ago' app.log.1
$ python3 -c 'import os; os.setxattr("app.log.1", "user.origin", b"web\x0001")' 2> /dev/null || skip "no extended attributes here"
$ attributes() { python3 -c 'import os, sys; [print(n, os.getxattr(sys.argv[1], n)) for n in sorted(os.listxattr(sys.argv[1]))]' "$1"; }
$ logpress -o plain.lpz app.log.1; attributes plain.lpz
user.origin b'web\x0001'
$ logpress archive -q --lock=lock app.log.1; attributes app.log.1.lpz
user.origin b'web\x0001'
$ logpress -d app.log.1.lpz; attributes app.log.1
user.origin b'web\x0001'

# An access control list is one of them: rw for user 1234, as setfacl would write it.
$ cat > acl.py <<'END'
> import os, struct
> entries = [(1, 6, 0xffffffff), (2, 6, 1234), (4, 4, 0xffffffff), (16, 6, 0xffffffff), (32, 0, 0xffffffff)]
> acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
> os.setxattr("app.log.1", "system.posix_acl_access", acl)
> END
$ rm app.log.1.lpz; python3 acl.py 2> /dev/null || skip "no access control lists here"; touch -d '3 days ago' app.log.1
$ attributes app.log.1 > before; stat -c %a app.log.1 >> before; logpress archive -q --lock=lock app.log.1
$ attributes app.log.1.lpz > after; stat -c %a app.log.1.lpz >> after; cmp before after; wc -l < after
3
