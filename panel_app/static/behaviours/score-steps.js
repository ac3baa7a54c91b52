// One criterion at a time: by its step, by the button that leads on, by keys; a link to a field opens its criterion.

export default function scoreSteps(form) {
  const sections = [...form.querySelectorAll("[data-criterion]")];
  const nav = document.querySelector("[data-steps]");
  const next = form.querySelector("[data-next]");
  const submit = form.querySelector("[data-submit]");
  const pane = form.closest(".pane");
  const memory = `panel:step:${form.dataset.assignment}`;
  let now = null;

  function words(step) {
    const { state } = step.dataset;
    if (step.dataset.step === now?.dataset.criterion) return nav.dataset.wordsNow;
    return state === "done" ? nav.dataset.wordsDone : nav.dataset.wordsOpen;
  }

  function draw() {
    for (const step of nav.querySelectorAll("[data-step]")) {
      const isNow = step.dataset.step === now.dataset.criterion;
      step.className = `step-${step.dataset.state === "done" ? "done" : "open"}${isNow ? " step-now" : ""}`;
      if (isNow) step.setAttribute("aria-current", "step");
      else step.removeAttribute("aria-current");
      step.querySelector("[data-step-words]").textContent = words(step);
    }
  }

  function show(section, focus = true) {
    if (!section) return;
    now = section;
    for (const each of sections) each.hidden = each !== now;
    const isEnd = now.dataset.criterion === "finish";
    next.hidden = isEnd;
    submit.hidden = !isEnd;
    next.textContent = now.dataset.nextWords ?? "";
    draw();
    sessionStorage.setItem(memory, now.dataset.criterion);
    document.dispatchEvent(new CustomEvent("criterion", { detail: now.dataset.criterion }));
    if (!focus) return;
    pane.scrollTo({ top: 0 });
    if (getComputedStyle(pane).overflowY !== "auto") pane.scrollIntoView();
    now.querySelector(".criterion-title").focus({ preventScroll: true });
  }

  const named = (name) => sections.find((section) => section.dataset.criterion === name);
  const step = (by) => show(sections[Math.min(Math.max(sections.indexOf(now) + by, 0), sections.length - 1)]);

  function first() {
    const asked = document.getElementById(location.hash.slice(1))?.closest("[data-criterion]");
    const open = nav.querySelector('[data-step]:not([data-state="done"])');
    return asked ?? named(form.dataset.open) ?? named(sessionStorage.getItem(memory)) ?? named(open?.dataset.step) ?? sections[0];
  }

  nav.addEventListener("click", (event) => {
    const link = event.target.closest("[data-step]");
    if (!link) return;
    event.preventDefault();
    show(named(link.dataset.step));
  });
  form.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest('a[href^="#"]')?.hash.slice(1) ?? "");
    const section = target?.closest("[data-criterion]");
    if (section && section !== now) show(section, false);
  }, { capture: true });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.type === "radio") event.preventDefault();
  });
  next.addEventListener("click", () => step(1));
  document.addEventListener("step", ({ detail }) => step(detail));
  form.addEventListener("sheet-saved", ({ detail: { done } }) => {
    for (const each of nav.querySelectorAll("[data-step]")) {
      if (each.dataset.step !== "finish") each.dataset.state = done.includes(each.dataset.step) ? "done" : "open";
    }
    const count = document.querySelector("[data-done-count]");
    count.textContent = count.dataset.words.replace("{done}", done.length).replace("{most}", sections.length - 1);
    draw();
  });

  form.querySelector("[data-without-script]").hidden = true;
  show(first(), false);
  form.querySelector("#error-summary")?.focus();
}
