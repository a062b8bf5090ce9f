"""The page around Gradio's, and the port it is served on."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from aseqa.errors import BadSettings
from aseqa_ui.page import SpokenPage, head_html, spoken_page
from aseqa_ui.server import address_of, take_port

GRADIO = b"""<!doctype html>
<html
\tlang="en"
\tstyle="margin: 0"
>
\t<head>
\t\t<meta property="og:url" content="https://gradio.app/" />
\t\t<meta
\t\t\tname="twitter:image"
\t\t\tcontent="https://raw.githubusercontent.com/x.jpg"
\t\t/>
\t\t<meta name="viewport" content="width=device-width" />
\t</head>
</html>"""


def test_the_page_is_french_and_names_no_other_host() -> None:
    page = spoken_page(GRADIO).decode()
    assert '<html\n\tlang="fr"' in page
    assert "https://" not in page
    assert '<meta name="viewport" content="width=device-width" />' in page
    assert page.index("navigator") < page.index("viewport")


def fetch(path: str, method: str = "GET") -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Ask the page's middleware, over an application that answers in two parts."""
    sent: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        length = (b"content-length", str(len(GRADIO)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [length]})
        await send({"type": "http.response.body", "body": GRADIO[:40], "more_body": True})
        await send({"type": "http.response.body", "body": GRADIO[40:]})

    async def receive() -> dict[str, str]:
        return {"type": "http.request"}

    async def send(event: Any) -> None:
        sent.append(event)

    scope = {"type": "http", "method": method, "path": path}
    asyncio.run(SpokenPage(application)(scope, receive, send))
    return sent[0]["headers"], b"".join(event["body"] for event in sent[1:])


def test_only_the_page_itself_is_rewritten() -> None:
    headers, body = fetch("/")
    assert body == spoken_page(GRADIO)
    assert headers == [(b"content-length", str(len(body)).encode())]
    assert fetch("/assets/x.html")[1] == GRADIO
    assert fetch("/", "POST")[1] == GRADIO


def test_the_script_has_its_words_and_nothing_closes_it() -> None:
    head = head_html("run();")
    data = head.split("aseqaWords = ")[1].split(";\n")[0]
    assert json.loads(data)["copied"] == "Citation copiée"
    assert head.count("</script>") == 1
    assert head.endswith("run();</script>")


def test_a_free_port_is_held_and_said() -> None:
    with take_port("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        assert address_of(listener) == f"http://127.0.0.1:{port}"
        with pytest.raises(BadSettings, match=f"Le port {port} de 127.0.0.1 est déjà pris"):
            take_port("127.0.0.1", port)
    take_port("127.0.0.1", port).close()


def test_everywhere_is_said_as_an_address_to_type() -> None:
    with take_port("0.0.0.0", 0) as listener:
        assert address_of(listener).startswith("http://127.0.0.1:")


@pytest.mark.parametrize("host", ["203.0.113.7", "nulle.part.invalid"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(BadSettings, match="--host"):
        take_port(host, 0)


def test_a_port_out_of_bounds_is_refused() -> None:
    with pytest.raises(BadSettings, match="--port"):
        take_port("127.0.0.1", 70000)
