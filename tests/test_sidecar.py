"""Metadata beside the documents: what is said of which file, and who wins."""

from pathlib import Path

import pytest

from aseqa.errors import ReadError
from aseqa.read import read_file
from aseqa.read.sidecar import Sidecar, is_sidecar, sidecars_for
from aseqa.records import Document, Section, Voice


def document(*sections: Section, **fields: str) -> Document:
    known = {"title": None, "date": None, "author": None, "publisher": None, "url": None}
    given = {"id": "a", "source": "a.pdf", "sha256": "", "text": "Un. Deux.", "kind": "texte"}
    return Document(**(given | known | fields), sections=sections or (Section("texte", 0, 9),))


def sidecar(
    folder: Path, text: str, name: str = "metadata.csv", encoding: str = "utf-8"
) -> Sidecar:
    (folder / name).write_text(text, encoding=encoding)
    return Sidecar.load(folder)


def test_names() -> None:
    names = ["metadata.csv", "metadata.yaml", "Metadata.YML", "metadata.txt", "x-metadata.csv"]
    assert [is_sidecar(name) for name in names] == [True, True, True, False, False]


def test_no_sidecar_says_nothing(tmp_path: Path) -> None:
    empty = Sidecar.load(tmp_path)
    assert empty == Sidecar()
    assert empty.digest("a.pdf") == ""
    read = document()
    assert empty.apply(read, "a.pdf") is read


def test_csv_says_everything(tmp_path: Path) -> None:
    told = sidecar(
        tmp_path,
        "Fichier;Titre;Type;Date de publication;Auteur;Éditeur;Lien;Voix;Département\n"
        "a.pdf;Rapport annuel;Rapport public;3 mai 2024;Claire Vidal;IGAS;https://igas.example/a;"
        "inspection;Tarn\n",
        encoding="cp1252",
    )
    read = told.apply(document(), "a.pdf")
    assert read == Document(
        id="a",
        source="a.pdf",
        sha256="",
        text="Un. Deux.",
        kind="rapport_public",
        title="Rapport annuel",
        date="2024-05-03",
        author="Claire Vidal",
        publisher="IGAS",
        url="https://igas.example/a",
        sections=(Section("texte", 0, 9, Voice("inspection", "IGAS"), "2024-05-03"),),
        metadata={"Département": "Tarn"},
    )
    assert told.apply(document(), "b.pdf") == document()


YAML_FORMS = {
    "a list": "- fichier: a.pdf\n  date: 2024-05-03\n  auteur: [Ida Roux, Tom Petit]\n",
    "a list under a name": "fichiers:\n- source: ./a.pdf\n  date: 2024-05-03\n  auteurs: "
    "Ida Roux, Tom Petit\n",
    "by file": "a.pdf:\n  date: 2024-05-03\n  auteur:\n  - Ida Roux\n  - Tom Petit\n  titre: ~\n",
    "one file": "nom: a.pdf\nauteur: Ida Roux, Tom Petit\ndate: 3 mai 2024\n",
    "the folder": "auteur: Ida Roux, Tom Petit\ndate: '03/05/2024'\n",
}  # fmt: skip


@pytest.mark.parametrize("form", YAML_FORMS)
@pytest.mark.parametrize("name", ["metadata.yaml", "metadata.yml"])
def test_yaml(form: str, name: str, tmp_path: Path) -> None:
    read = sidecar(tmp_path, YAML_FORMS[form], name).apply(document(title="Lu"), "a.pdf")
    assert (read.title, read.date, read.author) == ("Lu", "2024-05-03", "Ida Roux, Tom Petit")
    assert read.sections[0].voice == Voice("autre", "Ida Roux, Tom Petit")


