// Opens GraphiQL in a Chromium, runs a query and a subscription, and prints what was seen as JSON.
import { chromium } from "playwright-core";

const [executablePath, address, picture] = process.argv.slice(2);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
const browser = await chromium.launch({
  executablePath,
  args: [...quiet, "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage({ viewport: { width: 1300, height: 800 } });
const seen = { requests: [], complaints: [], results: [] };
page.on("request", (request) => seen.requests.push(request.url()));
page.on("console", (message) => message.type() === "error" && seen.complaints.push(message.text()));
page.on("pageerror", (error) => seen.complaints.push(String(error)));

async function run(query, expected) {
  await page.goto(`${address}?query=${encodeURIComponent(query)}`, { waitUntil: "load" });
  const button = page.locator(".graphiql-execute-button");
  await button.waitFor({ timeout: 90_000 });
  await page.locator(".graphiql-editor .view-line").first().waitFor({ timeout: 90_000 });
  await button.click();
  const result = page.locator(".result-window");
  await result.locator(`text=${expected}`).first().waitFor({ timeout: 90_000 });
  seen.results.push(await result.innerText());
}

await run("{ nhsRegions(first: 1) { totalCount } }", "totalCount");
await page.screenshot({ path: picture });
await run("subscription { changes(after: 0) { sequence } }", "sequence");
console.log(JSON.stringify(seen));
await browser.close();
