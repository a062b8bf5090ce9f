"""The page of documents in a real browser: files sent, told one by one, deleted, brought back."""

import os
import shutil

import pytest
from chat_server import serving
from playwright.sync_api import expect, sync_playwright
from test_browser import LAPTOP, PHONE

from aseqa.ingest import index_paths

pytestmark = pytest.mark.browser

NASTY = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>'
SLOW_MS = 240_000  # a machine with other work takes its time to start a process


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-dev-shm-usage"],
        )


@pytest.fixture(scope="module")
def place(tmp_path_factory, encoder):
    folder = tmp_path_factory.mktemp("documents")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "foyers.txt").write_text(
        "Le département compte 4 321 places en foyer.\n", encoding="utf-8"
    )
    (folder / "corpus" / "nasty.html").write_text(
        f"<html><head><title>{NASTY.replace('<', '&lt;')}</title></head><body><article><p>Les "
        "familles d'accueil sont au nombre de 640 dans le département.</p></article></body></html>",
        encoding="utf-8",
    )
    for number in range(30):
        text = f"La mesure n° {number} concerne {number + 200} enfants.\n"
        (folder / "corpus" / f"mesure{number:02}.txt").write_text(text, encoding="utf-8")
    index_paths([folder / "corpus"], folder / "index", encoder)
    return folder


@pytest.fixture(scope="module")
def address(place):
    with serving(place / "index") as found:
        yield found


@pytest.fixture
def page(browser, address, request):
    """A page of one reader's; nothing goes wrong on it, and it asks no other host."""
    context = browser.new_context(viewport=getattr(request, "param", LAPTOP), locale="fr-FR")
    troubles, elsewhere = [], []
    opened = context.new_page()
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    # That a request is refused, or finds no server, is part of some tests.
    opened.on(
        "console",
        lambda said: said.type == "error" and "Failed to load resource" not in said.text
        and troubles.append(said.text),
    )  # fmt: skip
    context.on("request", lambda sent: sent.url.startswith(address) or elsewhere.append(sent.url))
    visit(opened, address)
    yield opened
    assert not opened.evaluate("window.owned")
    context.close()
    assert troubles == []
    assert elsewhere == []


def visit(page, address):
    page.goto(f"{address}/documents")
    expect(page.locator("#aq-count")).to_contain_text("documents")


def file(name, words):
    data = words if isinstance(words, bytes) else words.encode()
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def add(page, *files):
    page.set_input_files("#aq-files", list(files))


def newest(page, kind, state="terminé"):
    job = page.locator(".aq-job").filter(has_text=kind).first
    expect(job.locator("h3 .aq-state")).to_have_text(state, timeout=SLOW_MS)
    return job


def rows(page, search=""):
    page.fill("#aq-search input", search)
    return page.locator("#aq-documents tbody tr")


