"use strict";
(() => {
  const form = document.getElementById("changes");
  const said = document.getElementById("said");
  const telling = document.getElementById("telling");
  let world = 0;
  let waiting = false; // for an answer
  let moved = false; // since the question was put

  const part = (address, fields, id) =>
    fetch(address, { method: "POST", body: fields, redirect: "error" })
      .then((answer) => answer.text())
      .then((html) => new DOMParser().parseFromString(html, "text/html").getElementById(id));
  const silent = () => { said.textContent = "The studio does not answer: is inje still running?"; };
  const tell = () => {
    if (!telling.open) return;
    const fields = new URLSearchParams(new FormData(form));
    fields.set("world", String(world));
    part(form.getAttribute("action").replace(/results$/, "world"), fields, "retold")
      .then((fresh) => { if (fresh) document.getElementById("retold").replaceWith(fresh); })
      .catch(silent);
  };
  telling.addEventListener("toggle", tell);
  document.getElementById("next-world").addEventListener("click", () => { world += 1; tell(); });

  /* One question at a time: what is moved meanwhile is asked as soon as the answer is there. */
  const ask = () => {
    moved = waiting;
    if (waiting) return;
    waiting = true;
    const start = performance.now();
    part(form.getAttribute("action"), new URLSearchParams(new FormData(form)), "results")
      .then((fresh) => {
        if (!fresh) { said.textContent = "This cannot be computed."; return; }
        document.getElementById("results").replaceWith(fresh);
        said.textContent = `Computed in ${Math.round(performance.now() - start)} ms.`;
        if (!moved) tell();
      })
      .catch(silent)
      .finally(() => { waiting = false; if (moved) ask(); });
  };

  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  form.addEventListener("input", (event) => {
    if (event.target.type === "range") {
      const box = event.target.closest(".slide");
      box.querySelector("output").textContent = Number(event.target.value).toLocaleString("en", { maximumSignificantDigits: 3 });
      box.querySelector("input[type=checkbox]").checked = true;
    }
    ask();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    for (const range of form.querySelectorAll("input[type=range]")) {
      range.closest(".slide").querySelector("output").textContent = Number(range.value).toLocaleString("en", { maximumSignificantDigits: 3 });
    }
    ask();
  }, 0));
})();
