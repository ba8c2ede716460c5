"use strict";
(() => {
  const form = document.getElementById("changes");
  const said = document.getElementById("said");
  let asked = 0;
  let timer = 0;

  const ask = () => {
    const mine = ++asked;
    const start = performance.now();
    fetch(form.getAttribute("action"), { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" })
      .then((answer) => answer.text())
      .then((html) => {
        if (mine !== asked) return;
        const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("results");
        const old = document.getElementById("results");
        if (!fresh) { said.textContent = "This cannot be computed."; return; }
        const scrolled = old.scrollTop;
        old.replaceWith(fresh);
        fresh.scrollTop = scrolled;
        said.textContent = `Computed in ${Math.round(performance.now() - start)} ms.`;
      })
      .catch(() => { said.textContent = "The studio does not answer: is inje still running?"; });
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(ask, 60); };

  form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });
  form.addEventListener("input", (event) => {
    if (event.target.type === "range") {
      const box = event.target.closest(".slide");
      box.querySelector("output").textContent = Number(event.target.value).toLocaleString("en", { maximumSignificantDigits: 3 });
      box.querySelector("input[type=checkbox]").checked = true;
    }
    soon();
  });
  form.addEventListener("reset", () => setTimeout(() => {
    for (const range of form.querySelectorAll("input[type=range]")) {
      range.closest(".slide").querySelector("output").textContent = Number(range.value).toLocaleString("en", { maximumSignificantDigits: 3 });
    }
    ask();
  }, 0));
})();
