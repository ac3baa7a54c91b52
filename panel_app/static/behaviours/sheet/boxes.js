// The fields of a score sheet on the page: by name, a group of radio buttons is one.

export function names(form) {
  const all = [...form.elements].map((element) => element.name).filter((name) => name && (name.includes(".") || ["global_view", "note"].includes(name)));
  return [...new Set(all)];
}

export function controls(form, name) {
  return [...form.elements].filter((element) => element.name === name && ["radio", "textarea"].includes(element.type));
}

export function get(form, name) {
  const [first, ...more] = controls(form, name);
  if (first.type !== "radio") return first.value;
  return [first, ...more].find((radio) => radio.checked)?.value ?? "";
}

export function put(form, name, value) {
  for (const control of controls(form, name)) {
    if (control.type === "radio") control.checked = control.value === value;
    else control.value = value;
  }
  controls(form, name)[0].closest(".field").dispatchEvent(new Event("change")); // what is drawn beside it follows
}

export function place(form, name) {
  return controls(form, name)[0].closest(".field");
}

export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
