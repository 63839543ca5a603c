"""Forms the world of an AWS Batch multi-node parallel job: children report to the main node and prove that they belong to it.

Usage: rendezvous.py main  --job ID --nodes N --index I --port P --deadline S --silence S --key FILE --slots N --out FOLDER
       rendezvous.py child --job ID --nodes N --index I --port P --deadline S --silence S --main ADDRESS
                           --host-key FILE --ssh-port P --slots N --authorized-keys FILE

The job's one-time token is read from WEFT_BATCH_TOKEN. It never crosses the network: main and child each prove that they know it,
by an HMAC-SHA256 over both sides' nonces and the public keys that they exchange. Who does not is refused; the others wait on.

main prints "formed" when all are ready, and leaves FOLDER/hosts (index, address, ssh port, slots, host key). After that it prints
"lost INDEX ADDRESS REASON" for each node that goes away, until a line "end STATUS" on standard input tells it to end the children.
child prints "welcome" when main has proved itself and authorized-keys has been written.

Exit codes: 0 ended by main, or by the line "end"; 2 wrong usage; 11 the world was not formed before the deadline; 12 refused, or
main did not prove itself; 13 the main node went away.
"""

import argparse
import asyncio
import hashlib
import hmac
import ipaddress
import json
import os
import re
import secrets
import sys
import time

PROTOCOL = "weft-batch-1"
LINE_BYTES = 8192
# A stranger who connects and says nothing holds a place for so long, and there are so many places besides those of the nodes.
HANDSHAKE_SECONDS = 15
SPARE_PLACES = 64
# Nodes say something three times in the time after which they are lost; it is waited for in so many parts.
BEATS, SLICES = 3, 6
KEY = re.compile(r"ssh-ed25519 [A-Za-z0-9+/]+={0,2}")
NONCE = re.compile(r"[0-9a-f]{64}")
NOT_FORMED, REFUSED, MAIN_GONE = 11, 12, 13


class Refusal(Exception):
    """Why the other side is not taken in; the text is for both."""


class Silence(Refusal):
    """Nothing came in time."""


def say(text):
    print(f"weft batch: {text}", file=sys.stderr, flush=True)


def printable(words):
    """A stranger's words: none of them may end a line of the log, or talk to the terminal that shows it."""
    return "".join(letter if letter.isprintable() else "?" for letter in str(words)[:200])


def proof(token, *fields):
    """An HMAC over fields, none of which can run into its neighbour."""
    message = b"".join(len(field).to_bytes(4, "big") + field for field in (str(field).encode() for field in (PROTOCOL, *fields)))
    return hmac.new(token, message, hashlib.sha256).hexdigest()


def same(one, other):
    return isinstance(other, str) and hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))


class Link:
    """A connection that carries one JSON object a line."""

    def __init__(self, reader, writer):
        self._reader = reader
        self.writer = writer
        self.peer = writer.get_extra_info("peername")[0]
        self.local = writer.get_extra_info("sockname")[0]

    async def send(self, **fields):
        self.writer.write(json.dumps(fields).encode() + b"\n")
        await self.writer.drain()

    async def receive(self, seconds):
        """The next object; a Refusal where that is none, or none comes in time."""
        try:
            line = await asyncio.wait_for(self._reader.readline(), seconds)
        except asyncio.TimeoutError:
            raise Silence(f"silent for {seconds:g} s") from None
        except (ValueError, OSError) as wrong:
            raise Refusal(f"the connection broke: {wrong}") from wrong
        if not line.endswith(b"\n"):
            raise Refusal("the connection was closed")
        try:
            fields = json.loads(line)
        except ValueError:
            fields = None
        if not isinstance(fields, dict):
            raise Refusal("it does not speak the protocol")
        return fields

    async def hear(self, seconds):
        """The next object from one who says something all the time.

        Waits in slices: when this machine stands still, that ends one slice at most, and is not taken for the other's silence.
        """
        for _ in range(SLICES):
            try:
                return await self.receive(seconds / SLICES)
            except Silence:
                pass  # The loop counts.
        raise Silence(f"silent for {seconds:g} s")

    def close(self):
        self.writer.close()


def number(fields, name, least, most):
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise Refusal(f"its {name} is not a number from {least} to {most}")
    return value


def text(fields, name, pattern):
    value = fields.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise Refusal(f"its {name} is not what it should be")
    return value


