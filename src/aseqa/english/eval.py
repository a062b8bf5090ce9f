"""The English of ``aseqa.messages_eval``: faults of a question set, what the figures say."""

from __future__ import annotations

EVALUATION: dict[str, str] = {
    # Gold files
    "gold_format": "{path}: a JSON Lines file of questions (.jsonl) is expected here.",
    "gold_missing": "{path}: file of questions not found.",
    "gold_encoding": "{path}: the file of questions is not in UTF-8.",
    "gold_empty": "{path}: no question in this file.",
    "gold_line": "{path}, line {number}: {fault}.",
    "gold_json": "unreadable JSON (column {column})",
    "gold_object": "a JSON object is expected",
    "gold_answers": "“gold” must be a list of objects {{doc, contains}}, empty if nothing answers",
    "gold_text": "“{name}” must be a text that is not empty",
    "gold_turns": "“turns” must be a list of questions {{q, understood, gold}} that is not empty",
    "gold_twice": "the identifier “{id}” is used already",
    # SQuAD files
    "squad_fault": "{path}, {fault}.",
    "squad_top": "at the top level",
    "squad_object": "{place}: a JSON object is expected (SQuAD format)",
    "squad_missing": "{place}: “{name}” is missing (SQuAD format)",
    "squad_kind": "{place}: “{name}” must be {wanted}",
    "squad_list": "a list of objects",
    "squad_text": "a text",
    "squad_filled": "a text that is not empty",
    "squad_number": "a whole number",
    "squad_title": "{place}: no article has the title “{title}” ({count} title(s) of --titles are "
    "in this case)",
    "titles_missing": "{path}: file of titles not found.",
    "titles_key": "{path}: name one of the lists of this file, in the form {path}:NAME; choose "
    "from: {known}.",
    "titles_no_key": "{path}: this file is a single list; name it without “:{name}”.",
    "titles_list": "{path}: a JSON list of titles is expected, not an empty one.",
    # BEIR folders
    "beir_missing": "{path}: this folder is not in BEIR format, it lacks {names}.",
    "beir_empty": "{path}: this file is empty.",
    "beir_no_text": "{path}: no text to index.",
    "beir_text": "“{name}” must be a text",
    "beir_columns": "three columns separated by tabs are expected: query-id, corpus-id and score, "
    "a whole number",
    "beir_unknown": "“{id}” is not in {file}",
    "beir_unjudged": "{path}: no document is judged relevant in it (score above 0).",
    # Figures
    "score_title": "Evaluation on {gold}",
    "score_index": "Index: {index}.",
    "score_gold": "{questions} questions: {answerable} with an answer in the corpus, "
    "{unanswerable} without.",
    "score_squad": "{questions} questions: {answerable} with an answer, {unanswerable} without; "
    "{paragraphs} paragraphs, {articles} articles.",
    "score_beir": "{questions} queries, {documents} documents, {judgements} judgements ({qrels}).",
    "score_misplaced": "Answers set aside, their text not being at the position given: "
    "{misplaced_answers}; questions set aside for that reason: {skipped_questions}.",
    "score_unjudged": "Queries set aside, without a relevant document: {unjudged_queries}.",
    "score_drawn_article": "Intervals: drawn by article.",
    "score_drawn_paragraph": "Intervals: drawn by paragraph.",
    "score_drawn_question": "Intervals: drawn by question.",
    "score_measure": "measure",
    "score_value": "value",
    "score_interval": "95% interval",
    "score_type": "type",
    "score_count": "questions",
    "score_wrong": "First quotation wrong ({count})",
    "score_refused": "Wrongly refused ({count})",
    "score_invented": "Wrongly answered ({count})",
    "score_failure": "{id}: {question} → {quote} (confidence {confidence})",
    "score_misunderstood": "Follow-ups misunderstood ({count})",
    "score_misread": "{id}: {question} → {got} (expected: {expected})",
    "score_as_typed": "as typed",
    "score_none": "no quotation",
    "score_more": "- … and {count} more in results.jsonl.",
    "score_misplaced_list": "Misplaced answers, by question ({count})",
    "score_wrong_sentence": "First sentence of the paragraph wrong ({count})",
    "score_failure_squad": "{id}: {question} → {quote} (expected: {expected})",
    "score_missed": "No relevant document among the first ten ({count})",
    "score_confident": "precision_at_0.8: share of right ones among the {count} answers given with "
    "a confidence of at least 0.8.",
    "score_at_refusal": "false_answer_rate_at_refusal_0.08: at the threshold {threshold}, chosen "
    "on these very questions (descriptive).",
    "score_confidence": "Confidence",
    "score_confidence_data": "Data of the two figures: {file}.",
    # Diagrams
    "diagram_reliability": "Reliability of the confidence",
    "diagram_caption_reliability": "{gold}, {count} questions; mean gap (ECE) {ece}, Brier score "
    "{brier}",
    "diagram_right": "share of right first sentences",
    "diagram_bar": "share of right ones by band of confidence",
    "diagram_mean": "share of right ones at the mean confidence of the band",
    "diagram_perfect": "perfect confidence: what is announced happens",
    "diagram_confidence": "confidence announced",
    "diagram_count": "questions",
    "diagram_risk_coverage": "Risk by share of questions answered",
    "diagram_caption_risk_coverage": "{gold}, {count} questions; area under the curve "
    "{risk_coverage_area}",
    "diagram_coverage": "questions answered, the surest first",
    "diagram_wrong": "share of wrong ones among the answers",
    "diagram_risk": "risk at this threshold of confidence",
    "diagram_chance": "risk of answering everything",
    "diagram_operating": "threshold in use (confidence ≥ {threshold}): {coverage}% of answers, of "
    "which {risk}% wrong",
}
