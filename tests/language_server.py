"""VS Code's YAML language server, as VS Code's extension runs it: over its standard input and output.

https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/
"""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from tests.built import ROOT, missing

SERVER: Final = ROOT / "tests/browser/node_modules/yaml-language-server/bin/yaml-language-server"
# It would look up schemas of others on the web.
_OFFLINE: Final = {"schemaStore": {"enable": False}, "kubernetesCRDStore": {"enable": False}}


class Complaint(NamedTuple):
    """What the server says of a spot: its line, counted from 1, and the words."""

    line: int
    message: str


class LanguageServer:
    """A running server that looks after the folder `root` with the settings of VS Code `settings`."""

    def __init__(self, process: "subprocess.Popen[bytes]", root: Path, settings: Mapping[str, Any]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._to: IO[bytes] = process.stdin
        self._from: IO[bytes] = process.stdout
        self._root = root
        self._yaml = _section(settings, "yaml") | _OFFLINE
        self._asked = 0
        self._opened_before = 0
        self._told: dict[str, list[Any]] = {}
        folder = {"uri": root.as_uri(), "name": root.name}
        can = {"workspace": {"configuration": True, "workspaceFolders": True}}
        self._ask(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": [folder], "capabilities": can},
        )
        self._send({"method": "initialized", "params": {}})
        self._send({"method": "workspace/didChangeConfiguration", "params": {"settings": None}})
        while self._take().get("method") != "workspace/configuration":
            pass

    def complaints(self, texts: Sequence[tuple[str, str]]) -> list[list[Complaint]]:
        """What it has against each of these texts, opened as files of these paths. They need not be there."""
        addresses = [self._opened(path, text) for path, text in texts]
        while not self._told.keys() >= set(addresses):
            self._take()
        told = [self._told[address] for address in addresses]
        return [[Complaint(one["range"]["start"]["line"] + 1, one["message"]) for one in ones] for ones in told]

    def hover(self, path: str, text: str, line: int, column: int) -> str:
        """What it tells of a spot, both counted from 1."""
        answer = self._ask("textDocument/hover", self._spot(self._opened(path, text), line, column))
        return str(answer["contents"]["value"]) if answer else ""

    def completions(self, path: str, text: str, line: int, column: int) -> set[str]:
        """What it offers to write at a spot."""
        answer = self._ask("textDocument/completion", self._spot(self._opened(path, text), line, column))
        return {item["label"] for item in answer["items"]}

    def _opened(self, path: str, text: str) -> str:
        # A folder of its own for each text: what is told of it can't be mixed up with what was told of another.
        self._opened_before += 1
        uri = (self._root / f"text-{self._opened_before}" / path).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def _spot(self, uri: str, line: int, column: int) -> Mapping[str, Any]:
        return {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column - 1}}

    def _ask(self, method: str, params: Mapping[str, Any]) -> Any:
        self._asked += 1
        self._send({"id": self._asked, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == self._asked and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def _take(self) -> Any:
        """The next message; what the server asks for is answered, and what it tells of files is noted."""
        length = 0
        while line := self._from.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server ended"
        message = json.loads(self._from.read(length))
        if "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._told[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def _answer(self, message: Mapping[str, Any]) -> object:
        if message["method"] == "workspace/configuration":
            return [self._yaml if item["section"] == "yaml" else {} for item in message["params"]["items"]]
        return None

    def _send(self, message: Mapping[str, Any]) -> None:
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n%b" % (len(data), data))
        self._to.flush()


def _section(settings: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The settings under `name`, such as `yaml.schemas`, as VS Code hands them to an extension."""
    found: dict[str, Any] = {}
    for key, value in settings.items():
        first, *inner, last = key.split(".")
        if first == name:
            group = found
            for part in inner:
                group = group.setdefault(part, {})
            group[last] = value
    return found


@contextmanager
def language_server(root: Path, settings: Mapping[str, Any]) -> Iterator[LanguageServer]:
    """Runs the server for a time; skips the test where it is not installed."""
    node = shutil.which("node")
    if node is None or not SERVER.is_file():
        missing("VS Code's YAML language server")
    command = (node, str(SERVER), "--stdio")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        try:
            yield LanguageServer(run, root, settings)
        finally:
            run.kill()
