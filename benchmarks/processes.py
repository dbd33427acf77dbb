"""What runs of programs cost: processor time of the program and of the system for it, and page
faults. On what machine, and beside what load."""
import contextlib
import dataclasses
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile

# A cost is the median of so many runs at least, of more as long as they took less than that.
LEAST_RUNS = 5
MOST_RUNS = 11
ENOUGH_SECONDS = 0.25
# What each process of a load copies, again and again: more than any cache holds.
LOAD_MIB = 64
LOAD = f"a = bytearray({LOAD_MIB} << 20); b = bytearray(a); print(flush=True)\nwhile True: b[:] = a"


class Failure(Exception):
    """What a person has to be told before the run ends with exit code 1."""


@dataclasses.dataclass
class Cost:
    """Of a process, its start included."""
    user: float  # CPU seconds
    system: float
    faults: float  # pages that the system had to give it

    @property
    def cpu(self):
        # A process cannot take no time at all; the clock may be too coarse to see it.
        return max(self.user + self.system, 1e-4)


def run_once(command, target):
    """Runs a command with its output into a file; returns its cost."""
    with open(target, "wb") as stdout, tempfile.TemporaryFile() as stderr:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            stderr.seek(0)
            raise Failure(f"{' '.join(command)}: exit code {process.returncode}\n"
                          + stderr.read().decode(errors="backslashreplace"))
    return Cost(usage.ru_utime, usage.ru_stime, usage.ru_minflt + usage.ru_majflt)


def measure(command, target, quick):
    """The median cost of several runs. The system tells how much of the time was its own by looking
    now and then, which of one short run says little: each has the share that all had together."""
    runs = [run_once(command, target)]
    while not quick and (len(runs) < LEAST_RUNS or
                         (len(runs) < MOST_RUNS and sum(run.cpu for run in runs) < ENOUGH_SECONDS)):
        runs.append(run_once(command, target))
    cpu = statistics.median(run.cpu for run in runs)
    system = cpu * sum(run.system for run in runs) / sum(run.cpu for run in runs)
    return Cost(cpu - system, system, statistics.median(run.faults for run in runs))


def first_line(path, prefix=""):
    """What stands behind the prefix in the first line that has it; empty if there is none."""
    try:
        lines = pathlib.Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line[len(prefix):] for line in lines if line.startswith(prefix)), "")


def machine():
    """The machine in a few words."""
    model = first_line("/proc/cpuinfo", "model name").lstrip("\t :") or platform.machine()
    flags = first_line("/proc/cpuinfo", "flags").split()
    kind = "virtual machine" if "hypervisor" in flags else "machine"
    pages = first_line("/sys/kernel/mm/transparent_hugepage/enabled")
    pages = pages[pages.find("[") + 1:pages.find("]")] if "[" in pages else "never"
    large = {"always": "large pages for all",
             "madvise": "large pages for who asks"}.get(pages, "no large pages")
    count = len(os.sched_getaffinity(0))
    return (f"{kind} with {count} processor{'s' if count > 1 else ''} ({model}), {large}, "
            f"{platform.system()} {platform.release().split('-')[0]}")


def describe_load(count, average):
    """The load beside the runs, where `average` is the machine's load average when they began."""
    if count == 0:
        return f"a load average of {average:.1f} at the start"
    many = count > 1
    return (f"{count} process{'es' if many else ''} beside that cop{'y' if many else 'ies'} "
            f"{LOAD_MIB} MiB again and again")


@contextlib.contextmanager
def load(count):
    """Keeps so many processes at work that need memory fast."""
    busy = [subprocess.Popen([sys.executable, "-c", LOAD], stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL) for _ in range(count)]
    try:
        for process in busy:
            process.stdout.readline()  # until it has begun
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()
            process.stdout.close()
