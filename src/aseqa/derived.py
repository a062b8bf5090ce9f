"""What is derived from the store: the dense and the lexical index of one generation.

They live in a folder named after the generation, which appears whole or not at all. A
new one is made from that of an earlier generation: files never change once written, so
those that still serve are linked, and only what was added or removed is written.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from aseqa.faiss_part import KINDS, codes_beside, write_part
from aseqa.index import PARTS, REMOVED, FaissIndex, Ids, plan_parts, without
from aseqa.lexical import LOCKS, STATE, LexicalIndex, removed_share
from aseqa.lookup import Lookup, StoredSentence
from aseqa.records import Document
from aseqa.retrieve import header
from aseqa.text import terms

FORMAT = 1
MANIFEST = "manifest.json"
LEXICAL = "lexical"
# Removed sentences still count in the mean length of BM25: above this share, begin anew.
WORN_SHARE = 0.2
ABANDONED_SECONDS = 3600
# How many vectors are compared with the store's before an index is trusted.
SAMPLE = 16
# What the libraries raise on files that are damaged, missing or of another index.
FAULTS = (OSError, RuntimeError, ValueError, KeyError, TypeError)

_log = logging.getLogger(__name__)


def open_indexes(folder: Path, generation: str, lookup: Lookup) -> tuple[FaissIndex, LexicalIndex]:
    """Open the indexes derived from one generation; make them from the store when missing.

    Where the folder cannot be written, they are made in a temporary one and leave no file.
    """
    home, older = folder / f"derived-{generation}", None
    if home.is_dir():
        try:
            return _load(home, lookup)
        except FAULTS as fault:
            _log.warning(
                "index %s is damaged or of another format and is made again: %s", home, fault
            )
            shutil.rmtree(home, ignore_errors=True)
    else:
        older = _origin(home, lookup)
    draft = _new_draft(folder)
    try:
        _fill(draft, older, generation, lookup)
        return _load(_publish(draft, home, older), lookup)
    finally:
        shutil.rmtree(draft, ignore_errors=True)  # what is open stays readable


def dense_parts(folder: Path, generation: str) -> list[dict[str, Any]]:
    """Tell how each part of the dense index is searched, as its manifest says.

    Nothing where the index is kept in a temporary folder, or was made before this was noted.
    """
    try:
        written = (folder / f"derived-{generation}" / MANIFEST).read_text("utf-8")
        return list(json.loads(written)["parts"])
    except FAULTS:
        return []


def _load(home: Path, lookup: Lookup) -> tuple[FaissIndex, LexicalIndex]:
    _check_files(home)
    dense = FaissIndex.load(home)
    _check_vectors(dense, dense.ids, lookup)
    return dense, LexicalIndex(home / LEXICAL)


def _check_files(home: Path) -> None:
    manifest = json.loads((home / MANIFEST).read_text("utf-8"))
    if manifest["format"] != FORMAT or manifest["kind"] not in KINDS:
        raise ValueError(f"format {manifest['format']}, {manifest['kind']}")
    for name, size in manifest["files"].items():
        if (home / name).stat().st_size != size:
            raise ValueError(f"{name} has lost its size")


def _check_vectors(dense: FaissIndex, ids: Ids, lookup: Lookup) -> None:
    """Compare some vectors with the store's: the last ones, and some from everywhere.

    A store put back from a copy gives the last numbers again, to other sentences.
    """
    sample = np.union1d(ids[-SAMPLE:], ids[:: len(ids) // SAMPLE + 1])
    if not np.allclose(dense.vectors_of(sample), lookup.vectors_of(sample), atol=1e-3):
        raise ValueError("vectors are not those of the store")


def _origin(home: Path, lookup: Lookup) -> Path | None:
    """Find the sound folder of an earlier generation that differs least from the store."""
    ids, found = lookup.sentence_ids(), []
    for path in home.parent.glob("derived-*"):
        try:
            if _number(path) >= _number(home):
                continue  # of a store that is no more
            _check_files(path)
            dense = FaissIndex.load(path)
            held = dense.ids
            _check_vectors(dense, np.intersect1d(held, ids, assume_unique=True), lookup)
        except FAULTS as fault:
            _log.info("index %s is not built upon: %s", path, fault)
            continue
        changes = len(without(held, ids)) + len(without(ids, held))
        found.append((changes, -_number(path), path))
    return min(found)[-1] if found else None


def _number(home: Path) -> int:
    return int(home.name.split("-")[1])


def _new_draft(folder: Path) -> Path:
    draft = folder / f"draft-{secrets.token_hex(8)}"
    try:
        draft.mkdir()
    except OSError as fault:
        _log.info("no index can be kept in %s: %s", folder, fault)
        return Path(tempfile.mkdtemp(prefix="aseqa-index-"))
    return draft


def _fill(draft: Path, older: Path | None, generation: str, lookup: Lookup) -> None:
    ids = lookup.sentence_ids()
    if older:
        try:
            _write(draft, older, ids, generation, lookup)
            return
        except FAULTS as fault:
            _log.warning("index %s is damaged and is not built upon: %s", older, fault)
            for path in draft.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()
    _write(draft, None, ids, generation, lookup)


def _write(draft: Path, older: Path | None, ids: Ids, generation: str, lookup: Lookup) -> None:
    plan = plan_parts(sorted(older.glob(PARTS)) if older else [], ids)
    for number, path in enumerate(plan.kept):
        target = draft / PARTS.replace("*", f"{number:02}")
        _link(path, target)
        if codes_beside(path).is_file():
            _link(codes_beside(path), codes_beside(target))
    if len(plan.new):
        write_part(draft / PARTS.replace("*", f"{len(plan.kept):02}"), plan.new, lookup.vectors_of)
    if len(plan.removed):
        np.save(draft / REMOVED, plan.removed)
    _write_lexical(draft / LEXICAL, older, ids, lookup)
    files = [path for path in sorted(draft.rglob("*")) if path.is_file() and not path.match(LOCKS)]
    counted = {"sentences": len(ids), "rewritten": len(plan.new), "removed": len(plan.removed)}
    parts = [asdict(kind) | {"kind": kind.name} for kind in FaissIndex.load(draft).kinds]
    largest = max((part["kind"] for part in parts), key=KINDS.index, default=KINDS[0])
    manifest: dict[str, Any] = {"format": FORMAT, "kind": largest, "generation": generation}
    manifest |= counted | {"parts": parts}
    manifest["files"] = {p.relative_to(draft).as_posix(): p.stat().st_size for p in files}
    (draft / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")


def _write_lexical(folder: Path, older: Path | None, ids: Ids, lookup: Lookup) -> None:
    folder.mkdir()
    held = FaissIndex.load(older).ids if older else ids[:0]
    new, gone = without(ids, held), without(held, ids)
    if older is None or removed_share(older / LEXICAL, len(gone)) > WORN_SHARE:
        LexicalIndex(folder).add(term_rows(lookup, ids))
        return
    for path in (older / LEXICAL).iterdir():
        if path.name in STATE:
            shutil.copy2(path, folder / path.name)
        elif not path.match(LOCKS):
            _link(path, folder / path.name)
    if len(new) or len(gone):
        LexicalIndex(folder).update(term_rows(lookup, new), gone.tolist())


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(source, target)


def _publish(draft: Path, home: Path, older: Path | None) -> Path:
    """Give a draft its name, and remove what is neither it nor what it was made from."""
    try:
        draft.replace(home)
    except OSError:  # another process made it first, or nothing can be kept here
        return draft
    for path in home.parent.glob("derived-*"):
        if path not in (home, older):
            shutil.rmtree(path, ignore_errors=True)
    for path in home.parent.glob("draft-*"):
        if path.is_dir() and time.time() - path.stat().st_mtime > ABANDONED_SECONDS:
            shutil.rmtree(path, ignore_errors=True)
    return home


def term_rows(lookup: Lookup, ids: Ids) -> Iterator[tuple[int, list[str], list[str]]]:
    """Give the terms of sentences: id, those of its own words, those of its context."""
    wanted = set(ids.tolist())
    for name in lookup.documents_of(ids):
        document = lookup.document(name)
        rows = lookup.document_sentences(name)
        for position, row in enumerate(rows):
            if row.id in wanted:
                yield row.id, terms(row.sentence.text), _context(document, rows, position)


def _context(document: Document, rows: Sequence[StoredSentence], position: int) -> list[str]:
    """Give the terms around a sentence: its document's, its section's, the sentence's before."""
    sentence = rows[position].sentence
    found = terms(header(document, sentence.section))
    if position and rows[position - 1].sentence.section == sentence.section:
        found += terms(rows[position - 1].sentence.text)
    return found
