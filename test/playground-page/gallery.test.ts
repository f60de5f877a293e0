import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAS_CHROMIUM, startChromium } from "../../playground/chromium.ts";
import { startCompany, type Company } from "../../playground/company.ts";
import { startPageServer, type PageServer } from "../../playground/page-server/server.ts";
import { SAMPLES } from "../../playground/page/gallery/samples.ts";
import { overflowing, seriousFindings } from "./browser-world.ts";

const SHOWN_AS_THEY_ARE = new Set(["text", "title", "caption", "alt_text", "hint"]);

/** Texts of blocks that a reader must find on the page: not those of menus and questions that are closed. */
function readableTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(readableTexts);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    if (["options", "option_groups", "confirm", "placeholder", "accessory"].includes(key)) return [];
    return typeof one === "string"
      ? SHOWN_AS_THEY_ARE.has(key) && one.startsWith("Longest")
        ? [one]
        : []
      : readableTexts(one);
  });
}

const squeezed = (text: string) => text.replaceAll(/\s+/g, "");

describe.skipIf(!HAS_CHROMIUM)("the gallery in Chromium", () => {
  let company: Company;
  let server: PageServer;
  let browser: Browser;
  beforeAll(async () => {
    [company, browser] = await Promise.all([startCompany({ rateLimits: false }), startChromium()]);
    server = await startPageServer({ company, auditEnvironment: {} });
    await server.built;
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    await company.close();
  });

  async function open(width: number, colorScheme: "light" | "dark" = "light"): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme });
    const page = await context.newPage();
    await page.goto(new URL("gallery.html", server.url).href);
    await page.locator("[data-log]").waitFor({ state: "attached" });
    return page;
  }

  test.each([320, 390, 1280])("nothing sticks out at %i px", async (width) => {
    const page = await open(width);
    expect(await overflowing(page, "gallery")).toEqual([]);
    await page.context().close();
  });

  test("no text is lost, however long", async () => {
    const page = await open(390);
    for (const { id, blocks } of SAMPLES) {
      const place = `[data-sample="${id}"]`;
      const labels = await page.evaluate<string[]>(
        `[...document.querySelectorAll('${place} [aria-label]')].map((one) => one.ariaLabel)`,
      );
      const words = [await page.locator(place).innerText(), ...labels];
      const there = squeezed(words.join(" "));
      const lost = readableTexts(blocks).filter((text) => !there.includes(squeezed(text)));
      expect({ id, lost }).toEqual({ id, lost: [] });
    }
    await page.context().close();
  });

  test("a table is read in pages and sorted by a column", async () => {
    const page = await open(1280);
    const table = page.locator('[data-sample="tables"] .bk-data');
    await table.getByText("1 to 5 of 12").waitFor();
    await table.getByRole("button", { name: "Next" }).click();
    await table.getByText("6 to 10 of 12").waitFor();
    await table.getByRole("button", { name: "Status" }).click();
    await table.getByText("1 to 5 of 12").waitFor();
    expect(await table.locator("tbody td").first().textContent()).toBe("active");
    await table.getByRole("button", { name: "Status" }).click();
    expect(await table.locator("tbody td").first().textContent()).toBe("inactive");
    await page.context().close();
  });

  test.each(["light", "dark"] as const)("axe finds nothing serious in %s", async (colorScheme) => {
    const page = await open(1280, colorScheme);
    expect(await seriousFindings(page, "gallery")).toEqual([]);
    await page.context().close();
  });
});
