// Keeps an open page up to date: the number beside the bell, new messages of an open thread. One stream a browser: the
// tab that holds the lock reads it and tells the others. Where no stream gets through, it asks now and then.
const CHANNEL = "market-live";
const FIRST_BYTE = 5_000;
const DEAD_AFTER = 45_000;
const POLL = 20_000;
const LONGEST_POLL = 300_000;

const script = document.querySelector("script[data-live]");
const bell = document.querySelector("[data-bell]");
const thread = document.querySelector("[data-thread]");
const stale = document.querySelector("[data-stale]");
const said = document.querySelector("[data-said]");
const channel = "BroadcastChannel" in window ? new BroadcastChannel(CHANNEL) : null;
const kept = {
  get cursor() {
    try {
      return localStorage.getItem(CHANNEL) ?? "";
    } catch {
      return "";
    }
  },
  set cursor(at) {
    try {
      localStorage.setItem(CHANNEL, at);
    } catch {
      // without storage the next page begins where the log stands
    }
  },
};

const jitter = (ms) => ms / 2 + Math.random() * (ms / 2);

function showUnread(count) {
  if (!bell) return;
  const link = bell.firstElementChild;
  const { bell: name, unread } = bell.dataset;
  link.querySelector(".vh").textContent = count > 0 ? `${name} ${unread.replace("{n}", count)}` : name;
  let number = link.querySelector(".n");
  if (count > 0 && !number) {
    number = document.createElement("span");
    number.className = "n";
    number.setAttribute("aria-hidden", "true");
    link.append(number);
  }
  if (number) {
    number.textContent = count;
    number.hidden = count === 0;
  }
}

function say() {
  if (said) said.textContent = said.dataset.said;
  if (stale) stale.hidden = false;
}

let fetching = false;
let wanted = false;

/** Appends what is newer; nothing moves the focus or touches what is being typed. True when something came. */
async function refresh() {
  if (!thread) return false;
  if (document.hidden || fetching) {
    wanted = true;
    return false;
  }
  fetching = true;
  wanted = false;
  try {
    const answer = await fetch(`${thread.dataset.news}?after=${thread.dataset.last}`, { headers: { accept: "text/html" } });
    if (!answer.ok) return false;
    const piece = document.createElement("template");
    // finished HTML from our own server, made of escaped text
    piece.innerHTML = await answer.text();
    const known = Number(thread.dataset.last);
    const fresh = [...piece.content.children].filter((message) => Number(message.dataset.seq) > known);
    if (!fresh.length) return false;
    thread.querySelector(".msgs").append(...fresh);
    thread.dataset.last = fresh.at(-1).dataset.seq;
    say();
    return true;
  } catch {
    wanted = true;
    return false;
  } finally {
    fetching = false;
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && wanted) refresh();
});

function take(event) {
  if ("unread" in event) showUnread(event.unread);
  if (event.missed) {
    refresh();
    if (stale && "any" in stale.dataset) say();
  }
  if (!event.thread) return;
  if (thread?.dataset.thread === event.thread && event.seq > Number(thread.dataset.last)) refresh();
  if (stale && "any" in stale.dataset) say();
}

channel?.addEventListener("message", ({ data }) => take(data));

let polling = null;

function poll(pause = POLL) {
  clearTimeout(polling);
  polling = setTimeout(async () => {
    let next = Math.min(LONGEST_POLL, pause * 1.5);
    if (!document.hidden) {
      try {
        if (script.dataset.stream) {
          const answer = await fetch(`${script.dataset.stream}/state`);
          if (answer.status === 401) return;
          if (answer.ok) showUnread((await answer.json()).unread);
        }
        if (await refresh()) next = POLL;
      } catch {
        // the next look comes later
      }
    }
    poll(next);
  }, jitter(pause));
}

/** Reads the stream until it is given up; answers when it is. */
function read(stopped) {
  return new Promise((resolve) => {
    const source = new EventSource(`${script.dataset.stream}?after=${encodeURIComponent(kept.cursor)}`);
    let timer = setTimeout(() => end("silent"), FIRST_BYTE);
    function end(why) {
      clearTimeout(timer);
      source.close();
      stopped.removeEventListener("abort", leave);
      resolve(why);
    }
    const leave = () => end("left");
    stopped.addEventListener("abort", leave);
    const told = ({ data }) => {
      clearTimeout(polling);
      clearTimeout(timer);
      timer = setTimeout(() => end("dead"), 20 * DEAD_AFTER);
      const event = JSON.parse(data);
      if (event.at) kept.cursor = event.at;
      take(event);
      channel?.postMessage(event);
    };
    for (const name of ["hello", "thread", "bell"]) source.addEventListener(name, told);
    source.addEventListener("bye", () => setTimeout(() => end("bye"), Math.random() * 3_000));
    // the browser comes back by itself unless it was turned away
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) end("refused");
    });
  });
}

async function lead(stopped) {
  let failures = 0;
  while (!stopped.aborted) {
    const began = Date.now();
    const why = await read(stopped);
    if (why === "left") return;
    failures = Date.now() - began > 60_000 || why === "bye" ? 0 : failures + 1;
    if (failures > 0) poll();
    await new Promise((resolve) => setTimeout(resolve, jitter(Math.min(LONGEST_POLL, 2_000 * 2 ** failures))));
  }
}

let life = null;

function begin() {
  if (!script.dataset.stream || !("EventSource" in window)) {
    poll();
    return;
  }
  life = new AbortController();
  const { signal } = life;
  const run = () => (signal.aborted ? undefined : lead(signal));
  if (navigator.locks) navigator.locks.request(CHANNEL, { signal }, run).catch(() => {});
  else run();
}

// a page that is left gives the stream to the next one, and may be kept for the back button
addEventListener("pagehide", () => {
  life?.abort();
  clearTimeout(polling);
});
addEventListener("pageshow", (event) => {
  if (event.persisted) begin();
});
begin();
