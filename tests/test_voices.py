"""Who speaks: over the shipped seeds, sentence by sentence, and in other settings.

``data/voices/seeds.json`` gives, for each document, how a sentence begins and its
voice (kind, name, reported); all quoted speech of the press file is in it.
``data/voices/elsewhere.json`` gives texts with the voice of each of their sentences,
``data/voices/attributions.json`` the voice of the last sentence, one way of speaking each.
"""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from aseqa.read import read_file
from aseqa.records import VOICE_KINDS, Document, Section, Sentence, Voice
from aseqa.sentences import split_sentences
from aseqa.voices import assign_voices

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from voices import same_name

SEEDS = Path(__file__).parents[1] / "seeds"
MARKED = Path(__file__).parent / "data" / "voices"
SEED_VOICES = json.loads((MARKED / "seeds.json").read_text(encoding="utf-8"))
ELSEWHERE = json.loads((MARKED / "elsewhere.json").read_text(encoding="utf-8"))
ATTRIBUTIONS = json.loads((MARKED / "attributions.json").read_text(encoding="utf-8"))

PRESS = Voice("presse", "La Gazette")
MEMBER = Voice("parlementaire", "Mme Anne Petit")


def document(text: str, voice: Voice) -> Document:
    return Document(
        id="d",
        source="d.txt",
        sha256="0",
        text=text,
        kind="presse" if voice.kind == "presse" else "question_ecrite",
        title=None,
        date=None,
        author=None,
        publisher=None,
        url=None,
        sections=(Section("corps", 0, len(text), voice),),
    )


def voiced(document: Document) -> list[Sentence]:
    sentences = [
        Sentence(
            found.start,
            found.end,
            document.text[found.start : found.end],
            number,
            found.role,
            section.voice,
        )
        for number, section in enumerate(document.sections)
        for found in split_sentences(document.text, section.start, section.end)
    ]
    voiced_sentences = assign_voices(document, sentences)
    assert [one.start for one in voiced_sentences] == [one.start for one in sentences]
    return voiced_sentences


@cache
def seed_document(document_id: str) -> Document:
    source = f"{document_id.split('#')[0]}.txt"
    return {found.id: found for found in read_file(SEEDS / source, source)}[document_id]


@cache
def seed_sentences(document_id: str) -> list[Sentence]:
    return voiced(seed_document(document_id))


def marked(sentence: Sentence) -> list[str | None]:
    return [sentence.voice.kind, sentence.voice.name, sentence.voice.reported]


def spaced(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("document_id", "opening", "voice"),
    [(name, opening, voice) for name, rows in SEED_VOICES.items() for opening, *voice in rows],
)
def test_seed_sentence_has_its_voice(
    document_id: str, opening: str, voice: list[str | None]
) -> None:
    sentences = seed_sentences(document_id)
    (sentence,) = [found for found in sentences if spaced(found.text).startswith(opening)]
    assert marked(sentence) == voice


@pytest.mark.parametrize("document_id", SEED_VOICES)
def test_every_voice_that_differs_from_its_section_s_is_marked(document_id: str) -> None:
    sections = seed_document(document_id).sections
    openings = tuple(opening for opening, *_ in SEED_VOICES[document_id])
    differing = [s for s in seed_sentences(document_id) if s.voice != sections[s.section].voice]
    assert [s.text for s in differing if not spaced(s.text).startswith(openings)] == []


@pytest.mark.parametrize("document_id", SEED_VOICES)
def test_nothing_but_the_voice_changes(document_id: str) -> None:
    text = seed_document(document_id).text
    for sentence in seed_sentences(document_id):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.voice.kind in VOICE_KINDS


@pytest.mark.parametrize("case", ELSEWHERE, ids=lambda case: case["setting"])
def test_other_settings(case: dict) -> None:
    found = voiced(document(case["text"], Voice(*case["section"])))
    assert [marked(sentence) for sentence in found] == case["voices"]


