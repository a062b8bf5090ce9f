"""The tools for language models over MCP: they give quotes, never prose.

Model Context Protocol, revision 2025-06-18, streamable HTTP without sessions. A
message is checked before the library sees it: what it refuses, it would log.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import mcp.types as protocol
from mcp.server.lowlevel import Server
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import BaseModel, ValidationError

from aseqa import __version__
from aseqa.errors import AseqaError
from aseqa_ui import abilities, api_answers
from aseqa_ui.api_models import AskRequest, SearchRequest, SourceRequest, VerifyRequest
from aseqa_ui.faults import faults
from aseqa_ui.language import spoken
from aseqa_ui.limits import Desk
from aseqa_ui.page import Message, Receive, Send
from aseqa_ui.problems import Refused, problem_of, said, send_problem

if TYPE_CHECKING:
    from aseqa.ask import Assistant

INVALID_PARAMS = -32602


@dataclass(frozen=True, slots=True)
class Ability:
    """One tool: what it takes, what it gives, and what it does."""

    takes: type[BaseModel]
    gives: type[BaseModel]
    does: Callable[[Any, Any], dict[str, Any]]


TOOLS = {
    "ask": Ability(AskRequest, api_answers.AnswerModel, abilities.ask),
    "search": Ability(SearchRequest, api_answers.SearchModel, abilities.search),
    "get_source": Ability(SourceRequest, api_answers.ExcerptModel, abilities.excerpt),
    "verify": Ability(VerifyRequest, api_answers.VerificationModel, abilities.verify),
}


class McpEndpoint:
    """ASGI: one path that speaks MCP; ``running`` must hold while it is served."""

    def __init__(self, assistant: Assistant, desk: Desk) -> None:
        self._manager = StreamableHTTPSessionManager(
            _make_server(assistant, desk),
            json_response=True,
            stateless=True,
            # The guard has looked at the host and at the page that asks.
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),
        )

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keep what the library needs running."""
        async with self._manager.run():
            yield

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["method"] != "POST":  # no stream of the server's own, no session to end
            await send_problem(problem_of(405, "method", {"Allow": "POST"}), scope, send)
            return
        event = await receive()  # whole and JSON: the guard has read it
        try:
            refusal = _refusal(json.loads(event.get("body", b"")))
        except Refused as error:
            await send_problem(error.problem, scope, send)
            return
        if refusal is not None:
            await _send_json(refusal, send)
            return
        held = [event]

        async def again() -> Message:
            return held.pop() if held else await receive()

        await self._manager.handle_request(scope, again, send)


def _make_server(assistant: Assistant, desk: Desk) -> Server[Any, Any]:
    server: Server[Any, Any] = Server("aseqa", version=__version__)

    async def list_tools() -> list[protocol.Tool]:
        return [_tool(name, ability) for name, ability in TOOLS.items()]

    async def call_tool(name: str, arguments: dict[str, Any]) -> protocol.CallToolResult:
        return await _called(assistant, desk, name, arguments)

    server.list_tools()(list_tools)  # type: ignore[no-untyped-call]
    server.call_tool(validate_input=False)(call_tool)
    return server


def _tool(name: str, ability: Ability) -> protocol.Tool:
    return protocol.Tool(
        name=name,
        description=said(f"api_tool_{name}"),
        inputSchema=spoken(ability.takes.model_json_schema()),
        outputSchema=spoken(ability.gives.model_json_schema()),
        annotations=protocol.ToolAnnotations(
            readOnlyHint=True, destructiveHint=False, idempotentHint=True, openWorldHint=False
        ),
    )


async def _called(
    assistant: Assistant, desk: Desk, name: str, arguments: dict[str, Any]
) -> protocol.CallToolResult:
    """Call a tool; what it cannot do is said in the result, for the model to read."""
    ability = TOOLS[name]  # others were refused before
    try:
        sent = ability.takes.model_validate_json(json.dumps(arguments))
        found = await desk.serve(partial(ability.does, assistant, sent))
    except ValidationError as error:
        told = faults(error.errors(include_input=False, include_url=False), is_http=False)
        return _failed("\n".join(
            said("api_tool_refused", field=one["field"], fault=one["detail"]) for one in told
        ))  # fmt: skip
    except Refused as error:
        return _failed(error.problem.detail)
    except AseqaError as error:
        return _failed(str(error))
    text = protocol.TextContent(type="text", text=json.dumps(found, ensure_ascii=False))
    return protocol.CallToolResult(content=[text], structuredContent=found)


def _failed(words: str) -> protocol.CallToolResult:
    return protocol.CallToolResult(
        content=[protocol.TextContent(type="text", text=words)], isError=True
    )


def _refusal(message: object) -> dict[str, Any] | None:
    """Give the error that answers a message that the library would not take, or None.

    Raises
    ------
    Refused
        When it is no JSON-RPC message at all.
    """
    try:
        parsed = protocol.JSONRPCMessage.model_validate(message).root
    except ValidationError as error:
        raise Refused(problem_of(400, "json")) from error
    known: type[protocol.ClientRequest] | type[protocol.ClientNotification]
    if isinstance(parsed, protocol.JSONRPCRequest):
        known = protocol.ClientRequest
    elif isinstance(parsed, protocol.JSONRPCNotification):
        known = protocol.ClientNotification
    else:
        raise Refused(problem_of(400, "json"))  # no request of ours that it could answer
    try:
        known.model_validate(parsed.model_dump(by_alias=True, exclude_none=True))
    except ValidationError:
        return _rpc_error(parsed, "api_rpc_refused")
    named = (parsed.params or {}).get("name") if parsed.method == "tools/call" else None
    return _rpc_error(parsed, "api_tool_unknown") if named and named not in TOOLS else None


def _rpc_error(message: Any, key: str) -> dict[str, Any]:
    fault = {"code": INVALID_PARAMS, "message": said(key)}
    return {"jsonrpc": "2.0", "id": getattr(message, "id", None), "error": fault}


async def _send_json(record: dict[str, Any], send: Send) -> None:
    body = json.dumps(record, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": body})
