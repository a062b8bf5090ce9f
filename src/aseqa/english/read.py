"""The English of ``aseqa.messages_read``: files that cannot be read."""

from __future__ import annotations

READING: dict[str, str] = {
    "read_missing": "The file {path} does not exist. Check its path.",
    "read_folder": "{path} is a folder, not a file. Give a file of this folder.",
    "read_refused": "The file {path} cannot be opened ({fault}). Check your rights.",
    "read_unsupported": "The format of the file {path} is not supported. Convert it to one of "
    "these: {known}.",
    "read_empty": "The file {path} is empty. Replace it or take it out of the corpus.",
    "read_binary": "The file {path} is not text, despite its name. Give it the extension of its "
    "true format or take it out of the corpus.",
    "read_encoding": "The text of the file {path} is damaged: byte {place} makes no sense in its "
    "encoding ({encoding}). Save it again as UTF-8.",
    "read_nothing": "The file {path} holds no text to read. Check its contents or take it out of "
    "the corpus.",
    "read_front_matter": "The YAML header of the file {path} is unreadable, line {line} ({fault}). "
    "Correct this header or remove it.",
    "read_damaged": "The file {path} is damaged or incomplete ({fault}). Open it with its own "
    "program and save it again, or take it out of the corpus.",
    "fault_pdf": "no PDF that can be read",
    "read_encrypted": "The file {path} is protected by a password. Save a copy of it without a "
    "password.",
    "read_scanned": "The file {path} is scanned, without text. Install Tesseract with French "
    "(package tesseract-ocr-fra) so that it can be read, or convert it to a PDF with text.",
    "read_too_large": "The file {path} is too large to be read ({size}, {limit} at most). Split "
    "it.",
    "read_unsafe": "The file {path} is not read, as a precaution ({fault}). Save it again with an "
    "office program, or take it out of the corpus.",
    "read_columns": "The table {path} is unreadable, line {line} ({fault}). Correct this line.",
    "read_schema": "The file {path} does not have the expected form ({fault}). Download it again.",
    "read_special": "{path} is not an ordinary file. Take it out of the corpus.",
    "fault_no_open_data": "neither a parliamentary question nor a table",
    "read_metadata": "The metadata file {path} is unreadable, line {line} ({fault}). Correct it: "
    "the other files are read without it.",
    "read_memory": "The file {path} takes too much memory to be read. Split it or take it out of "
    "the corpus.",
    "read_crashed": "The reading of the file {path} stopped dead: the file is probably damaged. "
    "Save it again with its own program, or take it out of the corpus.",
    "read_timeout": "The file {path} could not be read within {seconds} s. Split it or take it out "
    "of the corpus.",
}
