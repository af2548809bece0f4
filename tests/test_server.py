"""The server as it is started: people whose browsers keep their connections open do not lock each other out."""

import http.client
import os
import subprocess
import sys

from saduak.config.bench import measure
from saduak.config.management.commands.serve import granian

IDLE = 150  # connections of browsers that have a page open and ask for nothing at the moment


def test_open_connections_do_not_keep_others_out(tmp_path):
    port = measure.free_port()
    environment = {**os.environ, "SADUAK_DATA": str(tmp_path), "SADUAK_DEMO": "1", "DJANGO_SETTINGS_MODULE": "saduak.config.settings"}  # fmt: skip
    environment.pop("DATABASE_URL", None)
    command = granian("127.0.0.1", port, 1)
    assert command[0] == sys.executable
    process = subprocess.Popen(command, env=environment)
    idle = []
    try:
        measure.wait_for(port)
        for _ in range(IDLE):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", "/static/web/css/base.css")
            connection.getresponse().read()
            idle.append(connection)
        late = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        late.request("GET", "/static/web/css/base.css")
        assert late.getresponse().status == 200
    finally:
        for connection in idle:
            connection.close()
        process.terminate()
        process.wait(timeout=20)
