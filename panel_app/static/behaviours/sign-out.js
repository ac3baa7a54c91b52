// Signing out erases what lies on this device. Text that was typed and not sent is named first, and can still be sent.

import * as device from "./sheet/device.js";
import * as shelf from "./sheet/shelf.js";

async function unsent() {
  try {
    return await device.waiting();
  } catch {
    return 0;
  }
}

async function leave(form, event) {
  if (form.dataset.isSure) return;
  event.preventDefault();
  const number = await unsent();
  if (number > 0 && !window.confirm(form.dataset.wordsUnsent.replace("{n}", number))) return;
  form.dataset.isSure = "yes";
  await Promise.allSettled([device.erase(), shelf.eraseAll()]);
  form.requestSubmit();
}

export default function signOut(form) {
  form.addEventListener("submit", (event) => leave(form, event));
}
