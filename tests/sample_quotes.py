"""A quote with every field told, for the tests of what is made of quotes."""

from aseqa.answers import Quote, Span
from aseqa.records import Voice

QUOTE = Quote(
    rank=1,
    text="En 2024, plus de 11\u00a0000 mineurs sont victimes d’exploitation sexuelle.",
    span=Span(9, 31, "plus de 11\u00a0000 mineurs"),
    document="002_eaee",
    source="2025/002_eaee.txt",
    sha256="ab12" * 16,
    start=1618,
    end=1688,
    page=3,
    section="réponse",
    before="",
    after="En 2023, 10.",
    voice=Voice("gouvernement", "Ministère n° 1", "l'Igas de 2020"),
    date="2025-06-17",
    title="Loi de 2022",
    kind="question_ecrite",
    reference="Question écrite n° 3269, JO du 17 juin 2025, p. 5318",
    url="https://exemple.fr/3269",
    score=0.973512,
)
