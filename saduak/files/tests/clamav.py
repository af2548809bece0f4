"""A scanner for tests: speaks clamd's INSTREAM over a real socket and finds one harmless word."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

MALWARE = b"HARMLESS-TEST-MALWARE"


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        assert self.rfile.readline() == b"nINSTREAM\n"
        seen = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            seen += self.rfile.read(size)
        self.wfile.write(b"stream: Test.Malware FOUND\n" if MALWARE in seen else b"stream: OK\n")


@contextmanager
def listening() -> Iterator[str]:
    """The address of a scanner that answers within the block."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