def test_the_most_precise_rule_wins_and_then_the_last(tmp_path: Path) -> None:
    told = sidecar(
        tmp_path,
        "file,kind,publisher,author\n"
        "2024/a.pdf,avis,,\n"
        "2024/*.pdf,rapport,IGAS,\n"
        "**,texte,Archives,Inconnu\n"
        "2024/*.pdf,,Défenseur des droits,\n"
        "2024/b.pdf,decision,,\n"
        "2024/b.pdf,jugement,,\n",
    )
    assert told.fields("2024/a.pdf") == {
        "kind": "avis",
        "publisher": "Défenseur des droits",
        "author": "Inconnu",
    }
    assert told.fields("2024/b.pdf")["kind"] == "jugement"
    assert told.fields("2024/c.pdf")["kind"] == "rapport"
    assert told.fields("2024/mai/c.pdf")["kind"] == "texte"


@pytest.mark.parametrize(
    ("pattern", "path", "met"),
    [
        ("*.pdf", "a.pdf", True),
        ("*.pdf", "2024/a.pdf", False),
        ("**/*.pdf", "a.pdf", True),
        ("**/*.pdf", "2024/mai/a.pdf", True),
        ("2024\\a.pdf", "2024/a.pdf", True),
        ("./a?.pdf", "ab.pdf", True),
        ("a[12].pdf", "a2.pdf", True),
        ("a.pdf", "A.pdf", False),
        ("e\u0301te\u0301.pdf", "été.pdf", True),
        ("2024/**", "2025/a.pdf", False),
        ("**/**/x/**", "a/b/c", False),
    ],
)
def test_patterns(pattern: str, path: str, met: bool, tmp_path: Path) -> None:
    told = sidecar(tmp_path, f"fichier;titre\n{pattern};T\n")
    assert bool(told.digest(path)) is met


def test_the_digest_changes_with_what_is_said_and_only_then(tmp_path: Path) -> None:
    one = sidecar(tmp_path, "fichier;titre;date\na.pdf;A;2024\nb.pdf;B;\n")
    two = sidecar(tmp_path, "date;fichier;titre\n;b.pdf;C\n2024;a.pdf;A\n")
    assert one.digest("a.pdf") == two.digest("a.pdf")
    assert one.digest("b.pdf") != two.digest("b.pdf")
    assert len(one.digest("a.pdf")) == 64
    assert one.digest("c.pdf") == ""


def test_sections_of_several_voices_and_dates_keep_them(tmp_path: Path) -> None:
    question = Section("question", 0, 3, Voice("parlementaire", "Mme Ida Roux"), "2024-01-02")
    answer = Section("réponse", 4, 9, Voice("gouvernement", "Ministère"), "2024-03-04")
    told = sidecar(tmp_path, "fichier;date;éditeur\na.pdf;2025-01-01;Assemblée nationale\n")
    read = told.apply(document(question, answer), "a.pdf")
    assert (read.date, read.publisher) == ("2025-01-01", "Assemblée nationale")
    assert read.sections == (question, answer)


