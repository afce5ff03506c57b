"""A server of the Wyoming protocol that says what a test wants."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def message(kind: str, data: dict[str, object] | None = None, payload: bytes = b"") -> bytes:
    """One message of the protocol."""
    head = {"type": kind, "data": data or {}, "payload_length": len(payload)}
    return json.dumps(head).encode() + b"\n" + payload


@contextmanager
def server(answer: Callable[[str], bytes]) -> Iterator[str]:
    """A server on this machine that answers each text, or each sound (as ""), and hangs up."""

    async def client(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = ""
        while asked not in ("synthesize", "audio-stop"):
            head = json.loads(await reader.readline())
            asked = head["type"]
            data = json.loads(await reader.readexactly(head.get("data_length", 0)) or "{}")
            await reader.readexactly(head.get("payload_length", 0))
        writer.write(answer(data.get("text", "")))
        await writer.drain()
        writer.close()

    loop = asyncio.new_event_loop()
    found = loop.run_until_complete(asyncio.start_server(client, "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield f"tcp://127.0.0.1:{found.sockets[0].getsockname()[1]}"
    loop.call_soon_threadsafe(found.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
