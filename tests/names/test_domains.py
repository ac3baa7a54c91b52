"""Domains of addresses and links, from the shipped list alone."""

import socket

import pytest

from panel_app.names import domains, is_free_mail, registered_domain


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("ana@mail.acme.co.uk", "acme.co.uk"),
        ("https://www.acme.com:8080/team", "acme.com"),
        ("ana@ACME.com ", "acme.com"),
        ("northwind.github.io", "northwind.github.io"),
        ("ana@münchen.de", "xn--mnchen-3ya.de"),
        ("ana@xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("ana@northwind.example.org", "northwind.example.org"),
        ("ana@example.org", None),
        ("ana@mail.acme.nosuchsuffix", "acme.nosuchsuffix"),
        ("ana@localhost", None),
        ("ana@192.0.2.1", None),
        ("", None),
    ],
)
def test_registered_domain_of_an_address_or_link(address: str, domain: str | None) -> None:
    assert registered_domain(address) == domain


def test_domain_that_no_host_can_have_is_none() -> None:
    assert registered_domain("ana@" + "ü" * 80 + ".com") is None


def test_free_mail_is_known_by_host_and_by_registered_domain() -> None:
    assert is_free_mail("ana@gmail.com")
    assert is_free_mail("ana@eu.gmail.com")
    assert not is_free_mail("ana@acme.com")


def test_list_of_suffixes_is_read_without_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    domains._extract.cache_clear()

    assert registered_domain("ana@acme.co.uk") == "acme.co.uk"
