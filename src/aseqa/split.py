"""Documents cut into sentences and passages, at exact offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aseqa.records import Document, Passage, Sentence
from aseqa.sentences import split_sentences

MAX_CHARS = 600
# Characters of private use, one of which marks where sentences begin.
MARKS = range(0xE000, 0xF900)


def split_document(
    document: Document, max_chars: int = MAX_CHARS
) -> tuple[list[Sentence], list[Passage]]:
    """Cut a document into its sentences and into passages of whole sentences.

    A passage stays inside one section and holds at most ``max_chars``
    characters, a longer single sentence aside. Both lists are in the order of
    the text, and ``document.text[x.start:x.end] == x.text`` for all of them.
    """
    sentences: list[Sentence] = []
    passages: list[Passage] = []
    for number, section in enumerate(document.sections):
        of_section = [
            Sentence(
                bounds.start,
                bounds.end,
                document.text[bounds.start : bounds.end],
                number,
                bounds.role,
                section.voice,
            )
            for bounds in split_sentences(document.text, section.start, section.end)
        ]
        sentences += of_section
        passages += [
            Passage(start, end, document.text[start:end], number)
            for start, end in _group(document.text, of_section, max_chars)
        ]
    return sentences, passages


def _group(text: str, sentences: Sequence[Sentence], max_chars: int) -> Iterator[tuple[int, int]]:
    """Merge sentences into chunks; the splitter sees a mark before each sentence.

    The mark is a character that the text does not hold, so that the offsets of
    a chunk follow from its length without its marks: nothing is searched again.
    """
    if not sentences:
        return
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    words = text[sentences[0].start : sentences[-1].end]
    mark = next(char for char in map(chr, MARKS) if char not in words)
    stops = [following.start for following in sentences[1:]] + [sentences[-1].end]
    marked = "".join(
        mark + text[sentence.start : stop] for sentence, stop in zip(sentences, stops, strict=True)
    )
    splitter = RecursiveCharacterTextSplitter(
        separators=[mark],
        keep_separator="start",
        chunk_size=max_chars,
        chunk_overlap=0,
        length_function=lambda chunk: len(chunk) - chunk.count(mark),
        strip_whitespace=False,
    )
    offset = sentences[0].start
    for chunk in splitter.split_text(marked):
        words = chunk.replace(mark, "")
        yield offset, offset + len(words.rstrip())
        offset += len(words)
