"""Coming in and going out. A link in a mail shows a page with a button; only a POST acts."""

from flask import redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from panel_app.accounts.forms import CompleteForm, EmailForm, NewPasswordForm, SignInForm, SignUpForm
from panel_app.accounts.rules import TokenPurpose
from panel_app.accounts.services import entry
from panel_app.accounts.services.passwords import own_words_of, refusal_of
from panel_app.accounts.services.sign_ins import end_sign_in
from panel_app.accounts.views.blueprint import TODAY, bp, enter, this_token
from panel_app.foundation.actors import actor
from panel_app.foundation.permissions import Who, allow
from panel_app.foundation.web.guard import client_address
from panel_app.foundation.web.pages import Answer, form_page
from panel_app.foundation.words import N_


@bp.get("/")
@allow(Who.ANYONE)
def home() -> Answer:
    """What this is, for guests; everybody else goes to what needs them now."""
    return redirect(TODAY) if actor().signed_in else render_template("accounts/home.html")


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(Who.ANYONE, on=("GET", "POST"))
def sign_in() -> Answer:
    """Sign in by address and password. `?email=` fills in the address, as the list of the demo's accounts does."""
    if request.method == "GET" and actor().signed_in:
        return redirect(TODAY)
    form = SignInForm(data={"email": request.args.get("email", "")[:254]})
    agent = request.user_agent.string
    return form_page(
        form,
        "accounts/sign_in.html",
        save=lambda: entry.sign_in(**form.values(), address=client_address(), agent=agent),
        then=lambda entered: enter(entered.person_id, entered.token),
        has_kept="kept" in session,
    )


@bp.post("/sign-out")
@allow(Who.ANYONE, on=("POST",))
def sign_out() -> Response:
    """End this sign-in and clear what the browser keeps of it."""
    if token := this_token():
        end_sign_in(actor(), token)
    session.clear()
    answer = redirect(url_for("accounts.home"), 303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.route("/sign-up", methods=["GET", "POST"])
@allow(Who.ANYONE, on=("GET", "POST"))
def sign_up() -> Answer:
    """Begin an account: the mailbox gets a link."""
    if request.method == "GET" and actor().signed_in:
        return redirect(TODAY)
    form = SignUpForm()
    return form_page(
        form,
        "accounts/sign_up.html",
        save=lambda: entry.sign_up(**form.values(), address=client_address()),
        then=lambda _: url_for("accounts.mail_sent"),
    )


@bp.route("/forgotten-password", methods=["GET", "POST"])
@allow(Who.ANYONE, on=("GET", "POST"))
def forgotten() -> Answer:
    """Ask for a link to set a new password."""
    form = EmailForm()
    return form_page(
        form,
        "accounts/forgotten.html",
        save=lambda: entry.ask_for_reset(**form.values(), address=client_address()),
        then=lambda _: url_for("accounts.mail_sent", about="password"),
    )


@bp.get("/mail-sent")
@allow(Who.ANYONE)
def mail_sent() -> str:
    """Check your email: the same page for every address. `?about=password`: whence one comes, for asking again."""
    about_password = request.args.get("about") == "password"
    again = url_for("accounts.forgotten" if about_password else "accounts.sign_up")
    return render_template("accounts/mail_sent.html", again=again)


@bp.route("/welcome/<key:token>", methods=["GET", "POST"])
@allow(Who.ANYONE, on=("GET", "POST"))
def complete(token: str) -> Answer:
    """Confirm the address and open the account: name and first password."""
    account = entry.account_of_link(token, TokenPurpose.CONFIRM, TokenPurpose.INVITE)
    if account is None:
        return render_template("accounts/link_ended.html", again=url_for("accounts.sign_up")), 410
    words = own_words_of(account.id)
    form = CompleteForm(refusal=lambda password: refusal_of(password, *words), name=account.name)
    agent = request.user_agent.string
    return form_page(
        form,
        "accounts/complete.html",
        save=lambda: entry.complete(token, **form.values(), agent=agent),
        then=lambda entered: enter(entered.person_id, entered.token),
        done=N_("Your account is open."),
        address=account.address,
    )


@bp.route("/new-password/<key:token>", methods=["GET", "POST"])
@allow(Who.ANYONE, on=("GET", "POST"))
def reset(token: str) -> Answer:
    """Set a new password by a link."""
    account = entry.account_of_link(token, TokenPurpose.RESET)
    if account is None:
        return render_template("accounts/link_ended.html", again=url_for("accounts.forgotten")), 410
    words = own_words_of(account.id)
    form = NewPasswordForm(refusal=lambda password: refusal_of(password, *words))
    return form_page(
        form,
        "accounts/reset.html",
        save=lambda: entry.reset(token, **form.values()),
        then=lambda _: url_for("accounts.sign_in"),
        done=N_("Your new password is set, and you are signed out everywhere. Sign in with it."),
        address=account.address,
    )
