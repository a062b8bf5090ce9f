"""Which parliamentary question is meant, and whether its reply is what is asked for."""

from __future__ import annotations

from aseqa.index import Ids
from aseqa.lookup import Lookup
from aseqa.question import Question
from aseqa.records import Document
from aseqa.text import fold, terms, tokens

REPLY_SECTION = "réponse"
MIN_NAME_CHARS = 4

# Words that only say "the reply to that question", and nothing of its subject.
_FORMAL = frozenset(
    terms(
        """répondre répond répondu réponse réponses question écrite orale ministère ministre
        gouvernement dit dire députée député madame monsieur mme numéro contenu publiée publié
        apportée donnée officielle teneur texte résumé"""
    )
)


def asks_reply(question: Question) -> bool:
    """Tell whether the question is about what the Government answered, or has done for someone."""
    did = "government_did" in question.intents and bool(question.names or question.numbers)
    return did or "reply" in question.intents or "reponse publiee" in question.fields


def asks_whole_reply(question: Question) -> bool:
    """Tell whether a question asks for a reply as such, without saying on what."""
    named = question.names | question.numbers | {fold(t.form) for t in tokens(question.text)}
    formal = _FORMAL | {word for name in named & _author_words(question) for word in terms(name)}
    return "reply" in question.intents and not (question.own_terms - formal - question.numbers)


def _author_words(question: Question) -> frozenset[str]:
    """Give the words of a question by which its author may be named.

    A question typed without capitals names people in lower case.
    """
    if question.names:
        return question.names
    if any(char.isupper() for char in question.text[1:]):
        return frozenset()
    return frozenset(t.form for t in tokens(question.text) if len(t.form) >= MIN_NAME_CHARS)


def questions_meant(question: Question, lookup: Lookup) -> list[Document]:
    """Give the parliamentary questions whose number or author the question names."""
    words = _author_words(question)
    return [
        lookup.document(name)
        for name, number, author in lookup.parliamentary()
        if number in question.numbers or words.intersection(author.replace("-", " ").split())
    ]


def reply_sentences(question: Question, lookup: Lookup) -> Ids | None:
    """Give the sentences of the replies asked for; None when no published one is meant.

    A question about the fields of the record ("when was it answered?") is
    answered by the record, not by the reply.
    """
    if not asks_reply(question) or question.fields:
        return None
    answered = [
        document.id
        for document in questions_meant(question, lookup)
        if document.metadata.get("answered") == "true"
    ]
    return lookup.section_sentences(answered, REPLY_SECTION) if answered else None
