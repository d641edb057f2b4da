// What every page is held to in the sweep.

/**
 * The page opens without an error in the console, fits the screen, has no accessibility violation in the light and no
 * faint text in the dark; both looks are photographed for people to look at.
 */
export async function sweep(t, page, path, size) {
  await t.open(page, path);
  await t.hydrated(page);
  await t.fits(page);
  await t.accessible(page);
  // what differs from run to run is no part of a name
  const name = `${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, "one").replace(/[A-Za-z0-9_-]{40,}/, "link")}-${size}`;
  await t.keep(page, name);
  await page.emulateMedia({ colorScheme: "dark" });
  await t.accessible(page, ["color-contrast"]);
  await t.keep(page, `${name}-dark`);
  await page.emulateMedia({ colorScheme: "light" });
}

/** The page as it stands is held to the rules: where something was sent and cannot be opened again. */
export async function look(t, page) {
  await t.fits(page);
  await t.accessible(page);
}
