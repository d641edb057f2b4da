// An answer that is being typed is kept: at once on this device, and a little later by the server, which gives it to every
// device of the same person. The device's copy is gone as soon as the server has it. Without this script there is a button.
const DEVICE_AFTER = 300;
const SERVER_AFTER = 1_500;
const SERVER_PAUSE = 3_000;
const PREFIX = "draft:";
const NOT_KEPT = new Set(["idem", "keep", "drop", "more"]);

const shelf = {
  get(key) {
    try {
      return JSON.parse(localStorage.getItem(PREFIX + key));
    } catch {
      return null;
    }
  },
  put(key, copy) {
    try {
      localStorage.setItem(PREFIX + key, JSON.stringify(copy));
      return true;
    } catch {
      return false;
    }
  },
  drop(key) {
    try {
      localStorage.removeItem(PREFIX + key);
    } catch {
      // without storage there is nothing to remove
    }
  },
};

/** Names and values as they stand; files go their own way. */
const typed = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.has(name));

class Draft {
  constructor(box) {
    this.box = box;
    this.key = box.dataset.draft;
    this.form = document.querySelector("main form[enctype]");
    this.known = Number(box.dataset.at) || 0;
    this.device = null;
    this.server = null;
    this.saving = false;
    this.saved = 0;
    this.was = JSON.stringify(typed(this.form));
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("submit", (event) => this.leave(event));
    addEventListener("online", () => this.soon(0));
    addEventListener("pagehide", () => this.keep());
    this.found();
  }

  say(words, more) {
    this.box.textContent = words;
    if (more) this.box.append(" ", more);
  }

  changed() {
    clearTimeout(this.device);
    this.device = setTimeout(() => this.keep(), DEVICE_AFTER);
    this.soon(SERVER_AFTER);
  }

  soon(after) {
    clearTimeout(this.server);
    const pause = Math.max(after, this.saved + SERVER_PAUSE - Date.now());
    this.server = setTimeout(() => this.save(), pause);
  }

  /** On the device, if something differs from what the server has. */
  keep() {
    const fields = typed(this.form);
    if (this.leaving || JSON.stringify(fields) === this.was) return;
    if (shelf.put(this.key, { at: Date.now(), base: this.known, fields }) && !this.saving) this.say(this.box.dataset.device);
  }

  async save() {
    const fields = typed(this.form);
    const text = JSON.stringify(fields);
    if (this.saving || this.leaving || text === this.was) return;
    this.keep();
    this.saving = true;
    try {
      if (await this.send(fields, this.known)) this.was = text;
    } finally {
      this.saving = false;
      this.saved = Date.now();
    }
    if (JSON.stringify(typed(this.form)) !== this.was) this.soon(SERVER_AFTER);
  }

  /** To the server; true when it has it. */
  async send(fields, base) {
    const body = new URLSearchParams(fields);
    body.append("keep", "1");
    body.append("base", base);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { accept: "application/json" } });
      if (!answer.ok) return false;
      const { at, replaced } = await answer.json();
      this.known = at;
      shelf.drop(this.key);
      this.say(replaced ? this.box.dataset.replaced : this.box.dataset.server);
      return true;
    } catch {
      // offline: the device has it, and the next word or the way back to the net tries again
      return false;
    }
  }

  /** What an earlier visit left on this device and the server never got. */
  found() {
    const copy = shelf.get(this.key);
    if (!copy) return;
    // the form came back with its words: they are the newest there are, and a reload would send them again
    if (this.box.dataset.came) return;
    if (copy.at * 1_000 > this.known) {
      this.restore(copy);
      return;
    }
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-btn";
    button.textContent = this.box.dataset.use;
    button.addEventListener("click", () => this.restore(copy));
    this.say(this.box.dataset.newer, button);
  }

  /** Through the server, which knows how the form is drawn for these words; without it, into the fields there are. */
  async restore(copy) {
    if (await this.send(copy.fields, copy.base)) {
      location.reload();
      return;
    }
    for (const [name, value] of copy.fields) {
      const field = this.form.elements.namedItem(name);
      if (field instanceof RadioNodeList || field?.type === "checkbox") {
        for (const one of field instanceof RadioNodeList ? field : [field]) if (one.value === value) one.checked = true;
      } else if (field) field.value = value;
    }
    this.say(this.box.dataset.device);
  }

  leave(event) {
    if (event.defaultPrevented) return;
    clearTimeout(this.device);
    clearTimeout(this.server);
    if (["keep", "drop"].includes(event.submitter?.name)) shelf.drop(this.key);
    else this.keep();
    this.leaving = true;
  }
}

// what was sent needs no copy any more
for (const sent of document.querySelectorAll("[data-draft-sent]")) shelf.drop(sent.dataset.draftSent);
const box = document.querySelector("[data-draft]");
if (box && document.querySelector("main form[enctype]")) new Draft(box);
