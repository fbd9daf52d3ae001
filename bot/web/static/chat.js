// The chat page: one language for page, Web Chat and bot, and a connection that mends itself.
(() => {
  "use strict";

  const page = JSON.parse(document.getElementById("page").textContent);
  const nonce = document.currentScript.nonce;
  const chat = document.getElementById("chat");
  const state = document.getElementById("state");
  const picker = document.getElementById("language");
  // The page around our frame, where we stand in one (frame.js).
  const host = window.cspHost;
  const look = window.cspLook;

  const CONNECTION = { ONLINE: 2, EXPIRED: 3, FAILED: 4, ENDED: 5 };
  const FIRST_PAUSE = 1000;
  const LONGEST_PAUSE = 30000;
  // Within this time a new socket has told what the server knows.
  const ECHOES = 500;
  // A second click within this time, within so many pixels, belongs to the first.
  const TWICE = 400;
  const NEAR = 8;
  // Web Chat makes its box read-only for less than this, so that no keyboard slides up.
  const MOMENT = 200;

  let language = page.shown;
  // Until the person or the bot decided, the page's language is a guess that the bot is not told.
  let known = page.known;
  // The page around us has changed its language: the bot is to change with it.
  let insists = page.frame?.insists ?? false;
  // What the bot was asked to speak: what it says in another language was said before it heard of that.
  let awaited = null;
  // A replayed conversation passes through all its languages at once: the last one counts.
  let following = 0;
  let line = null;
  let joined = false;
  let pause = FIRST_PAUSE;
  let socket = null;
  let lost = false;
  // What was sent and has not come back as its echo, by the name the client gave it.
  const pending = new Map();
  const again = new Set();

  // -- words

  function speak() {
    const words = page.words[language];
    document.documentElement.lang = language;
    document.title = words.title;
    chat.setAttribute("aria-label", words.chat);
    picker.value = language;
    for (const element of document.querySelectorAll("[data-say]")) {
      element.textContent = words[element.dataset.say];
    }
  }

  function adopt(chosen) {
    known = true;
    if (host) host.tell("language", { locale: chosen });
    else document.cookie = `language=${chosen}; path=/; max-age=34560000; SameSite=Lax`;
    if (chosen !== language) {
      language = chosen;
      speak();
      render();
    }
  }

  function show(name) {
    state.hidden = !name;
    if (name) {
      state.dataset.say = name;
      state.textContent = page.words[language][name];
    }
  }

  function choose(chosen) {
    adopt(chosen);
    if (joined) askFor(chosen);
    else insists = true;
  }

  function askFor(chosen) {
    awaited = chosen;
    clearTimeout(following);
    const name = page.names[chosen];
    const payload = { value: { press: "language", locale: chosen }, text: name, displayText: name };
    store.dispatch({ type: "WEB_CHAT/SEND_MESSAGE_BACK", payload });
  }

  picker.addEventListener("change", () => choose(picker.value));
  host?.onLocale((wanted) => wanted in page.words && wanted !== language && choose(wanted));

  // -- the connection

  // Web Chat does not tell when its socket is lost; its client comes back by itself.
  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args);
      socket = this;
      this.addEventListener("open", () => {
        show(null);
        if (lost) setTimeout(sendAgain, ECHOES);
        lost = false;
      });
      this.addEventListener("close", () => {
        if (socket !== this) return;
        lost = true;
        show("reconnecting");
      });
    }
  };

  async function connect() {
    let grant;
    try {
      const answer = await fetch("/chat/token", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...(known && { locale: language }), ...host?.visitor }),
      });
      if (!answer.ok) throw new Error(`No token: ${answer.status}`);
      grant = await answer.json();
      host?.keep(grant);
    } catch {
      connectLater();
      return;
    }
    line = watched(
      WebChat.createDirectLine({ token: grant.token, domain: `${location.origin}/v3/directline` }),
    );
    render();
  }

  // The conversation was deleted: what is said next belongs to another.
  function beginAnew() {
    const over = line;
    line = socket = null;
    over.end();
    connect();
  }

  function connectLater() {
    show(joined ? "reconnecting" : "unreachable");
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  }

  function watched(client) {
    const post = client.postActivity.bind(client);
    client.postActivity = ({ locale, ...activity }) => {
      const sent = known ? { ...activity, locale } : activity;
      const name = activity.channelData?.clientActivityID;
      pending.set(name, sent);
      // What is refused, Web Chat offers to send again.
      return post(sent).do(null, () => pending.delete(name));
    };
    let alive = true;
    client.connectionStatus$.subscribe((status) => {
      if (status === CONNECTION.ONLINE) {
        pause = FIRST_PAUSE;
      } else if (alive && status >= CONNECTION.EXPIRED && client === line) {
        // A new token continues the same conversation: the server knows the visitor.
        alive = false;
        line = null;
        lost = true;
        if (status === CONNECTION.EXPIRED) connect();
        else connectLater();
      }
    });
    return client;
  }

  // The server knows what comes twice, so nothing is said or answered twice.
  function sendAgain() {
    for (const [name, activity] of pending) {
      again.add(name);
      line?.postActivity(activity).subscribe();
    }
  }

  // -- Web Chat

  const store = WebChat.createStore({}, ({ dispatch }) => (next) => (action) => {
    if (action.type === "DIRECT_LINE/CONNECT_FULFILLED") {
      joined = true;
      const value = { page: host?.address ?? location.href, ...(known && { language }) };
      dispatch({ type: "WEB_CHAT/SEND_EVENT", payload: { name: "webchat/join", value } });
    }
    if (action.type === "DIRECT_LINE/INCOMING_ACTIVITY") {
      const { activity } = action.payload;
      const { from, channelData } = activity;
      const name = channelData?.clientActivityID;
      pending.delete(name);
      // Web Chat has given up on what we sent again; it is told that it arrived.
      if (again.delete(name)) {
        dispatch({
          type: "DIRECT_LINE/POST_ACTIVITY_FULFILLED",
          meta: { clientActivityID: name },
          payload: { activity },
        });
      }
      if (from.role === "bot" && channelData?.language in page.words) follow(channelData.language);
      if (from.role === "bot" && channelData?.submitted) host?.tell("submitted", { reference: channelData.submitted });
      if (from.role === "bot" && channelData?.over) setTimeout(beginAnew);
    }
    return next(action);
  });

  function follow(spoken) {
    clearTimeout(following);
    if (awaited && spoken !== awaited) return;
    awaited = null;
    following = setTimeout(() => {
      if (insists && spoken !== language) askFor(language);
      else adopt(spoken);
      insists = false;
    }, 150);
  }

  function render() {
    if (!line) return;
    WebChat.renderWebChat(
      {
        activityMiddleware: look.inItsLanguage,
        directLine: line,
        locale: language,
        nonce,
        overrideLocalizedStrings: (strings) => ({
          ...strings,
          TEXT_INPUT_PLACEHOLDER: page.words[language].placeholder,
        }),
        store,
        // A long answer is read from its beginning.
        styleOptions: { ...look.styleOptions(), autoScrollSnapOnPage: true },
      },
      chat,
    );
  }

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", render);

  // Enter that ends the writing of a Chinese word is not Enter that sends.
  for (const type of ["keydown", "keypress"]) {
    document.addEventListener(
      type,
      (event) => {
        if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
      },
      true,
    );
  }

  // Who clicks twice on a button means once, also where another button has come under the pointer meanwhile.
  let clicked = null;
  chat.addEventListener(
    "click",
    (event) => {
      // A press of a key is at no place.
      if (!event.detail || !event.target.closest(".webchat__suggested-action, .ac-pushButton")) return;
      const { clientX, clientY, timeStamp } = event;
      const far = clicked && Math.hypot(clientX - clicked.clientX, clientY - clicked.clientY) > NEAR;
      if (clicked && !far && timeStamp - clicked.timeStamp < TWICE) {
        event.stopPropagation();
        event.preventDefault();
      } else {
        clicked = { clientX, clientY, timeStamp };
      }
    },
    true,
  );

  // Where two such moments overlap, Web Chat would leave the box read-only for good.
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.matches("[data-id=webchat-sendbox-input][readonly]")) {
        setTimeout(() => target.removeAttribute("readonly"), MOMENT);
      }
    }
  }).observe(chat, { attributeFilter: ["readonly"], subtree: true });

  connect();
})();
