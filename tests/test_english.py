"""The two catalogues: the same sentences, each in its language, all said, none elsewhere."""

from __future__ import annotations

import re
import string
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
from catalogue_uses import PYTHON, SCRIPTS, literals, uses, without_comments

import aseqa.english as english_package
import aseqa.messages as french_package
from aseqa.cite import french_date
from aseqa.english import ENGLISH
from aseqa.errors import BadSettings
from aseqa.messages import ALWAYS_FRENCH, FRENCH, label_of, language, message, speaking, words_of
from aseqa.settings import load_settings
from aseqa.wording import count_words, date_words, decimal_words, metavar_words, percent_words

ACCENTED = re.compile(r"[À-ÖØ-öø-ÿœŒ«»]")
# Words that English does not have, or hardly ever.
FRENCH_WORDS = re.compile(
    r"\b(?:le|la|les|des|du|un|une|est|pour|avec|dans|qui|aux|sont|votre|vous|ou|et|ne|pas|ce|"
    r"cette|ces|mais|il|elle|fichier|réponse|citation|aucune?)\b",
    re.IGNORECASE,
)
FRENCH_SIGNS = re.compile(r"[\s\u00a0\u202f][:;!?%](?=\s|$)|[\u00a0\u202f]")
# Proper terms, the name of the other language, and a question as one asks it.
PROPER = re.compile(r"Français|[Dd]épartements?|“Et en 2024 \?”| \* and \?")
PLACE = re.compile(r"\{[^{}]*\}")
# French that the code itself must know: words of the documents, and what a quote is put in.
KNOWN_FRENCH = {
    *("d'après ", "d’après ", "«\xa0", "\xa0»\n", "réponse", "données clés", "en-tête"),
    r"(?<=<sup>)[^<\n]+(?=</sup>)|(?<=\d\^)(?:ère|ème|er|re|nde?|e)\b",
    r"(?<=\d\^)(?=(?:ère|ème|er|re|nde?|e)\b)",
    r"(?<=\d)\^(?=(?:ère|ème|er|re|nde?|e)\b)",
}


def fields(words: str) -> list[tuple[str, str]]:
    found = string.Formatter().parse(words)
    return sorted(
        {(name, conversion or "") for _, name, _, conversion in found if name is not None}
    )


def test_both_catalogues_hold_the_same_sentences() -> None:
    assert set(ENGLISH) == set(FRENCH) - set(ALWAYS_FRENCH)


def test_no_area_says_over_what_another_says() -> None:
    for package, whole in ((french_package, FRENCH), (english_package, ENGLISH)):
        areas = [
            area
            for name, area in vars(package).items()
            if name.isupper() and isinstance(area, dict) and area is not whole
        ]
        assert len(areas) >= 10
        assert sum(map(len, areas)) == len(whole)


def test_both_languages_have_the_same_places_for_values() -> None:
    assert {key: fields(words) for key, words in ENGLISH.items()} == {
        key: fields(FRENCH[key]) for key in ENGLISH
    }


@pytest.mark.parametrize("pattern", [ACCENTED, FRENCH_WORDS, FRENCH_SIGNS])
def test_no_french_is_left_in_english(pattern: re.Pattern[str]) -> None:
    plain = {key: PLACE.sub("x", PROPER.sub("", words)) for key, words in ENGLISH.items()}
    assert {key: words for key, words in plain.items() if pattern.search(words)} == {}


def test_the_french_is_french() -> None:
    same = {key for key in ENGLISH if ENGLISH[key] == FRENCH[key] and " " in FRENCH[key]}
    assert {key for key in same if FRENCH_WORDS.search(FRENCH[key])} == set()


def test_every_sentence_that_the_code_names_exists() -> None:
    assert sorted(uses().said - set(FRENCH)) == []


def test_every_sentence_of_the_catalogue_can_be_said() -> None:
    found = uses()
    assert [key for key in FRENCH if not found.holds(key)] == []


def test_a_sentence_that_nothing_names_is_found_out() -> None:
    found = uses()
    assert found.holds("chat_voice_loi")
    assert not found.holds("chat_voice_lois_anciennes")
    assert not found.holds("dossier_page_never_said")


