"""Which sentences are read closely, and what is read beside them."""

import pytest

from aseqa.ask import Assistant
from aseqa.cascade import READ, candidates_of, chosen_to_read, context_of
from aseqa.embed import Encoder
from aseqa.pairs import Context
from aseqa.question import understand
from aseqa.ranker import load_ranker
from aseqa.records import Filters
from aseqa.temporary_index import temporary_assistant, text_document

LIST = (
    "Le plan prévoit trois mesures. Parmi elles : - un numéro d'appel ; - des lieux d'accueil ;"
    " - une carte. Il court jusqu'en 2027."
    " Le département finance l'accueil de ces enfants."
)


@pytest.fixture(scope="module")
def contexts(encoder: Encoder) -> dict[str, Context]:
    """Give the context of each sentence of a small text, by its sentence."""
    with temporary_assistant([text_document("liste", "Un plan", LIST)], encoder) as small:
        rows = small.lookup.document_sentences("liste")
        found = [context_of(row, small.lookup) for row in rows]
    return {context.sentence: context for context in found}


def test_a_sentence_that_leans_is_read_after_the_one_before(contexts: dict[str, Context]) -> None:
    assert contexts["Parmi elles :"].before == "Le plan prévoit trois mesures."
    assert contexts["Parmi elles :"].header == "Un plan"
    assert contexts["Le plan prévoit trois mesures."].before == ""
    assert contexts["Le département finance l'accueil de ces enfants."].before == ""


def test_an_item_is_read_after_the_words_that_open_its_list(contexts: dict[str, Context]) -> None:
    assert contexts["des lieux d'accueil ;"].before == "Parmi elles :"
    assert contexts["une carte."].before == "Parmi elles :"
    assert contexts["Il court jusqu'en 2027."].before == "une carte."


def test_the_most_promising_dozen_is_read(assistant: Assistant) -> None:
    asked = understand("Combien de mineurs sont victimes de prostitution ?")
    ranker = load_ranker(assistant.chain.statistics)
    hits = assistant.chain.hits(asked)
    rows, candidates = chosen_to_read(asked, hits, assistant.lookup, ranker)
    assert [row.sentence.text for row in rows] == [c.text for c in candidates]
    assert len({row.id for row in rows}) == READ
    assert any("15 000 mineurs" in candidate.text for candidate in candidates)


def test_only_what_the_filter_lets_through_is_read(assistant: Assistant) -> None:
    asked = understand("Que répond le Gouvernement sur la prostitution des mineurs ?")
    hits = assistant.chain.hits(asked, Filters(voices=("gouvernement",)))
    ranker = load_ranker(assistant.chain.statistics)
    _, candidates = chosen_to_read(asked, hits, assistant.lookup, ranker)
    assert {candidate.voice.kind for candidate in candidates} == {"gouvernement"}


def test_the_cosine_of_a_sentence_found_by_its_words_alone_is_its_own(
    assistant: Assistant,
) -> None:
    asked = understand("Quel est le numéro de la question de Mme Karen Erodi ?")
    hits = assistant.chain.hits(asked)
    ids, vectors = assistant.lookup.vectors()
    query = assistant.chain.retriever.encoder.encode_queries(
        ["Quel est le numéro de la question de Mme Karen Erodi ?"]
    )[0]
    own = dict(zip(ids.tolist(), (vectors @ query).tolist(), strict=True))
    assert [hit.cosine for hit in hits] == pytest.approx([own[h.id] for h in hits], abs=2e-3)


def test_nothing_found_reads_nothing(assistant: Assistant) -> None:
    assert candidates_of([], assistant.lookup) == ([], [])
    ranker = load_ranker(assistant.chain.statistics)
    assert chosen_to_read(understand("Combien ?"), [], assistant.lookup, ranker) == ([], [])
