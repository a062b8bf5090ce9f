"""The tables of the store, and the log by which the last run of indexing can be undone.

Undo by triggers: https://www.sqlite.org/undoredo.html. Every change writes the statement
that reverts it; what a deletion takes with it is logged row by row.
"""

from __future__ import annotations

# Raised too when the shipped models change under their names: old vectors are made anew.
FORMAT = "5"

# Numbers are never given twice: indexes derived from the store go by them.
_COLUMNS = {
    "files": "id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT UNIQUE NOT NULL,"
    " sha256 TEXT NOT NULL, said TEXT NOT NULL, text TEXT NOT NULL",
    "places": "source TEXT PRIMARY KEY, root TEXT NOT NULL,"
    " file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE",
    "documents": "id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL,"
    " kind TEXT NOT NULL, title TEXT, date TEXT, author TEXT, publisher TEXT, url TEXT,"
    " metadata TEXT NOT NULL, author_key TEXT NOT NULL,"
    " file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE",
    "sections": "id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL,"
    ' name TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, voice TEXT NOT NULL,'
    " voice_name TEXT, date TEXT",
    "passages": "id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " section INTEGER NOT NULL REFERENCES sections ON DELETE CASCADE, start INTEGER NOT NULL,"
    ' "end" INTEGER NOT NULL',
    "sentences": "id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " passage INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE, section INTEGER NOT NULL,"
    ' start INTEGER NOT NULL, "end" INTEGER NOT NULL, role TEXT NOT NULL, voice TEXT NOT NULL,'
    " voice_name TEXT, reported TEXT, as_of TEXT, territories TEXT NOT NULL, places TEXT NOT NULL,"
    " boxes TEXT NOT NULL, digest BLOB NOT NULL,"
    " vector BLOB NOT NULL",
}
_INDEXES = {
    "places_of_file": "places (file)",
    "files_by_hash": "files (sha256)",
    "documents_of_file": "documents (file)",
    "sections_of_document": "sections (document)",
    "passages_of_section": "passages (section)",
    "sentences_of_passage": "sentences (passage)",
    # With what filters read of a sentence: its row, which holds the vector, is left alone.
    "sentences_of_section": "sentences (section, voice, territories, places)",
    "sentences_by_digest": "sentences (digest)",
}
# What is added to the other tables goes when its file does.
_ADDED = {"files": "id", "places": "source"}
_CHANGED = ("files", "places")


def schema() -> str:
    """Give the statements that make an empty store."""
    statements = [
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
        "CREATE TABLE undo (seq INTEGER PRIMARY KEY, sql TEXT NOT NULL)",
        *(f"CREATE TABLE {table} ({columns})" for table, columns in _COLUMNS.items()),
        *(f"CREATE INDEX {name} ON {what}" for name, what in _INDEXES.items()),
        *_triggers(),
    ]
    return ";\n".join(statements) + ";"


def _triggers() -> list[str]:
    found = []
    for table, key in _ADDED.items():
        revert = f"'DELETE FROM {table} WHERE {key} = ' || quote(NEW.{key})"
        found.append(_trigger(table, "INSERT", revert))
    for table in _COLUMNS:
        values = " || ',' || ".join(_quoted(name) for name in _names(table))
        found.append(
            _trigger(table, "DELETE", f"'INSERT INTO {table} VALUES (' || {values} || ')'")
        )
    for table in _CHANGED:
        key = _ADDED[table]
        settings = " || ',' || ".join(f"'{n} = ' || {_quoted(n)}" for n in _names(table))
        revert = f"'UPDATE {table} SET ' || {settings} || ' WHERE {key} = ' || quote(NEW.{key})"
        found.append(_trigger(table, "UPDATE", revert))
    return found


def _quoted(name: str) -> str:
    """Quote an old value; a text may hold a NUL, at which SQLite's ``quote`` would cut it."""
    if name == "text":
        return f"'CAST(' || quote(CAST(OLD.{name} AS BLOB)) || ' AS TEXT)'"
    return f"quote(OLD.{name})"


def _trigger(table: str, event: str, revert: str) -> str:
    return (
        f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table}"
        f" BEGIN INSERT INTO undo (sql) VALUES ({revert}); END"
    )


def _names(table: str) -> list[str]:
    """Give the columns of a table, in their order."""
    return [column.split()[0] for column in _COLUMNS[table].split(", ")]
