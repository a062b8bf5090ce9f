"""One run of indexing: what is new, changed, moved, found twice or gone, and its writing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from aseqa.corpus_files import CorpusFile, hash_file
from aseqa.embed import Encoder
from aseqa.errors import ReadError
from aseqa.isolation import Isolated
from aseqa.pending import PendingVectors
from aseqa.prepare import Prepared, embed_new, prepare_file, write_file
from aseqa.read.sidecar import Sidecar, sidecars_for
from aseqa.store import Store

GROUP = 32  # files read, then embedded and written together; texts embedded at a time
Progress = Callable[[float, int, str], None]
Key = tuple[str, str, str]


@dataclass(slots=True)
class Outcome:
    """What a run did, in files; ``failed`` holds (source, error) pairs."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    moved: int = 0
    twins: int = 0
    unchanged: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that the store does not hold as it is: its hash, and what is said beside it."""

    file: CorpusFile
    sha256: str
    said: str
    sidecars: tuple[tuple[Sidecar, str], ...]

    @property
    def key(self) -> Key:
        """Files of one key give the same documents."""
        return self.sha256, self.file.path.suffix.lower(), self.said


class Update:
    """Brings a store up to date with listed files; its caller holds the write transaction."""

    def __init__(
        self,
        store: Store,
        pending: PendingVectors,
        encoder: Encoder,
        child: Isolated[list[Prepared]],
        progress: Progress | None,
        group: int = GROUP,
    ) -> None:
        self._store, self._pending, self._encoder = store, pending, encoder
        self._group = group
        self._child, self._progress = child, progress
        self._held = store.places()
        self._sidecars: dict[Path, Sidecar] = {}
        self.outcome = Outcome()

    def run(self, listed: Sequence[CorpusFile], vanished: Sequence[str], rebuild: bool) -> None:
        """Write what changed among ``listed``, and drop what ``vanished``."""
        changed = [c for file in listed if (c := self._candidate(file, rebuild)) is not None]
        twins, fresh = [], []
        homes = {} if rebuild else self._homes()
        for candidate in changed:
            home = homes.get(candidate.key)
            if home is None:
                homes[candidate.key] = candidate.file.source
                fresh.append(candidate)
            elif home in self._held and not self._stays(home, vanished, candidate):
                fresh.append(candidate)
            else:
                twins.append((candidate, home))
        kept = {home for _, home in twins}
        self._drop([source for source in vanished if source not in kept])
        self._write(fresh)
        for candidate, home in twins:
            self._join(candidate, home, vanished)
        self._drop([source for source in vanished if source in kept])

    def _candidate(self, file: CorpusFile, rebuild: bool) -> Candidate | None:
        """Give a file that has changed; None for one that has not or cannot be opened."""
        try:
            sha256 = hash_file(file)
        except ReadError as error:
            self.outcome.failed.append((file.source, str(error)))
            return None
        root = file.path if file.path == Path(file.root) else Path(file.root)
        sidecars = sidecars_for(file.path, root if root.is_dir() else root.parent, self._sidecar)
        said = "".join(sidecar.digest(relative) for sidecar, relative in sidecars)
        place = self._held.get(file.source)
        if place and (place.sha256, place.said) == (sha256, said) and not rebuild:
            self.outcome.unchanged += 1
            return None
        return Candidate(file, sha256, said, tuple(sidecars))

    def _sidecar(self, folder: Path) -> Sidecar:
        """Read a folder's sidecar once; an unreadable one is reported and left out."""
        if folder not in self._sidecars:
            try:
                self._sidecars[folder] = Sidecar.load(folder)
            except ReadError as error:
                self.outcome.failed.append((str(folder), str(error)))
                self._sidecars[folder] = Sidecar()
        return self._sidecars[folder]

    def _homes(self) -> dict[Key, str]:
        """Give a source for each content held."""
        return {
            (place.sha256, PurePosixPath(source).suffix.lower(), place.said): source
            for source, place in self._held.items()
        }

    def _stays(self, home: str, vanished: Sequence[str], candidate: Candidate) -> bool:
        """Tell whether a held file can stand for another place.

        One that vanished only under the same stem: documents bear that name.
        """
        return home not in vanished or PurePosixPath(home).stem == candidate.file.path.stem

    def _drop(self, sources: Sequence[str]) -> None:
        """Forget sources; the vectors of their sentences wait for files written later."""
        for source in sources:
            self._pending.add(self._store.vectors_of(source))
            self._store.remove(source)
            self.outcome.removed += 1

    def _write(self, candidates: Sequence[Candidate]) -> None:
        total = len(candidates)
        for first in range(0, total, self._group):
            group = candidates[first : first + self._group]
            ready = list(self._read(group, first, total))
            vectors = embed_new(
                self._store,
                self._pending,
                self._encoder,
                [one for _, prepared in ready for one in prepared],
                lambda done, all_, first=first, group=group: self._tell(  # type: ignore[misc]
                    first + len(group) * done / all_, total, group[-1].file.source
                ),
                self._group,
            )
            for candidate, _ in ready:
                self._count(candidate)
            holders = self._store.holders()
            for candidate, read in ready:
                prepared = [_named(one, holders) for one in read]
                root, said = candidate.file.root, candidate.said
                write_file(self._store, root, prepared, vectors, self._encoder.name, said)
            self._tell(first + len(group), total, group[-1].file.source)

    def _read(
        self, group: Sequence[Candidate], first: int, total: int
    ) -> Iterator[tuple[Candidate, list[Prepared]]]:
        for candidate in group:
            file = candidate.file
            self._tell(first, total, file.source)
            try:
                prepared = self._child.call(
                    file.path, file.source, candidate.sidecars, name=file.source
                )
            except ReadError as error:
                self.outcome.failed.append((file.source, str(error)))
                continue
            yield candidate, prepared

    def _count(self, candidate: Candidate) -> None:
        source = candidate.file.source
        if source in self._held:
            self._store.remove(source)
            self.outcome.updated += 1
        else:
            self.outcome.added += 1

    def _join(self, candidate: Candidate, home: str, vanished: Sequence[str]) -> None:
        """Tell that a file held, or written in this run, is found at one more place."""
        source = candidate.file.source
        place = self._store.places().get(home)
        if place is None:  # its twin could not be read
            fault = dict(self.outcome.failed).get(home, "")
            self.outcome.failed.append((source, fault))
            return
        if source in self._held:
            self._store.remove(source)
        self._store.add_place(source, candidate.file.root, place.file)
        if home in vanished:
            self.outcome.moved += 1
            self.outcome.removed -= 1
        else:
            self.outcome.twins += 1

    def _tell(self, done: float, total: int, label: str) -> None:
        if self._progress:
            self._progress(done, total, label)


def read_in_child() -> Isolated[list[Prepared]]:
    """Give the process in which files are read: none of them can harm this one."""
    return Isolated(prepare_file)


def _named(prepared: Prepared, holders: dict[str, str]) -> Prepared:
    """Give a document its whole path for a name when another file already has its stem.

    ``holders`` tells which file each name belongs to, and learns the new one.
    """
    document = prepared.document
    if holders.setdefault(document.id, document.source) == document.source:
        return prepared
    _, mark, number = document.id.rpartition("#")
    path = document.source.rsplit(".", 1)[0]
    name = f"{path}#{number}" if mark else path
    if holders.setdefault(name, document.source) != document.source:
        name = f"{document.source}#{number}" if mark else document.source
        holders[name] = document.source
    return replace(prepared, document=replace(document, id=name))
