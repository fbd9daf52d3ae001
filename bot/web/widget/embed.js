// One line on a page gives a bubble that opens the assistant in a frame:
// <script src="https://bot.example/embed.js" data-locale="zh-TW" async></script>
(() => {
  "use strict";
  if (window.CspAssistant) return;

  const { words, tags } = __FROM_THE_SERVER__;
  const script = document.currentScript;
  const { locale: askedFor, page, accent, theme } = script.dataset;
  const home = new URL(script.src).origin;
  const MEMORY = "csp-assistant";
  // A frame that has not spoken after so long is not shown by the browser.
  const PATIENCE = 15000;
  const phone = matchMedia("(max-width: 480px), (max-height: 480px)");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  // -- the language: the person's own choice for as long as the page's stays the same, else the page's

  function negotiate(tag) {
    let rest = String(tag ?? "").trim().replaceAll("_", "-").toLowerCase();
    while (rest && !Object.hasOwn(tags, rest)) rest = rest.slice(0, Math.max(rest.lastIndexOf("-"), 0));
    return tags[rest];
  }

  function remembered() {
    try {
      return JSON.parse(localStorage.getItem(MEMORY)) ?? {};
    } catch {
      return {};
    }
  }

  function remember(news) {
    Object.assign(memory, news);
    try {
      localStorage.setItem(MEMORY, JSON.stringify(memory));
    } catch {
      // A browser that keeps nothing forgets whether the chat was open; nothing else depends on it.
    }
  }

  const memory = remembered();
  const ofPage = negotiate(askedFor ?? document.documentElement.lang) ?? "";
  const isSamePage = memory.page === ofPage;
  let locale = (isSamePage && negotiate(memory.locale)) || ofPage;
  remember({ page: ofPage, locale });

  const spoken = () => locale || navigator.languages.map(negotiate).find(Boolean) || "en";

  // -- what is seen

  function colour(given) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.fillStyle = "#0b6e6e";
    pen.fillStyle = given ?? "";
    return /^#[0-9a-f]{6}$/.test(pen.fillStyle) ? pen.fillStyle : "#0b6e6e";
  }

  function isBright(hex) {
    const [red, green, blue] = [1, 3, 5]
      .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18;
  }

  const bubbleColour = colour(accent);

  // Made by script, so that neither the page's rules nor its policy concern it.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host {
      --bubble: ${bubbleColour};
      --on-bubble: ${isBright(bubbleColour) ? "#06201f" : "#ffffff"};
      --paper: #ffffff;
      --ink: #17211f;
      --line: #dbe3e1;
      all: initial !important;
      color-scheme: light;
      font: 16px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    }
    :host(.dark) { --paper: #161f1e; --ink: #e6eeec; --line: #2b3836; color-scheme: dark; }
    * { box-sizing: border-box; }
    button { appearance: none; border: 0; cursor: pointer; font: inherit; margin: 0; padding: 0; }
    svg { fill: none; stroke: currentColor; stroke-linecap: round; stroke-linejoin: round; }
    .bubble {
      align-items: center;
      background: var(--bubble);
      border: 2px solid transparent;
      border-radius: 50%;
      bottom: calc(20px + env(safe-area-inset-bottom));
      box-shadow: 0 4px 16px rgb(0 0 0 / 28%);
      color: var(--on-bubble);
      display: flex;
      height: 60px;
      justify-content: center;
      position: fixed;
      right: calc(20px + env(safe-area-inset-right));
      width: 60px;
      z-index: 2147483000;
    }
    .bubble svg { height: 28px; stroke-width: 1.8; width: 28px; }
    .bubble[aria-expanded=true] .talk, .bubble[aria-expanded=false] .cross { display: none; }
    :focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
    .bubble:focus-visible { box-shadow: 0 0 0 3px var(--paper); }
    .panel {
      background: var(--paper);
      border: 1px solid var(--line);
      border-radius: 18px;
      bottom: calc(96px + env(safe-area-inset-bottom));
      box-shadow: 0 16px 48px rgb(0 0 0 / 26%);
      color: var(--ink);
      height: min(680px, calc(100dvh - 116px));
      inset-inline-start: auto;
      margin: 0;
      max-height: none;
      max-width: none;
      overflow: hidden;
      padding: 0;
      position: fixed;
      right: calc(20px + env(safe-area-inset-right));
      top: auto;
      width: 410px;
      z-index: 2147483000;
    }
    .panel::backdrop { background: none; }
    .close {
      background: none;
      border-radius: 10px;
      color: var(--ink);
      display: grid;
      height: 44px;
      place-items: center;
      position: absolute;
      right: 6px;
      top: calc(11px + var(--above, 0px));
      width: 44px;
    }
    .close:hover { background: color-mix(in srgb, var(--ink) 10%, transparent); }
    .close:focus-visible { outline-offset: -3px; }
    .close svg { height: 20px; stroke-width: 2; width: 20px; }
    iframe { border: 0; display: block; height: 100%; width: 100%; }
    .failed { margin: 0; padding: 72px 28px; text-align: center; }
    .failed a { color: inherit; display: block; font-weight: 600; margin-top: 12px; }
    [hidden] { display: none !important; }
    @media (max-width: 480px), (max-height: 480px) {
      .panel { --above: env(safe-area-inset-top); border: 0; border-radius: 0; height: 100dvh; inset: 0; width: 100%; }
    }
    @media (prefers-reduced-motion: no-preference) {
      .bubble { transition: transform .15s; }
      .bubble:hover { transform: scale(1.05); }
      .panel[open] { animation: rise .18s ease-out; }
      @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
    }
    @media print { .bubble, .panel { display: none; } }
  `);

  function make(name, attributes, ...children) {
    const drawn = ["svg", "path"].includes(name);
    const made = drawn ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...children);
    return made;
  }

  const drawing = (kind, d) =>
    make("svg", { class: kind, viewBox: "0 0 24 24", "aria-hidden": "true" }, make("path", { d }));
  const CROSS = "M6 6l12 12M18 6L6 18";
  const TALK = "M4 5.5h16v11h-8.5L7 20.5v-4H4zM8 9.5h8M8 12.5h5";

  const bubble = make("button", { class: "bubble", type: "button", "aria-haspopup": "dialog", "aria-controls": "panel" });
  bubble.append(drawing("talk", TALK), drawing("cross", CROSS));
  const shut = make("button", { class: "close", type: "button" }, drawing("cross", CROSS));
  const frame = make("iframe", { hidden: "" });
  const failed = make("p", { class: "failed", role: "alert", hidden: "" });
  const panel = make("dialog", { id: "panel", class: "panel", role: "dialog" }, frame, failed, shut);
  const root = document.createElement("csp-assistant");
  const shadow = root.attachShadow({ mode: "open" });
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(bubble, panel);

  function speak() {
    const say = words[spoken()];
    const isOpen = panel.open;
    root.lang = spoken();
    bubble.setAttribute("aria-label", isOpen ? say.close : say.open);
    bubble.setAttribute("aria-expanded", isOpen);
    bubble.title = isOpen ? say.close : say.open;
    shut.setAttribute("aria-label", say.close);
    shut.title = say.close;
    panel.setAttribute("aria-label", say.title);
    frame.title = say.title;
    failed.replaceChildren(
      say.failed,
      make("a", { href: `${home}/${locale && `?locale=${locale}`}`, target: "_blank", rel: "noopener" }, say.elsewhere),
    );
  }

  const paint = () => root.classList.toggle("dark", theme === "dark" || (theme !== "light" && dark.matches));
  dark.addEventListener("change", paint);

  // -- the frame

  let isReady = false;
  let wantsFocus = false;

  function load() {
    if (frame.src) return;
    const query = new URLSearchParams({ host: location.origin });
    if (locale) query.set("locale", locale);
    // Another language than the bot spoke last: so shall the bot, whoever chose that one.
    if (memory.spoken && memory.spoken !== locale) query.set("switch", "1");
    if (accent) query.set("accent", bubbleColour);
    if (theme) query.set("theme", theme);
    frame.hidden = false;
    frame.src = `${home}/embed?${query}`;
    setTimeout(() => {
      if (isReady) return;
      console.warn(`CSP assistant: ${home} does not let ${location.origin} embed it, or cannot be reached.`);
      const wasInside = panel.contains(shadow.activeElement);
      frame.hidden = true;
      failed.hidden = false;
      if (wasInside) shut.focus();
    }, PATIENCE);
  }

  function tell(kind, details = {}) {
    if (isReady) frame.contentWindow.postMessage({ to: "csp-assistant", kind, ...details }, home);
  }

  function focusFrame() {
    wantsFocus = !isReady;
    if (wantsFocus) return;
    frame.focus();
    tell("focus");
  }

  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== home || !source || source !== frame.contentWindow || data?.from !== "csp-assistant") return;
    switch (data.kind) {
      case "ready":
        isReady = true;
        failed.hidden = true;
        frame.hidden = false;
        tell("page", { address: page ?? location.href });
        if (locale && data.locale !== locale) tell("locale", { locale });
        if (wantsFocus) focusFrame();
        break;
      case "close":
        close();
        break;
      case "language":
        if (!Object.hasOwn(words, data.locale)) return;
        remember({ spoken: data.locale });
        adopt(data.locale);
        break;
      case "submitted":
        // A conversation that is told again has not been sent again.
        if (memory.submitted === data.reference) return;
        remember({ submitted: data.reference });
        announce("submitted", { reference: data.reference });
    }
  });

  // -- open and closed

  let before = null;

  // In a phone's width it covers the page, which then must not be reached behind it.
  function show(takesFocus) {
    if (phone.matches) {
      panel.showModal();
      document.documentElement.style.setProperty("overflow", "hidden");
    } else if (takesFocus) {
      panel.show();
    } else {
      panel.setAttribute("open", "");
    }
    if (takesFocus) focusFrame();
  }

  function hide() {
    panel.close();
    document.documentElement.style.removeProperty("overflow");
  }

  function open() {
    if (panel.open) return;
    before = shadow.activeElement ?? document.activeElement;
    load();
    show(true);
    remember({ open: true });
    speak();
    announce("opened");
  }

  function close() {
    if (!panel.open) return;
    const wasInside = panel.contains(shadow.activeElement);
    hide();
    remember({ open: false });
    speak();
    if (wasInside) (before?.isConnected && before !== document.body && before !== root ? before : bubble).focus();
    announce("closed");
  }

  bubble.addEventListener("click", () => (panel.open ? close() : open()));
  shut.addEventListener("click", close);
  panel.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  shadow.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open) {
      event.preventDefault();
      close();
    }
  });
  phone.addEventListener("change", () => {
    if (!panel.open) return;
    hide();
    show(false);
  });
  // A phone's keyboard takes its room from the panel.
  visualViewport?.addEventListener("resize", () => {
    const covers = phone.matches && panel.open;
    panel.style.height = covers ? `${visualViewport.height}px` : "";
  });

  // -- what the page may do and hear

  const listeners = { opened: [], closed: [], language: [], submitted: [] };

  function announce(name, details = {}) {
    for (const listener of [...listeners[name]]) {
      try {
        listener(details);
      } catch (error) {
        // The page's own mistake must not stop ours.
        reportError(error);
      }
    }
  }

  function setLocale(tag) {
    const wanted = negotiate(tag);
    if (!wanted) throw new RangeError(`CSP assistant: no such language: ${tag}`);
    if (adopt(wanted)) tell("locale", { locale });
  }

  function adopt(wanted) {
    if (wanted === locale) return false;
    locale = wanted;
    remember({ locale });
    speak();
    announce("language", { locale });
    return true;
  }

  function on(name, listener) {
    if (!Object.hasOwn(listeners, name)) throw new RangeError(`CSP assistant: no such event: ${name}`);
    listeners[name].push(listener);
    return () => (listeners[name] = listeners[name].filter((each) => each !== listener));
  }

  window.CspAssistant = Object.freeze({ open, close, setLocale, on });
  paint();
  document.documentElement.append(root);
  if (memory.open) {
    load();
    show(false);
  }
  speak();
  dispatchEvent(new CustomEvent("csp-assistant-ready"));
})();