@pytest.mark.parametrize("case", ELSEWHERE, ids=lambda case: case["setting"])
def test_typography_changes_nothing(case: dict) -> None:
    """No-break spaces, curly apostrophes and decomposed accents give the same voices."""
    text = case["text"].replace("« ", "«\u00a0").replace(" »", "\u202f»").replace("'", "’")
    text = unicodedata.normalize("NFD", text)
    found = voiced(document(text, Voice(*case["section"])))
    assert [marked(sentence) for sentence in found] == case["voices"]


@pytest.mark.parametrize(
    "text",
    [
        "« Nous agirons vite et bien », a déclaré le Gouvernement. « Et fort », a-t-il ajouté.",
        "Le ministre de la justice répond :\n\n« Tout est prêt. Tout ira bien. »",
        "« Le plan est financé, assure la ministre, et il suffira. »",
        "Le Premier ministre a dit : « Rien ne sera comme avant. Je m'y engage. »",
    ],
)
def test_member_of_parliament_is_never_the_government(text: str) -> None:
    assert {sentence.voice.kind for sentence in voiced(document(text, MEMBER))} == {"parlementaire"}


@pytest.mark.parametrize("case", ATTRIBUTIONS, ids=lambda case: case["text"][:40])
def test_ways_to_say_whose_words_these_are(case: dict) -> None:
    voice = voiced(document(case["text"], Voice(*case["section"])))[-1].voice
    kind, name, reported = case["voice"]
    assert voice.kind == kind
    assert same_name(voice.name, name)
    assert same_name(voice.reported, reported)


@pytest.mark.parametrize(
    ("words", "reported"),
    [
        ("De l'aveu du ministère, rien n'est prêt.", "le ministère"),
        ("De l'avis des magistrats, rien n'est prêt.", "les magistrats"),
        ("L'Igas affirme que rien n'est prêt.", "l'Igas"),
        ("Au dire de la procureure, rien n'est prêt.", "la procureure"),
    ],
)
def test_a_source_has_the_article_that_it_has_by_itself(words: str, reported: str) -> None:
    assert voiced(document(words, PRESS))[0].voice.reported == reported


def test_fields_keep_the_voice_of_their_section() -> None:
    voice = Voice("autre", "Assemblée nationale")
    found = voiced(document("Auteur : Mme Anne Petit\n\nRubrique : selon l'Insee", voice))
    assert [sentence.voice for sentence in found] == [voice, voice]


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "« Tout va mal ici, dit Mme Léa Roy, juge.\n\nLe foyer est ouvert.\n\nIl est plein."
    kinds = [sentence.voice.kind for sentence in voiced(document(text, PRESS))]
    assert kinds == ["justice", "presse", "presse"]


def test_unclosed_inner_mark_does_not_swallow_the_next_speaker() -> None:
    text = (
        "Mme Léa Roy, juge, dénonce « un discours « punitif contre les familles ». "
        "M. Paul Roux, maire de Lens, salue « un discours de vérité pour tous »."
    )
    assert "Léa Roy" not in str(voiced(document(text, PRESS))[1].voice.name)


def test_quotation_does_not_run_into_another_section_s_voice() -> None:
    text = "Mme Anne Petit cite « le mot foyer.\n\nLe Gouvernement agit. » Il agit."
    middle = text.index("Le Gouv")
    both = Document(
        **{
            name: getattr(document(text, MEMBER), name)
            for name in Document.__slots__
            if name != "sections"
        },
        sections=(
            Section("question", 0, middle, MEMBER),
            Section("réponse", middle, len(text), Voice("gouvernement", "Ministère")),
        ),
    )
    assert [s.voice.kind for s in voiced(both)] == [
        "parlementaire",
        "gouvernement",
        "gouvernement",
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "« Oui », dit-il. ",
        "Selon l'Insee, oui. ",
        "mot, que le juge, ",
        "« a\n\n",
        "« ",
        "M. Xa dit non. ",
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    """Four times the text takes about four times as long, not sixteen times."""

    def seconds(characters: int) -> float:
        found = document(piece * (characters // len(piece)), PRESS)
        started = time.process_time()
        voiced(found)
        return time.process_time() - started

    seconds(2_000)
    small = min(seconds(10_000) for _ in range(3))
    assert min(seconds(40_000) for _ in range(2)) < 10 * max(small, 0.005)
