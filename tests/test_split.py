"""Sentences and passages at exact offsets, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st

from aseqa.records import Document, Section
from aseqa.split import split_document


def document(text: str, *bounds: tuple[int, int]) -> Document:
    sections = tuple(Section("corps", start, end) for start, end in bounds)
    return Document("d", "d.txt", "", text, "texte", None, None, None, None, None, sections)


TEXT = "Un premier fait. Un deuxième, plus long, le suit.\n\nUn troisième clôt la page. Fin."


def test_passages_hold_whole_sentences_up_to_the_limit() -> None:
    sentences, passages = split_document(document(TEXT, (0, len(TEXT))), max_chars=55)
    assert [s.text for s in sentences] == [
        "Un premier fait.",
        "Un deuxième, plus long, le suit.",
        "Un troisième clôt la page.",
        "Fin.",
    ]
    assert [p.text for p in passages] == [
        "Un premier fait. Un deuxième, plus long, le suit.",
        "Un troisième clôt la page. Fin.",
    ]


def test_a_sentence_longer_than_the_limit_is_one_passage() -> None:
    _, passages = split_document(document(TEXT, (0, len(TEXT))), max_chars=10)
    assert len(passages) == 4


def test_passages_do_not_cross_sections() -> None:
    _, passages = split_document(document(TEXT, (0, 16), (17, 49)))
    assert [(p.start, p.end, p.section) for p in passages] == [(0, 16, 0), (17, 49, 1)]


@given(st.text(alphabet="aÀ. \n«»:;-’1\u00a0\ue000", max_size=300))
def test_offsets_hold_for_any_text(text: str) -> None:
    found = document(text, (0, len(text)))
    sentences, passages = split_document(found, max_chars=40)
    assert all(text[x.start : x.end] == x.text for x in (*sentences, *passages))
    for sentence in sentences:
        home = [p for p in passages if p.start <= sentence.start and sentence.end <= p.end]
        assert len(home) == 1
