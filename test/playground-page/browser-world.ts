import { readFileSync } from "node:fs";
import { join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { startChromium } from "../../playground/chromium.ts";
import { startPageServer, type PageServer } from "../../playground/page-server/server.ts";
import { startWorld, type World } from "../journeys/world/world.ts";

/** The whole playground with a browser in front of it. */
export interface BrowserWorld {
  world: World;
  browser: Browser;
  /** A tab with the page open, its storage empty and the tour put away. */
  open(options?: OpenOptions): Promise<Page>;
  address(): string;
  /** Ends the page's server; `startServer` puts one at the same address. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Id of the person; Riley without it. */
  as?: string;
  /** A file of the page, such as `gallery.html`. */
  file?: string;
  withTour?: boolean;
  context?: BrowserContextOptions;
}

export const PHONE = { width: 390, height: 844 };

export async function startBrowserWorld(): Promise<BrowserWorld> {
  const [world, browser] = await Promise.all([startWorld(), startChromium()]);
  const start = async (port?: number): Promise<PageServer> => {
    const auditEnvironment = { DATABASE_URL: world.databaseUrl };
    const server = await startPageServer({ company: world.company, port, auditEnvironment });
    await server.built;
    return server;
  };
  let server = await start();
  return {
    world,
    browser,
    address: () => server.url,
    async open({ as, file = "", withTour = false, context = {} } = {}) {
      const own = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...context });
      own.setDefaultTimeout(60_000);
      if (!withTour) await own.addInitScript('localStorage.setItem("deadbolt-tour", "away")');
      const page = await own.newPage();
      await page.goto(new URL(file + (as === undefined ? "" : `?as=${as}`), server.url).href);
      await page.waitForSelector(file === "" ? ".conversation" : "main");
      return page;
    },
    stopServer: () => server.close(),
    async startServer() {
      server = await start(server.port);
    },
    async close() {
      await browser.close();
      await server.close();
      await world.close();
    },
  };
}

/**
 * Serious and critical findings of axe, one line each.
 * @param only `colours` for what they alone can get wrong, which is all that the dark theme changes
 * @param within a selector of the part that is new on this screen
 */
export async function seriousFindings(
  page: Page,
  where: string,
  only: "everything" | "colours" = "everything",
  within = "html",
): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe.source);
  const rules = only === "colours" ? ', runOnly: ["color-contrast", "link-in-text-block"]' : "";
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run("${within}", { resultTypes: ["violations"]${rules} })`,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${where}: ${id} ${target.join(" ")} ${failureSummary}`),
    );
}

const SIDEWAYS = readFileSync(join(import.meta.dirname, "sideways.js"), "utf8");

/** Elements that stick out of the page's width, or whose content is cut off at the side; one line each. */
export async function overflowing(page: Page, where: string): Promise<string[]> {
  const found = await page.evaluate<string[]>(SIDEWAYS);
  return found.map((what) => `${where}: ${what}`);
}
