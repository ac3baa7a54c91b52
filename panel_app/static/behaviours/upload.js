// Sends each chosen file in a request of its own, with its size and (where the browser can) its SHA-256, and lists what
// became of each. Without it the plain form sends one file.

const HASH_UP_TO = 64 * 1024 * 1024;

async function sha256(file) {
  if (!globalThis.crypto?.subtle || file.size > HASH_UP_TO) return "";
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function show(line, tone, ...parts) {
  line.dataset.tone = tone;
  line.replaceChildren(...parts);
}

const made = (tag, values) => Object.assign(document.createElement(tag), values);

export default function upload(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-uploads]");
  const button = form.querySelector("button[type=submit]");
  const words = (name, file) => form.dataset[name].replace("{name}", file.name);
  input.multiple = true;

  function refuse(line, text) {
    show(line, "bad", made("strong", { textContent: form.dataset.wordsError }), ` ${text}`);
  }

  function take(line, file, href) {
    show(line, "good", words("wordsHere", file), " ", made("a", { href, textContent: words("wordsDescribe", file) }));
  }

  async function send(file) {
    const line = list.appendChild(document.createElement("li"));
    show(line, "", words("wordsReading", file));
    try {
      const body = new FormData();
      body.set("csrf_token", form.elements.csrf_token.value);
      body.set("announced_size", file.size);
      body.set("announced_sha256", await sha256(file));
      body.set("file", file, file.name);
      show(line, "", words("wordsSending", file));
      const response = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body });
      const answer = await response.json();
      if (response.ok) take(line, file, answer.href);
      else refuse(line, `${file.name}: ${answer.error}`);
    } catch {
      refuse(line, words("wordsLost", file));
    }
  }

  form.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const files = [...input.files];
    button.disabled = true;
    for (const file of files) await send(file);
    button.disabled = false;
    input.value = "";
    input.focus();
  });
}
