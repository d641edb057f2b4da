// The list under the search box. Fetched when somebody goes into the box; without it the form stays a form. Everything
// that comes from the server or from memory is set as text.
const KEPT = "market-recent-searches";
const MOST_KEPT = 8;
const LONGEST = 80;
const PAUSE = 120;
// Between two letters of a syllable a composed word is no word yet: it is asked when the hand rests.
const PAUSE_COMPOSING = 350;
const REMEMBERED = 60;

function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((words) => typeof words === "string") : [];
  } catch {
    return [];
  }
}

function keep(list) {
  try {
    if (list.length) localStorage.setItem(KEPT, JSON.stringify(list.slice(0, MOST_KEPT)));
    else localStorage.removeItem(KEPT);
  } catch {
    // without storage nothing is remembered
  }
}

function remember(words) {
  const text = words.trim().slice(0, LONGEST);
  if (text) keep([text, ...recent().filter((other) => other !== text)]);
}

function make(name, attributes, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

/** The text with what was typed in bold. */
function marked(text, typed) {
  const at = typed ? text.toLowerCase().indexOf(typed.toLowerCase()) : -1;
  if (at < 0) return [text];
  const end = at + typed.length;
  return [text.slice(0, at), make("mark", {}, text.slice(at, end)), text.slice(end)];
}

class Suggest {
  constructor(form) {
    this.form = form;
    this.input = form.elements.q;
    this.words = JSON.parse(form.dataset.suggest);
    this.known = new Map();
    this.options = [];
    this.at = -1;
    this.composing = false;
    this.notBefore = 0;
    this.list = make("div", { role: "listbox", id: "suggest-list", "aria-label": this.words.list });
    this.forget = make("ul", { class: "forget" });
    this.forgetAll = make("button", { type: "button", class: "link-btn forget-all" }, this.words.forgetAll);
    this.panel = make("div", { class: "suggest", hidden: "" }, this.list);
    this.status = make("p", { class: "vh", role: "status" });
    form.append(this.panel, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) {
      this.input.setAttribute(name, value);
    }
    this.listen();
    this.look();
  }

  listen() {
    const { input } = this;
    input.addEventListener("focus", () => this.look());
    input.addEventListener("click", () => this.panel.hidden && this.look());
    input.addEventListener("input", (event) => this.typed(event));
    input.addEventListener("compositionstart", () => {
      this.composing = true;
      this.point(-1);
    });
    input.addEventListener("compositionend", () => {
      this.composing = false;
      this.typed();
    });
    input.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("submit", () => {
      remember(input.value);
      this.close();
    });
    this.panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      input.focus();
      this.close();
    });
    // the box keeps the focus while a line is pressed
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.taken(option);
    });
    this.forgetAll.addEventListener("click", () => this.forgotten([]));
    this.form.addEventListener("focusout", (event) => {
      if (!this.form.contains(event.relatedTarget)) this.close();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.form.contains(event.target)) this.close();
    });
    addEventListener("pageshow", (event) => event.persisted && this.close());
  }

  typed(event) {
    this.point(-1);
    clearTimeout(this.timer);
    this.asking?.abort();
    const composing = this.composing || event?.isComposing;
    this.timer = setTimeout(() => this.look(), composing ? PAUSE_COMPOSING : PAUSE);
  }

  async look() {
    clearTimeout(this.timer);
    const typed = this.input.value.trim();
    if (document.activeElement !== this.input) return;
    if (!typed) {
      this.showRecent();
      return;
    }
    if (typed.length > LONGEST || Date.now() < this.notBefore) {
      this.close();
      return;
    }
    const groups = this.known.get(typed) ?? (await this.ask(typed));
    if (groups && this.input.value.trim() === typed && document.activeElement === this.input) {
      this.showGroups(groups, typed);
    }
  }

  /** What the server suggests; nothing when it is late, away or asked too often. */
  async ask(typed) {
    this.asking?.abort();
    this.asking = new AbortController();
    try {
      const { signal } = this.asking;
      const answer = await fetch(`${this.words.address}?q=${encodeURIComponent(typed)}`, { signal });
      if (answer.status === 429) {
        this.notBefore = Date.now() + 1000 * (Number(answer.headers.get("retry-after")) || 5);
      }
      if (!answer.ok) {
        this.close();
        if (answer.status === 429) this.say((await answer.json()).message ?? "");
        return null;
      }
      const { groups } = await answer.json();
      if (this.known.size >= REMEMBERED) this.known.clear();
      this.known.set(typed, groups);
      return groups;
    } catch {
      return null;
    }
  }

  showGroups(groups, typed) {
    this.options = [];
    const shown = groups.map(({ label, lines }, number) => {
      const options = lines.map((line) => this.option(line, marked(line.text, typed)));
      return this.group(`suggest-${number}`, label, options);
    });
    this.show(shown, false);
    this.say(this.options.length ? this.words.count.replace("{n}", this.options.length) : this.words.none);
  }

  showRecent() {
    const list = recent();
    this.options = [];
    const options = list.map((words) => {
      const address = `${this.form.getAttribute("action")}?q=${encodeURIComponent(words)}`;
      return this.option({ note: "", href: address, query: true, words }, [words]);
    });
    const buttons = list.map((words) => {
      const label = this.words.forget.replace("{q}", () => words);
      const button = make("button", { type: "button", "aria-label": label }, "×");
      button.addEventListener("click", () => this.forgotten(recent().filter((other) => other !== words)));
      return make("li", {}, button);
    });
    this.forget.replaceChildren(...buttons);
    this.show(list.length ? [this.group("suggest-recent", this.words.recent, options)] : [], true);
  }

  forgotten(rest) {
    keep(rest);
    this.input.focus();
    this.showRecent();
    this.say(this.words.forgotten);
  }

  group(id, label, options) {
    const heading = make("p", { id, class: "suggest-label", role: "presentation" }, label);
    return make("div", { role: "group", "aria-labelledby": id }, heading, ...options);
  }

  option({ note, href, query, words, text }, inside) {
    const name = make("span", { class: "suggest-name" }, ...inside);
    const about = note ? [" ", make("span", { class: "suggest-note" }, note)] : [];
    const attributes = { role: "option", "aria-selected": "false", tabindex: "-1", href };
    const option = make("a", { id: `suggest-option-${this.options.length}`, ...attributes }, name, ...about);
    if (query) option.dataset.words = words ?? text;
    this.options.push(option);
    return option;
  }

  show(groups, areRecent) {
    this.point(-1);
    this.list.replaceChildren(...groups);
    const open = groups.length > 0;
    if (open && areRecent) this.panel.append(this.forget, this.forgetAll);
    else for (const part of [this.forget, this.forgetAll]) part.remove();
    this.panel.classList.toggle("is-recent", areRecent);
    this.panel.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (this.panel.hidden) return;
    this.point(-1);
    this.panel.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.say("");
  }

  say(words) {
    clearTimeout(this.saying);
    // after a pause, so that fast fingers are not talked over
    this.saying = setTimeout(() => (this.status.textContent = words), words ? 400 : 0);
  }

  point(at) {
    this.options[this.at]?.setAttribute("aria-selected", "false");
    this.at = at;
    const option = this.options[at];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    // while a syllable is composed every key belongs to the input method
    if (this.composing || event.isComposing || event.keyCode === 229) return;
    const { key, altKey, ctrlKey, metaKey } = event;
    const closed = this.panel.hidden;
    if (key === "Escape" && !closed) {
      event.preventDefault();
      this.close();
    } else if (key === "ArrowUp" && altKey && !closed) {
      event.preventDefault();
      this.close();
    } else if ((key === "ArrowDown" || key === "ArrowUp") && !ctrlKey && !metaKey) {
      event.preventDefault();
      if (closed) this.look();
      else if (!altKey) this.step(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter" && !closed && this.at >= 0) {
      event.preventDefault();
      this.options[this.at].click();
    }
  }

  /** One line on; before the first and behind the last is the box itself. */
  step(by) {
    const places = this.options.length + 1;
    this.point(((this.at + 1 + by + places) % places) - 1);
  }

  /** The link leads there; a question is remembered. */
  taken(option) {
    if (option.dataset.words) remember(option.dataset.words);
  }
}

export function start(form) {
  if (!form.dataset.started) new Suggest(form);
  form.dataset.started = "yes";
}