class Member:
    """A child that has proved itself."""

    def __init__(self, link, index, port, slots, key):
        self.link, self.index, self.port, self.slots, self.key = link, index, port, slots, key
        self.ready = False
        self.nonces = None


class Main:
    """The main node's side."""

    def __init__(self, arguments, token, user_key):
        self.arguments, self.token, self.user_key = arguments, token, user_key
        self.members, self.refused = {}, {}
        self.handshakes = 0
        self.formed = asyncio.Event()
        self.ending = False

    def expected(self):
        return [index for index in range(self.arguments.nodes) if index != self.arguments.index]

    async def serve(self, reader, writer):
        link = Link(reader, writer)
        member = None
        if self.handshakes >= self.arguments.nodes + SPARE_PLACES:
            link.close()
            return
        self.handshakes += 1
        counted = True
        try:
            member = await asyncio.wait_for(self.admit(link), HANDSHAKE_SECONDS)
            self.handshakes -= 1
            counted = False
            await self.welcome(member)
            await self.listen(member)
        except asyncio.TimeoutError:
            self.refuse(link, f"it said nothing for {HANDSHAKE_SECONDS} s")
        except Refusal as reason:
            if member is None:
                self.refuse(link, str(reason))
                try:
                    await link.send(refused=str(reason))
                except OSError:
                    pass  # It has gone, and was told in our log.
            else:
                self.leave(member, str(reason))
        except OSError as broken:
            if member is not None:
                self.leave(member, str(broken))
        finally:
            if counted:
                self.handshakes -= 1
            link.close()

    def refuse(self, link, reason):
        say(f"refused {link.peer}: {reason}")
        self.refused[link.peer] = reason

    async def admit(self, link):
        """Asks who is there; gives a member, or raises a Refusal."""
        nonce = secrets.token_hex(32)
        await link.send(protocol=PROTOCOL, nonce=nonce)
        hello = await link.receive(HANDSHAKE_SECONDS)
        index = number(hello, "index", 0, self.arguments.nodes - 1)
        port = number(hello, "port", 1, 65535)
        slots = number(hello, "slots", 1, 4096)
        key = text(hello, "key", KEY)
        child_nonce = text(hello, "nonce", NONCE)
        fields = ("child", self.arguments.job, self.arguments.nodes, index, link.peer, port, slots, key, nonce, child_nonce)
        if not same(proof(self.token, *fields), hello.get("proof")):
            raise Refusal("it does not know this job's token")
        # Only now, so that a stranger learns nothing about who is here.
        if index == self.arguments.index:
            raise Refusal(f"node {index} is the main node itself")
        if index in self.members:
            raise Refusal(f"node {index} is here already, from {self.members[index].link.peer}")
        member = Member(link, index, port, slots, key)
        member.nonces = (nonce, child_nonce)
        self.members[index] = member
        return member

    async def welcome(self, member):
        fields = ("main", self.arguments.job, self.arguments.nodes, member.index, self.user_key, *reversed(member.nonces))
        await member.link.send(key=self.user_key, proof=proof(self.token, *fields))
        answer = await member.link.receive(60)
        if not same(proof(self.token, "ready", member.index, *member.nonces), answer.get("ready")):
            raise Refusal("it did not say that it is ready")
        member.ready = True
        say(f"node {member.index} is {member.link.peer}, {member.slots} slots ({self.count_ready()} of {self.arguments.nodes - 1} here)")
        if self.count_ready() == self.arguments.nodes - 1:
            self.formed.set()

    def count_ready(self):
        return sum(member.ready for member in self.members.values())

    async def listen(self, member):
        while True:
            await member.link.hear(self.arguments.silence)

    def leave(self, member, reason):
        self.members.pop(member.index, None)
        if self.ending:
            return
        if self.formed.is_set():
            say(f"node {member.index} ({member.link.peer}) is lost: {reason}")
            print(f"lost {member.index} {member.link.peer} {reason}", flush=True)
        else:
            say(f"node {member.index} ({member.link.peer}) left before the world was formed: {reason}; it may come again")

    async def beat(self):
        while True:
            await asyncio.sleep(self.arguments.silence / BEATS)
            for member in list(self.members.values()):
                try:
                    await asyncio.wait_for(member.link.send(beat=1), self.arguments.silence)
                except (OSError, asyncio.TimeoutError):
                    member.link.close()

    def write_hosts(self):
        rows = [(member.index, member.link.peer, member.port, member.slots, member.key) for member in self.members.values()]
        own = next((member.link.local for member in self.members.values()), "127.0.0.1")
        rows.append((self.arguments.index, own, 0, self.arguments.slots, "-"))
        path = os.path.join(self.arguments.out, "hosts")
        with open(path + ".new", "w", encoding="ascii") as file:
            file.writelines("\t".join(str(field) for field in row) + "\n" for row in sorted(rows))
        os.rename(path + ".new", path)

    def not_formed(self):
        missing = [index for index in self.expected() if index not in self.members]
        late = [member.index for member in self.members.values() if not member.ready]
        say(f"error: not all {self.arguments.nodes} nodes were here after {self.arguments.deadline:g} s")
        if missing:
            say(f"  missing: {', '.join(f'node {index}' for index in missing)}")
        if late:
            say(f"  reported, but not ready: {', '.join(f'node {index}' for index in late)}")
        for peer, reason in self.refused.items():
            say(f"  refused: {peer}: {reason}")
        say("  the log of a missing node (ID#n) says how far it came; WEFT_BATCH_FORM_SECONDS is the deadline")

    async def end(self, status, reason):
        self.ending = True
        for member in list(self.members.values()):
            try:
                await member.link.send(end=status, reason=reason, proof=proof(self.token, "end", status, reason, *member.nonces))
            except OSError:
                pass  # It has gone by itself.
        deadline = time.monotonic() + 5
        while self.members and time.monotonic() < deadline:
            await asyncio.sleep(0.05)

    async def run(self):
        try:
            server = await asyncio.start_server(self.serve, "0.0.0.0", self.arguments.port, limit=LINE_BYTES, backlog=256)
        except OSError as taken:
            say(f"error: cannot listen on port {self.arguments.port}: {taken}; WEFT_BATCH_PORT names another, on all nodes")
            return 2
        beating = asyncio.create_task(self.beat())
        say(f"main node: waiting on port {self.arguments.port} for {self.arguments.nodes - 1} nodes, at most {self.arguments.deadline:g} s")
        try:
            await asyncio.wait_for(self.formed.wait(), self.arguments.deadline)
        except asyncio.TimeoutError:
            self.not_formed()
            await self.end(NOT_FORMED, "not all nodes were there in time")
            return NOT_FORMED
        # Nobody else belongs here.
        server.close()
        self.write_hosts()
        print("formed", flush=True)
        status = await self.told_to_end()
        await self.end(status, "the command has ended")
        beating.cancel()
        return 0

    async def told_to_end(self):
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        line = (await reader.readline()).split()
        # An end of input without a word: the entry point was killed.
        return int(line[1]) if len(line) == 2 and line[0] == b"end" and line[1].isdigit() else 1


