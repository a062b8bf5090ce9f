"""The English of ``aseqa.messages_thread``: a question followed through."""

from __future__ import annotations

THREAD: dict[str, str] = {
    "thread_asked": "Asked on {date}",
    "thread_answered_on": "answer on {date}",
    "thread_days": "{days} days later",
    "thread_one_day": "one day later",
    "thread_same_day": "on the same day",
    "thread_answered": "answer published",
    "thread_unanswered": "no answer published",
    "thread_elsewhere": "answer not reproduced in the corpus",
    "thread_withdrawn": "question withdrawn",
    "thread_overdue": "The time limit of two months has passed: the answer was due by {date}.",
    "thread_waiting": "Answer due by {date}.",
    "thread_no_demand": "No request was found in the question.",
    "thread_one_demand": "One request",
    "thread_demands": "{count} requests",
    "thread_counted": "{demands}, of which {met} with an answer found",
    "thread_quoted": "“{text}”",
    "thread_led": "“{lead} […] {text}”",
    "thread_head": "{label}:",
    "thread_met": "Answer",
    "thread_unmet": "No sentence of the answer was recognised as answering it.",
    "thread_caution": "A request with no answer found may have one: read the whole answer.",
    "thread_siblings": "The same answer was given to",
    "thread_sibling": "no. {number}, {author}, {date}",
    "thread_sibling_near": "{sibling} (answer nearly identical: {percent}%)",
    "thread_undated": "no date",
    "thread_unsigned": "author unknown",
    "thread_unknown": "No parliamentary question of the index has the number or the name "
    "“{named}”: see “aseqa status”.",
    "thread_today": "“{value}” is not a date of the form YYYY-MM-DD",
    "help_thread_command": "Follows a parliamentary question: its requests one by one, what the "
    "answer says of them, the time taken, and the questions that received the same answer. The "
    "number is that of the question, or the name of the document.",
    "help_today": "Day on which a question without an answer is judged late (YYYY-MM-DD; today by "
    "default).",
}
