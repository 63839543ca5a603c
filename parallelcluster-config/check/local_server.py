"""MiniStack on the loopback, started and stopped here, and clients that speak to it."""

import os
import socket
import subprocess
import sys
import tempfile
import time

import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from rendered import ACCOUNT, REGION

START_SECONDS = 120


class LocalServer:
    """One server with nothing in it; a context manager."""

    def __enter__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="weft-ministack-")
        # Free now; if somebody takes it before the server does, the server's end is seen below.
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._log = open(os.path.join(self._folder.name, "log"), "w+", encoding="utf-8")
        environment = {**os.environ, "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "MINISTACK_ACCOUNT_ID": ACCOUNT,
                       "MINISTACK_REGION": REGION, "S3_DATA_DIR": os.path.join(self._folder.name, "s3"), "TMPDIR": self._folder.name}
        self._process = subprocess.Popen([sys.executable, "-m", "ministack"], stdin=subprocess.DEVNULL, stdout=self._log, stderr=subprocess.STDOUT,
                                         cwd=self._folder.name, env=environment)
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        self._folder.cleanup()

    def client(self, service):
        """A client without retries: what goes wrong is to be seen."""
        return botocore.session.get_session().create_client(
            service, endpoint_url=self.url, region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}))

    def log(self):
        """What the server said last."""
        self._log.flush()
        with open(self._log.name, encoding="utf-8") as log:
            return log.read()[-4000:]

    def _wait(self):
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                self.client("sqs").list_queues()
                return
            except (BotoCoreError, ClientError) as absent:
                if self._process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"MiniStack does not answer: {absent}\n{self.log()}") from absent
                time.sleep(0.2)
