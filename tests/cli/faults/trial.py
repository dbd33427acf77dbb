"""Commands that write, run with faults between them and the file system, and what must hold then."""
import dataclasses
import errno
import hashlib
import os
import shutil
import signal
import subprocess


@dataclasses.dataclass
class Case:
    arguments: list
    output: str           # the file that is made, replaced or appended to
    content: bytes        # what it holds when all went well, unpacked
    before: bytes = None  # what it held before; appended to: what `content` begins with
    source: str = None    # the file that was read
    removes: bool = False # the source, when all went well
    stdin: bytes = None   # comes through a pipe, in pieces
    appends: bool = False
    redirected: bool = False  # standard output is `output`
    plain: bool = False   # the output is a log, not an archive
    code: int = 0         # when all went well


@dataclasses.dataclass
class Call:
    name: str
    inode: int
    offset: int
    result: int
    source: str
    target: str
    content: bytes = b""


@dataclasses.dataclass
class Ended:
    code: int
    message: str
    calls: list   # those that were made
    files: dict   # by name
    inodes: dict  # before the run, by name; "." is the folder


def log_of(lines, seed):
    return "".join(
        "2024-05-17 12:%02d:%02d INFO [worker-%d] request %d from 10.0.%d.%d port %d took %d ms\n"
        % (i // 60 % 60, i % 60, i % 7, i * 7919 % 10007 + seed, i % 3, i * 13 % 256, 2000 + i * i % 977,
           i * i % 89) for i in range(lines)).encode()


# So that a stream is read, and flushed, some ten times.
PIECE = 2000
FLUSHES = "--flush-interval=1h"  # the library says when that is over


def read_calls(log):
    calls, at = [], 0
    # The last line may be torn by a kill.
    while (end := log.find(b"\n", at)) >= 0:
        name, inode, offset, result, source, target = log[at:end].decode().split(" ")
        call = Call(name, int(inode), int(offset), int(result), source, target)
        at = end + 1
        if name == "write" and call.result > 0:
            call.content = log[at:at + call.result]
            at += call.result
        if name not in ("create", "truncate"):  # which stand before the line of their call
            calls.append(call)
        else:
            calls.append(dataclasses.replace(call, name="effect_" + name))
    return calls


