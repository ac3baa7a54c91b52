"""Links and identifiers in their one spelling."""

import pytest

from panel_app.names import link_of, normal_address


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("https://www.GitHub.com/Quill/tool/", "github.com/quill/tool"),
        ("git@github.com:quill/tool.git", "github.com/quill/tool"),
        ("ssh://git@github.com/quill/tool", "github.com/quill/tool"),
        ("github.com/quill/tool/tree/main/src", "github.com/quill/tool"),
        ("https://gitlab.com/quill/sub/tool/-/issues", "gitlab.com/quill/sub/tool"),
        ("https://huggingface.co/datasets/quill/ds", "huggingface.co/datasets/quill/ds"),
        ("https://github.com/orgs/quill/repositories", "github.com/quill"),
        ("0000-0002-1694-233x", "orcid:0000-0002-1694-233X"),
        ("https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"),
        ("doi:10.1234/AbC", "doi:10.1234/abc"),
        ("https://doi.org/10.1234/abc", "doi:10.1234/abc"),
        ("arXiv:2101.00001", "arxiv:2101.00001"),
        ("arxiv.org/abs/2101.00001v2", "arxiv:2101.00001"),
        ("https://scholar.google.de/citations?hl=de&user=AbC", "scholar.google.com:AbC"),
        ("https://de.linkedin.com/in/quill/", "linkedin.com:quill"),
        ("twitter.com/Quill", "x.com:quill"),
        ("https://youtu.be/abc", "youtube.com/watch?v=abc"),
        ("http://quill.example/demo/", "quill.example/demo"),
        ("www.quill.example/a?id=7&utm_source=x", "quill.example/a?id=7"),
    ],
)
def test_one_spelling_of_a_link(written: str, key: str) -> None:
    link = link_of(written)

    assert link is not None
    assert link.key == key


@pytest.mark.parametrize(
    "written",
    ["", "hello world", "https://github.com/", "github.com/explore", "github.com/login", "https://www.linkedin.com/feed/",
     "https://quill.example/about", "https://doi.org", "orcid.org", "http://[", "not-a-host"],
)  # fmt: skip
def test_first_pages_and_common_pages_say_nothing(written: str) -> None:
    assert link_of(written) is None


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Ana.Lima+x@Gmail.com", "analima@googlemail.com", True),
        ("ana.lima@acme.com", "analima@acme.com", False),
        ("a@münchen.de", "A@xn--mnchen-3ya.de", True),
        ("a+b@acme.com", "a@acme.com", True),
    ],
)
def test_one_mailbox_however_it_is_written(one: str, other: str, is_same: bool) -> None:
    assert (normal_address(one) == normal_address(other)) is is_same
