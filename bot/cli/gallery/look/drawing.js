// Draws what the assistant says at once, by the Web Chat that is loaded, with no server behind it.
(() => {
  "use strict";

  const PATIENCE = 15000;
  // Nobody sees when a picture was made, and it does not scroll.
  const STILL = {
    groupTimestamp: false,
    hideScrollToEndButton: true,
    suggestedActionsFlowMaxHeight: 10000,
  };
  const TEAMS = {
    accent: "#4f52b2",
    backgroundColor: "#f5f5f5",
    bubbleBackground: "#ffffff",
    bubbleBorderRadius: 4,
    bubbleBorderWidth: 0,
    bubbleMaxWidth: 2000,
    bubbleMinHeight: 0,
    bubbleMinWidth: 0,
    bubbleTextColor: "#242424",
    paddingRegular: 12,
  };

  const ACTIVITY = ".webchat__basic-transcript__activity";
  const ACTION = ".webchat__suggested-action";

  const all = (selector) => [...document.querySelectorAll(selector)];
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const chat = { lang: null, say: null, store: null, shown: [] };
  let number = 0;
  let expected = "";

  const told = (...said) => ({
    subscribe(observer) {
      const next = observer.next ? observer.next.bind(observer) : observer;
      setTimeout(() => said.forEach((each) => next(each)));
      return { unsubscribe() {} };
    },
  });

  // Beside its language each bubble says which activity it is, so that it is not taken for the one before.
  const named = (store) => (next) => (...details) => {
    const draw = cspLook.inItsLanguage(store)(next)(...details);
    return draw && ((...more) => {
      const drawn = draw(...more);
      return drawn && { ...drawn, props: { ...drawn.props, "data-activity": details[0].activity.id } };
    });
  };

  async function begin(lang, hostConfig) {
    document.documentElement.lang = lang;
    Object.assign(chat, { lang, say: null, store: WebChat.createStore(), shown: [] });
    const activity$ = {
      subscribe(observer) {
        chat.say = observer.next ? observer.next.bind(observer) : observer;
        return { unsubscribe() {} };
      },
    };
    WebChat.renderWebChat(
      {
        activityMiddleware: named,
        adaptiveCardsHostConfig: hostConfig,
        directLine: { activity$, connectionStatus$: told(0, 1, 2), end() {}, postActivity: () => told("posted") },
        locale: lang,
        store: chat.store,
        styleOptions: { ...(hostConfig ? TEAMS : cspLook.styleOptions()), ...STILL },
      },
      document.getElementById("chat"),
    );
    while (!chat.say || chat.store.getState().connectivityStatus !== "connected") await frame();
  }

  const boxes = () => all(`${ACTIVITY}, ${ACTION}`).map((each) => each.getBoundingClientRect());
  // What is drawn now: the activities by their names, how many cards, and the labels of the buttons.
  const drawn = () =>
    JSON.stringify([
      all(ACTIVITY).length,
      all("[data-activity]").map((each) => each.dataset.activity),
      all(".ac-adaptiveCard").length,
      all(ACTION).map((each) => each.textContent.trim()),
    ]);

  // What is drawn wider than the place it has.
  const cutOff = () =>
    all(`.ac-adaptiveCard *, ${ACTION} *`)
      .filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).display !== "inline"
        && each.clientWidth > 0 && !each.matches("input, select"))
      .map((each) => each.textContent.slice(0, 60));

  // Waits until what was said stands still. `hidden`: how much taller the page must be to show all of it.
  window.placed = async () => {
    const end = performance.now() + PATIENCE;
    for (let before = "", same = 0; same < 2; ) {
      await frame();
      const now = drawn() === expected ? JSON.stringify(boxes()) : "";
      same = now && now === before ? same + 1 : 0;
      if (performance.now() > end) throw new Error(`${drawn()} is drawn instead of ${expected}`);
      before = now;
    }
    const where = boxes();
    const transcript = document.querySelector(".webchat__basic-transcript__scrollable");
    return {
      top: Math.floor(Math.min(...where.map((box) => box.top))),
      bottom: Math.ceil(Math.max(...where.map((box) => box.bottom))),
      hidden: Math.ceil(transcript.scrollHeight - transcript.clientHeight),
      cutOff: cutOff(),
    };
  };

  // Shows these activities and nothing else.
  window.draw = async (activities, lang, hostConfig) => {
    if (lang !== chat.lang) await begin(lang, hostConfig);
    for (const id of chat.shown) chat.store.dispatch({ type: "DIRECT_LINE/DELETE_ACTIVITY", payload: { activityID: id } });
    const said = activities.filter((each) => each.text || each.attachments);
    chat.shown = said.map(() => `said-${++number}`);
    const cards = said.flatMap((each) => each.attachments ?? []);
    const labels = (said.at(-1)?.suggestedActions?.actions ?? []).map((each) => each.title.trim());
    expected = JSON.stringify([said.length, chat.shown, cards.length, labels]);
    said.forEach((each, at) => {
      const id = chat.shown[at];
      chat.say({ ...each, id, from: { id: "bot", role: "bot" }, timestamp: new Date(number * 1000 + at).toISOString() });
    });
    return window.placed();
  };
})();
