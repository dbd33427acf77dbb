"""The program killed at random moments, several threads at work on a larger log."""
import dataclasses
import random
import signal
import subprocess

from trial import Case, Ended, files_in, log_of


def kills(trial, count, seed):
    """Problems of `count` runs that were killed."""
    chance = random.Random(seed)
    large = log_of(20000, 3)
    small = ["-T2", "--block-size=64K"]
    cases = [
        Case([*small, "--rm", "large.log"], "large.log.lpz", large, source="large.log", removes=True),
        Case([*small, "--append", "-o", "p.lpz", "large.log"], "p.lpz", trial.old + large, before=trial.old,
             source="large.log", appends=True),
        Case([*small, "--flush-interval=1ms"], "p.lpz", trial.old + large, before=trial.old, stdin=large,
             redirected=True, appends=True),
        Case([*small, "--flush-interval=1ms", "-o", "s.lpz"], "s.lpz", large, stdin=large),
    ]
    trial.begin = dict(trial.begin, **{"large.log": large})
    lasts = dict.fromkeys(range(len(cases)), 0.2)  # seconds of a run, as far as is known
    for number in range(count):
        kind = number % len(cases)
        moment = chance.random() * lasts[kind]
        was_killed, ended = kill_at(trial, cases[kind], moment)
        # To be within a run mostly, whatever else the machine does.
        lasts[kind] *= 1.02 if was_killed else 0.9
        wrong = trial.problem(cases[kind], ended, killed=was_killed) or trial.after(cases[kind], ended)
        yield "kill %d, of %s after %.4f s" % (number, " ".join(cases[kind].arguments), moment), wrong


def kill_at(trial, case, moment):
    """Whether the run was killed `moment` seconds after its start, and how it ended."""
    folder = trial.fill(trial.begin)
    process = trial.start(case, folder)
    try:
        _, message = process.communicate(case.stdin, timeout=moment)
        killed = False
    except subprocess.TimeoutExpired:
        process.kill()
        _, message = process.communicate()
        killed = process.returncode == -signal.SIGKILL
    return killed, Ended(process.returncode, message.decode(errors="replace"), [], files_in(folder), {})
