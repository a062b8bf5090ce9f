"""The English of ``aseqa.messages``: the index, why there is no answer, the web chat."""

from __future__ import annotations

GENERAL: dict[str, str] = {
    # Dates and numbers
    "date_months": "January February March April May June July August September October November "
    "December",
    "date_first": "1",
    "number_decimal": ".",
    "number_thousands": ",",
    "number_percent": "{value}%",
    # Encoders
    "encoder_library_missing": "The encoder “{model}” needs sentence-transformers, which is not "
    "installed: pip install sentence-transformers.",
    "encoder_not_found": "The encoder “{model}” cannot be loaded: {fault}. Give the folder of a "
    "sentence-transformers model, or e5-small-fr.",
    "encoder_without_tokenizer": "The model folder {folder} has no tokenizer.json: its vectors "
    "would be wrong. Complete the folder.",
    # The index
    "index_holder": "another process (no. {pid} on {host}, since {since})",
    "index_holder_unknown": "another process",
    "index_readonly": "The index in {folder} cannot be written ({fault}). Check your rights on "
    "this folder and the space left on the disk.",
    "nothing_before": "The index in {folder} has no earlier state to return to.",
    "rolled_back": "The index in {folder} is back at state {generation}. The same command brings "
    "state {previous} back.",
    "index_missing": "There is no index in {folder}. Create it with: aseqa index",
    "index_damaged": "The index in {folder} is unreadable ({fault}). Rebuild it with: "
    "aseqa index --rebuild",
    "index_damaged_copy": "The index in {folder} is unreadable ({fault}). Return to its copy of "
    "{date} with: aseqa rollback, or rebuild it with: aseqa index --rebuild",
    "restored": "The index in {folder} was unreadable: its copy has replaced it, at state "
    "{generation} of {date}. Put back what has changed since with: aseqa index",
    "copy_given_up": "The backup copy of the index in {folder} could not be written ({fault}). "
    "The index itself is up to date. Make room: the next update will make the copy again.",
    "date_unknown": "(unknown date)",
    "index_format": "The index in {folder} is in format “{found}”; this version reads format "
    "“{wanted}”. Rebuild it with: aseqa index --rebuild",
    "index_encoder": "The index in {folder} was made with the encoder “{found}”, not “{wanted}”. "
    "Rebuild it with: aseqa index --rebuild",
    "index_busy": "The index in {folder} is being written by {who}. Wait until that has finished, "
    "then try again.",
    "source_unknown": "The index in {folder} does not hold “{source}”. For the list: aseqa status",
    "path_missing": "The path {path} does not exist. Check it.",
    "path_outside_root": "The path {path} is not under the root {root}. Change --corpus-root.",
    "file_unreadable": "The file {path} cannot be opened: {fault}.",
    # Why there is no answer
    "reason_out_of_corpus": "The corpus does not deal with this subject.",
    "reason_no_answer_sentence": "The corpus speaks of this subject, but none of its sentences "
    "answers this question.",
    "reason_missing_entity": "The corpus says nothing on this matter about: {names}.",
    "reason_no_answer_published": "No answer by the Government to this question is published in "
    "the corpus.",
    "reason_filtered_out": "None of the documents that the filters let through answers. Widen "
    "them to search the whole corpus.",
    # Follow-up questions
    "understood": "Question understood as: “{question}”",
    # The web chat
    "chat_title": "aseqa: your documents answer",
    "chat_language": "Français",
    "chat_language_switch": "Read this page in French",
    "chat_corpus_none": "No document in the corpus",
    "chat_corpus_one": "1 document searched",
    "chat_corpus_many": "{count} documents searched",
    "chat_private": "Nothing leaves this machine",
    "chat_new": "New conversation",
    "chat_log": "Conversation",
    "chat_question": "Your question",
    "chat_placeholder": "Ask your question in French…",
    "chat_send": "Send",
    "chat_welcome": "What would you like to know?",
    "chat_welcome_text": "Ask in French: the documents are French. The answer is an exact "
    "quotation from the corpus, with its author, its date and its reference. If the corpus does "
    "not answer, the page says so.",
    "chat_examples": "For example",
    "chat_searching": "Searching the corpus…",
    "chat_lost": "The answer did not arrive. Check that the server is still running, then ask the "
    "question again.",
    "chat_reconnecting": "The server no longer responds; trying again…",
    "chat_trouble": "Error",
    "chat_too_long": "The question has {count} characters; the limit is {limit}. Shorten it, then "
    "send it again.",
    "chat_empty_question": "The question is empty.",
    "chat_bad_k": "The number of quotations goes from 1 to {limit}.",
    "chat_error": "The question could not be dealt with",
    "chat_as_typed": "Search for the question as typed",
    "chat_answered_one": "1 quotation found",
    "chat_answered_many": "{count} quotations found",
    "chat_confidence_high": "Very likely answer",
    "chat_confidence_fair": "Likely answer: check it in the source",
    "chat_confidence_low": "Uncertain answer: check it in the source",
    "chat_abstained": "No answer in the corpus",
    "chat_abstained_filtered": "No answer under these filters",
    "chat_abstained_text": "No sentence of the corpus answers this question.",
    "chat_nearest": "Reading close to the subject",
    "chat_nearest_text": "These extracts do not answer the question.",
    "chat_copy": "Copy the quotation",
    "chat_copied": "Quotation copied",
    "chat_link": "Copy the link",
    "chat_link_copied": "Link copied",
    "chat_age_months": "{count} months ago",
    "chat_age_month": "a month ago",
    "chat_age_year": "a year ago",
    "chat_age_years": "{count} years ago",
    "chat_figures_figure": "Figure",
    "chat_figures_date": "Published on",
    "chat_figures_voice": "Who says so",
    "chat_changed": "This document has changed since this link was made: the passage is not "
    "marked.",
    "chat_thread": "Follow the question",
    "chat_coverage": "What the corpus covers, and does not",
    "chat_copy_failed": "Copying failed",
    "chat_open": "Open the source",
    "chat_claim": "Claim by the author of the question",
    "chat_official": "Official answer",
    "chat_record": "Record of the question",
    "chat_reported": "Reported: {source}",
    "chat_according": "according to {source}",
    "chat_voice_parlementaire": "Parliament",
    "chat_voice_gouvernement": "Government",
    "chat_voice_inspection": "Inspectorate",
    "chat_voice_justice": "Justice",
    "chat_voice_collectivite": "Local authority",
    "chat_voice_syndicat": "Trade union",
    "chat_voice_association": "Association",
    "chat_voice_presse": "Press",
    "chat_voice_loi": "Law",
    "chat_voice_statistique": "Statistics",
    "chat_voice_autre": "Other",
    "chat_kind_question_ecrite": "Written question",
    "chat_kind_question_orale": "Oral question",
    "chat_kind_question_gouvernement": "Question to the Government",
    "chat_kind_presse": "Press article",
    "chat_kind_page_web": "Web page",
    "chat_kind_texte": "Text",
    "chat_kind_loi": "Law",
    "chat_kind_rapport": "Report",
    "chat_kind_pdf": "PDF",
    "chat_kind_tableau": "Table",
    "chat_kind_courriel": "Email",
    "chat_kind_other": "Document",
    "chat_source": "Source",
    "chat_documents": "The corpus",
    "chat_documents_text": "Choose a document to read it.",
    "chat_documents_more": "… and {count} more.",
    "chat_back": "All documents",
    "chat_close": "Close",
    "chat_missing": "This document is no longer in the corpus.",
    "chat_author": "Author",
    "chat_publisher": "Published by",
    "chat_date": "Date",
    "chat_ministry": "Ministry",
    "chat_asked": "Question",
    "chat_answer": "Answer",
    "chat_unanswered": "No answer published",
    "chat_answer_elsewhere": "Not reproduced in this document",
    "chat_file": "File",
    "chat_address": "Address",
    "chat_original_at": "See the original page ({host})",
    "chat_journal": "Official Journal (JO) of {date}, p. {page}",
    "chat_journal_no_page": "Official Journal (JO) of {date}",
    "chat_gap": "Passage left out: it is neither indexed nor quoted.",
    "chat_section_header": "Header",
    "chat_section_question": "Question",
    "chat_section_answer": "Answer",
    "chat_section_record": "Key facts",
    "chat_address_line": "Address: {address}",
    "chat_port_taken": "Port {port} of {host} is already taken: close the other program or choose "
    "another port with --port.",
    "chat_port_refused": "Cannot listen on port {port} of {host}: choose another port with --port.",
    "chat_host_unknown": "The address {host} is not an address of this machine: give another one "
    "with --host.",
    "chat_auth_missing": "Password file not found: {path}",
    "chat_auth_empty": "The password file {path} holds no account.",
    "chat_auth_line": "Password file {path}, line {line}: the expected form is name:scrypt$…",
}
