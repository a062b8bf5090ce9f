"""The sentences of the page of evaluation, in English."""

from __future__ import annotations

EVALUATION_PAGE: dict[str, str] = {
    "evaluation_title": "Evaluation",
    "evaluation_intro": "Ask at once all questions of a file whose right answers are known, and "
    "see how many quotes are right. Meanwhile everybody can go on asking questions.",
    "evaluation_forbidden": "Evaluating takes the “gestion” role, or sitting at the machine that "
    "serves the page.",
    # What to ask
    "evaluation_choose": "Questions to ask",
    "evaluation_gold_tuning": "Tuning questions",
    "evaluation_gold_tuning_about": "on the shipped corpus; the product is tuned on them, so their "
    "figures flatter it.",
    "evaluation_gold_reporting": "Questions set aside",
    "evaluation_gold_reporting_about": "on the shipped corpus; for measuring only, tune nothing "
    "by them.",
    "evaluation_gold_conversations": "Conversations",
    "evaluation_gold_conversations_about": "on the shipped corpus; each question follows the one "
    "before.",
    "evaluation_own": "A file of my own",
    "evaluation_own_about": "JSON Lines: one question a line, with “id”, “q” and “gold”, the list "
    "of right answers {{doc, contains}}, empty where abstaining is right. The file is not kept.",
    "evaluation_file": "File of questions (.jsonl)",
    "evaluation_questions": "{count} questions",
    "evaluation_start": "Run the evaluation",
    "evaluation_stop": "Stop",
    # What is refused
    "evaluation_request": "Malformed request: a shipped set of questions, or the name and the text "
    "of a file, is expected.",
    "evaluation_unknown": "This set of questions does not come with the product.",
    "evaluation_unreadable": "Unreadable file: a number or a nesting in it goes beyond what can be "
    "read.",
    "evaluation_many": "{count} questions: an evaluation asks {limit} at most; split the file.",
    "evaluation_long": "Question “{id}”: {limit} characters at most.",
    "evaluation_busy_title": "An evaluation is already running",
    "evaluation_busy": "An evaluation is already running ({done} questions of {total}): try again "
    "once it is done.",
    "evaluation_no_file": "Choose a file first.",
    "evaluation_large": "This file is larger than {limit} kB.",
    "evaluation_not_text": "This file is not in UTF-8.",
    "evaluation_lost": "The connection to the server was cut: run the evaluation again.",
    # While it runs
    "evaluation_progress": "{done} questions of {total}",
    "evaluation_left": "about {left} left",
    "evaluation_left_s": "{count} s",
    "evaluation_left_min": "{count} min",
    "evaluation_figuring": "Working out the figures…",
    "evaluation_stopped": "Evaluation stopped after {done} questions of {total}.",
    "evaluation_done": "Evaluation finished.",
    # What came out
    "evaluation_results": "Results",
    "evaluation_asked": "{gold} · {questions} questions, of which {answerable} have an answer in "
    "the corpus and {unanswerable} have none · index {index} · {when}",
    "evaluation_unheld": "For {count} of the {total} questions that have an answer, no sentence of "
    "the index holds it whole: the document expected may be missing, or the answer runs over two "
    "sentences.",
    "evaluation_changed": "The index changed during the evaluation: the figures mix {count} states "
    "of the corpus.",
    "evaluation_figures": "Figures, each with its 95% interval (bootstrap)",
    "evaluation_measure": "Measure",
    "evaluation_value": "Value",
    "evaluation_interval": "95% interval",
    "evaluation_scale": "From 0 to 1",
    "evaluation_scale_before": "From 0 to 1 (ring: before)",
    "evaluation_before": "Before",
    "evaluation_difference": "Difference [95% interval]",
    "evaluation_bounds": "{low} to {high}",
    "evaluation_less": "less is better",
    "evaluation_ms": "{value} ms",
    "evaluation_measure_quote_hit@1": "First quote right",
    "evaluation_measure_quote_hit@3": "A right quote among the first three",
    "evaluation_measure_passage_recall@5": "Right passage among the first 5",
    "evaluation_measure_passage_recall@20": "Right passage among the first 20",
    "evaluation_measure_mrr@10": "Reciprocal rank of the first right sentence",
    "evaluation_measure_sentence_ndcg@10": "Ranking of sentences (nDCG)",
    "evaluation_measure_sentence_recall@10": "Right sentences found among 10",
    "evaluation_measure_answered_rate": "Questions answered",
    "evaluation_measure_false_answer_rate": "Answers where there is none",
    "evaluation_measure_false_refusal_rate": "Refusals where there is an answer",
    "evaluation_measure_abstention_auroc": "Confidence tells what has an answer (AUROC)",
    "evaluation_measure_ece": "Gap between confidence and being right (ECE)",
    "evaluation_measure_brier": "Brier score of the confidence",
    "evaluation_measure_precision_at_0.8": "Right among sure answers (confidence ≥ 0.8)",
    "evaluation_measure_risk_coverage_area": "Area under the risk–coverage curve",
    "evaluation_measure_false_answer_rate_at_refusal_0.08": "Answers where there is none, at 8% "
    "wrong refusals",
    "evaluation_measure_resolution_accuracy": "Follow-up questions understood rightly",
    "evaluation_measure_quote_integrity": "Quotes word for word in their source",
    "evaluation_measure_latency_ms p50": "Median time of an answer",
    "evaluation_measure_latency_ms p95": "Time that 95% of answers stay below",
    "evaluation_types": "By type of question",
    "evaluation_type": "Type",
    "evaluation_type_none": "no type",
    "evaluation_count": "Questions",
    "evaluation_alt_bin": "Confidence from {low} to {high}%: {count} questions, {right}% right.",
    "evaluation_alt_risk": "The surest {coverage}%: {risk}% wrong.",
    "evaluation_alt_operating": "The product answers {coverage}% of the questions, {risk}% of "
    "these answers being wrong.",
    "evaluation_diagrams": "Confidence",
    # Against the last run
    "evaluation_compared": "Since the run of {when} (index {index}): questions won: {won}; lost: "
    "{lost}.",
    "evaluation_same": "Since the run of {when} (index {index}), no question came out differently.",
    "evaluation_first": "First run of this file in this browser: the next one will be compared "
    "with it. Only outcomes are kept, here, without the text of the questions.",
    "evaluation_forget": "Forget the run kept",
    "evaluation_forgotten": "Run forgotten.",
    "evaluation_unkept": "This browser keeps nothing: the next run cannot be compared.",
    "evaluation_won": "Won",
    "evaluation_lost_questions": "Lost",
    # Question by question
    "evaluation_each": "Question by question",
    "evaluation_show": "Show",
    "evaluation_search": "Search the questions",
    "evaluation_all": "all",
    "evaluation_right": "right",
    "evaluation_quote_right": "right quote",
    "evaluation_quote_wrong": "quote that does not answer",
    "evaluation_wrong": "first quote wrong",
    "evaluation_refused": "wrongly refused",
    "evaluation_abstained": "rightly refused",
    "evaluation_invented": "wrongly answered",
    "evaluation_shown": "Questions shown: {count} of {total}",
    "evaluation_more": "Show more",
    "evaluation_expected": "Expected",
    "evaluation_got": "Got",
    "evaluation_near": "Left aside",
    "evaluation_nothing": "to abstain",
    "evaluation_none": "no quote",
    "evaluation_contains": "“{words}” in {document}",
    "evaluation_understood": "Understood as: {question}",
    "evaluation_confidence": "confidence {value}",
    "evaluation_open": "Open in the source",
    "evaluation_new_tab": "(new tab)",
    # To keep
    "evaluation_keep": "Keep the results",
    "evaluation_export_json": "Report (JSON)",
    "evaluation_export_run": "Rankings (TREC run)",
    "evaluation_export_qrels": "Judgements (qrels)",
    "evaluation_export_about": "trec_eval and ir_measures read the two TREC files; a sentence is "
    "named document:start-end there.",
}
