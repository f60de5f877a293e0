import type { Locator, Page } from "playwright-core";
import { startChromium } from "../../playground/chromium.ts";
import { startCompany } from "../../playground/company.ts";
import { startPageServer } from "../../playground/page-server/server.ts";

/** One line of the gallery's log: what a block told the page around it. */
export interface Told {
  kind: "press" | "change" | "dispatch";
  blockId: string;
  actionId: string;
  value?: string | string[];
}

/** The page of every block, and the keyboard in front of it. */
export interface Gallery {
  page: Page;
  /** What was told since `forget` was called. */
  log(): Promise<Told[]>;
  forget(): Promise<void>;
  press(...keys: string[]): Promise<void>;
  /** Empties the field that has the focus, and types into it. */
  type(text: string): Promise<void>;
  hasFocus(element: Locator): Promise<boolean>;
  close(): Promise<void>;
}

/** Serves the playground over pretend vendors, without the app, and opens the gallery in Chromium. */
export async function openGallery(): Promise<Gallery> {
  const [company, browser] = await Promise.all([startCompany({ rateLimits: false }), startChromium()]);
  const server = await startPageServer({ company, auditEnvironment: {} });
  await server.built;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "en-US" });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  // The browser hands choosers over only while someone listens.
  page.on("filechooser", () => undefined);
  await page.goto(new URL("gallery.html", server.url).href);
  await page.locator("[data-log]").first().waitFor({ state: "attached" });

  const lines = async () => {
    const text = await page.locator("[data-log]").first().textContent();
    return (text ?? "").split("\n").filter((line) => line !== "");
  };
  let forgotten = 0;
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  return {
    page,
    log: async () => (await lines()).slice(forgotten).map((line) => JSON.parse(line) as Told),
    async forget() {
      forgotten = (await lines()).length;
    },
    press,
    async type(text) {
      await press("Control+a", "Delete");
      await page.keyboard.type(text);
    },
    hasFocus: async (element) => (await element.and(page.locator(":focus")).count()) === 1,
    async close() {
      await browser.close();
      await server.close();
      await company.close();
    },
  };
}
