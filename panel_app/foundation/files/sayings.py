"""The sentences about files that can't be taken. Each says what is wrong and what to do."""

from panel_app.foundation.words import N_, Sentence, sentence

_LOCKED = {
    "PDF": N_(
        "This PDF is protected with a password or against changes. Save or print a copy without protection, "
        "then upload the copy."
    ),
    "DOCX": N_(
        "This document is protected with a password. Remove the password under File, Info, Protect Document, save it, "
        "then upload it again."
    ),
}


def wrong_type(extensions: str) -> Sentence:
    """The name's ending is none of ours; `extensions` lists those that are."""
    return sentence(
        N_("This type of file isn't taken. Choose a file that ends in %(extensions)s."), extensions=extensions
    )


def empty() -> Sentence:
    """Nothing is in the file."""
    return sentence(N_("This file is empty. Open it to see whether your work is in it, save it, then upload it again."))


def too_large(limit: str) -> Sentence:
    """The file is over `limit`, a size in words."""
    return sentence(N_("This file is larger than %(limit)s, the limit. Make it smaller or split it."), limit=limit)


def renamed(extension: str, found: str) -> Sentence:
    """The name says one kind that we take, the content another."""
    return sentence(
        N_(
            "The name ends in .%(extension)s, but the content is %(found)s. Give it the ending of what it is, "
            "or save it anew as .%(extension)s."
        ),
        extension=extension,
        found=found,
    )


def not_what_it_says(extension: str) -> Sentence:
    """The content is no kind that we take."""
    return sentence(
        N_(
            "The name ends in .%(extension)s, but the content is something else. Open it in the program that made it "
            "and save it as .%(extension)s, or choose another file."
        ),
        extension=extension,
    )


def web_code(extension: str) -> Sentence:
    """The content is a web page, a drawing with code, or a script."""
    return sentence(
        N_(
            "This .%(extension)s file holds the code of a web page or a script, which isn't taken. Save what it shows "
            "as PDF and upload that."
        ),
        extension=extension,
    )


def two_in_one(found: str) -> Sentence:
    """The file can be read as two kinds; `found` is the one that the name doesn't say."""
    return sentence(
        N_("This file can also be read as %(found)s. Open it and save or print a fresh copy, then upload the copy."),
        found=found,
    )


def something_behind() -> Sentence:
    """Bytes stand behind the end of the file that belong to nothing."""
    return sentence(
        N_("More stands behind the end of this file than belongs there. Open it, save a fresh copy, then upload that.")
    )


def cut_off() -> Sentence:
    """The end of the file is missing."""
    return sentence(N_("The end of this file is missing. Upload it again, from a complete copy."))


def damaged() -> Sentence:
    """The content can't be read."""
    return sentence(
        N_("This file is damaged and can't be read whole. Open it, save or print a fresh copy, then upload the copy.")
    )


def locked(kind: str) -> Sentence:
    """The document is encrypted; `kind` is PDF or DOCX."""
    return sentence(_LOCKED[kind])


def macros() -> Sentence:
    """A document with macros."""
    return sentence(
        N_("This document holds macros, which aren't taken. Save it as a Word document (.docx) without macros.")
    )


def old_word() -> Sentence:
    """A document in the format before 2007."""
    return sentence(N_("This is a document in an older Word format. Save it as .docx or PDF, then upload that."))


def not_word() -> Sentence:
    """An Office file, but no Word document."""
    return sentence(N_("This isn't a Word document. Save it as PDF, then upload that."))


def portfolio_pdf() -> Sentence:
    """A PDF that only wraps other files."""
    return sentence(N_("This PDF is a wrapper around other files. Take the files out and upload each by itself."))


def form_pdf() -> Sentence:
    """A PDF whose pages are drawn by a form program (XFA)."""
    return sentence(
        N_("This PDF is a form that draws itself when it is opened. Print it to a new PDF and upload that.")
    )


def too_many_pages(pages: int, limit: int) -> Sentence:
    """More pages than allowed."""
    return sentence(
        N_("This document has %(pages)s pages; %(limit)s is the limit. Upload the part that shows your work."),
        pages=pages,
        limit=limit,
    )


def too_many_pixels(limit: int) -> Sentence:
    """A picture of more than `limit` million pixels."""
    return sentence(
        N_("This picture has more than %(limit)s million pixels, the limit. Save a smaller copy and upload that."),
        limit=limit,
    )


def unpacks_too_large(limit: str) -> Sentence:
    """What is packed in the file is over `limit` when unpacked."""
    return sentence(
        N_("Unpacked, this file is larger than %(limit)s, the limit. Make its pictures smaller or split it."),
        limit=limit,
    )


def too_many_parts(limit: int) -> Sentence:
    """A package with more entries than allowed."""
    return sentence(
        N_("This document is made of more than %(limit)s parts, the limit. Save it as PDF and upload that."),
        limit=limit,
    )


def unknown_letters() -> Sentence:
    """Bytes that are no text in any encoding that we can tell."""
    return sentence(
        N_("The letters of this text can't be read. Open it in an editor, save it as UTF-8, then upload it again.")
    )


def hidden_bytes() -> Sentence:
    """Control characters that no text has."""
    return sentence(
        N_("This file holds characters that text doesn't have. Copy the text into a new file, then upload that.")
    )


def cpu_limit(seconds: int) -> Sentence:
    """The limit of computing time."""
    return sentence(
        N_(
            "Reading this file took more than %(seconds)s seconds of computing time, the limit. Save or print "
            "a simpler copy, or split it."
        ),
        seconds=seconds,
    )


def wall_limit(seconds: int) -> Sentence:
    """The limit of time by the clock."""
    return sentence(
        N_("Reading this file took longer than %(seconds)s seconds, the limit. Try again; if that fails, split it."),
        seconds=seconds,
    )


def memory_limit(limit: str) -> Sentence:
    """The limit of memory."""
    return sentence(
        N_("Reading this file needed more than %(limit)s of memory, the limit. Make it smaller or split it."),
        limit=limit,
    )


def output_limit(limit: str) -> Sentence:
    """The limit of what may be written."""
    return sentence(
        N_("The copy of this file grew past %(limit)s, the limit. Make it smaller or split it."), limit=limit
    )


def not_all_arrived() -> Sentence:
    """Length or hash is not what the browser announced."""
    return sentence(N_("Not all of this file arrived. Upload it again, or remove it."))


def stored_damage() -> Sentence:
    """A stored file is gone or changed."""
    return sentence(
        N_("This file is damaged in our storage and isn't shown. Ask the coordinator, who can see which it is.")
    )
