"""What the jobs do: files into the index, the index brought up to date, files out of it."""

from __future__ import annotations

from aseqa.store import Store
from aseqa_ui.job_records import RUNNING, STOPPED, Entry, Job, Refusal
from aseqa_ui.jobs import Jobs
from aseqa_ui.library import Placed
from aseqa_ui.listing import file_of


def add_files(jobs: Jobs, job: Job) -> None:
    """Put the files of a job into the folder and the index, slice by slice.

    A file that the index would not have leaves the folder again.
    """
    while taken := jobs.take(job):
        jobs.library.empty_trash()
        _add_slice(jobs, job, taken)


def _add_slice(jobs: Jobs, job: Job, entries: list[Entry]) -> None:
    library = jobs.library
    placed: list[Placed] = []
    kept: set[int] = set()
    try:
        for entry in entries:
            if entry.draft:
                placed.append(library.place(entry.draft, entry.replaces))
                entry.draft = None
        files = [str(one.path) for one in placed]
        before = sum(entry.state not in ("waiting", RUNNING) for entry in job.entries)
        found = jobs.call(job, "add", before, files=files)["results"]
        for number, (entry, (told, fault)) in enumerate(zip(entries, found, strict=True)):
            entry.name, entry.state, entry.fault = placed[number].path.name, told, fault
            if told != "failed":
                kept.add(number)
        job.done = before + len(entries)
    finally:
        for number, one in enumerate(placed):
            (library.settle if number in kept else library.withdraw)(one)
        for entry in entries:
            if entry.state == RUNNING:  # broken off
                entry.state = STOPPED


def renew(jobs: Jobs, job: Job, rebuild: bool) -> None:
    """Bring the index up to date with all that it was made of; tell what is not there."""
    jobs.library.empty_trash()
    store = Store.open(jobs.library.index)
    try:
        roots, missing = jobs.library.roots(store.places())
    finally:
        store.close()
    if not roots:
        raise Refusal(code="no_roots")
    found = jobs.call(job, "renew", roots=[str(root) for root in roots], rebuild=rebuild)
    gone = [Entry(root, "missing", code="root_missing") for root in missing]
    job.entries = gone + [Entry(*told) for told in found["sources"]]
    job.unchanged, job.done = found["unchanged"], job.total


def delete(jobs: Jobs, job: Job, document: str) -> None:
    """Take the file of a document out of the index, and out of the folder if it lies there."""
    library = jobs.library
    library.empty_trash()
    held = file_of(library.index, document)
    if held is None:
        raise Refusal(code="gone")
    files = library.own_files(held.places)
    # The file first: were this to end in between, an update would drop what is left of it.
    library.throw(files, job.id)
    done = False
    try:
        reply = jobs.call(job, "remove", sources=sorted(held.places))
        done, job.generation = True, reply["generation"]
    finally:
        if not done:
            library.take_back(job.id)
    job.entries = [Entry(source, "removed") for source in held.places]


def undo(jobs: Jobs, job: Job, former: Job) -> None:
    """Take a deletion back, where nothing has changed since."""
    reply = jobs.call(job, "go_back", generation=former.generation)
    former.generation = ""
    if reply.get("stale"):
        raise Refusal(code="stale")
    jobs.library.take_back(former.id)
    job.entries = [Entry(entry.name, "restored") for entry in former.entries]
