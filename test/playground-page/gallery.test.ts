import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAS_CHROMIUM, startChromium } from "../../playground/chromium.ts";
import { startCompany, type Company } from "../../playground/company.ts";
import { startPageServer, type PageServer } from "../../playground/page-server/server.ts";
import { SAMPLES } from "../../playground/page/gallery/samples.ts";
import { overflowing, seriousFindings } from "./browser-world.ts";

/** What blocks show word by word. Menus are closed, and what is in a field or behind a name is read by itself. */
const SHOWN = new Set(["text", "title", "caption", "alt_text", "author_name", "provider_name"]);
const CLOSED = new Set(["confirm", "placeholder", "option_groups", "initial_options"]);
const OPEN_CHOICES = new Set(["radio_buttons", "checkboxes"]);

/** The long texts of blocks that a reader must find on the page. */
function readableTexts(value: unknown, type?: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => readableTexts(one, type));
  if (typeof value !== "object" || value === null) return [];
  const own = "type" in value ? value.type : type;
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    if (CLOSED.has(key) || (key === "options" && !OPEN_CHOICES.has(String(own)))) return [];
    if (typeof one !== "string") return readableTexts(one, own);
    const isRead = SHOWN.has(key) || (key === "initial_value" && own !== "rich_text_input");
    return isRead && one.includes("Longest") && own !== "markdown" ? [one] : [];
  });
}

/** Runs in the browser: all that can be read in a place, also in its fields and behind its pictures. */
function everyWord(id: string): string {
  const place = `document.querySelector('[data-sample="${id}"]')`;
  return `[${place}.innerText,
    ...[...${place}.querySelectorAll("input, textarea")].map((field) => field.value),
    ...[...${place}.querySelectorAll("[aria-label]")].map((one) => one.ariaLabel)].join(" ")`;
}

/** Where links in Markdown lead, in all their forms; a reader does not see it. */
const ADDRESSES = /\]\([^)]*\)|\]\[\w+\]|^\[\w+\]:.*$/gm;

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

  async function open(width: number): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: "light" });
    context.setDefaultTimeout(60_000);
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
    const lost: string[] = [];
    for (const { id, blocks } of SAMPLES) {
      const there = squeezed(await page.evaluate<string>(everyWord(id)));
      const texts = readableTexts(blocks).filter((text) => !there.includes(squeezed(text)));
      lost.push(...texts.map((text) => `${id}: ${text}`));
    }
    expect(lost).toEqual([]);
    await page.context().close();
  });

  test("Markdown loses only its marks", async () => {
    const page = await open(390);
    const there = squeezed(await page.evaluate<string>(everyWord("longest-markdown")));
    const [block] = SAMPLES.find(({ id }) => id === "longest-markdown")?.blocks ?? [];
    const words = JSON.stringify(block?.["text"])
      .replaceAll(String.raw`\n`, "\n")
      .replaceAll(ADDRESSES, " ")
      .match(/[A-Za-z][\w-]{4,}/g);
    expect(words?.length).toBeGreaterThan(500);
    expect(words?.filter((word) => !there.includes(word))).toEqual([]);
    const link = page.getByRole("link", { name: "by reference" });
    expect(await link.getAttribute("href")).toBe("https://tickets.example/4711");
    await page.context().close();
  });

  test("a table is read in pages and sorted by a column, by keyboard", async () => {
    const page = await open(1280);
    const table = page.locator('[data-sample="tables"] .bk-data');
    const press = async (name: string) => {
      await table.getByRole("button", { name }).focus();
      await page.keyboard.press("Enter");
    };
    const statuses = () => table.locator("tbody td:nth-child(2)").allTextContents();
    await table.getByText("1 to 5 of 12").waitFor();
    await press("Next");
    await table.getByText("6 to 10 of 12").waitFor();
    await press("Next");
    await press("Next");
    await table.getByText("11 to 12 of 12").waitFor();
    await press("Status");
    await table.getByText("1 to 5 of 12").waitFor();
    expect(new Set(await statuses())).toEqual(new Set(["active"]));
    await press("Status");
    expect((await statuses()).slice(0, 4)).toEqual(Array.from({ length: 4 }, () => "inactive"));
    expect(await table.locator("th[aria-sort=descending]").count()).toBe(1);
    await press("Sort by Proven");
    expect(await table.locator("tbody td:last-child").first().textContent()).toBe("no");
    await page.context().close();
  });

  test("a container folds and unfolds, and the link in its title stays one", async () => {
    const page = await open(390);
    const folded = page.getByRole("group", { name: "Folded, with a ticket" });
    const fold = folded.getByRole("button", { name: "Folded, with a ticket" });
    expect(await folded.getByText("What was folded away.").isVisible()).toBe(false);
    await fold.focus();
    await page.keyboard.press("Enter");
    await folded.getByText("What was folded away.").waitFor();
    expect(await fold.getAttribute("aria-expanded")).toBe("true");
    const link = folded.getByRole("link", { name: "a ticket" });
    expect(await link.getAttribute("href")).toBe("https://tickets.example/4711");
    await link.click({ trial: true });
    await page.context().close();
  });

  test("a block that is malformed or not known is named, and the others stay", async () => {
    const page = await open(1280);
    const sample = page.locator('[data-sample="strange"]');
    for (const type of ["hologram", "section", "table"]) {
      const box = sample.locator(".bk-note-box", { hasText: `“${type}”` });
      await box.locator("summary").click();
      const content = box.getByText(`"type": "${type}"`);
      await content.waitFor();
      expect(await content.isVisible()).toBe(true);
    }
    await sample.getByText("report-4711").waitFor();
    await sample.getByText("Of no known level").waitFor();
    await page.context().close();
  });

  // The whole gallery, twice: a minute where the processor is shared.
  test("axe finds nothing serious, in light and dark", async () => {
    const page = await open(1280);
    const findings = await seriousFindings(page, "light");
    await page.emulateMedia({ colorScheme: "dark" });
    expect([...findings, ...(await seriousFindings(page, "dark"))]).toEqual([]);
    await page.context().close();
  }, 300_000);
});
