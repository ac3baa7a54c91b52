"""Headers that every answer carries, errors and static files too."""

from flask import Flask, Response, current_app, g, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# Scanned pages (JBIG2, fax) are read by pdf.js's own WebAssembly, in its worker, which gets its policy from its file.
# This allows it to compile WebAssembly, and still no text as a script; no page gets it.
PDF_WORKER = "vendor/pdfjs/pdf.worker.min.mjs"
POLICY_OF_PDF_WORKER = CONTENT_SECURITY_POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")


def add_headers(response: Response) -> Response:
    """Set the security headers; a view may have set a stricter Content-Security-Policy (files do)."""
    is_worker = request.endpoint == "static" and (request.view_args or {}).get("filename") == PDF_WORKER
    policy = POLICY_OF_PDF_WORKER if is_worker else CONTENT_SECURITY_POLICY
    response.headers.setdefault("Content-Security-Policy", policy)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()"
    if current_app.config["SETTINGS"].is_https:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if request.endpoint == "static":
        response.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if request.args.get("v") else "no-cache"
        )
    else:
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    kind = response.mimetype or ""
    if kind.startswith("text/") or kind in ("application/json", "image/svg+xml"):
        response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    if "request_id" in g:
        response.headers["X-Request-Id"] = g.request_id
    return response


def init_app(app: Flask) -> None:
    """Add the headers last, so that nothing escapes them."""
    app.after_request(add_headers)
