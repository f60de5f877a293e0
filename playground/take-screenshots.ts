import { mkdir, mkdtemp, chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { PROJECT, startAppProcess } from "./app-process.ts";
import { startChromium } from "./chromium.ts";
import { PEOPLE, startCompany, type PersonName } from "./company.ts";
import { playLockout } from "./lockout-story.ts";
import { startPageServer } from "./page-server/server.ts";

// Takes the pictures in docs/screenshots: an offboarding and a lockout, each played once for each size and theme; only
// one of them with its name as argument.

const FOLDER = join(PROJECT, "docs", "screenshots");
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const THEMES = ["light", "dark"] as const;
/** Someone else leaves in each run, so that every request is the first about its person. */
const LEAVERS: readonly PersonName[] = ["target", "stranger", "administrator", "guest"];

const only = process.argv[2];

const folder = await mkdtemp(join(tmpdir(), "deadbolt-screenshots-"));
// When root runs this, Postgres runs as another user, who must pass through.
await chmod(folder, 0o711);
await mkdir(FOLDER, { recursive: true });
const company = await startCompany({ rateLimits: false });
const dataDirectory = join(folder, "data");
const app = await startAppProcess({
  ...company.environment,
  DATA_DIR: dataDirectory,
  POLICY_FILE: join(PROJECT, "playground", "policy.yml"),
  LOG_LEVEL: "warn",
  LOCKOUT_REVOKE_AGAIN_SECONDS: "3",
});
company.slack.requestUrl = app.requestUrl;
const server = await startPageServer({ company, auditEnvironment: { DATA_DIR: dataDirectory } });
await server.built;
const browser = await startChromium();
try {
  const runs = Object.entries(SIZES).flatMap(([size, viewport]) =>
    THEMES.map((theme) => ({ name: `${size}-${theme}`, viewport, theme })),
  );
  for (const [index, run] of runs.entries()) {
    const story = { ...run, leaver: LEAVERS[index] ?? "target" };
    if (only !== "lockout") await playStory(browser, story);
    if (only !== "offboarding")
      await playLockout({
        company,
        open: (person) => open(browser, story, person),
        take: (page, what) => take(page, what, story),
      });
  }
} finally {
  await browser.close();
  await server.close();
  await app.stop();
  await company.close();
  await rm(folder, { recursive: true, force: true });
}

interface Run {
  name: string;
  viewport: { width: number; height: number };
  theme: (typeof THEMES)[number];
  leaver: PersonName;
}

/** Opens the page as someone, without the tour. */
async function open(browser: Browser, run: Run, person: PersonName): Promise<Page> {
  const context = await browser.newContext({
    viewport: run.viewport,
    colorScheme: run.theme,
    reducedMotion: "reduce",
  });
  await context.addInitScript('localStorage.setItem("deadbolt-tour", "away")');
  const page = await context.newPage();
  await page.goto(`${server.url}/?as=${PEOPLE[person].id}`);
  await page.locator(".conversation").waitFor();
  return page;
}

function take(page: Page, what: string, run: Run): Promise<unknown> {
  return page.screenshot({ path: join(FOLDER, `${what}-${run.name}.png`), caret: "hide" });
}

async function playStory(browser: Browser, run: Run): Promise<void> {
  const riley = await open(browser, run, "requester");
  const dialog = riley.locator("dialog.modal[open]");
  const box = riley.locator("[data-composer=channel] input");
  await box.fill(`/zoom-offboard @${PEOPLE[run.leaver].name} `);
  await riley.keyboard.press("Enter");
  await dialog.getByLabel("Reason").fill("Last day today");
  await dialog.getByLabel("Ticket link").fill("ticket 4711");
  await dialog.getByRole("button", { name: "Request" }).click();
  await dialog.locator("[aria-invalid=true]").first().waitFor();
  await take(riley, "modal-error", run);
  await dialog.getByLabel("Ticket link").fill("https://tickets.example/4711");
  await dialog.getByRole("button", { name: "Request" }).click();
  await dialog.getByText("Nothing has been done yet").waitFor();
  await riley.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await riley.context().close();

  const alex = await open(browser, run, "approver");
  const message = alex.locator(".conversation article:not(.message-only-you)").last();
  await message.getByRole("button", { name: "Approve" }).waitFor();
  // The whole message is the picture here, and what the vendors see is in the next one.
  const unfolded = alex.getByRole("button", { name: "Fold this panel", exact: true });
  const hasRoom = await unfolded.isVisible();
  if (hasRoom) await unfolded.click();
  await take(alex, "approval", run);
  if (hasRoom) await alex.getByRole("button", { name: "Unfold this panel" }).click();
  // Slow enough for a picture of the steps at work.
  for (const vendor of [company.zoom, company.cloudflare])
    vendor.addFault({ kind: "slow", milliseconds: 1_200 });
  await message.locator("[data-thread]").click();
  await alex.getByRole("complementary", { name: "Thread" }).waitFor();
  await company.slack
    .as(PEOPLE.approver.id)
    .click(
      { channel: await channelOf(alex), ts: (await message.getAttribute("data-ts")) ?? "" },
      "request_approve",
    );
  await alex.getByRole("complementary").getByText("The snapshot is kept.").waitFor();
  await take(alex, "running", run);
  for (const vendor of [company.zoom, company.cloudflare]) vendor.clearFaults();
  await alex.getByRole("complementary").getByText("offers no way to prove them").last().waitFor();
  await take(alex, "finished", run);
  await alex.getByRole("button", { name: "Close the thread" }).click();
  await alex.locator("[data-tab=zoom]").click();
  await take(alex, "workspace", run);
  await alex.context().close();
}

async function channelOf(page: Page): Promise<string> {
  return (await page.locator("[data-channel][aria-current]").getAttribute("data-channel")) ?? "";
}
