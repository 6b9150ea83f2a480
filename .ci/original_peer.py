#!/usr/bin/env python3
"""A peer of the older system, on the libraries that it uses: websocket-client for its calls, websockets for its server, both with
their default headers. It joins a node of ours, is joined by another, adds data as the older nodes do, and compares the chains.

    original_peer.py LAUNCHER     starts and stops the nodes itself; fails with the first thing that is wrong
"""
import asyncio
import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
import uuid

import websocket
import websockets

ANY = "0.0.0.0"  # what the older nodes call, and what they call themselves
SECONDS = 30
TEXTS = ["plain", "\u00e9", "\U0001f600 \"q\" \\ / <>&", "tab\there", "\x7f\x80\u2028\x00\b\f"]


def check(right, what):
    if not right:
        sys.exit("original_peer: " + what)


def until(condition, what):
    deadline = time.monotonic() + SECONDS
    while not condition():
        check(time.monotonic() < deadline, "not within %s s: %s" % (SECONDS, what))
        time.sleep(0.05)


def block(index, previous_hash, data):
    literal = json.dumps(data)
    curr_hash = hashlib.sha256((previous_hash + literal).encode()).hexdigest()
    return {"index": index, "previous_hash": previous_hash, "data": literal, "curr_hash": curr_hash}


class Peer:
    def __init__(self, port):
        self.id, self.port = str(uuid.uuid4()), str(port)
        self.peers, self.heard = {}, []
        self.chain = [block(0, "ioiiiuasyi891qbduquiuqwiqwiupwe", "random")]

    def next(self, data):
        return block(len(self.chain), self.chain[-1]["curr_hash"], data)

    def listen(self):
        ready = threading.Event()

        async def serve():
            async with websockets.serve(self.answer_one, ANY, int(self.port)):
                ready.set()
                await asyncio.Future()

        threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
        check(ready.wait(SECONDS), "the peer's own server does not start")

    async def answer_one(self, connection):
        """One frame, one answer, and the connection ends."""
        answer = await asyncio.get_running_loop().run_in_executor(None, self.answer, json.loads(await connection.recv()))
        await connection.send(answer)

    def answer(self, message):
        command = message.get("CMD")
        self.heard.append(command)
        if command == "VALIDATE_BLOCK":
            return "ACK" if self.next(json.loads(message["block_data"]["data"])) == message["block_data"] else "KCA"
        if command == "ADD_BLOCK":
            self.chain.append(self.next(message["data"]))
        elif command == "NEW_JOIN_DATA_UPLOAD":
            self.chain = [{key: each[key] for key in self.chain[0]} for each in message["data_list"]]
        elif command in ("ADD_PEER", "NEW_PEER_JOIN"):
            self.peers[message["peer_id"]] = message["peer_port"]
            if command == "NEW_PEER_JOIN":
                upload = {"CMD": "NEW_JOIN_DATA_UPLOAD", "peer_list": [], "data_list": self.chain}
                check(self.call(message["peer_port"], upload) == "ACK", "the joiner refuses the upload")
        return "ACK"

    def call(self, port, message):
        """A new connection for each command, with the headers that the library sends by itself."""
        try:
            connection = websocket.create_connection("ws://%s:%s" % (ANY, port), timeout=10)
            connection.send(json.dumps(message))
            answer = connection.recv()
            connection.close()
            return answer
        except (OSError, websocket.WebSocketException) as failure:
            sys.exit("original_peer: port %s does not take %s: %s" % (port, message.get("CMD", "a block"), failure))

    def join(self, node):
        """Before its own server is up, as the older nodes do."""
        self.chain, self.peers[node.id] = [self.chain[0]], node.port
        threading.Timer(0.5, self.listen).start()
        join = {"CMD": "NEW_PEER_JOIN", "peer_id": self.id, "peer_host": ANY, "peer_port": self.port}
        check(self.call(node.port, join) == "ACK", "the join is not acknowledged")
        check("NEW_JOIN_DATA_UPLOAD" in self.heard, "the join is acknowledged before the chain is sent")

    def add(self, data):
        new = self.next(data)
        for step, message in [("vote", {"CMD": "VALIDATE_BLOCK", "block_data": new}), ("add", {"CMD": "ADD_BLOCK", "data": data}),
                              ("confirmation", new)]:
            for port in self.peers.values():
                answer = self.call(port, message)
                check(answer == "ACK", "the %s of %r is answered with %s" % (step, data, answer))
            if step == "vote":
                self.chain.append(new)


class Node:
    """A node of ours, at any free port."""

    def __init__(self, launcher, *options):
        self.log = tempfile.NamedTemporaryFile(suffix=".log")
        self.process = subprocess.Popen([launcher, "-p", "0", "--consensus", "naive", *options], stdout=self.log, stderr=self.log,
                                        start_new_session=True)
        until(lambda: self.process.poll() is not None or "Running on" in self.said(), "a node of ours runs")
        found = re.search(r"Node (\S+) live on \S+:(\d+)", self.said())
        check(self.process.poll() is None and found, "a node of ours did not start:\n" + self.said())
        self.id, self.port = found.groups()

    def said(self):
        with open(self.log.name) as log:
            return log.read()

    def ask(self, path, body=None):
        request = urllib.request.Request("http://127.0.0.1:%d%s" % (int(self.port) + 1, path), body and json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as refused:
            return sys.exit("original_peer: %s refuses %s: %s" % (self.port, body or path, refused.read().decode()))

    def end(self):
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait()


def exchange(peer, node):
    """Adds on both sides; afterwards both have the same chain."""
    for data in TEXTS:
        peer.add(data + " (theirs)")
        check(node.ask("/data", {"data": data + " (ours)"}) is True, "our node does not add %r" % data)
        until(lambda: node.ask("/data") == peer.chain, "the chains are equal after %r" % data)


def main(launcher):
    nodes = []
    try:
        nodes.append(Node(launcher))
        joiner = Peer(free_port())
        joiner.join(nodes[0])
        exchange(joiner, nodes[0])
        print("joined ours: %d blocks, equal" % len(joiner.chain))

        alone = Peer(free_port())
        alone.listen()
        nodes.append(Node(launcher, "-pid", alone.id, "-pport", alone.port))
        check(alone.peers == {nodes[1].id: nodes[1].port}, "our node has not joined: %s" % alone.peers)
        exchange(alone, nodes[1])
        print("joined by ours: %d blocks, equal" % len(alone.chain))
    finally:
        for node in nodes:
            node.end()


def free_port():
    with socket.socket() as free:
        free.bind((ANY, 0))
        return free.getsockname()[1]


if __name__ == "__main__":
    main(sys.argv[1])