def test_files_are_sent_and_told_one_by_one(page):
    add(
        page,
        file("maisons.txt", "La région compte 77 maisons d'enfants."),
        file("casse.pdf", b"%PDF-1.7 rien"),
        file("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
    )
    expect(page.locator("#aq-sending")).to_contain_text("photo.jpg – non envoyé.")
    job = newest(page, "Ajout de fichiers")
    expect(job.locator(".aq-entry")).to_have_count(2)
    expect(job.locator(".aq-entry-added")).to_have_text("maisons.txt ajouté")
    expect(job.locator(".aq-entry-failed")).to_contain_text("Le fichier casse.pdf est abîmé")
    expect(rows(page, "maisons")).to_have_count(1)
    # A preview leads to the chat's own source.
    page.click("text=Aperçu")
    expect(page.locator("#aq-source")).to_contain_text("77 maisons d'enfants", timeout=SLOW_MS)


def test_a_name_already_taken_is_asked_about(page, place):
    add(page, file("double.txt", "Il y a 10 places en crèche."))
    newest(page, "double.txt")
    add(page, file("double.txt", "Il y a 20 places en crèche."))
    dialog = page.locator("#aq-dialog")
    expect(dialog).to_contain_text("double.txt")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert "10" in (place / "documents" / "double.txt").read_text()
    add(page, file("double.txt", "Il y a 20 places en crèche."))
    dialog.get_by_text("Remplacer", exact=True).click()
    newest(page, "double.txt mis à jour")
    add(page, file("double.txt", "Il y a 30 places en crèche."))
    dialog.get_by_text("Garder les deux", exact=True).click()
    newest(page, "double (2).txt ajouté")
    assert "20" in (place / "documents" / "double.txt").read_text()


def test_a_document_is_deleted_after_a_question_and_can_come_back(page, place):
    add(page, file("seul.txt", "Il y a 15 avocats pour enfants."))
    newest(page, "seul.txt")
    expect(rows(page, "seul.txt")).to_have_count(1)
    page.get_by_role("button", name="Supprimer « seul.txt »").click()
    dialog = page.locator("#aq-dialog")
    expect(dialog).to_contain_text("seul.txt")
    expect(dialog).to_contain_text("Le fichier sera effacé du serveur.")
    expect(dialog.locator("button").first).to_be_focused()
    dialog.get_by_text("Annuler").click()
    expect(rows(page, "seul.txt")).to_have_count(1)
    page.get_by_role("button", name="Supprimer « seul.txt »").click()
    dialog.get_by_text("Supprimer", exact=True).click()
    job = newest(page, "Suppression de « seul.txt »")
    expect(rows(page, "seul.txt")).to_have_count(0)
    assert not (place / "documents" / "seul.txt").exists()
    job.get_by_text("Revenir en arrière").click()
    newest(page, "Retour de « seul.txt »")
    expect(rows(page, "seul.txt")).to_have_count(1)


def test_a_file_of_elsewhere_is_said_to_stay(page):
    expect(rows(page, "foyers")).to_have_count(1)
    page.get_by_role("button", name="Supprimer « foyers.txt »").click()
    expect(page.locator("#aq-dialog")).to_contain_text("son fichier (foyers.txt) reste à sa place")
    page.keyboard.press("Escape")


def test_the_list_is_searched_and_turned(page):
    expect(page.locator("#aq-count")).to_contain_text("page 1 sur 2")
    page.select_option("#aq-search select", "source_up")
    page.click("text=Page suivante")
    expect(page.locator("#aq-count")).to_contain_text("page 2 sur 2")
    expect(page.get_by_role("button", name="Page suivante")).to_be_disabled()
    expect(rows(page, "rien de tel")).to_have_count(0)
    expect(page.locator("#aq-count")).to_have_text("Aucun document ne contient ces mots.")
    expect(page.locator("#aq-pager")).to_be_hidden()
    # Words of a document stay words.
    expect(rows(page, "nasty")).to_contain_text(NASTY)


def test_files_dropped_are_sent_and_those_beside_the_zone_replace_no_page(page):
    drop = """(selector) => {
      const moved = new DataTransfer();
      moved.items.add(new File(["Il y a 14 dentistes."], "lâché.txt"));
      const what = { dataTransfer: moved, bubbles: true, cancelable: true };
      return document.querySelector(selector).dispatchEvent(new DragEvent("drop", what));
    }"""
    assert page.evaluate(drop, "h1") is False
    expect(page.locator("#aq-sending")).to_be_empty()
    assert page.evaluate(drop, "#aq-drop") is False
    newest(page, "lâché.txt")


def test_a_folder_is_sent_whole(page, tmp_path):
    (tmp_path / "dossier" / "sous").mkdir(parents=True)
    for name, words in {
        "a1.txt": "Il y a 21 puéricultrices.",
        "sous/a2.txt": "Il y a 22 aides.",
    }.items():
        (tmp_path / "dossier" / name).write_text(words, encoding="utf-8")
    (tmp_path / "dossier" / ".cache").write_text("x")
    page.set_input_files("#aq-folder", tmp_path / "dossier")
    job = newest(page, "a2.txt")
    expect(job.locator(".aq-entry-added")).to_have_count(2)


def test_a_page_opened_again_finds_the_work_and_a_lost_server_is_said(page, address):
    notes = [
        "\n\n".join(f"La note {number}-{n} porte sur {n} familles." for n in range(40))
        for number in range(3)
    ]
    add(page, *(file(f"long{number}.txt", words) for number, words in enumerate(notes)))
    expect(page.locator(".aq-job").filter(has_text="long2.txt")).to_be_visible()
    expect(page.locator("#aq-sending")).to_be_empty()
    page.reload()
    job = newest(page, "long2.txt")
    expect(job).to_contain_text("ajouté")
    page.route("**/documents/jobs", lambda route: route.abort())
    page.click("#aq-renew")
    expect(page.locator("#aq-jobs-lost")).to_contain_text("Le serveur ne répond pas")
    page.unroute("**/documents/jobs")
    expect(page.locator("#aq-jobs-lost")).to_be_hidden(timeout=SLOW_MS)
    newest(page, "Mise à jour")


@pytest.mark.parametrize("page", [PHONE, {"width": 360, "height": 700}], indirect=True)
def test_a_narrow_page_is_not_wider_than_the_screen(page):
    expect(page.locator("#aq-documents tbody tr").first).to_be_visible()
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1]


def test_all_can_be_reached_by_the_keyboard(page):
    page.focus(".aq-skip")
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("document.activeElement.id || document.activeElement.textContent")
        )
    for name in ("aq-files", "aq-folder", "aq-renew", "aq-rebuild", "Aperçu", "Supprimer"):
        assert name in seen
