"""E-mails: headers, bodies, quoted mails, signatures, and files that are no e-mails."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aseqa.errors import ReadError
from aseqa.read.eml import MAX_BYTES, read_eml
from aseqa.read.mail_words import own_lines
from aseqa.records import Document, Voice
from aseqa.split import split_document

HEADERS = (
    "From: =?utf-8?Q?Ir=C3=A8ne_Roux?= <irene.roux@exemple.fr>\r\n"
    "To: foyer@exemple.fr\r\n"
    "Subject: =?iso-8859-1?Q?R=E9union?= du =?utf-8?B?NSBqdWlu?=\r\n"
    "Date: Mon, 3 Jun 2024 23:12:00 +0200\r\n"
    "MIME-Version: 1.0\r\n"
)
WORDS = "Bonjour,\r\n\r\nL’enfant est placé à l’hôtel. Le juge est saisi.\r\n"
SENTENCES = ["Bonjour,", "L’enfant est placé à l’hôtel.", "Le juge est saisi."]


def mail(body: bytes, *fields: str, headers: str = HEADERS) -> bytes:
    return headers.encode() + "".join(f"{field}\r\n" for field in fields).encode() + b"\r\n" + body


def read(raw: bytes) -> Document:
    [document] = read_eml(raw, "courriels/reunion.eml", "0")
    return document


def sentences(document: Document) -> list[str]:
    found, _ = split_document(document)
    assert all(document.text[s.start : s.end] == s.text for s in found)
    return [sentence.text for sentence in found]


def own(text: str) -> list[str]:
    return [line.text for line in own_lines(text)]


# Headers


def test_a_mail() -> None:
    raw = mail(WORDS.encode(), "Content-Type: text/plain; charset=utf-8")
    document = read(raw)
    assert document.id == "reunion"
    assert document.source == "courriels/reunion.eml"
    assert document.kind == "courriel"
    assert document.title == "Réunion du 5 juin"
    assert document.author == "Irène Roux"
    assert document.date == "2024-06-03"
    assert dict(document.metadata) == {"sent": "2024-06-03T23:12:00+02:00"}
    assert [(s.name, s.voice, s.date) for s in document.sections] == [
        ("message", Voice("autre", "Irène Roux"), "2024-06-03")
    ]
    assert sentences(document) == SENTENCES


@pytest.mark.parametrize(
    ("headers", "title", "author", "date"),
    [
        ("Subject: Foyer\r\n", "Foyer", None, None),
        ("From: irene@exemple.fr\r\n", None, "irene@exemple.fr", None),
        ("Subject: Été à l’hôtel\r\nFrom: Zoé Née <z@a.fr>\r\n", "Été à l’hôtel", "Zoé Née", None),
        ('From: "ROUX, Ida (DEF)" <i@a.fr>\r\nDate: hier\r\n', None, "ROUX, Ida (DEF)", None),
        ("Subject: un sujet\r\n plié\r\nDate: 1 Feb 2023 08:00:00 -0000\r\n", "un sujet plié", None,
         "2023-02-01"),
        ("From: <>\r\nSubject:\r\nDate: Mon, 99 Jun 2024 10:12:00 +0200\r\n", None, None, None),
    ],
)  # fmt: skip
def test_headers(headers: str, title: str | None, author: str | None, date: str | None) -> None:
    document = read(mail(b"Le foyer ferme.", headers=headers))
    assert (document.title, document.author, document.date) == (title, author, date)


def test_bare_windows_1252_in_a_header() -> None:
    raw = b"Subject: \xc9t\xe9 \x96 bilan\r\n\r\nLe foyer ferme."
    assert read(raw).title == "Été – bilan"


# Encodings


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-8", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("us-ascii", "utf-8"),
        ("inconnu", "utf-8"),
        ("macintosh", "mac-roman"),
    ],
)
@pytest.mark.parametrize("transfer", ["8bit", "quoted-printable", "base64"])
def test_encodings(charset: str, encoding: str, transfer: str) -> None:
    body = WORDS.encode(encoding)
    if transfer == "base64":
        body = base64.encodebytes(body)
    elif transfer == "quoted-printable":
        body = b"".join(b"=%02X" % byte for byte in body)
    raw = mail(
        body,
        f"Content-Type: text/plain; charset={charset}",
        f"Content-Transfer-Encoding: {transfer}",
    )
    assert sentences(read(raw)) == SENTENCES


def test_utf_16_and_half_characters() -> None:
    fields = ("Content-Type: text/plain; charset={}", "Content-Transfer-Encoding: base64")
    raw = mail(base64.encodebytes(WORDS.encode("utf-16")), fields[0].format("utf-16"), fields[1])
    assert sentences(read(raw)) == SENTENCES
    halves = base64.encodebytes(b"Le foyer +2AA- ferme.")
    document = read(mail(halves, fields[0].format("utf-7"), fields[1]))
    assert document.text == "Le foyer +2AA- ferme."


def test_lines_that_the_mailer_broke() -> None:
    body = "Le juge a confié \nl’enfant au service.\n> Quand ? \n-- \nIda\n"
    raw = mail(body.encode(), "Content-Type: text/plain; charset=utf-8; format=flowed")
    document = read(raw)
    assert document.text.startswith("Le juge a confié l’enfant au service.\n> Quand ?")
    assert sentences(document) == ["Le juge a confié l’enfant au service."]


# Parts


def test_plain_text_is_preferred_and_attachments_are_named() -> None:
    made = EmailMessage()
    made["Subject"] = "Bilan"
    made.set_content("Le foyer ferme.\n")
    made.add_alternative("<p>Le foyer ferme, en HTML.</p>", subtype="html")
    made.add_attachment(b"%PDF", "application", "pdf", filename="bilan été 2024.pdf")
    made.add_attachment("secret ; rouge", filename="liste.csv")
    inner = EmailMessage()
    inner["Subject"] = "Demande du juge"
    inner.set_content("Ce courriel est joint.")
    made.add_attachment(inner)
    document = read(made.as_bytes())
    assert document.text.strip() == "Le foyer ferme."
    assert document.metadata["attachments"] == "bilan été 2024.pdf, liste.csv, Demande du juge"


def test_encoded_name_of_an_attachment() -> None:
    raw = mail(
        b"--b\r\n\r\nLe foyer ferme.\r\n--b\r\nContent-Type: image/png\r\n"
        b'Content-Disposition: attachment; filename="=?utf-8?Q?=C3=A9t=C3=A9.png?="\r\n\r\nx\r\n'
        b"--b\r\nContent-Type: image/png; name=logo.png\r\nContent-ID: <1>\r\n"
        b"Content-Disposition: inline\r\n\r\nx\r\n--b--\r\n",
        "Content-Type: multipart/mixed; boundary=b",
    )
    assert read(raw).metadata["attachments"] == "été.png"


PAGE = (
    "<html><head><style>p { color: red }</style></head><body><h2>Bilan de l’été</h2>"
    "<p>Le foyer a accueilli douze enfants.</p><ul><li>dix filles ;</li><li>deux garçons.</li></ul>"
    "<p>Cordialement</p><p>De : Paul Arnaud &lt;p@a.fr&gt;<br>Envoyé : lundi 3 juin 2024<br>"
    "À : Ida Roux<br>Objet : Bilan</p><p>Combien d’enfants avez-vous accueillis ?</p></body></html>"
)


@pytest.mark.parametrize("plain", [None, " \n"])
def test_a_web_page_alone(plain: str | None) -> None:
    made = EmailMessage()
    made["Subject"] = "Bilan"
    if plain:
        made.set_content(plain)
        made.add_alternative(PAGE, subtype="html")
    else:
        made.set_content(PAGE, subtype="html")
    document = read(made.as_bytes())
    assert [section.name for section in document.sections] == ["Bilan de l’été"]
    assert sentences(document) == [
        "Bilan de l’été",
        "Le foyer a accueilli douze enfants.",
        "dix filles ;",
        "deux garçons.",
        "Cordialement",
    ]


def test_a_web_page_with_a_footer_in_plain_text() -> None:
    made = EmailMessage()
    made["Subject"] = "Bilan"
    made.make_mixed()
    for words, subtype in [("<p>Le foyer ferme.</p>", "html"), ("Liste du réseau.", "plain")]:
        part = EmailMessage()
        part.set_content(words, subtype=subtype)
        made.attach(part)
    document = read(made.as_bytes())
    assert sentences(document) == ["Le foyer ferme.", "Liste du réseau."]


# Quoted mails and signatures


@pytest.mark.parametrize(
    "quoted",
    [
        "-- \nIda Roux\nDirectrice",
        "Le lun. 3 juin 2024 à 10:12, Paul Arnaud <p@a.fr> a écrit :\n\n> Venez-vous ?\n> Paul",
        "Le 03/06/2024 à 10:12, Paul\n<paul.arnaud@exemple.fr> a\u00a0écrit\u00a0:\n> Quoi ?",
        "Le 3 juin 2024 à 10:12, Paul Arnaud a écrit :\n\nVenez-vous lundi ?",
        "On Mon, Jun 3, 2024 at 10:12 AM Paul <p@a.fr> wrote:\n> Venez-vous ?",
        "-----Message d'origine-----\nDe : Paul\n\nVenez-vous ?",
        "-------- Message transféré --------\nSujet : Foyer\n\nVenez-vous ?",
        "____________________\nDe : Paul\nEnvoyé : lundi\nÀ : Ida\nObjet : Foyer\n\nOui ?",
        "De : Paul Arnaud <p@a.fr>\nDate : lundi 3 juin 2024\nÀ : Ida Roux\nObjet : Foyer\n\nOui ?",
        "**De :** Paul\n**Envoyé :** lundi\n**À :** Ida\n\nVenez-vous ?",
        "Envoyé de mon iPhone",
        "> Venez-vous ?\n>> Qui ?",
    ],
)
def test_what_is_not_the_senders(quoted: str) -> None:
    assert own(f"Je viens lundi.\n\n{quoted}\n") == ["Je viens lundi."]


@pytest.mark.parametrize(
    "line",
    [
        "Le 3 juin 2024, le juge a écrit : « Le placement est levé. »",
        "Le 3 juin 2024, le juge a écrit :\n« Le placement est levé. »",
        "De : 9 h à 12 h, le foyer est ouvert.",
        "Le département a écrit en 2023 :",
        "----------",
        "Envoyé en mission à Albi, il rentre lundi.",
    ],
)
def test_what_is_the_senders(line: str) -> None:
    assert own(f"Bonjour.\n\n{line}\n\nÀ lundi.") == ["Bonjour.", *line.split("\n"), "À lundi."]


def test_answers_between_the_lines() -> None:
    text = "Le 3 juin 2024, Ida a écrit :\n> Combien d’enfants ?\nDouze.\n> Et de lits ?\nDix.\n"
    document = read(mail(text.encode()))
    assert sentences(document) == ["Douze.", "Dix."]
    assert [document.text[s.start : s.end] for s in document.sections] == ["Douze.", "Dix."]


def test_a_mail_that_only_quotes_has_no_section() -> None:
    assert read(mail(b"> Venez-vous ?\n")).sections == ()


# Files that cannot be read


NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (n, n)
                  for n in range(10_000))  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "est vide"),
        (b" \r\n", "est vide"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "aucun en-tête de courriel"),
        (b"Bonjour,\n\nLe foyer ferme.\n", "aucun en-tête de courriel"),
        (mail(b""), "aucun texte à lire"),
        (mail(b"\x00\x01", "Content-Type: text/plain"), "n'est pas du texte"),
        (mail(b"x", "Content-Type: image/png"), "aucun texte à lire"),
        (mail(b"--b\r\n", "Content-Type: multipart/mixed; boundary=b"), "aucun texte à lire"),
        (mail(b"x", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data"), "protégé"),
        (mail(b"x", 'Content-Type: multipart/encrypted; boundary="b"'), "protégé"),
        (mail(b"-----BEGIN PGP MESSAGE-----\n\nhQEM"), "protégé"),
        (b"Subject: x\r\n" + NESTED, "emboîte trop de parties"),
        (b"Subject: x\r\n\r\n" + b"a" * MAX_BYTES, "trop gros pour être lu (64 Mo, au plus 64 Mo)"),
    ],
)
def test_bad_mails_say_why(raw: bytes, said: str) -> None:
    with pytest.raises(ReadError) as fault:
        read(raw)
    assert said in str(fault.value)
    assert "courriels/reunion.eml" in str(fault.value)


WHOLE = mail(
    b"--b1\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\nL=E2=80=99enfant est plac=C3=A9.\r\n"
    b"Le 3 mai 2024, Ida a =C3=A9crit :\r\n> Quoi ?\r\n--b1\r\nContent-Type: text/html\r\n\r\n"
    b"<p>Le foyer.</p>\r\n--b1\r\nContent-Type: application/pdf; name*0=a; name*1=b\r\n"
    b"Content-Disposition: attachment; filename*=utf-8''%C3%A9t%C3%A9.pdf\r\n\r\nx\r\n--b1--\r\n",
    "Content-Type: multipart/mixed; boundary=b1; charset*=utf-8''x",
)
PIECES = st.sampled_from(
    [
        b"=?",
        b"?=",
        b'"',
        b"<",
        b">",
        b";",
        b"*0*=",
        b"*",
        b"=",
        b"\r\n",
        b"\xe9",
        b"\x00",
        b"'",
        b":",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 1, exclude_max=True),
            st.integers(0, 8),
            st.one_of(PIECES, st.binary(max_size=3)),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_damage(changes: list[tuple[float, int, bytes]]) -> None:
    raw = bytearray(WHOLE)
    for place, length, other in changes:
        at = int(place * len(raw))
        raw[at : at + length] = other
    try:
        document = read(bytes(raw))
    except ReadError:
        return
    end = 0
    for section in document.sections:
        assert end <= section.start < section.end <= len(document.text)
        end = section.end
    sentences(document)