def test_the_web_chat_writes_no_french_of_its_own() -> None:
    told = {
        (path.name, words)
        for path in PYTHON
        if path.parent.name == "ui"
        for words in literals(path)
        if ACCENTED.search(words) and words not in KNOWN_FRENCH
    }
    assert told == set()


def test_the_scripts_say_no_french_of_their_own() -> None:
    letters = re.compile(r"[À-ÖØ-öø-ÿ]")
    for path in SCRIPTS:
        script = without_comments(path.read_text(encoding="utf-8"))
        # A pattern that folds letters, and a sign of multiplication, say nothing.
        assert letters.findall(re.sub(r"/[œæ]/g", "", script)) == [], path.name


def test_french_is_spoken_unless_english_is_asked_for() -> None:
    assert (language(), message("chat_send")) == ("fr", "Envoyer")
    with speaking("en"):
        assert (language(), message("chat_send")) == ("en", "Send")
        with speaking("fr"):
            assert message("chat_corpus_many", count=3) == "3 documents interrogés"
        assert message("chat_corpus_many", count=3) == "3 documents searched"
    assert language() == "fr"
    with pytest.raises(ValueError, match="de"), speaking("de"):
        pass


def test_a_language_is_spoken_in_its_own_context_alone() -> None:
    with ThreadPoolExecutor(1) as pool, speaking("en"):
        assert pool.submit(message, "yes").result() == "oui"
        assert pool.submit(copy_context().run, message, "yes").result() == "yes"


def test_labels_and_words_of_the_page_are_in_the_language() -> None:
    with speaking("en"):
        assert label_of("chat_voice_loi", "loi") == "Law"
        assert label_of("chat_voice_{x}", "{x}") == "{x}"
        assert words_of("filters_page_")["many"] == "{count} filters"
    assert words_of("filters_page_")["many"] == "{count} filtres"


def test_dates_and_numbers_follow_the_language() -> None:
    dates = ("2025-06-17", "2025-01-01", "2024-05", "2024", "2025-13", "printemps")
    assert [date_words(date) for date in dates] == [
        *("17 juin 2025", "1er janvier 2025", "mai 2024", "2024", "2025-13", "printemps")
    ]
    assert (decimal_words("0.94"), count_words(12500)) == ("0,94", "12\u202f500")
    assert percent_words(0.25) == "25\u00a0%"
    with speaking("en"):
        assert [date_words(date) for date in dates] == [
            *("17 June 2025", "1 January 2025", "May 2024", "2024", "2025-13", "printemps")
        ]
        assert (decimal_words("0.94"), count_words(12500)) == ("0.94", "12,500")
        assert percent_words(0.25) == "25%"


def test_citations_and_questions_stay_french() -> None:
    with speaking("en"):
        assert french_date("2025-01-01") == "1er janvier 2025"
        assert message("cite_answer", date="x") == "réponse publiée au JO le x"
        assert message("followup_who", question="Combien ?").startswith("Qui est l'auteur")


def test_the_variable_makes_the_command_line_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASEQA_LANG", "en")
    assert (message("yes"), metavar_words("[CHEMIN]...")) == ("yes", "[PATH]...")
    assert load_settings(index="x").quotes == 3
    monkeypatch.setenv("ASEQA_LANG", "de")
    told = "^Variable ASEQA_LANG : « lang » vaut 'de' ; attendu : fr ou en.$"
    with pytest.raises(BadSettings, match=told):
        load_settings(index="x")


def test_the_whole_command_line_is_english_on_request() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "aseqa", "thread", "--help"],
        capture_output=True, text=True, check=True, env={"ASEQA_LANG": "en", "COLUMNS": "100"},
    )  # fmt: skip
    assert run.stdout.startswith("Usage: aseqa thread [OPTIONS] NUMBER\n")
    assert "--index FOLDER" in run.stdout
    assert not ACCENTED.search(run.stdout)


def test_english_is_read_when_it_is_spoken() -> None:
    code = "import aseqa.messages as m, sys; m.message('yes'); "
    code += "sys.exit('aseqa.english' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
