"""The English of ``aseqa.messages_cli``: help, errors, reports on a terminal."""

from __future__ import annotations

COMMAND_LINE: dict[str, str] = {
    # Settings
    "setting_unknown": "{place}: unknown key “{name}”. Keys allowed: {known}.",
    "setting_wrong": "{place}: “{name}” is {value!r}; expected: {allowed}.",
    "setting_path": "a path",
    "setting_text": "a text that is not empty",
    "setting_number": "a whole number from 1 to {most}",
    "setting_language": "fr or en",
    "settings_variable": "Variable {name}",
    "settings_flag": "Option --{name}",
    "settings_line": "line {line}, column {column}",
    "settings_file_unreadable": "{path} is not a readable TOML file ({fault}): correct it.",
    "seeds_missing": "The corpus that comes with aseqa cannot be found: reinstall aseqa, or name "
    "the files to read (aseqa index PATH…).",
    # Answers on a terminal
    "voice_named": "{kind} — {name}",
    "voice_reported": "{label}, according to {source}",
    "fact_separator": " · ",
    "undated": "no date",
    "confidence": "Confidence: {percent}%",
    "figures_heading": "Figures of the corpus: {about}",
    "figures_no_verdict": "aseqa sets them side by side without deciding between them.",
    "figure_newer": "The corpus holds a newer figure: {text} ({date}).",
    "period_since": "since {start}",
    "period_until": "until {end}",
    "period_between": "{start} to {end}",
    "no_answer": "The corpus does not answer this question.",
    "section_titre": "title",
    "section_en-tête": "header",
    "section_question": "question",
    "section_réponse": "answer",
    "section_données clés": "key facts",
    "nearest_heading": "To read (no answers)",
    "colon": ":",
    "unknown": "unknown",
    "yes": "yes",
    "no": "no",
    # The command line
    "help_main": "Questions in French, exact quotations as answers: the very words of the sources, "
    "with who speaks, when and where. Where the corpus has no answer, aseqa says so.",
    "help_epilog": "Help on a command: aseqa COMMAND --help.",
    "help_usage": "Usage: ",
    "help_options": "Options",
    "help_commands": "Commands",
    "help_subcommand": "COMMAND [ARGUMENTS]...",
    # Words that stand for a value
    "metavar_CHEMIN": "PATH",
    "metavar_DOSSIER": "FOLDER",
    "metavar_FICHIER": "FILE",
    "metavar_NOM": "NAME",
    "metavar_LIEU": "PLACE",
    "metavar_VOIX": "VOICE",
    "metavar_MOTIF": "PATTERN",
    "metavar_ADRESSE": "ADDRESS",
    "metavar_NUMERO": "NUMBER",
    "metavar_REPONSE": "ANSWER",
    "help_help": "Shows this help.",
    "help_version": "Shows the version.",
    "help_json": "Writes the result as JSON.",
    "help_index": "Folder of the index.",
    "help_encoder": "Encoder: e5-small-fr (comes with aseqa), or a sentence-transformers model, by "
    "its name or its folder.",
    "help_threads": "Number of computing threads (2 by default).",
    "help_index_command": "Reads files and folders (by default: the corpus that comes with aseqa). "
    "Adds what is new, replaces what has changed, removes what has gone.",
    "help_corpus_root": "Folder from which the sources are named.",
    "help_strict": "Exits with code 1 if a file could not be read.",
    "help_rollback_command": "Returns to the state of the index before the last update; run again, "
    "the command brings that update back.",
    "help_rebuild": "Reads everything again, even what has not changed.",
    "help_ask_command": "Answers a question with quotations. Or says that the corpus does not "
    "answer. Where there is no index, that of the corpus that comes with aseqa is built first.",
    "help_batch": "One question a line, one JSON answer a line, in the same order; “-” reads "
    "standard input.",
    "help_conversation": "With --batch: each line goes on from the one before; an empty line "
    "begins a new conversation.",
    "help_k": "Number of quotations at most (3 by default).",
    "help_cite": "Writes the quotations with their reference, ready to paste: plain, markdown, "
    "html, bibtex or csl-json.",
    "usage_cite": "--cite goes neither with --json nor with --batch",
    "help_kind": "Kind of document: {words}. Repeatable.",
    "help_voice": "Who speaks: {words}. Repeatable.",
    "help_territory": "Territory spoken of. Repeatable.",
    "help_author": "Author of the document. Repeatable.",
    "help_since": "From this date on (YYYY-MM-DD).",
    "help_until": "Up to this date (YYYY-MM-DD).",
    "help_as_of": "As of (YYYY-MM-DD): what was published on that day; of the law, what was in "
    "force.",
    "help_source": "Files, with * and ?. Repeatable.",
    "help_chat_command": "Opens the chat, to be read in a browser. It listens to this machine "
    "only, unless told otherwise. Where there is no index, that of the corpus that comes with "
    "aseqa is built first.",
    "help_host": "Address to listen on (127.0.0.1 by default).",
    "help_port": "Port to listen on (7860 by default; 0: a free port).",
    "help_rate": "How many requests one client may make in a minute (120, or 6,000 where only "
    "this machine can ask).",
    "help_allow_host": "Name by which the server is reached, besides the address it listens on. "
    "Repeatable.",
    "help_auth": "File of names and passwords.",
    "help_eval_command": "Measures the answers on a file of questions. GOLD is JSON Lines "
    "(.jsonl), in SQuAD format (.json), or a folder in BEIR format; each figure comes with its "
    "95% interval. SQuAD and BEIR bring their own texts, indexed apart while measuring. For JSON "
    "Lines, where there is no index, that of the corpus that comes with aseqa is built first.",
    "help_report": "Folder in which to write results.jsonl, summary.json and summary.md; for JSON "
    "Lines and SQuAD v2, calibration.json and its two SVG figures; for SQuAD and BEIR, run.trec "
    "and qrels.trec.",
    "help_run": "File in which to write the sentences ranked for each question, as a TREC run.",
    "help_qrels": "File in which to write the right sentences of each question, as TREC qrels.",
    "help_titles": "SQuAD: keep only the articles whose titles this JSON file lists; the name is "
    "that of the list where the file holds several.",
    "help_status_command": "Tells what the index holds.",
    "help_verify_command": "Checks the quotations of a saved answer (ask --json) word for word, "
    "against the index or against the sources themselves. Exits with code 1 if any of them is not "
    "found as quoted.",
    "help_sources": "File or folder of sources to read again, without an index. Repeatable.",
    "help_coverage": "Tells what the corpus covers and what it does not.",
    "help_remove_command": "Removes files from the index, by their source.",
    "usage": "{command}: {fault}. See “{command} --help”.",
    "usage_extra": "unexpected argument: {words}",
    "usage_missing": "{name} is missing",
    "usage_value": "{name}: {fault}",
    "usage_option": "unknown option: {name}",
    "usage_command": "unknown command: {name}",
    "usage_option_value": "option {name}: value missing or unexpected",
    "usage_nearest": " (did you mean {names}?)",
    "usage_number": "“{value}” is not a whole number from {low} to {high}",
    "usage_date": "“{value}” is not a date of the form YYYY-MM-DD",
    "usage_bytes": "“{value}” holds bytes that are no text: write it in UTF-8.",
    "usage_dates": "--since ({since}) comes after --until ({until})",
    "usage_word": "“{value}” is not allowed; choose from: {words}",
    "usage_titles": "--titles is for a SQuAD file (.json) only",
    "usage_question": "give either a question or --batch FILE",
    "usage_conversation": "--conversation is for use with --batch FILE only",
    "batch_encoding": "The line is not in UTF-8.",
    "batch_faults": "{count} line(s) at fault: see “error” in the answers.",
    "interrupted": "Interrupted.",
    "progress": "{done}/{total}",
    "progress_rate": " ({rate} a minute, {left} left)",
    "index_first": "No index in {folder} yet: building it from {seeds}…",
    "index_failed": "Not read: {source}: {fault}",
    "index_report": "{folder}: {documents} documents, {passages} passages, {sentences} sentences. "
    "Files: {added} added, {updated} updated, {removed} removed, {moved} moved, {twins} "
    "duplicates, {unchanged} unchanged, {failed} not read; {seconds} s.",
    "removed": "Documents removed: {count}.",
    "chat_library_missing": "The chat needs the library {name}, which is not installed: reinstall "
    "aseqa.",
    "system_error": "{path}: {fault}.",
    "system_ENOENT": "file or folder not found",
    "system_EEXIST": "a file of this name exists already",
    "system_EACCES": "access refused",
    "system_EPERM": "operation refused",
    "system_EISDIR": "this is a folder, not a file",
    "system_ENOTDIR": "this is not a folder",
    "system_ENOSPC": "the disk is full",
    "system_EROFS": "the disk is read-only",
    # What an index holds
    "status_index": "Generation",
    "status_folder": "Folder",
    "status_encoder": "Encoder",
    "status_dim": "Dimensions",
    "status_dense": "Vector index",
    "status_n_documents": "Number of documents",
    "status_n_passages": "Number of passages",
    "status_n_sentences": "Number of sentences",
    "status_documents": "Documents",
    # What it covers
    "coverage_kinds": "Kinds of documents",
    "coverage_kinds_missing": "No document of these kinds",
    "coverage_years": "Documents by year of publication",
    "coverage_years_missing": "No document of these years",
    "coverage_undated": "Documents without a date",
    "coverage_voices": "Sentences by voice",
    "coverage_voices_missing": "No sentence by these voices",
    "coverage_territories": "Sentences by territory",
    "coverage_territories_missing": "Départements of which nothing is said ({count})",
    "coverage_unanswered": "Parliamentary questions without an answer in the corpus",
    "coverage_none": "none",
    "coverage_count": "{name} {count}",
}
