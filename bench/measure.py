"""Runs one command and prints, as JSON, what the whole process cost. A program of its own, and a small one.

Linux counts the memory of the process that starts a program into that program's peak: a runner that holds a guide of
10,000 pages would hide the peak of a small tool. This one stays under 15 MiB.

    python -S bench/measure.py LOG COMMAND…
"""

import json
import os
import sys
import threading
import time

_EVERY_SECONDS = 0.05
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def _tree(process: int) -> list[int]:
    """A process and all that it started; none of those that end while we look."""
    found = [process]
    for parent in found:
        try:
            for task in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{task}/children", encoding="ascii") as file:
                    found += map(int, file.read().split())
        except OSError:
            continue
    return found


def _resident(process: int) -> int:
    try:
        with open(f"/proc/{process}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * _PAGE_BYTES
    except OSError:
        return 0


def _watch(process: int, ended: threading.Event, sums: list[int]) -> None:
    while not ended.wait(_EVERY_SECONDS):
        sums.append(sum(map(_resident, _tree(process))))


def main() -> None:
    """Measures the command on the command line; what it prints goes to LOG."""
    log, *command = sys.argv[1:]
    sums = [0]
    ended = threading.Event()
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    streams = [(os.POSIX_SPAWN_DUP2, output, 1), (os.POSIX_SPAWN_DUP2, output, 2)]
    started = time.perf_counter()
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=streams)
    watch = threading.Thread(target=_watch, args=(process, ended, sums))
    watch.start()
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - started
    ended.set()
    watch.join()
    peak = usage.ru_maxrss * 1024
    measured = {
        "wall": seconds,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": peak,
        "peak_sum": max(peak, *sums),
        "exit_code": os.waitstatus_to_exitcode(status),
    }
    print(json.dumps(measured))


if __name__ == "__main__":
    main()
