"""What to do about a finding of each check."""

from __future__ import annotations

MENDING = {
    "untranslated": "Translate it: msgstr in the catalog, or `python -m bot strings fill`.",
    "stale": "Bring the translation in line with the new English and remove the line '#, fuzzy'.",
    "plural_forms": "Give every number its form: Russian for 1, 2, 5 (день, дня, дней), Chinese one for all.",
    "counting": "Say each form aloud with the number named, and put the forms in their order.",
    "blanks": "Write the blanks of the English, spelt the same, each once in its place.",
    "structure": "Break lines, mark words and link as the English does.",
    "script": "Write it anew with the keyboard of this language; do not convert.",
    "last_sign": "End as the English ends, with this language's own sign.",
    "typography": "Use the signs and spaces this language uses.",
    "length": "Say it shorter; what is too long is cut off or breaks the line.",
    "terms": "Use the term of glossary.yml. If the glossary is wrong, change it there for all sentences.",
    "preferred": "Say the term, or add to its `also` in glossary.yml how else it may be said.",
    "unchanged": "Translate it, or add a name that stays English to `keep` in glossary.yml.",
    "comment": "Put `# Translators: ...` above it in the source: where it stands, what its blanks hold.",
    "up_to_date": "Run `python -m bot strings update`.",
    "numbers": "Carry the figures of the English over, or accept the exception in locales/accepted.yml.",
    "marks": "Keep tags, escapes, paths and options as they are; readers and programs know them so.",
    "accepted": "Remove the exception from locales/accepted.yml.",
}