class Child:
    """A child's side."""

    def __init__(self, arguments, token, host_key):
        self.arguments, self.token, self.host_key = arguments, token, host_key
        self.nonces = None

    async def connect(self):
        address = f"{self.arguments.main}:{self.arguments.port}"
        deadline = time.monotonic() + self.arguments.deadline
        say(f"node {self.arguments.index}: reporting to the main node at {address}, for at most {self.arguments.deadline:g} s")
        while True:
            left = deadline - time.monotonic()
            if left <= 0:
                say(f"error: the main node did not answer at {address} within {self.arguments.deadline:g} s")
                say("  is it still running, and does the security group let its members talk to each other?")
                return None
            try:
                reader, writer = await asyncio.wait_for(
                    asyncio.open_connection(self.arguments.main, self.arguments.port, limit=LINE_BYTES), min(left, 10)
                )
                return Link(reader, writer)
            except (OSError, asyncio.TimeoutError):
                await asyncio.sleep(min(0.5, max(left, 0)))

    async def introduce(self, link):
        """Proves itself, and wants proof."""
        job, nodes, index = self.arguments.job, self.arguments.nodes, self.arguments.index
        challenge = await link.receive(HANDSHAKE_SECONDS)
        if challenge.get("protocol") != PROTOCOL:
            raise Refusal("it does not speak the protocol")
        nonce, own = text(challenge, "nonce", NONCE), secrets.token_hex(32)
        port, slots = self.arguments.ssh_port, self.arguments.slots
        fields = ("child", job, nodes, index, link.local, port, slots, self.host_key, nonce, own)
        await link.send(index=index, port=port, slots=slots, key=self.host_key, nonce=own, proof=proof(self.token, *fields))
        welcome = await link.receive(HANDSHAKE_SECONDS)
        if "refused" in welcome:
            raise Refusal(f"it answered: {printable(welcome['refused'])}")
        key = text(welcome, "key", KEY)
        if not same(proof(self.token, "main", job, nodes, index, key, own, nonce), welcome.get("proof")):
            raise Refusal("it does not know this job's token")
        self.nonces = (nonce, own)
        self.authorize(key, link.peer)
        await self.own_sshd(link.local)
        await link.send(ready=proof(self.token, "ready", index, nonce, own))

    def authorize(self, key, address):
        path = self.arguments.authorized_keys
        with open(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
            file.write(f'from="{address}",restrict {key}\n')
        os.rename(path + ".new", path)

    async def own_sshd(self, address):
        """Main may come at once: its server must be answering."""
        for _ in range(100):
            try:
                reader, writer = await asyncio.open_connection(address, self.arguments.ssh_port)
                banner = await asyncio.wait_for(reader.readline(), 10)
                writer.close()
                if banner.startswith(b"SSH-2.0-"):
                    return
            except (OSError, asyncio.TimeoutError):
                pass  # Not yet: the loop counts.
            await asyncio.sleep(0.1)
        raise Refusal(f"this node's own sshd does not answer on {address}:{self.arguments.ssh_port}")

    async def beat(self, link):
        while True:
            await asyncio.sleep(self.arguments.silence / BEATS)
            await link.send(beat=1)

    async def run(self):
        link = await self.connect()
        if link is None:
            return NOT_FORMED
        beating = None
        try:
            await self.introduce(link)
            print("welcome", flush=True)
            say(f"node {self.arguments.index}: in the world of {self.arguments.main}")
            beating = asyncio.create_task(self.beat(link))
            while True:
                word = await link.hear(self.arguments.silence)
                if "end" in word:
                    return self.ended(word)
        except (Refusal, OSError) as reason:
            if self.nonces is None:
                say(f"error: not taken in by {self.arguments.main}: {reason}")
                return REFUSED
            say(f"error: the main node {self.arguments.main} is gone: {reason}")
            return MAIN_GONE
        finally:
            if beating is not None:
                beating.cancel()
            link.close()

    def ended(self, word):
        status, reason = number(word, "end", 0, 255), str(word.get("reason"))
        if not same(proof(self.token, "end", status, reason, *self.nonces), word.get("proof")):
            raise Refusal("an end that main did not send")
        say(f"node {self.arguments.index}: {printable(reason)} (status {status})")
        return status


def parse(argv):
    parser = argparse.ArgumentParser(prog="rendezvous.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    roles = parser.add_subparsers(dest="role", required=True)
    for role in ("main", "child"):
        part = roles.add_parser(role)
        part.add_argument("--job", required=True)
        for name in ("--nodes", "--index", "--port", "--slots"):
            part.add_argument(name, type=int, required=True)
        for name in ("--deadline", "--silence"):
            part.add_argument(name, type=float, required=True)
        if role == "main":
            part.add_argument("--key", required=True)
            part.add_argument("--out", required=True)
        else:
            part.add_argument("--main", required=True, type=lambda value: str(ipaddress.IPv4Address(value)))
            part.add_argument("--host-key", required=True)
            part.add_argument("--ssh-port", type=int, required=True)
            part.add_argument("--authorized-keys", required=True)
    return parser.parse_args(argv)


def read_key(path):
    with open(path, encoding="ascii") as file:
        found = KEY.match(file.read())
    if not found:
        raise SystemExit(f"weft batch: {path} holds no ssh-ed25519 key")
    return found.group()


def main(argv):
    arguments = parse(argv)
    token = os.environ.pop("WEFT_BATCH_TOKEN", "").encode()
    if len(token) < 32:
        say("error: WEFT_BATCH_TOKEN is missing or shorter than 32 characters")
        return 2

    async def run():
        if arguments.role == "main":
            return await Main(arguments, token, read_key(arguments.key)).run()
        return await Child(arguments, token, read_key(arguments.host_key)).run()

    return asyncio.run(run())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
