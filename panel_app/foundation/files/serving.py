"""The headers under which a file leaves the house, so that it can't act."""

from panel_app.foundation.files.names import content_disposition

_INERT = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def file_headers(name: str, media_type: str, *, may_show: bool, download: bool = False) -> dict[str, str]:
    """Headers for a file: shown in place only where its kind allows it (`may_show`) and no download was asked for.

    Take `media_type` and `may_show` from the kind (`media_type`, `inline`) for an original, from `kind.copy` for
    a panel copy; never from what a browser announced.
    """
    inline = may_show and not download
    return {
        "Content-Type": media_type if inline else _for_download(media_type),
        "Content-Disposition": content_disposition(name, inline=inline),
        **_INERT,
    }


def _for_download(media_type: str) -> str:
    """HTML isn't named so even in a download: a browser that ignored the disposition would still not run it."""
    return "application/octet-stream" if media_type.startswith("text/html") else media_type
