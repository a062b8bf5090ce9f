"""What is French in every language: citations of French documents, and questions to them."""

from __future__ import annotations

ALWAYS_FRENCH: dict[str, str] = {
    # References
    "months": "janvier février mars avril mai juin juillet août septembre octobre novembre "
    "décembre",
    "cite_question_ecrite": "Question écrite",
    "cite_question_orale": "Question orale",
    "cite_question_gouvernement": "Question au Gouvernement",
    "cite_number": "n° {number}",
    "cite_question": "JO du {date}",
    "cite_answer": "réponse publiée au JO le {date}",
    "cite_question_senate": "JO Sénat du {date}",
    "cite_answer_senate": "réponse publiée au JO Sénat le {date}",
    "cite_answered": "réponse publiée",
    "cite_unanswered": "sans réponse publiée",
    "cite_answer_elsewhere": "réponse non reproduite",
    "cite_page": "p. {page}",
    "cite_article": "article {number}",
    "cite_version": "version du {date}",
    "cite_version_in_force": "version en vigueur au {date}",
    "cite_version_between": "version en vigueur du {start} au {end}",
    "cite_title": "« {title} »",
    "reference_page": ", p. {page}",
    "reference_file_page": " (page {page} du fichier)",
    "reference_journal": "Journal officiel ({house})",
    "reference_journal_plain": "Journal officiel",
    "reference_version": "version en vigueur au {date}",
    # A quote
    "quoted": "«\u00a0{text}\u00a0»",
    # Questions: the documents answer to French
    "followup_who": "Qui est l'auteur de la citation qui répond à « {question} » ?",
    "followup_when": "De quand date la citation qui répond à « {question} » ?",
    "followup_where": "D'où vient la citation qui répond à « {question} » ?",
    "chat_example_1": "Combien de mineurs sont victimes d'exploitation sexuelle ?",
    "chat_example_2": "De quand date la loi Taquet ?",
    "chat_example_3": "Quelles mesures le Gouvernement a-t-il déjà mises en œuvre ?",
    "chat_example_4": "Qui dépose un recours contre les présidents de départements ?",
    "chat_example_5": "Combien d'enfants la Haute-Garonne a-t-elle pris en charge en 2021 ?",
    "chat_example_6": "Qu'a répondu le Gouvernement à Mme Erodi ?",
}
