"""What a disk may hold after the power went: the calls of a run replayed, up to any of them, with
what was not synced there, in part, or not."""
import dataclasses


@dataclasses.dataclass
class Disk:
    """Files by inode and names by file, as far as they are synced, and what is not."""
    names: dict
    contents: dict
    changes: list = dataclasses.field(default_factory=list)  # of names, since the folder was synced
    writes: dict = dataclasses.field(default_factory=dict)   # by inode, since that was synced

    def see(self, call, folder):
        if call.name == "write" and call.result > 0:
            self.writes.setdefault(call.inode, []).append((call.offset, call.content))
        elif call.name == "effect_truncate":
            self.writes.setdefault(call.inode, []).append((call.offset, None))
        elif call.name == "effect_create":
            self.changes.append(("create", call.source, call.inode))
        elif call.name in ("rename", "link", "unlink") and call.result == 0:
            self.changes.append((call.name, call.source, call.target))
        elif call.name == "fsync" and call.result == 0 and call.inode == folder:
            self.names, self.changes = self.names_with(len(self.changes)), []
        elif call.name == "fsync" and call.result == 0:
            self.contents[call.inode] = self.content(call.inode, whole)
            self.writes.pop(call.inode, None)

    def names_with(self, kept):
        names = dict(self.names)
        for what, source, target in self.changes[:kept]:
            if what == "create":
                names[source] = target
            elif what == "link":
                names[target] = names[source]
            elif what == "rename":
                names[target] = names.pop(source)
            else:
                del names[source]
        return names

    def content(self, inode, kept):
        """`kept` says of the writes that are not synced what of their bytes arrived."""
        content = bytearray(self.contents.get(inode, b""))
        for offset, data in kept(self.writes.get(inode, [])):
            if data is None:
                content[offset:] = b""
                continue
            content.extend(bytes(max(0, offset - len(content))))
            content[offset:offset + len(data)] = data
        return bytes(content)

    def states(self):
        """(description, files) of all that may be there."""
        for count in range(len(self.changes) + 1):
            names = self.names_with(count)
            for kept in (nothing, whole, half, zeros, without_the_first):
                yield "%d changes of names and %s" % (count, kept.__doc__), {
                    name: self.content(inode, kept) for name, inode in names.items()}


def nothing(_):
    """no write"""
    return []


def whole(writes):
    """all writes"""
    return writes


def half(writes):
    """the first half of the writes"""
    return writes[:len(writes) // 2]


def zeros(writes):
    """zeros as long as the writes"""
    return [(offset, data and bytes(len(data))) for offset, data in writes]


def without_the_first(writes):
    """all writes but zeros for the first"""
    first = next((i for i, (_, data) in enumerate(writes) if data is not None), 0)
    return writes[:first] + zeros(writes[first:first + 1]) + writes[first + 1:]


def disk_before(trial, run):
    """The disk as it was when `run` began."""
    names = {name: inode for name, inode in run.inodes.items() if name != "."}
    return Disk(names, {inode: trial.begin[name] for name, inode in names.items()})


def power_cuts(trial, case, good):
    """Problems with every state that the disk may be in while or after the run `good`."""
    disk = disk_before(trial, good)
    seen = set()
    for number, call in enumerate([None, *good.calls]):
        if call is not None:
            disk.see(call, good.inodes["."])
        ended = number == len(good.calls)
        for kept, files in disk.states():
            key = (ended, tuple(sorted(files.items())))
            if key not in seen:
                seen.add(key)
                yield "power cut behind call %d, %s" % (number, kept), trial.problem_of_disk(case, files, ended)


def is_safe(trial, run, name):
    """Whether `name` outlives a power cut behind the end of `run` as it is."""
    disk = disk_before(trial, run)
    for call in run.calls:
        disk.see(call, run.inodes["."])
    return all(files.get(name) == run.files[name] for _, files in disk.states())
