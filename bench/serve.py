"""Serves a built site on this machine as a good host would: text gzipped, assets kept for ever."""

import gzip
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

_TEXT = (".html", ".js", ".json", ".svg", ".xml", ".txt", ".csv")


class Handler(SimpleHTTPRequestHandler):
    """Gzips text; everything else as the standard library does it."""

    def send_head(self) -> BytesIO | BinaryIO | None:  # type: ignore[override]
        """The file asked for, gzipped when it is text."""
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if path.suffix not in _TEXT or not path.is_file():
            return super().send_head()
        data = gzip.compress(path.read_bytes(), 9)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.send_header(
            "Cache-Control", "public, max-age=31536000, immutable" if "/assets/" in self.path else "no-cache"
        )
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        return BytesIO(data)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the standard library's name
        """Says nothing: what is asked for is nobody's business."""


def main() -> None:
    """Serves the folder and port named on the command line."""
    folder, port = sys.argv[1:]
    ThreadingHTTPServer(("127.0.0.1", int(port)), partial(Handler, directory=folder)).serve_forever()


if __name__ == "__main__":
    main()
