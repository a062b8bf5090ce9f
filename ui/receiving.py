"""A file that comes in: written as it arrives, within its limit, to the library's folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, TypeVar

from aseqa.messages import message
from aseqa_ui.documents_page import sized
from aseqa_ui.problems import Problem, Refused

if TYPE_CHECKING:
    from fastapi import Request

    from aseqa_ui.library import Draft, Library
    from aseqa_ui.limits import Limits

_BLOCK_BYTES = 1024 * 1024
Item = TypeVar("Item")


async def receive_file(request: Request, library: Library, limits: Limits, name: str) -> Draft:
    """Write the body of a request to a file, and give it with the name that it may bear.

    Raises
    ------
    Refused
        When it is larger than the limit, stops arriving, or cannot be written.
    ReadError
        When its content is of no type that is read here.
    """
    from starlette.requests import ClientDisconnect

    try:
        with library.receiving() as (path, stream):
            size, block = 0, bytearray()
            async for chunk in _timed(request.stream(), limits.body_timeout_s):
                size += len(chunk)
                if size > limits.upload_bytes:
                    raise Refused(_problem(413, "too_large", limit=sized(limits.upload_bytes)))
                block += chunk
                if len(block) >= _BLOCK_BYTES:
                    await asyncio.to_thread(stream.write, bytes(block))
                    block.clear()
            await asyncio.to_thread(stream.write, bytes(block))
    except (TimeoutError, ClientDisconnect) as error:
        raise Refused(_problem(408, "slow")) from error
    except OSError as error:
        raise Refused(_trouble(507, "disk", "documents_disk")) from error
    return await asyncio.to_thread(library.drafted, path, name)


async def _timed(stream: AsyncIterator[bytes], each_s: float) -> AsyncIterator[bytes]:
    """Give what arrives, as long as something does."""
    while True:
        try:
            async with asyncio.timeout(each_s):
                chunk = await anext(stream)
        except StopAsyncIteration:
            return
        yield chunk


def _problem(status: int, code: str, **values: object) -> Problem:
    return _trouble(status, code, f"documents_problem_{code}", **values)


def _trouble(status: int, code: str, key: str, **values: object) -> Problem:
    # The rest of the body is not read: the connection has to close.
    headers = {"Connection": "close"}
    title = message("documents_problem")
    return Problem(status, code, title, message(key, **values), headers=headers)
