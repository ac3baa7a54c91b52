"""Names of other scripts in Latin letters: one file per script, each with both common romanisations.

Each file offers the same three functions. `spellings(word)` gives the Latin spellings of a word in the script;
`fold(latin)` one key at which the spellings of a name meet, of whatever romanisation; `looks(latin)` says whether a
Latin word is likely such a name, so that two Latin spellings may be compared by their fold.
"""
