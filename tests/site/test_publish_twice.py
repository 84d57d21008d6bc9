"""Building again touches nothing, and any base URL works."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.built import GUIDE, BuiltSite, build_guide


def _state(out: Path) -> dict[str, tuple[int, int, bytes]]:
    """Each file's inode, time stamp and bytes."""
    files = (path for path in sorted(out.rglob("*")) if path.is_file())
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_a_second_build_touches_no_file(tmp_path: Path) -> None:
    first = build_guide(tmp_path / "out", GUIDE)
    before = _state(tmp_path / "out")
    second = build_guide(tmp_path / "out", GUIDE)
    assert _state(tmp_path / "out") == before
    assert (second.files.written, second.files.removed) == (0, 0)
    assert second.files.unchanged == first.files.written > 150


@pytest.mark.parametrize("base_url", ["/", "/sub/", "/deep/er/", "https://example.org", "http://localhost:8000/guide"])
def test_any_base_url_works(tmp_path: Path, base_url: str) -> None:
    build_guide(tmp_path / "out", base_url)
    # Links within a site that doesn't know its host are looked up as if it were at some host.
    address = base_url if "//" in base_url else f"https://somewhere.example{base_url}"
    site = BuiltSite(tmp_path / "out", address.rstrip("/") + "/")
    broken = [fault for path in site.pages for fault in site.broken(path)]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("base_url", ["/", "/sub/", GUIDE])
def test_the_page_for_what_is_not_found_works_at_any_depth(tmp_path: Path, base_url: str) -> None:
    build_guide(tmp_path / "out", base_url)
    site = BuiltSite(tmp_path / "out", base_url)
    prefix = urlsplit(base_url).path
    targets = [one.target for one in site.pages["404.html"].references]
    assert targets
    # A host shows this page at any address, so what it refers to may not depend on where it is shown.
    assert not [one for one in targets if not one.startswith((prefix, "https://", "#", "tel:", "mailto:"))]
