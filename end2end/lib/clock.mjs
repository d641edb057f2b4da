// The clock of the server under test. A server that was built for tests reads from a file how far it runs ahead; the one
// that people use knows no such file, so journeys that need it are not there for it.
import { writeFileSync } from "node:fs";

const FILE = process.env.CLOCK_AHEAD;
const DAY = 86_400;
let ahead = 0;

export const canMove = Boolean(FILE);

/** Puts the clock on by days. Only tests that run `alone` may do that: it goes on for everybody, and never back. */
export function daysPass(days) {
  ahead += days * DAY;
  writeFileSync(FILE, String(ahead));
}
