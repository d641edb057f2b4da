// A photograph-sized picture of a product, drawn by the browser itself: the upload is real, no file is kept. The same picture
// twice is one picture for the server; another `tint` makes another one.
export async function picture(t, words, tint = "#7f8a84") {
  const page = await t.person();
  await page.setContent(
    `<body style="margin:0;background:linear-gradient(#eef1ec,#d5dbd4);display:grid;place-items:center;height:100vh">
     <svg viewBox="0 0 400 250" width="900"><rect x="60" y="95" width="70" height="60" fill="${tint}"/><rect x="130" y="108" width="200" height="34" fill="#a6b0aa"/>
     ${Array.from({ length: 14 }, (_, n) => `<path d="M${170 + n * 11} 108l6 34" stroke="#6f7a74" stroke-width="2"/>`).join("")}<title>${words}</title></svg></body>`,
  );
  const buffer = await page.screenshot();
  await page.context().close();
  return { name: "bolt.png", mimeType: "image/png", buffer };
}
