"""Types into the guide's files by chance, and keeps each input that gives neither a page nor a problem.

    python -m tests.fuzz atheris --seconds 600       # led by what parts of the program an input reaches
    python -m tests.fuzz hypothesis --seconds 600    # files made of signs that mean something
    python -m tests.fuzz repeats --seconds 600       # a few signs over and over, up to 100 KB: looks for the slow

Each input at fault is kept in .cache/fuzz/found/ and its traceback printed; the exit code is 1 then. How many inputs
were tried is printed at the end, and added to .cache/fuzz/tried.txt.
"""

import argparse
import itertools
import os
import random
import sys
import time
import traceback
from collections.abc import Iterator
from typing import Final

from tests.fuzz.inputs import ROOT, SIGNS, TARGETS, seeds
from tests.fuzz.judge import LIMIT_BYTES, LIMIT_SECONDS, judge
from tests.kit import condition

_FOLDER: Final = ROOT / ".cache" / "fuzz"
_NAMES: Final = tuple(TARGETS)


class Tally:
    """Judges inputs, counts them, and keeps the one at fault."""

    def __init__(self, engine: str, seconds: float) -> None:
        self._engine = engine
        # Watched step by step, the program is some twenty times slower.
        self._limit = LIMIT_SECONDS * (20 if engine == "atheris" else 1)
        self._began = time.monotonic()
        self._until = self._began + seconds
        self._tried = 0
        self.faults = 0
        self._judge("page", condition())  # so that the first input does not pay for what is read but once

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() >= self._until

    def try_(self, name: str, typed: str) -> None:
        """Judges one input. Raises what is wrong with it."""
        self._tried += 1
        try:
            self._judge(name, typed)
        except BaseException:
            self._keep(name, typed)
            raise

    def try_and_go_on(self, name: str, typed: str) -> None:
        """Judges one input, and tells of what is wrong with it."""
        try:
            self.try_(name, typed)
        except Exception:  # noqa: BLE001 - whatever goes wrong is what is looked for
            self.faults += 1
            traceback.print_exc(limit=-3)

    def _judge(self, name: str, typed: str) -> None:
        target = TARGETS[name]
        judge(target.path, target.whole(typed)[:LIMIT_BYTES], self._limit)

    def _keep(self, name: str, typed: str) -> None:
        folder = _FOLDER / "found"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self._engine}-{name}-{self._tried}.txt"
        path.write_bytes(typed.encode(errors="surrogatepass"))
        sys.stderr.write(f"at fault: {path}\n")

    def close(self) -> None:
        """Tells how much was tried."""
        line = f"{self._engine}: {self._tried} inputs in {time.monotonic() - self._began:.0f} s"
        _FOLDER.mkdir(parents=True, exist_ok=True)
        with (_FOLDER / "tried.txt").open("a", encoding="utf-8") as tried:
            tried.write(line + "\n")
        sys.stderr.write(line + "\n")


def by_atheris(tally: Tally) -> None:
    """Inputs that grow from the seeds by reaching new parts of the program."""
    import atheris

    corpus = _FOLDER / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, (name, text) in enumerate(seeds()):
        (corpus / f"seed-{number}").write_bytes(bytes([_NAMES.index(name)]) + text.encode())
    words = _FOLDER / "signs.dict"
    words.write_text("".join(f'"{_in_hex(sign)}"\n' for sign in SIGNS), "utf-8")

    def once(data: bytes) -> None:
        if tally.over:
            tally.close()
            os._exit(1 if tally.faults else 0)  # the engine knows no other end but its own, which says nothing
        if data:
            tally.try_and_go_on(_NAMES[data[0] % len(_NAMES)], data[1:].decode(errors="replace"))

    options = (
        f"-dict={words}",
        f"-artifact_prefix={_FOLDER}/",
        "-max_len=6000",
        "-timeout=120",
        "-rss_limit_mb=1500",
    )
    atheris.Setup([sys.argv[0], str(corpus), *options], once)
    atheris.instrument_all()
    atheris.Fuzz()


def _in_hex(sign: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in sign.encode())


def by_hypothesis(tally: Tally, seed: int) -> None:
    """Files made of signs that mean something, and of any text."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import seed as with_seed
    from hypothesis import strategies as st

    any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    some_signs = st.lists(st.sampled_from(SIGNS) | any_text, max_size=40).map("".join)
    shipped = st.sampled_from([text for _, text in seeds()])
    mended = st.tuples(shipped, st.floats(0, 1), some_signs).map(lambda it: _typed_into(*it))
    options = settings(max_examples=2_000, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    for round_ in itertools.count():
        if tally.over:
            return

        @with_seed(seed + round_)
        @options
        @given(st.sampled_from(_NAMES), some_signs | mended)
        def once(name: str, typed: str) -> None:
            if not tally.over:
                tally.try_(name, typed)

        once()


def _typed_into(text: str, where: float, typed: str) -> str:
    at = int(len(text) * where)
    return text[:at] + typed + text[at:]


def by_repeats(tally: Tally, seed: int) -> None:
    """A few signs over and over, until the file is as large as one may be."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    for name, unit in _units(chance):
        if tally.over:
            return
        count = chance.choice((50, 1_000, LIMIT_BYTES)) // max(1, len(unit.encode()))
        before, behind = chance.choice(("", "a ", "\n", "- ", "[", '"')), chance.choice(("", "a", "]", "\n"))
        tally.try_and_go_on(name, before + unit * count + behind)


def _units(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Each sign alone in each target, and then any two or three."""
    singles = [(name, sign) for name in _NAMES for sign in SIGNS]
    chance.shuffle(singles)
    yield from singles
    while True:
        yield chance.choice(_NAMES), "".join(chance.choices(SIGNS, k=chance.choice((2, 2, 3, 4))))


def main() -> None:
    """Runs one of the engines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("engine", choices=("atheris", "hypothesis", "repeats"))
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=None)
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else int(time.time())
    tally = Tally(arguments.engine, arguments.seconds)
    sys.stderr.write(f"{arguments.engine}: seed {seed}\n")
    try:
        if arguments.engine == "atheris":
            by_atheris(tally)
        elif arguments.engine == "hypothesis":
            by_hypothesis(tally, seed)
        else:
            by_repeats(tally, seed)
    finally:
        tally.close()
    sys.exit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