@pytest.mark.parametrize(
    ("said", "before", "after"),
    [
        ("publisher: IGAS", Voice("autre", None), Voice("autre", "IGAS")),
        ("publisher: IGAS", Voice("presse", "Le Monde"), Voice("presse", "IGAS")),
        ("publisher: IGAS", Voice("autre", "Mme Roux"), Voice("autre", "Mme Roux")),
        ("author: Léa", Voice("presse", "Le Monde"), Voice("presse", "Le Monde")),
        ("author: Léa", Voice("autre", "Ida"), Voice("autre", "Léa")),
        ("voice: Justice", Voice("autre", "Ida"), Voice("justice", "Ida")),
        ("kind: presse", Voice("autre", "Ida"), Voice("presse", "Ida")),
        ("kind: presse", Voice("justice", "Ida"), Voice("justice", "Ida")),
        ("title: T", Voice("autre", None, "la presse"), Voice("autre", None, "la presse")),
    ],
)
def test_voices(said: str, before: Voice, after: Voice, tmp_path: Path) -> None:
    read = document(Section("texte", 0, 9, before), publisher="Le Monde", author="Ida")
    told = sidecar(tmp_path, f"a.pdf:\n  {said}\n", "metadata.yaml")
    assert told.apply(read, "a.pdf").sections[0].voice == after


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("metadata.csv", "titre;date\nA;2024\n", "ligne 1 (aucune colonne « fichier »)"),
        ("metadata.csv", "fichier;date\na.pdf;2024\n;2024\n", "ligne 3 (nom de fichier absent)"),
        ("metadata.csv", "fichier;date\na.pdf;hier\n", "ligne 2 (« hier » n'est pas compris)"),
        ("metadata.csv", 'fichier;date\n\n"a.pdf;2024\n', "ligne 3 (guillemet non fermé)"),
        (
            "metadata.yaml",
            "- fichier: a\n- fichier: b\n  voix: chien\n",
            "ligne 2 (« chien » n'est",
        ),
        ("metadata.yaml", "a.pdf:\n  titre: x\nb.pdf: 3\n", "ligne 3 (« nom : valeur » attendu)"),
        ("metadata.yaml", "- titre: A\n", "ligne 1 (nom de fichier absent)"),
        ("metadata.yaml", "Un titre\n", "ligne 1 (« nom : valeur » attendu)"),
        ("metadata.yml", "a.pdf:\n  titre: [x\n", "est illisible, ligne 3"),
        ("metadata.yml", "a: " + "[" * 5000, "est illisible, ligne"),
    ],
)
def test_bad_metadata_say_the_line(name: str, text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ReadError) as fault:
        sidecar(tmp_path, text, name)
    assert said in str(fault.value)
    assert str(tmp_path / name) in str(fault.value)


@pytest.mark.parametrize("text", ["# rien\n", "fichier;titre\n", "\n"])
def test_metadata_that_say_nothing(text: str, tmp_path: Path) -> None:
    name = "metadata.yaml" if text[0] == "#" else "metadata.csv"
    assert sidecar(tmp_path, text, name) == Sidecar()


def test_endless_aliases_say_nothing(tmp_path: Path) -> None:
    levels = "".join(f"n{i}: &n{i} [{', '.join([f'*n{i - 1}'] * 9)}]\n" for i in range(1, 30))
    told = sidecar(tmp_path, f"fichier: a.pdf\nn0: &n0 [x]\n{levels}", "metadata.yaml")
    assert told.fields("a.pdf") == {"n0": "x"}


def test_the_nearest_folder_wins(tmp_path: Path) -> None:
    folder = tmp_path / "rapports" / "2024"
    folder.mkdir(parents=True)
    (folder / "note.txt").write_text("Le foyer ferme.\n", encoding="utf-8")
    (tmp_path / "metadata.yaml").write_text("kind: rapport\nauthor: Archives\n", encoding="utf-8")
    (tmp_path / "rapports" / "metadata.csv").write_text(
        "fichier;auteur;date\n2024/*;IGAS;2024-01\nautre.txt;X;\n", encoding="utf-8"
    )
    (folder / "metadata.yml").write_text("note.txt: {date: 2024-05-03}\n", encoding="utf-8")
    seen: list[Path] = []

    def load(place: Path) -> Sidecar:
        seen.append(place)
        return Sidecar.load(place)

    found = sidecars_for(folder / "note.txt", tmp_path, load)
    assert seen == [tmp_path, tmp_path / "rapports", folder]
    assert [relative for _, relative in found] == [
        "rapports/2024/note.txt",
        "2024/note.txt",
        "note.txt",
    ]
    [read] = read_file(folder / "note.txt", "rapports/2024/note.txt")
    for told, relative in found:
        read = told.apply(read, relative)
    assert (read.kind, read.author, read.date) == ("rapport", "IGAS", "2024-05-03")
    assert read.sections[0].voice == Voice("autre", "IGAS")
    assert read.sections[0].date == "2024-05-03"
    assert sidecars_for(tmp_path / "x.txt", tmp_path)[0][1] == "x.txt"
