// Files of a form: dropped, pasted or chosen, sent piece by piece with progress. A dropped connection goes on where it
// was; without this script the plain inputs send the files with the form.
const PIECE = 512 * 1024;
const LONGEST_PAUSE = 30_000;

const pause = (ms) =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    }
    addEventListener("online", done);
  });

class Refused extends Error {}

class Composer {
  constructor(box) {
    this.box = box;
    this.form = box.closest("form");
    this.list = box.querySelector("[data-list]");
    this.queue = [];
    this.running = null;
    this.submitter = null;
    box.addEventListener("change", (event) => {
      const input = event.target;
      if (input.type !== "file") return;
      this.take(input.files);
      input.value = "";
    });
    this.watchDrops(box.querySelector(".drop"));
    this.form.addEventListener("paste", (event) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      this.take(files);
    });
    this.form.addEventListener("submit", (event) => this.hold(event));
  }

  watchDrops(zone) {
    const over = (event, on) => {
      event.preventDefault();
      zone.classList.toggle("over", on);
    };
    zone.addEventListener("dragover", (event) => over(event, true));
    zone.addEventListener("dragleave", (event) => over(event, false));
    zone.addEventListener("drop", (event) => {
      over(event, false);
      this.take(event.dataTransfer?.files ?? []);
    });
  }

  /** What is on its way goes first; then the form is sent as it was meant. */
  hold(event) {
    if (!this.running && !this.queue.length) return;
    event.preventDefault();
    this.submitter = event.submitter;
    this.say(this.running ?? this.queue[0], this.box.dataset.unfinished);
  }

  take(files) {
    for (const file of files) {
      const item = this.box.querySelector("template[data-sending]").content.firstElementChild.cloneNode(true);
      const upload = { file, item, stopped: new AbortController() };
      item.querySelector("[data-name]").textContent = file.name;
      item.querySelector("progress").setAttribute("aria-label", `${this.box.dataset.progress}: ${file.name}`);
      const stop = item.querySelector("[data-stop]");
      stop.setAttribute("aria-label", `${stop.textContent}: ${file.name}`);
      stop.addEventListener("click", () => this.stop(upload));
      this.list.append(item);
      if (file.size > Number(this.box.dataset.max)) this.fail(upload, this.box.dataset.tooLarge);
      else {
        this.say(upload, this.box.dataset.waiting);
        this.queue.push(upload);
      }
    }
    this.next();
  }

  say(upload, text) {
    upload.item.querySelector("[data-note]").textContent = text;
  }

  fail(upload, why) {
    upload.item.querySelector("progress").hidden = true;
    const note = upload.item.querySelector("[data-note]");
    note.classList.replace("mute", "err");
    note.textContent = why;
    const close = upload.item.querySelector("[data-stop]");
    close.textContent = close.dataset.close;
    close.setAttribute("aria-label", `${close.textContent}: ${upload.file.name}`);
  }

  stop(upload) {
    upload.stopped.abort();
    this.queue = this.queue.filter((other) => other !== upload);
    upload.item.remove();
    this.box.querySelector("input[type=file]").focus();
  }

  async next() {
    if (this.running) return;
    const upload = this.queue.shift();
    if (!upload) {
      const { submitter } = this;
      this.submitter = null;
      if (submitter) this.form.requestSubmit(submitter);
      return;
    }
    this.running = upload;
    try {
      const html = await this.send(upload);
      const made = document.createElement("template");
      // finished HTML from our own server, made of escaped text
      made.innerHTML = html;
      upload.item.replaceWith(made.content);
    } catch (error) {
      if (!upload.stopped.signal.aborted) {
        this.fail(upload, error instanceof Refused && error.message ? error.message : this.box.dataset.failed);
        this.submitter = null;
      }
    }
    this.running = null;
    this.next();
  }

  async send(upload) {
    const { file } = upload;
    const begun = await this.ask(upload, "", new URLSearchParams({ name: file.name, size: file.size }));
    let { offset } = begun;
    for (;;) {
      const piece = file.slice(offset, offset + PIECE);
      const answer = await this.ask(upload, `/${begun.id}/bytes?offset=${offset}`, piece, `/${begun.id}/progress`);
      if (answer.item) return answer.item;
      offset = answer.offset;
      const percent = Math.floor((offset / file.size) * 100);
      upload.item.querySelector("progress").value = percent;
      this.say(upload, `${this.box.dataset.progress} ${percent} %`);
    }
  }

  /** One request; after a fault of the network or the server it asks how far things are, and so on until stopped. */
  async ask(upload, tail, body, again) {
    for (let round = 0; ; round += 1) {
      try {
        const retry = round > 0 && again;
        const answer = await fetch(this.box.dataset.begin + (retry ? again : tail), {
          method: retry ? "GET" : "POST",
          body: retry ? undefined : body,
          signal: upload.stopped.signal,
        });
        if (answer.ok || answer.status === 409) return await answer.json();
        if (answer.status < 500) throw new Refused((await answer.json().catch(() => ({}))).message);
      } catch (error) {
        if (error instanceof Refused || upload.stopped.signal.aborted) throw error;
      }
      this.say(upload, this.box.dataset.dropped);
      await pause(Math.min(LONGEST_PAUSE, 1000 * 2 ** round));
      if (upload.stopped.signal.aborted) throw new Error("stopped");
    }
  }
}

for (const box of document.querySelectorAll("[data-files]")) new Composer(box);