class Trial:
    def __init__(self, program, library, scratch):
        self.program = program
        self.library = library
        self.scratch = scratch
        self.unpacked = {}
        self.appended_to = set()
        self.old = log_of(900, 1)
        self.new = log_of(200, 2)
        packed = self.pack(self.old)
        whole = self.run_plain(["-dc", "-"], packed)
        assert whole.stdout == self.old
        torn = packed[:len(packed) * 2 // 3]
        damaged = bytearray(packed)
        damaged[len(damaged) // 2] ^= 255
        self.begin = {"a.log": self.new, "p.lpz": packed, "torn.lpz": torn, "bad.lpz": bytes(damaged)}
        torn_holds = self.recovered(torn)
        bad_holds = self.recovered(bytes(damaged))
        assert self.old.startswith(torn_holds) and 0 < len(torn_holds) < len(self.old)
        assert 0 < len(bad_holds) < len(self.old)
        new, old = self.new, self.old
        both = old + new
        self.cases = {
            "pack": Case(["-k", "a.log"], "a.log.lpz", new, source="a.log"),
            "pack with two threads": Case(["-kT2", "--block-size=4K", "a.log"], "a.log.lpz", new, source="a.log"),
            "pack and remove": Case(["--rm", "a.log"], "a.log.lpz", new, source="a.log", removes=True),
            "replace": Case(["-kfo", "p.lpz", "a.log"], "p.lpz", new, before=old, source="a.log"),
            "stream": Case(["-o", "s.lpz"], "s.lpz", new, stdin=new),
            "stream with flushes": Case([FLUSHES, "-o", "s.lpz"], "s.lpz", new, stdin=new),
            "stream behind others": Case([FLUSHES], "p.lpz", both, before=old, stdin=new, redirected=True,
                                         appends=True),
            "append": Case(["--append", "-o", "p.lpz", "a.log"], "p.lpz", both, before=old, source="a.log",
                           appends=True),
            "append and remove": Case(["--append", "--rm", "-o", "p.lpz", "a.log"], "p.lpz", both, before=old,
                                      source="a.log", removes=True, appends=True),
            "append a stream": Case(["--append", FLUSHES, "-o", "p.lpz"], "p.lpz", both, before=old, stdin=new,
                                    appends=True),
            "append to a torn one": Case(["--append", "-o", "torn.lpz", "a.log"], "torn.lpz", torn_holds + new,
                                         before=torn_holds, source="a.log", appends=True),
            "unpack": Case(["-dk", "p.lpz"], "p", old, source="p.lpz", plain=True),
            "unpack and remove": Case(["-d", "--rm", "p.lpz"], "p", old, source="p.lpz", removes=True, plain=True),
            "recover": Case(["-dk", "--recover", "bad.lpz"], "bad", bad_holds, source="bad.lpz", plain=True, code=1),
            "repair": Case(["repair", "bad.lpz"], "bad.repaired.lpz", bad_holds, source="bad.lpz", code=1),
            "repair in place": Case(["repair", "-f", "bad.lpz"], "bad.lpz", bad_holds, before=bad_holds, code=1),
        }

    def run_plain(self, arguments, stdin=b""):
        return subprocess.run([self.program, *arguments], input=stdin, check=False, cwd=self.scratch,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def pack(self, raw):
        return self.run_plain(["-c", "--block-size=8K", "-"], raw).stdout

    def recovered(self, packed):
        """What can still be had of an archive, whatever became of it."""
        return self.unpacking(packed, "--recover")[1]

    def is_whole(self, packed):
        return self.unpacking(packed, "--memory-limit=1G")[0] == 0

    def unpacking(self, packed, option):
        key = (option, hashlib.sha256(packed).digest())
        if key not in self.unpacked:
            done = self.run_plain(["-dc", option, "-"], packed)
            self.unpacked[key] = (done.returncode, done.stdout)
        return self.unpacked[key]

    def fill(self, files):
        folder = os.path.join(self.scratch, "work")
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        for name, content in files.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        return folder

    def start(self, case, folder, environment=None, log=None):
        """The command in `folder`; with `log`, a descriptor, the library is between."""
        environment = dict(os.environ, LC_ALL="C", TZ="UTC", **(environment or {}))
        if log is not None:
            environment.update(LD_PRELOAD=self.library, FAULT_LOG=str(log), STDIN_PIECE=str(PIECE))
        stdout = subprocess.DEVNULL
        if case.redirected:
            stdout = os.open(os.path.join(folder, case.output), os.O_WRONLY | os.O_APPEND)
        process = subprocess.Popen([self.program, *case.arguments], cwd=folder, env=environment,
                                   pass_fds=() if log is None else (log,),
                                   stdin=subprocess.DEVNULL if case.stdin is None else subprocess.PIPE,
                                   stdout=stdout, stderr=subprocess.PIPE)
        if case.redirected:
            os.close(stdout)
        return process

    def once(self, case, environment):
        folder = self.fill(self.begin)
        inodes = {name: os.stat(os.path.join(folder, name)).st_ino for name in (".", *self.begin)}
        path = os.path.join(self.scratch, "calls")
        with open(path, "wb") as log:
            process = self.start(case, folder, environment, log.fileno())
            # All of it fits the pipe, so that nobody waits for anybody.
            _, message = process.communicate(case.stdin)
        with open(path, "rb") as log:
            calls = read_calls(log.read())
        return Ended(process.returncode, message.decode(errors="replace"), calls, files_in(folder), inodes)

    def problem(self, case, ended, killed=False):
        """What is wrong after this run; None: nothing."""
        if not killed and ended.code not in (0, case.code, 1, -signal.SIGTERM):
            return "ends with %d: %s" % (ended.code, ended.message)
        if ended.code == 1 and not ended.message:
            return "fails without a word"
        done = not killed and ended.code == 0
        wrong = self.problem_of_output(case, ended, done, killed)
        if wrong:
            return wrong
        for name, content in self.begin.items():
            if name in (case.output, case.source and case.removes and case.source):
                continue
            if ended.files.get(name) != content:
                return "changes " + name
        if case.removes and case.source not in ended.files and not self.is_complete(case, ended):
            return "loses " + case.source
        return self.problem_of_rest(case, ended, killed)

    def is_complete(self, case, ended):
        content = ended.files.get(case.output)
        if content is None:
            return False
        return content == case.content if case.plain else self.recovered(content) == case.content

    def problem_of_output(self, case, ended, done, killed):
        content = ended.files.get(case.output)
        if content is None:
            return "loses " + case.output if case.before is not None else "makes nothing" if done else None
        if done and not case.plain and not self.is_whole(content):
            return "makes a damaged " + case.output
        held = content if case.plain else self.recovered(content)
        if held == case.content or (not done and held == case.before):
            return None
        if done:
            return "makes a wrong " + case.output
        if case.appends and case.content.startswith(held) and len(held) >= len(case.before):
            # A part may stay after a kill, or if it is of a stream.
            return None if killed or case.stdin is not None else "leaves a part in " + case.output
        if ended.code == -signal.SIGTERM and case.content.startswith(held):
            return None
        return "destroys " + case.output

    def problem_of_rest(self, case, ended, killed):
        """Files that nobody asked for, and what must be in one of all."""
        held = []
        for name, content in ended.files.items():
            if name in self.begin and name != case.output:
                continue
            held.append(content if case.plain else self.recovered(content))
            if name == case.output or killed:
                continue
            told = "kept in " + name in ended.message
            unremoved = any(call.name == "unlink" and call.result < 0 for call in ended.calls)
            if not told and not unremoved:
                return "leaves " + name
            if told and not case.content.startswith(self.recovered(content)):
                return "keeps something wrong"
        if case.stdin is None:
            return None
        least = (b"" if case.before is None or not case.appends else case.before) + written_for_good(case, ended, killed)
        if least and not any(content.startswith(least) for content in held):
            return "loses what was read of its stream (%d bytes)" % len(least)
        return None

    def problem_of_disk(self, case, files, ended):
        """What is wrong with the files that a power cut left of a run; `ended`: behind its end."""
        for name, content in self.begin.items():
            if name not in (case.output, case.source if case.removes else None) and files.get(name) != content:
                return "changes " + name
        state = Ended(0, "", [], files, {})
        complete = self.is_complete(case, state)
        if ended and not case.redirected and not complete:
            return "said to be done, and " + case.output + " is not complete"
        if case.removes and case.source not in files and not complete:
            return "loses " + case.source
        content = files.get(case.output)
        if content is None:
            return "loses " + case.output if case.before is not None else None
        held = content if case.plain else self.recovered(content)
        if case.appends and held.startswith(case.before):
            # Some of what came behind may be there, in pieces.
            if not all(line in self.new for line in held[len(case.before):].splitlines()):
                return "makes up lines"
            return self.after(case, state)
        return None if held in (case.before, case.content) else "destroys " + case.output

    def after(self, case, ended):
        """What is wrong when more is appended to what a run left that did not end."""
        content = ended.files.get(case.output)
        if not case.appends or content in self.appended_to:
            return None
        self.appended_to.add(content)
        held = self.recovered(content)
        folder = self.fill({"more.lpz": content, "a.log": self.new})
        done = subprocess.run([self.program, "--append", "-o", "more.lpz", "a.log"], cwd=folder, check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        after = files_in(folder)["more.lpz"]
        if done.returncode == 0:
            good = self.is_whole(after) and self.recovered(after) == held + self.new
            return None if good else "is not appended to as it should"
        if b"repair" not in done.stderr or after != content:
            return "cannot be appended to: %s" % done.stderr
        # It is damaged by the looks of it, which only lost writes may do.
        return None if not ended.calls else "is left damaged"


def written_for_good(case, ended, killed):
    """What of its standard input the run must not lose: all that it read if it was interrupted, after
    a kill all that it had read when it waited for more."""
    read, safe, flushing = 0, 0, False
    for call in ended.calls:
        if call.name == "read_stdin" and call.result > 0:
            read += call.result
        if call.name == "poll_timeout":
            flushing = True
        elif call.name == "poll" and flushing:
            safe, flushing = read, False
    if killed:
        return case.stdin[:case.stdin.rfind(b"\n", 0, safe) + 1]
    return case.stdin[:read] if ended.code == -signal.SIGTERM else b""


def files_in(folder):
    files = {}
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            files[name] = file.read()
    return files


def errors_of(call):
    """The errors that a call is tried with."""
    return {
        "write": (errno.ENOSPC, errno.EIO),
        "open": (errno.EACCES, errno.EMFILE),
        "rename": (errno.EACCES, errno.EINVAL),
        "read": (errno.EIO, errno.EINTR),
        "read_stdin": (errno.EIO, errno.EINTR),
        "fsync": (errno.EIO, errno.EINVAL),
    }.get(call.name, (errno.EIO,))
