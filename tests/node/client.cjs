// The real botframework-directlinejs, told over standard input what to post; it prints what it hears.
"use strict";

const { createInterface } = require("node:readline");

Object.assign(globalThis, { XMLHttpRequest: require("xhr2"), WebSocket: require("ws"), window: globalThis, self: globalThis });
const { DirectLine } = require("botframework-directlinejs/dist/directline.js");

const [domain, token, kind] = process.argv.slice(2);
const print = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);

// `random` draws the pause before a reconnect: always the shortest, 3 s.
const line = new DirectLine({ domain, token, webSocket: kind !== "polling", pollingInterval: 200, random: () => 0 });
line.connectionStatus$.subscribe((status) => print({ status }));
line.activity$.subscribe(
  (activity) => print({ activity }),
  (error) => print({ error: String(error) }),
);
createInterface({ input: process.stdin })
  .on("line", (text) => {
    const activity = JSON.parse(text);
    line.postActivity(activity).subscribe(
      (id) => print({ posted: id, clientId: activity.channelData?.clientActivityID }),
      (error) => print({ refused: error.status }),
    );
  })
  .on("close", () => process.exit(0));
