// Starts Debian's Chromium for tests: quiet on the network, no sandbox (CI runs as root).
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

export const SIZES = {
  phone: { width: 360, height: 740 },
  desk: { width: 1280, height: 800 },
};

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
}

/** A context like one person's browser: own cookies, Korean, chosen width. */
export function newPerson(browser, base, { size = "desk", javaScript = true, dark = false, language = "ko-KR" } = {}) {
  return browser.newContext({
    baseURL: base,
    viewport: SIZES[size],
    isMobile: size === "phone",
    hasTouch: size === "phone",
    javaScriptEnabled: javaScript,
    colorScheme: dark ? "dark" : "light",
    locale: language,
    timezoneId: "Asia/Seoul",
    reducedMotion: "reduce",
  });
}
