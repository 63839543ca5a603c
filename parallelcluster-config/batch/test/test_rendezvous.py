"""Tests of the rendezvous on the loopback: who belongs is taken in, whoever else comes is refused.

Prints "ok - name" or "not ok - name" for each case and last "1..N", as the tests of scripts do.
"""

import asyncio
import contextlib
import hashlib
import hmac
import io
import json
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
import rendezvous  # noqa: E402

TOKEN = b"0123456789abcdef0123456789abcdef"
KEY = "ssh-ed25519 " + "A" * 68
JOB = "job-1"


def hmac_of(token, *fields):
    """The proof as the protocol describes it, without the code under test: each field with its length in four bytes before it."""
    message = b""
    for field in ("weft-batch-1", *fields):
        data = str(field).encode()
        message += len(data).to_bytes(4, "big") + data
    return hmac.new(token, message, hashlib.sha256).hexdigest()


class World:
    """A main node for three nodes, on a port that the kernel chooses."""

    def __init__(self, folder, **changes):
        settings = {"job": JOB, "nodes": 3, "index": 0, "port": 0, "deadline": 20.0, "silence": 20.0, "slots": 2, "out": folder}
        settings.update(changes)
        self.main = rendezvous.Main(SimpleNamespace(**settings), TOKEN, KEY)

    async def __aenter__(self):
        self.server = await asyncio.start_server(self.main.serve, "127.0.0.1", 0, limit=rendezvous.LINE_BYTES)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self.server.close()

    async def connect(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        challenge = json.loads(await reader.readline())
        return reader, writer, challenge["nonce"]


def hello(nonce, index=1, token=TOKEN, job=JOB, nodes=3, address="127.0.0.1", port=7122, slots=2, key=KEY, own="1" * 64, **changes):
    """What a child says; every part can be changed, before or after it was signed."""
    fields = {"index": index, "port": port, "slots": slots, "key": key, "nonce": own}
    fields["proof"] = hmac_of(token, "child", job, nodes, index, address, port, slots, key, nonce, own)
    fields.update(changes)
    return fields


async def answer_to(world, make):
    reader, writer, nonce = await world.connect()
    said = make(nonce)
    writer.write(said if isinstance(said, bytes) else json.dumps(said).encode() + b"\n")
    await writer.drain()
    line = await asyncio.wait_for(reader.readline(), 30)
    return reader, writer, nonce, json.loads(line) if line else {}


async def admitted(world, index):
    """Goes through all of a child's part; gives its connection."""
    reader, writer, nonce, welcome = await answer_to(world, lambda nonce: hello(nonce, index=index))
    expected = hmac_of(TOKEN, "main", JOB, 3, index, KEY, "1" * 64, nonce)
    assert welcome.get("proof") == expected, f"main's proof is {welcome}"
    writer.write(json.dumps({"ready": hmac_of(TOKEN, "ready", index, nonce, "1" * 64)}).encode() + b"\n")
    await writer.drain()
    return reader, writer


def refusal(expected, make):
    """A case in which one child is refused, and says why."""

    async def case(folder):
        async with World(folder) as world:
            _, writer, _, answer = await answer_to(world, make)
            assert expected in answer.get("refused", ""), f"expected '{expected}', got {answer}"
            assert "key" not in answer and not world.main.members, f"it was taken in: {answer}"
            writer.close()
            # The world still forms with those who belong to it.
            links = [await admitted(world, index) for index in (1, 2)]
            await asyncio.wait_for(world.main.formed.wait(), 20)
            for _, other in links:
                other.close()

    return case


async def replay(folder):
    """What a child said once is worth nothing the second time."""
    async with World(folder) as world:
        kept = []
        _, first, _, answer = await answer_to(world, lambda nonce: kept.append(hello(nonce)) or kept[0])
        assert "proof" in answer
        first.close()
        for _ in range(200):
            if not world.main.members:
                break
            await asyncio.sleep(0.02)
        _, second, _, answer = await answer_to(world, lambda _: kept[0])
        assert "does not know this job's token" in answer.get("refused", ""), answer
        second.close()


async def reflection(folder):
    """A stranger gets a proof out of main only by having been taken in: what main sends fits no child's part."""
    async with World(folder) as world:
        reader, writer, nonce, welcome = await answer_to(world, hello)
        _, other, _, answer = await answer_to(world, lambda _: hello(nonce, index=2, proof=welcome["proof"]))
        assert "does not know this job's token" in answer.get("refused", ""), answer
        other.close()
        writer.close()


async def ready_without_proof(folder):
    async with World(folder) as world:
        _, writer, _, _ = await answer_to(world, hello)
        writer.write(b'{"ready": "yes"}\n')
        await writer.drain()
        for _ in range(200):
            if not world.main.members:
                break
            await asyncio.sleep(0.02)
        assert not world.main.members and not world.main.formed.is_set()


async def hosts_are_written(folder):
    async with World(folder) as world:
        links = [await admitted(world, index) for index in (2, 1)]
        await asyncio.wait_for(world.main.formed.wait(), 20)
        world.main.write_hosts()
        rows = Path(folder, "hosts").read_text(encoding="ascii").splitlines()
        expected = ["0\t127.0.0.1\t0\t2\t-", f"1\t127.0.0.1\t7122\t2\t{KEY}", f"2\t127.0.0.1\t7122\t2\t{KEY}"]
        assert rows == expected, rows
        for _, writer in links:
            writer.close()


async def standing_still_is_no_silence(folder):
    """A main node that stood still for longer than a child may be silent does not hold that against the child."""
    async with World(folder, silence=3.0) as world:
        links = [await admitted(world, index) for index in (1, 2)]
        await asyncio.wait_for(world.main.formed.wait(), 20)
        # The whole loop: no timer runs, nothing is read. Then timers come first: the children's words arrive a little later.
        time.sleep(4)
        for _ in range(8):
            await asyncio.sleep(0)
        for _ in range(8):
            for _, writer in links:
                writer.write(b'{"beat": 1}\n')
            await asyncio.sleep(0.02)
        assert sorted(world.main.members) == [1, 2], f"left: {sorted(world.main.members)}"
        for _, writer in links:
            writer.close()


async def silence_is_noticed(folder):
    """Who says nothing is lost; who beats stays."""
    async with World(folder, silence=3.0) as world:
        links = [await admitted(world, index) for index in (1, 2)]
        await asyncio.wait_for(world.main.formed.wait(), 20)
        for _ in range(400):
            if 2 not in world.main.members:
                break
            links[0][1].write(b'{"beat": 1}\n')
            await asyncio.sleep(0.1)
        assert sorted(world.main.members) == [1], f"still there: {sorted(world.main.members)}"
        for _, writer in links:
            writer.close()


async def crowd_does_not_keep_children_out(folder):
    """Many who connect and say nothing take places, but not all of them for as long as the world waits."""
    rendezvous.HANDSHAKE_SECONDS = 1
    async with World(folder) as world:
        crowd = [await asyncio.open_connection("127.0.0.1", world.port) for _ in range(200)]
        await asyncio.sleep(1.5)
        links = [await admitted(world, index) for index in (1, 2)]
        await asyncio.wait_for(world.main.formed.wait(), 20)
        for _, writer in crowd + links:
            writer.close()
    rendezvous.HANDSHAKE_SECONDS = 15


CASES = [
    ("a child with another token", refusal("does not know this job's token", lambda n: hello(n, token=b"x" * 32))),
    ("a child without a proof", refusal("does not know this job's token", lambda n: hello(n, proof=None))),
    ("a child of another job", refusal("does not know this job's token", lambda n: hello(n, job="job-2"))),
    ("a child of a world of another size", refusal("does not know this job's token", lambda n: hello(n, nodes=4))),
    ("a proof made elsewhere", refusal("does not know this job's token", lambda n: hello(n, address="10.0.0.9"))),
    ("a key that was not signed", refusal("does not know this job's token", lambda n: {**hello(n), "key": "ssh-ed25519 " + "B" * 68})),
    ("a number that was not signed", refusal("does not know this job's token", lambda n: {**hello(n), "index": 2})),
    ("a port that was not signed", refusal("does not know this job's token", lambda n: {**hello(n), "port": 22})),
    ("a proof for another nonce", refusal("does not know this job's token", lambda n: hello("0" * 64))),
    ("the main node's own number", refusal("is the main node itself", lambda n: hello(n, index=0))),
    ("a number past the end", refusal("index is not a number", lambda n: hello(n, index=3))),
    ("a number that is none", refusal("index is not a number", lambda n: hello(n, index="1"))),
    ("a number that is true", refusal("index is not a number", lambda n: hello(n, index=True))),
    ("a key with an option before it", refusal("key is not what it should be", lambda n: hello(n, key='command="x" ' + KEY))),
    ("a key with a second line", refusal("key is not what it should be", lambda n: hello(n, key=KEY + "\n" + KEY))),
    ("a nonce that is none", refusal("nonce is not what it should be", lambda n: hello(n, own="short"))),
    ("a word that is no JSON", refusal("does not speak the protocol", lambda n: b"GET / HTTP/1.1\r\n\r\n")),
    ("a list", refusal("does not speak the protocol", lambda n: b"[1]\n")),
    ("a line without end", refusal("the connection broke", lambda n: b"x" * 20000 + b"\n")),
    ("a replay", replay),
    ("main's own proof sent back", reflection),
    ("ready without a proof", ready_without_proof),
    ("the hosts that are written", hosts_are_written),
    ("a main node that stood still", standing_still_is_no_silence),
    ("a child that says nothing any more", silence_is_noticed),
    ("a silent crowd", crowd_does_not_keep_children_out),
]


def main():
    failed = 0
    for name, case in CASES:
        said = io.StringIO()
        problem = None
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
            try:
                asyncio.run(asyncio.wait_for(case(folder), 300))
            except (AssertionError, OSError, asyncio.TimeoutError) as wrong:
                problem = f"{type(wrong).__name__}: {wrong}"
        if not problem and TOKEN.decode() in said.getvalue():
            problem = "the token was printed"
        print(f"{'not ok' if problem else 'ok'} - rendezvous: {name}", flush=True)
        if problem:
            failed += 1
            print(f"# {problem}", flush=True)
            print("".join(f"# {line}\n" for line in said.getvalue().splitlines()), end="", flush=True)
    print(f"1..{len(CASES)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
