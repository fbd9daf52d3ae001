// Our side of embed.js: the chat in a frame on another site, and what is said across its border.
// The server has put into the page which site that is; nobody else is listened or talked to.
(() => {
  "use strict";

  const page = JSON.parse(document.getElementById("page").textContent);
  const origin = page.frame.host;
  const VISITOR = "visitor";
  const BOX = "[data-id=webchat-sendbox-input]";
  const isTouched = matchMedia("(pointer: coarse)");

  // Browsers keep a frame's storage apart for each site around it. One that gives it none has a cookie for
  // that instead; most browsers have either.
  function storage() {
    try {
      return localStorage;
    } catch {
      return null;
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
    // What a request for a token says about the visitor, and what its answer leaves us to keep.
    get visitor() {
      const kept = storage();
      return kept ? { visitor: kept.getItem(VISITOR) ?? "" } : { framed: true };
    },
    keep({ visitor }) {
      if (visitor) storage().setItem(VISITOR, visitor);
    },
    tell,
    onLocale(change) {
      changeLocale = change;
      if (wished) change(wished);
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
