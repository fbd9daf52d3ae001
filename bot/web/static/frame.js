// Our side of embed.js: the chat in a frame on another site, and what is said across its border.
// The server has put into the page which site that is; nobody else is listened or talked to.
(() => {
  "use strict";

  const page = JSON.parse(document.getElementById("page").textContent);
  const origin = page.frame.host;
  const VISITOR = "visitor";
  const SUBMITTED = "submitted";
  const BOX = "[data-id=webchat-sendbox-input]";
  const isTouched = matchMedia("(pointer: coarse)");

  // Where the browser lets a frame keep nothing, the conversation lasts as long as the page.
  const kept = new Map();

  function recall(name) {
    try {
      return localStorage.getItem(name) ?? "";
    } catch {
      return kept.get(name) ?? "";
    }
  }

  function keep(name, value) {
    try {
      localStorage.setItem(name, value);
    } catch {
      kept.set(name, value);
    }
  }

  function tell(kind, details = {}) {
    parent.postMessage({ from: "csp-assistant", kind, ...details }, origin);
  }

  // On a phone the box would bring up the keyboard before anything was read.
  function focus() {
    const box = isTouched.matches ? null : document.querySelector(BOX);
    if (box) {
      box.focus();
      return;
    }
    document.getElementById("heading").focus();
    if (isTouched.matches) return;
    const waiting = new MutationObserver(() => {
      const drawn = document.querySelector(BOX);
      if (!drawn) return;
      waiting.disconnect();
      if (document.activeElement?.id === "heading") drawn.focus();
    });
    waiting.observe(document.getElementById("chat"), { childList: true, subtree: true });
  }

  // Until the chat is there to change, the wish is kept.
  let wished = null;
  let changeLocale = (locale) => {
    wished = locale;
  };

  window.cspHost = {
    address: undefined,
    get visitor() {
      return recall(VISITOR);
    },
    set visitor(signed) {
      keep(VISITOR, signed);
    },
    tell,
    onLocale(change) {
      changeLocale = change;
      if (wished) change(wished);
    },
    // A conversation that is told again has not been sent again.
    submitted(reference) {
      if (recall(SUBMITTED) === reference) return;
      keep(SUBMITTED, reference);
      tell("submitted", { reference });
    },
  };

  addEventListener("message", (event) => {
    if (event.origin !== origin || event.source !== parent || event.data?.to !== "csp-assistant") return;
    switch (event.data.kind) {
      case "page":
        window.cspHost.address = String(event.data.address);
        break;
      case "locale":
        changeLocale(String(event.data.locale));
        break;
      case "focus":
        focus();
    }
  });

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) tell("close");
  });

  tell("ready", { locale: page.known ? page.shown : "" });
})();
