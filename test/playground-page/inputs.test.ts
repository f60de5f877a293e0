import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { HAS_CHROMIUM } from "../../playground/chromium.ts";
import { INPUTS } from "../../playground/slack/element-rules.ts";
import { openGallery, type Gallery, type Told } from "./gallery-page.ts";

/** Stands for an element that told nothing. */
const NOTHING = "nothing told";

describe.skipIf(!HAS_CHROMIUM)("by keyboard alone, in the gallery", () => {
  let gallery: Gallery;
  let page: Page;
  beforeAll(async () => {
    gallery = await openGallery();
    ({ page } = gallery);
  });
  afterAll(() => gallery.close());
  beforeEach(() => gallery.forget());
  const press = (...keys: string[]) => gallery.press(...keys);

  /** An element in an input block, with what it told last. */
  function field(type: string) {
    const block = page.locator(`.bk-input[data-block]:has(> .bk-element-${type})`).first();
    return { block, last: () => told(block) };
  }
  async function told(block: Locator): Promise<Told["value"]> {
    const id = await block.getAttribute("data-block");
    const last = (await gallery.log()).findLast(({ blockId }) => blockId === id);
    return last === undefined ? NOTHING : last.value;
  }
  const valuesOf = async (inputs: Locator) => {
    const values = (await inputs.all()).map((input) => input.inputValue());
    return Promise.all(values);
  };

  test("every element that an input block may hold is there, with a label for a name", async () => {
    const nameless: string[] = [];
    for (const kind of Object.keys(INPUTS)) {
      const { block } = field(kind);
      const label = await block.locator(".bk-label").textContent();
      const named = block.getByLabel(label ?? "?", { exact: true });
      if ((await named.count()) !== 1) nameless.push(`${kind}: ${label}`);
    }
    expect(nameless).toEqual([]);
  });

  test.each([
    ["plain_text_input", "Leaves at noon"],
    ["email_text_input", "sam@northwind.example"],
    ["url_text_input", "https://tickets.example/4711"],
    ["number_input", "12"],
  ])("what is typed into a %s is entered", async (kind, text) => {
    const { block, last } = field(kind);
    await block.locator("input, textarea").focus();
    await gallery.type(text);
    await expect.poll(last).toBe(text);
  });

  test("a rich text is typed as plain text, line by line", async () => {
    const { block, last } = field("rich_text_input");
    await block.locator("textarea").focus();
    await gallery.type("one");
    await press("Shift+Enter");
    await page.keyboard.type("two");
    await expect.poll(async () => String(await last()).replace(/^.*one/s, "one")).toBe("one\ntwo");
  });

  test.each(["users_select", "conversations_select", "channels_select"])(
    "a %s offers a list, and closes it on Escape without a choice",
    async (kind) => {
      const { block, last } = field(kind);
      const box = block.getByRole("combobox");
      await box.focus();
      await press("Control+a", "Delete", "ArrowDown", "ArrowDown", "Escape");
      expect(await box.getAttribute("aria-expanded")).toBe("false");
      expect(await last()).toBe(NOTHING);
      await press("ArrowDown", "ArrowDown");
      const id = await box.getAttribute("aria-activedescendant");
      const label = await page.locator(`[id="${id}"] .bk-choice-words > span`).first().textContent();
      await press("Enter");
      await expect.poll(last).toMatch(/^[UCD]\w+$/);
      expect(await box.inputValue()).toBe(label);
    },
  );

  test("a list narrows down while one types, and takes the first match on Enter", async () => {
    const { block, last } = field("users_select");
    await block.getByRole("combobox").focus();
    await press("ArrowDown");
    const labels = await page
      .locator(".bk-popup:popover-open [role=option] .bk-choice-words")
      .allTextContents();
    const wanted = labels.at(-1) ?? "";
    await gallery.type(wanted);
    await expect.poll(() => page.locator(".bk-popup:popover-open [role=option]").count()).toBe(1);
    await press("Enter");
    await expect.poll(last).toMatch(/^[UW]\w+$/);
    await gallery.type("nobody of this name");
    await page.locator(".bk-popup:popover-open").getByText("Nothing matches.").waitFor();
  });

  test("a menu of static options takes one of them", async () => {
    const { block, last } = field("static_select");
    await block.locator("select, input").focus();
    await press("ArrowDown", "ArrowDown", "Enter");
    await expect.poll(last).not.toBe(NOTHING);
    expect(await last()).toBeTypeOf("string");
  });

  test("an external menu says that it has nothing to offer but what is preset", async () => {
    const { block, last } = field("external_select");
    await block.getByRole("combobox").focus();
    await gallery.type("nothing like it");
    await page.locator(".bk-popup:popover-open").getByText("The app is asked for no options here").waitFor();
    await press("Escape");
    expect(await last()).toBe(NOTHING);
  });

  test.each([
    "multi_static_select",
    "multi_users_select",
    "multi_conversations_select",
    "multi_channels_select",
  ])("a %s takes several, Backspace takes the last away, and so does the sign on it", async (kind) => {
    const { block, last } = field(kind);
    const box = block.getByRole("combobox");
    await box.focus();
    for (let left = await block.locator(".bk-chip").count(); left > 0; left--) await press("Backspace");
    await press("ArrowDown", "Enter");
    await expect.poll(last).toHaveLength(1);
    await press("ArrowDown", "Enter");
    await expect.poll(last).toHaveLength(2);
    const [first] = (await last()) as string[];
    await press("Escape", "Backspace");
    await expect.poll(last).toEqual([first]);
    await press("Shift+Tab", "Enter");
    await expect.poll(last).toEqual([]);
    expect(await gallery.hasFocus(box)).toBe(true);
  });

  test("one radio button is chosen, and the arrows choose the next", async () => {
    const { block, last } = field("radio_buttons");
    const values = await valuesOf(block.locator("input"));
    await block.locator("input").first().focus();
    await press("ArrowDown");
    await expect.poll(last).toBe(values[1]);
    await press("ArrowUp");
    await expect.poll(last).toBe(values[0]);
  });

  test("a checkbox is ticked and unticked, and the order is that of the options", async () => {
    const { block, last } = field("checkboxes");
    const boxes = block.locator("input");
    const values = await valuesOf(boxes);
    const ticked = () => valuesOf(block.locator("input:checked"));
    await boxes.first().focus();
    await press("Space");
    const once = await ticked();
    await expect.poll(last).toEqual(once);
    await press("Tab", "Space");
    await expect.poll(last).toEqual(await ticked());
    expect((await ticked()).includes(values[1] ?? "")).not.toBe(once.includes(values[1] ?? ""));
  });

  test.each([
    ["datepicker", "12312026", "2026-12-31"],
    ["timepicker", "0930PM", "21:30"],
    ["datetimepicker", "123120260930PM", /^\d{10}$/],
  ])("a %s is typed and entered as the app gets it", async (kind, keys, value) => {
    const { block, last } = field(kind);
    await block.locator("input").focus();
    await page.keyboard.type(keys);
    await press("Tab");
    await expect.poll(last).toEqual(value instanceof RegExp ? expect.stringMatching(value) : value);
  });

  test("files are given by their names, and can be taken away again", async () => {
    const { block, last } = field("file_input");
    const input = block.locator("input");
    await input.focus();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press("Enter")]);
    const [kind = "txt"] = ((await input.getAttribute("accept")) ?? ".txt").replaceAll(".", "").split(",");
    await chooser.setFiles([{ name: `leaver.${kind}`, mimeType: "text/plain", buffer: Buffer.from("Sam") }]);
    await expect.poll(last).toEqual([`leaver.${kind}`]);
    await press("Tab", "Enter");
    await expect.poll(last).toEqual([]);
    expect(await gallery.hasFocus(input)).toBe(true);
  });

  test("a button is pressed; one that asks first is pressed after the answer, and gets the focus back", async () => {
    const buttons = page.locator(".bk-actions[data-block] .bk-element-button button");
    await buttons.first().waitFor();
    let asked = 0;
    let told = 0;
    const pressed = async () => (await gallery.log()).filter(({ kind }) => kind === "press").length;
    for (const button of await buttons.all()) {
      await button.focus();
      await press("Enter");
      const confirm = page.locator("dialog.bk-confirm[open]");
      if (await confirm.count()) {
        asked += 1;
        expect(await pressed()).toBe(told);
        await press("Escape");
        await confirm.waitFor({ state: "detached" });
        expect(await pressed()).toBe(told);
        await press("Enter", "Tab", "Enter");
        await confirm.waitFor({ state: "detached" });
      }
      await expect.poll(pressed).toBe((told += 1));
      expect(await gallery.hasFocus(button)).toBe(true);
    }
    expect(asked).toBeGreaterThan(0);
  });

  test("an overflow menu opens, moves, closes on Escape, and tells what was chosen", async () => {
    const element = page.locator(".bk-element-overflow").first();
    const opener = element.getByRole("button", { name: "More actions" });
    await opener.focus();
    await press("Enter");
    await element.locator("[role=menuitem]:focus").waitFor();
    await press("Escape");
    expect(await gallery.hasFocus(opener)).toBe(true);
    expect(await opener.getAttribute("aria-expanded")).toBe("false");
    await press("ArrowDown");
    await element.locator("[role=menuitem]:focus").waitFor();
    await press("End", "ArrowDown", "Enter");
    const confirm = page.locator("dialog.bk-confirm[open]");
    if (await confirm.count()) await press("Tab", "Enter");
    await expect.poll(async () => (await gallery.log()).at(-1)?.kind).toBe("press");
  });
});
