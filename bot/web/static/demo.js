// What a site can do with the assistant on it: open it, and hear what happens.
(() => {
  "use strict";

  const copy = document.getElementById("copy");
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById("line").textContent);
    copy.textContent = copy.dataset.done;
  });
  document.getElementById("ask").addEventListener("click", () => window.CspAssistant?.open());

  function listen() {
    for (const name of ["opened", "closed", "language", "submitted"]) {
      window.CspAssistant.on(name, (details) => {
        const item = document.createElement("li");
        const code = document.createElement("code");
        code.textContent = `${name} ${JSON.stringify(details)}`;
        item.append(code);
        document.getElementById("events").append(item);
      });
    }
  }

  if (window.CspAssistant) listen();
  else addEventListener("csp-assistant-ready", listen, { once: true });
})();
