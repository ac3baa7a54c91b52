// One save to the server, and what its answer means: saved, clash, refused, shut, signedOut, or later.

const PATIENCE = 15000;
const RENEWALS = 3;

function token() {
  return document.querySelector('meta[name="csrf-token"]');
}

async function request(form, body) {
  return fetch(form.dataset.autosave, {
    method: form.dataset.autosaveMethod,
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token().content },
    body: JSON.stringify(body),
    credentials: "same-origin",
    keepalive: JSON.stringify(body).length < 60000,
    signal: AbortSignal.timeout(PATIENCE),
  });
}

// A new sign-in makes the page's token invalid: the page itself carries a fresh one.
async function renewToken(form) {
  const answer = await fetch(form.dataset.sheet, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector('meta[name="csrf-token"]');
  if (fresh) token().content = fresh.content;
  return { isFresh: Boolean(fresh), isOther: answer.status === 404 };
}

async function read(answer) {
  try {
    return await answer.json();
  } catch {
    return {};
  }
}

export async function send(form, body) {
  try {
    let answer = await request(form, body);
    // Pages that load at once after a sign-in each get a token of their own, and the last one holds.
    for (let tries = 1; answer.status === 400 && tries <= RENEWALS; tries += 1) {
      const { isFresh, isOther } = await renewToken(form);
      if (!isFresh) return { kind: "signedOut", isOther };
      answer = await request(form, body);
    }
    const said = await read(answer);
    if (answer.ok) return Number.isInteger(said.revision) ? { kind: "saved", ...said } : { kind: "later" };
    if (answer.status === 401) return { kind: "signedOut", ...said };
    if (answer.status === 409 && "theirs" in said) return { kind: "clash", ...said };
    if ([403, 404, 409].includes(answer.status)) return { kind: "shut", ...said };
    if ([400, 413, 422].includes(answer.status)) return { kind: "refused", ...said };
    return { kind: "later", status: answer.status };
  } catch {
    return { kind: "later" };
  }
}
