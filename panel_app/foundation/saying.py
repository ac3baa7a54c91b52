"""Say a rule's sentence in the reader's language: the one place where a `Sentence` becomes text for people."""

from flask_babel import gettext, ngettext

from panel_app.foundation.words import Sentence


def say(sentence: Sentence | str) -> str:
    """A rule's sentence in the reader's language, in the form that its number asks for."""
    if isinstance(sentence, str):
        return str(gettext(sentence))
    if sentence.plural:
        return str(ngettext(sentence.template, sentence.plural, **sentence.params))
    return str(gettext(sentence.template, **sentence.params))
