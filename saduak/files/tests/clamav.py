"""A scanner for tests: speaks clamd's INSTREAM over a real socket and finds one harmless word."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MALWARE = b"HARMLESS-TEST-MALWARE"
NEW_MALWARE = b"HARMLESS-TEST-NEWS"  # known to the newer signatures only
OLDER, NEWER = "ClamAV 1.0.7/27400/Mon Jan 31 09:20:12 2022", "ClamAV 1.0.7/27401/Tue Feb 1 09:20:12 2022"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        order = self.rfile.readline()
        if order == b"nVERSION\n":
            self.wfile.write(self.server.version.encode() + b"\n")
            return
        assert order == b"nINSTREAM\n"
        seen = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            seen += self.rfile.read(size)
        known = MALWARE in seen or (NEW_MALWARE in seen and self.server.version == NEWER)
        self.wfile.write(b"stream: Test.Malware FOUND\n" if known else b"stream: OK\n")


@contextmanager
def listening(version: str = OLDER) -> Iterator[str]:
    """The address of a scanner that answers within the block."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        server.version = version
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
