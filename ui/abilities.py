"""What programs may ask the assistant for, over HTTP and MCP alike; no framework."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aseqa.cite import reference
from aseqa.followup import Turn, next_turn
from aseqa.records import Document, Section, Sentence
from aseqa_ui.api_models import (
    AskRequest,
    SearchRequest,
    SourceRequest,
    ThreadRequest,
    VerifyRequest,
)
from aseqa_ui.problems import Refused, problem_of

if TYPE_CHECKING:
    from aseqa.ask import Assistant


def ask(assistant: Assistant, asked: AskRequest) -> dict[str, Any]:
    """Answer a question; those before it are answered again, for what they were about."""
    previous: Turn | None = None
    with assistant.reading():
        for question in asked.previous:
            previous = next_turn(previous, assistant.ask(question, k=1, previous=previous))
        answer = assistant.ask(asked.question, asked.k, asked.filters(), previous)
    return answer.to_dict()


def search(assistant: Assistant, asked: SearchRequest) -> dict[str, Any]:
    """Give the nearest sentences, whether they answer or not."""
    with assistant.reading():
        quotes = assistant.rank(asked.question, asked.k, asked.filters())
        return {
            "question": asked.question,
            "quotes": [quote.to_dict() for quote in quotes],
            "index": assistant.generation,
        }


def verify(assistant: Assistant, sent: VerifyRequest) -> dict[str, Any]:
    """Check the quotes of a saved answer again."""
    record: dict[str, Any] = assistant.verify(sent.model_dump(exclude_unset=True)).to_dict()
    return record


def thread(assistant: Assistant, sent: ThreadRequest) -> dict[str, Any]:
    """Follow a parliamentary question."""
    with assistant.reading():
        threads = [found.to_dict() for found in assistant.thread(sent.wanted, sent.day())]
        return {"wanted": sent.wanted, "threads": threads, "index": assistant.generation}


def documents(assistant: Assistant, offset: int, limit: int) -> dict[str, Any]:
    """Give one page of the documents, in the order of their names."""
    with assistant.reading():
        names = assistant.lookup.document_names()
        page = [assistant.lookup.document(name) for name in names[offset : offset + limit]]
        following = offset + limit
        return {
            "total": len(names),
            "offset": offset,
            "limit": limit,
            "next": f"/api/documents?offset={following}&limit={limit}"
            if following < len(names)
            else None,
            "documents": [_summary(document) for document in page],
            "index": assistant.generation,
        }


def source(assistant: Assistant, name: str) -> dict[str, Any]:
    """Give a whole document with its sentences.

    Raises
    ------
    Refused
        When the index holds no document of that name.
    """
    document, sentences, generation = _opened(assistant, name)
    return {
        **_summary(document),
        "text": document.text,
        "sections": [_section(section) for section in document.sections],
        "sentences": [_sentence(sentence) for sentence in sentences],
        "index": generation,
    }


def excerpt(assistant: Assistant, wanted: SourceRequest) -> dict[str, Any]:
    """Give the sentences of a document from a character on, one at least, then to a limit.

    Raises
    ------
    Refused
        When the index holds no document of that name.
    """
    document, sentences, generation = _opened(assistant, wanted.document)
    after = [sentence for sentence in sentences if sentence.end > wanted.start]
    end = wanted.start + wanted.max_chars
    kept = [sentence for sentence in after if sentence.end <= end] or after[:1]
    rest = after[len(kept) :]
    return {
        **_summary(document),
        "sections": [_section(section) for section in document.sections],
        "sentences": [_sentence(sentence) for sentence in kept],
        "next_start": rest[0].start if rest else None,
        "index": generation,
    }


def status(assistant: Assistant) -> dict[str, Any]:
    """Tell what the index holds, but not where it lies on this machine."""
    record = assistant.status()
    return {name: record[name] for name in record if name not in ("folder", "documents")}


def _opened(assistant: Assistant, name: str) -> tuple[Document, tuple[Sentence, ...], str]:
    with assistant.reading():
        try:
            view = assistant.source(name)
        except KeyError as error:
            raise Refused(problem_of(404, "document")) from error
        return view.document, view.sentences, assistant.generation


def _summary(document: Document) -> dict[str, Any]:
    facts = ("source", "sha256", "kind", "title", "date", "author", "publisher", "url")
    return {
        "document": document.id,
        **{name: getattr(document, name) for name in facts},
        "metadata": dict(document.metadata),
        "reference": reference(document, document.sections[0]) if document.sections else "",
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "name": section.name,
        "start": section.start,
        "end": section.end,
        "voice": section.voice.to_dict(),
        "date": section.date,
    }


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "text": sentence.text,
        "section": sentence.section,
        "role": sentence.role,
        "voice": sentence.voice.to_dict(),
        "as_of": sentence.as_of,
        "territories": list(sentence.territories),
    }
