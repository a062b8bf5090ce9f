"""What the page of documents says, in English."""

from __future__ import annotations

DOCUMENTS: dict[str, str] = {
    "documents_title": "Documents",
    "documents_lead": "Answers quote these documents, and no others.",
    "help_documents": "Keeps the documents sent to the chat in this folder (by default "
    "“documents”, beside the index).",
    # The list
    "documents_corpus": "The corpus",
    "documents_search": "Search for a document",
    "documents_search_hint": "Title, author, file or kind",
    "documents_sort": "Sort by",
    "documents_sort_date_down": "date, latest first",
    "documents_sort_date_up": "date, earliest first",
    "documents_sort_title_up": "title",
    "documents_sort_author_up": "author",
    "documents_sort_kind_up": "kind",
    "documents_sort_source_up": "file name",
    "documents_loading": "Loading…",
    "documents_none": "The corpus is empty.",
    "documents_none_found": "No document holds these words.",
    "documents_found_one": "1 document",
    "documents_found_many": "{count} documents",
    "documents_of_page": "page {page} of {pages}",
    "documents_earlier": "Previous page",
    "documents_later": "Next page",
    "documents_column_title": "Document",
    "documents_column_kind": "Kind",
    "documents_column_date": "Date",
    "documents_column_size": "Size",
    "documents_column_acts": "Actions",
    "documents_size_one": "1 sentence",
    "documents_size_many": "{count} sentences",
    "documents_chars": "{count} characters",
    "documents_preview": "Preview",
    "documents_preview_of": "Preview “{title}”",
    "documents_delete": "Delete",
    "documents_delete_of": "Delete “{title}”",
    # Adding
    "documents_add": "Add documents",
    "documents_drop": "Drop files or a folder here",
    "documents_or": "or",
    "documents_pick_files": "Choose files",
    "documents_pick_folder": "Choose a folder",
    "documents_types": "PDF, Word, LibreOffice, Excel, text, Markdown, web page, e-mail, CSV, "
    "JSON, XML. One file: {size} at most; one batch: {files} files and {total} at most. The files "
    "stay on this server.",
    "documents_sending": "Sending {name} ({done} of {total})",
    "documents_too_many": "This batch has {count} files, the limit is {limit}. Send them in "
    "several batches.",
    "documents_too_much": "This batch weighs {size}, the limit is {limit}. Send it in several "
    "batches.",
    "documents_nothing": "This folder holds no file.",
    "documents_taken_title": "Files of the same name are already there",
    "documents_taken_text": "Replace them, or keep both versions?",
    "documents_replace": "Replace",
    "documents_keep_both": "Keep both",
    "documents_cancel": "Cancel",
    "documents_not_sent": "not sent",
    "documents_retry": "Send again what did not leave",
    # Jobs
    "documents_jobs": "Work under way",
    "documents_job_add": "Adding files",
    "documents_job_renew": "Update",
    "documents_job_rebuild": "Rebuild",
    "documents_job_delete": "Deletion of “{title}”",
    "documents_job_undo": "Return of “{title}”",
    "documents_job_waiting": "waiting",
    "documents_job_running": "running",
    "documents_job_stopping": "stopping…",
    "documents_job_done": "done",
    "documents_job_failed": "failed",
    "documents_job_stopped": "stopped",
    "documents_progress": "{done} of {total} file(s) done",
    "documents_current": "Now: {name}",
    "documents_stop": "Stop",
    "documents_stop_add_told": "Stopped. The files already done stay in the corpus; the others are "
    "not in it.",
    "documents_stop_told": "Stopped. The corpus is as it was.",
    "documents_unchanged": "{count} file(s) unchanged",
    "documents_more": "… and {count} more",
    "documents_undo": "Undo",
    "documents_lost": "The server does not answer; trying again in {seconds} s…",
    "documents_lost_once": "The connection to the server is lost.",
    "documents_back": "The server answers again.",
    "documents_state_waiting": "waiting",
    "documents_state_running": "being indexed",
    "documents_state_added": "added",
    "documents_state_updated": "updated",
    "documents_state_unchanged": "already up to date",
    "documents_state_twin": "same content as a document already there",
    "documents_state_removed": "removed",
    "documents_state_restored": "restored",
    "documents_state_missing": "not found",
    "documents_state_failed": "refused",
    "documents_state_stopped": "stopped, not added",
    # Deleting
    "documents_delete_title": "Delete this document?",
    "documents_delete_siblings": "The same file holds other documents, deleted with it:",
    "documents_delete_ours": "The file will be deleted from the server. As long as nothing else "
    "changes, you can undo this.",
    "documents_delete_theirs": "The document leaves the corpus, but its file ({source}) stays "
    "where it is: an update of the corpus will bring it back. To keep it out, take this file out "
    "of its folder as well.",
    # Updating
    "documents_renew": "Update",
    "documents_renew_hint": "Reads the folders of the corpus again: what is new or changed is "
    "indexed, what has gone is removed.",
    "documents_rebuild": "Rebuild all",
    "documents_rebuild_title": "Rebuild all?",
    "documents_rebuild_text": "Every file is read and indexed again; this may take long. The "
    "present corpus goes on answering meanwhile.",
    # Faults
    "documents_empty": "The file “{name}” is empty.",
    "documents_type": "The content of “{name}” is of no accepted type. Convert it to PDF, Word or "
    "text.",
    "documents_crashed": "Indexing broke off. The corpus is as it was; the server's log says why.",
    "documents_disk": "The folder of documents cannot be written. Check the space left on the disk "
    "and the server's rights.",
    "documents_gone": "This document is no longer in the corpus.",
    "documents_stale": "The corpus has changed since: this deletion can no longer be undone.",
    "documents_no_roots": "None of the folders that the corpus was made of is there any more: it "
    "stays as it is.",
    "documents_root_missing": "This folder or file is not there any more; its documents stay in "
    "the corpus. Delete them, or put it back.",
    "documents_problem": "Sending refused",
    "documents_problem_too_large": "This file is over the limit of {limit}.",
    "documents_problem_many": "The batch is over the limit of {limit} files.",
    "documents_problem_full": "Too many files already wait to be indexed. Let them pass, then try "
    "again.",
    "documents_problem_slow": "The file did not arrive whole. Send it again.",
    "documents_problem_unknown": "This job is unknown, or too old.",
    "documents_bytes": "{count} bytes",
    "documents_kilobytes": "{count} kB",
    "documents_megabytes": "{count} MB",
    "documents_gigabytes": "{count} GB",
}
