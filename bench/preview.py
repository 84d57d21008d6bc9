"""Measures how long it takes from saving a file to its new words in the browser, on the shipped guide.

    python bench/preview.py [--edits 60]

It copies the guide, starts `otpt serve` on it, opens a page in Chromium, and saves another last paragraph again and
again. The clock runs from before the save until the browser has drawn a frame of the page that holds the new words.
On Linux it tells the preview's memory too, which must level off: with `--edits 200` a leak of a page a save would show.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.edits import edit_body, mark  # noqa: E402 - found through the line above

BAR = 0.3
# After so many saves the memory is looked at.
_WEIGHED = (10, 50, 100, 150, 200)
_EDITED = "content/conditions/copd.md"
_SHOWN = "conditions/copd/"
# After the first frame with the page: its last mark.
_REPORT = """
addEventListener("DOMContentLoaded", () => requestAnimationFrame(() => setTimeout(() => {
  const marks = document.body.textContent.match(/edit number \\d+/g) || [""];
  console.log(marks.pop());
})));
"""


class Preview(NamedTuple):
    """A preview at work: its address, and the number of its process."""

    address: str
    process: int

    def memory(self) -> float:
        """The megabytes that it holds; 0 where the system does not tell."""
        status = Path(f"/proc/{self.process}/status")
        found = re.search(r"^VmRSS:\s*(\d+) kB", status.read_text() if status.exists() else "", re.MULTILINE)
        return int(found[1]) / 1024 if found else 0


@contextmanager
def preview(project: Path) -> Iterator[Preview]:
    """The preview of a project, once it is built."""
    command = [sys.executable, "-c", "from otpt_site.cli import main; main()", "serve"]
    with subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout  # noqa: S101 - it was asked for above
        try:
            address = ""
            for line in process.stdout:
                # A line before it may tell that another port had to be taken.
                address = line.rpartition(" ")[2].strip() if line.startswith("The guide is at ") else address
                if "pages built" in line:
                    break
            yield Preview(address, process.pid)
        finally:
            process.terminate()


def measure(page: Page, file: Path, text: str, number: int) -> float:
    """Seconds from the save with this number to the frame that shows it."""
    aside = file.with_suffix(".tmp")
    aside.write_text(edit_body(text, number), "utf-8")
    with page.expect_console_message(lambda message: message.text == mark(number)):
        began = time.perf_counter()
        os.replace(aside, file)  # noqa: PTH105 - as editors save
    return time.perf_counter() - began


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edits", type=int, default=60)
    edits = parser.parse_args().edits
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        project = Path(folder)
        shutil.copytree(ROOT / "content", project / "content")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("OTPT_BROWSER") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        file = project / _EDITED
        text = file.read_text("utf-8")
        with preview(project) as shown:
            page = browser.new_page()
            page.add_init_script(_REPORT)
            page.goto(shown.address + _SHOWN)
            taken = []
            held = {}
            for number in range(1, edits + 1):
                page.wait_for_timeout(700)
                taken.append(measure(page, file, text, number))
                if number in _WEIGHED:
                    held[number] = shown.memory()
        browser.close()
    taken = sorted(taken[1:])
    p95 = taken[max(0, round(0.95 * len(taken)) - 1)]
    print(f"save to new words in the browser, {len(taken)} saves: median {statistics.median(taken) * 1000:.0f} ms,")
    print(f"p95 {p95 * 1000:.0f} ms (bar: {BAR * 1000:.0f}), slowest {taken[-1] * 1000:.0f} ms")
    print("memory after so many saves:", ", ".join(f"{number}: {size:.0f} MB" for number, size in held.items()))
    print("pass" if p95 < BAR else "fail")


if __name__ == "__main__":
    main()
