"""The sentences about readers' feedback, in English."""

from __future__ import annotations

FEEDBACK: dict[str, str] = {
    "help_feedback": "Adds buttons under each answer to say whether it is right, and writes what "
    "readers say into this file, one JSON line each. Names of persons recognised in the question "
    "are left out. Without this option nothing is written.",
    "feedback_unwritable": "The feedback file {path} cannot be written ({fault}). Choose another "
    "one with --feedback.",
    "feedback_full": "the file has reached its limit of {limit} bytes",
    "feedback_refused": "Feedback not recorded",
    "feedback_refused_detail": "The feedback sent does not have the expected form.",
    "feedback_failed_detail": "The server's feedback file cannot be written.",
    "feedback_page_ask": "Your opinion of this answer",
    "feedback_page_right": "Right answer",
    "feedback_page_wrong": "Wrong answer",
    "feedback_page_useless": "Right quote, but useless",
    "feedback_page_none_right": "Rightly no answer",
    "feedback_page_none_wrong": "The corpus held the answer",
    "feedback_page_note": "Recorded on this server: the question, without the names of persons "
    "that the program recognises in it, the quotes and your opinion.",
    "feedback_page_kept": "Feedback recorded.",
    "feedback_page_withdrawn": "Feedback withdrawn.",
    "feedback_page_failed": "The feedback could not be recorded. The conversation goes on.",
}
