import type { Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHROMIUM, HAS_CHROMIUM } from "../../playground/chromium.ts";
import { PEOPLE, REQUESTS_CHANNEL } from "../../playground/company.ts";
import {
  overflowing,
  PHONE,
  seriousFindings,
  startBrowserWorld,
  type BrowserWorld,
} from "./browser-world.ts";

if (!HAS_CHROMIUM)
  process.stdout.write(`There is no Chromium at ${CHROMIUM} (CHROMIUM_PATH), so the page is not tested.\n`);

const messageBox = (page: Page) => page.locator("[data-composer=channel] input");
const dialog = (page: Page) => page.locator("dialog.modal[open]");

/** Types a command as a person does: with completion, by keyboard alone. */
async function typeCommand(page: Page, who: string): Promise<void> {
  await messageBox(page).focus();
  await page.keyboard.type("/zo");
  await page.keyboard.press("Tab");
  await page.keyboard.type(`@${who}`);
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
}

const newestMessage = (page: Page) => page.locator(".conversation article:not(.message-only-you)").last();

async function become(page: Page, id: string): Promise<void> {
  await page.locator("[data-tour=people]").click();
  await page.locator(`[data-person=${id}]`).click();
  await page.locator(`[data-me=${id}]`).waitFor();
}

describe.skipIf(!HAS_CHROMIUM)("the page in Chromium", () => {
  let all: BrowserWorld;
  beforeAll(async () => {
    all = await startBrowserWorld();
  });
  afterAll(() => all.close());

  test("the tour goes to its end by “Do it for me”, with a failing vendor on the way", async () => {
    const page = await all.open({ withTour: true });
    await page.getByRole("button", { name: "Start the tour" }).click();
    const seen: (string | null)[] = [];
    for (;;) {
      const tour = page.locator("[data-step]");
      const step = await tour.getAttribute("data-step");
      seen.push(step);
      if (step === "end") break;
      await page.getByRole("button", { name: "Do it for me" }).click();
      await page.locator(`[data-step]:not([data-step="${step}"])`).waitFor();
    }
    expect(seen.join(" ")).toBe(
      "ask form own alex approve thread zoom second break approve-broken honest mend audit end",
    );
    await expect
      .poll(() => page.locator("[data-report]").textContent())
      .toContain("The audit chain is whole");
    await page.locator("[data-tab=zoom]").click();
    expect(await page.locator('[data-user="sam@northwind.example"]').textContent()).toContain("inactive");
    expect(await page.locator('[data-user="dana@northwind.example"]').textContent()).toContain("active");
    await page.getByRole("button", { name: "Finish" }).click();
    await page.reload();
    await messageBox(page).waitFor();
    expect(await page.getByRole("button", { name: "Start the tour" }).count()).toBe(0);
    await page.getByRole("button", { name: "Tour", exact: true }).click();
    expect(await page.locator("[data-step]").getAttribute("data-step")).toBe("ask");
    await page.context().close();
  });

  test("the tour goes on when its steps are done otherwise, on a phone, and after a reload", async () => {
    const page = await all.open({ withTour: true, context: { viewport: PHONE } });
    const step = () => page.locator("[data-step]").getAttribute("data-step");
    await page.getByRole("button", { name: "Start the tour" }).click();
    // Someone's words about an offboarding are no request.
    all.world.company.slack.as(PEOPLE.security.id).say(REQUESTS_CHANNEL, "Please Offboard Sam Rivers");
    for (const next of ["form", "own"]) {
      await page.getByRole("button", { name: "Do it for me" }).click();
      await page.locator(`[data-step=${next}]`).waitFor();
    }
    const request = all.world.company.slack.messages.findLast(
      ({ channel, metadata }) => channel === REQUESTS_CHANNEL && metadata !== undefined,
    );
    if (request === undefined) throw new Error("There is no request.");
    await all.world.company.slack.as(PEOPLE.approver.id).click(request, "request_approve");
    await page.locator("[data-step=thread]").waitFor();
    for (const next of ["zoom", "second"]) {
      await page.getByRole("button", { name: "Do it for me" }).click();
      await page.locator(`[data-step=${next}]`).waitFor();
    }
    const isReachable = () =>
      page.evaluate<boolean>(`(() => {
        const place = document.querySelector("[data-here]");
        const { left, top, width, height } = place.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        return place.contains(there);
      })()`);
    await expect.poll(isReachable).toBe(true);
    await page.reload();
    await messageBox(page).waitFor();
    expect(await step()).toBe("second");
    await page.getByRole("button", { name: "Skip the tour" }).click();
    await page.context().close();
  });

  test("a person is offboarded by hand: command, form, refusal of oneself, approval by another, thread", async () => {
    const page = await all.open({ as: PEOPLE.requester.id });
    await typeCommand(page, "eve");
    await dialog(page).getByLabel("Reason").fill("Leaves at noon");
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    await page.locator("[data-composer=channel] input:focus").waitFor();

    await typeCommand(page, "owen");
    await dialog(page).getByLabel("Reason").fill("Leaves at noon");
    await dialog(page).getByRole("button", { name: "Request" }).click();
    await dialog(page).getByText("Nothing has been done yet").waitFor();
    await page.keyboard.press("Escape");
    await newestMessage(page).getByRole("button", { name: "Approve" }).click();
    await page.getByText("You asked for this yourself").last().waitFor();
    expect(await page.getByText("Only visible to you").count()).toBeGreaterThan(0);

    await become(page, PEOPLE.approver.id);
    expect(await page.getByText("You asked for this yourself").count()).toBe(0);
    await newestMessage(page).getByRole("button", { name: "Approve" }).click();
    await newestMessage(page).getByText("Done").first().waitFor();
    await newestMessage(page).locator("[data-thread]").click();
    const thread = page.getByRole("complementary", { name: "Thread" });
    await thread.getByText("Read back: it took hold.").first().waitFor();
    await page.keyboard.press("Escape");
    expect(await thread.count()).toBe(0);

    await become(page, PEOPLE.requester.id);
    expect(await page.locator("[data-channel=app] .count").textContent()).toContain("unread");
    await page.locator("[data-channel=app]").click();
    await page.getByText("The whole story is in").last().waitFor();
    await page.context().close();
  });

  test("faults stand next to their fields, from the form itself and from the app, and typed values stay", async () => {
    const page = await all.open({ as: PEOPLE.security.id });
    await typeCommand(page, "dana");
    const reason = dialog(page).getByLabel("Reason");
    await dialog(page).getByRole("button", { name: "Request" }).click();
    await dialog(page).getByText("Fill in this field.").waitFor();
    expect(await reason.getAttribute("aria-invalid")).toBe("true");
    expect(await dialog(page).locator("[aria-invalid=true]:focus").count()).toBe(1);

    await reason.fill("Gone for good");
    expect(await dialog(page).getByText("Fill in this field.").count()).toBe(0);
    await dialog(page).getByLabel("What happens in Zoom").selectOption("Delete");
    await dialog(page).getByText("This cannot be undone.").waitFor();
    expect(await reason.inputValue()).toBe("Gone for good");
    await dialog(page)
      .getByLabel("Ticket link")
      .fill(`https://tickets.example/${"9".repeat(500)}`);
    await dialog(page).getByLabel("Type the e-mail of the person").fill("dana@northwind.example");
    await dialog(page).getByRole("button", { name: "Request" }).click();
    await dialog(page).getByText("This is not a web address").waitFor();
    expect(await dialog(page).getByLabel("Ticket link").getAttribute("aria-invalid")).toBe("true");
    expect(await reason.inputValue()).toBe("Gone for good");
    await page.context().close();
  });

  test("another tab sees a message, and what one person typed to nobody else", async () => {
    const [riley, alex] = await Promise.all([
      all.open({ as: PEOPLE.requester.id }),
      all.open({ as: PEOPLE.approver.id }),
    ]);
    await messageBox(riley).fill("Good morning, all");
    await riley.keyboard.press("Enter");
    await alex.getByText("Good morning, all").last().waitFor();
    await expect
      .poll(() => alex.locator("[role=status]").allTextContents())
      .toContain("Riley Park in #offboarding: Good morning, all");
    const before = await alex.getByText("Only visible to you").count();
    await messageBox(riley).fill("/deadbolt help");
    await riley.keyboard.press("Enter");
    await riley.getByText("opens the offboarding form").last().waitFor();
    expect(await alex.getByText("Only visible to you").count()).toBe(before);
    await Promise.all([riley.context().close(), alex.context().close()]);
  });

  test("a tab that nobody looks at asks for nothing, and knows everything when it is looked at again", async () => {
    const [page, other] = [await all.open(), await all.open()];
    const isStream = (request: Request) => new URL(request.url()).pathname.endsWith("/api/events");
    let streams = 0;
    page.on("request", (request) => void (streams += isStream(request) ? 1 : 0));
    const look = (isHidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, "hidden", { value: ${isHidden}, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"))`);
    const closed = Promise.race([
      page.waitForEvent("requestfailed", isStream),
      page.waitForEvent("requestfinished", isStream),
    ]);
    await look(true);
    await closed;
    all.world.company.slack.as(PEOPLE.security.id).say(REQUESTS_CHANNEL, "Said while hidden");
    await other.locator(".conversation").getByText("Said while hidden").waitFor();
    expect(await page.getByText("Said while hidden").count()).toBe(0);
    expect(streams).toBe(0);
    await look(false);
    await page.locator(".conversation").getByText("Said while hidden").waitFor();
    expect(streams).toBe(1);
    await Promise.all([page.context().close(), other.context().close()]);
  });

  test("what one person typed and was told is not the next one's", async () => {
    const page = await all.open({ as: PEOPLE.requester.id });
    await messageBox(page).fill("/nonsense");
    await page.keyboard.press("Enter");
    await page.getByText("/nonsense is not a command").waitFor();
    await messageBox(page).fill("Only mine");
    await become(page, PEOPLE.approver.id);
    expect(await messageBox(page).inputValue()).toBe("");
    expect(await page.getByText("/nonsense is not a command").count()).toBe(0);
    await messageBox(page).fill("/zo");
    await page.keyboard.press("Shift+Tab");
    expect(await messageBox(page).inputValue()).toBe("/zo");
    await page.context().close();
  });

  test("while Slack is broken the page says why nobody answers", async () => {
    const page = await all.open();
    await page.locator("[data-tab=faults]").click();
    await page.locator('[data-fault="slack 500"]').click();
    const warning = page.getByText("Slack is broken by a switch");
    await warning.waitFor();
    await page.locator("[data-mend]").click();
    await expect.poll(() => warning.count(), { timeout: 60_000 }).toBe(0);
    await page.context().close();
  });

  test("what does not exist is refused in plain words", async () => {
    const page = await all.open();
    await messageBox(page).fill("/nonsense");
    await page.keyboard.press("Enter");
    await page.getByText("/nonsense is not a command of this workspace.").waitFor();
    await page.getByRole("button", { name: "Put this away" }).click();
    expect(await page.getByText("/nonsense is not a command").count()).toBe(0);
    await page.context().close();
  });

  test("when the server goes away the page says so, and it goes on when the server is back", async () => {
    const page = await all.open();
    await all.stopServer();
    const warning = page.getByText("The playground does not answer. Trying again");
    await warning.waitFor();
    await all.startServer();
    await expect.poll(() => warning.count(), { timeout: 60_000 }).toBe(0);
    await messageBox(page).fill("Back again");
    await page.keyboard.press("Enter");
    await page.locator(".conversation article").getByText("Back again").waitFor();
    await page.context().close();
  });

  test("the theme follows the system until it is switched, and the switch is remembered", async () => {
    const page = await all.open({ context: { colorScheme: "dark", viewport: PHONE } });
    const background = () =>
      page.evaluate<string>('getComputedStyle(document.querySelector(".conversation")).backgroundColor');
    const dark = await background();
    await page.getByRole("button", { name: "Switch to light" }).click();
    const light = await background();
    expect(light).not.toBe(dark);
    await page.reload();
    await messageBox(page).waitFor();
    expect(await background()).toBe(light);
    await page.context().close();
  });

  describe.each([
    ["light", "everything"],
    ["dark", "colours"],
  ] as const)("in %s", (colorScheme, only) => {
    test("axe finds nothing serious on any screen of the workspace", async () => {
      const page = await all.open({ as: PEOPLE.secondSecurity.id, withTour: true, context: { colorScheme } });
      const findings: string[] = [];
      // The parts share their colours: in the dark the whole page is looked at, and one of each part.
      const look = async (where: string, within?: string, isLikeAnother = false) => {
        if (isLikeAnother && only === "colours") return;
        findings.push(...(await seriousFindings(page, where, only, within)));
      };
      await look("the offer of a tour", undefined, true);
      await page.getByRole("button", { name: "Start the tour" }).click();
      await look("the tour");
      await typeCommand(page, "dana");
      await look("a modal", "dialog", true);
      await dialog(page).getByRole("button", { name: "Request" }).click();
      await dialog(page).getByText("Fill in this field.").waitFor();
      await look("a modal with a fault", "dialog");
      await dialog(page).getByLabel("Reason").fill("For the record");
      await dialog(page).getByRole("button", { name: "Request" }).click();
      await dialog(page).getByText("Nothing has been done yet").waitFor();
      await look("a note", "dialog", true);
      await page.keyboard.press("Escape");
      await dialog(page).waitFor({ state: "detached" });
      await newestMessage(page).locator("[data-thread]").click();
      await look("a thread", "aside");
      for (const tab of ["zoom", "cloudflare", "calls", "faults", "audit"]) {
        await page.locator(`[data-tab=${tab}]`).click();
        if (tab === "calls") await page.locator(".call summary").first().click();
        if (tab === "audit") {
          await page.locator("[data-verify]").click();
          await page.locator("[data-report]").waitFor();
        }
        await look(`the ${tab} tab`, ".dock", tab === "cloudflare" || tab === "audit");
      }
      await messageBox(page).fill("/");
      await look("completion", "[data-composer=channel]", true);
      await messageBox(page).fill("/nonsense");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Put this away" }).waitFor();
      await look("a notice");
      await page.locator("[data-tour=people]").click();
      await look("the people");
      await page.keyboard.press("Escape");
      await page.locator("[data-channel=app]").click();
      await look("the app", undefined, true);
      expect(findings).toEqual([]);
      await page.context().close();
    }, 600_000);
  });

  test.each([320, 390, 1280])("nothing sticks out at %i px", async (width) => {
    const viewport = { width, height: 800 };
    const page = await all.open({ as: PEOPLE.secondSecurity.id, context: { viewport }, withTour: true });
    const found: string[] = [];
    const look = async (where: string) => found.push(...(await overflowing(page, where)));
    await look("workspace");
    await page.getByRole("button", { name: "Start the tour" }).click();
    await typeCommand(page, "dana");
    await dialog(page).getByRole("button", { name: "Request" }).click();
    await look("modal");
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    for (const tab of ["zoom", "calls", "faults", "audit"]) {
      await page.locator(`[data-tab=${tab}]`).click();
      await look(tab);
    }
    await page.locator(".dock-fold").click();
    await page.locator(".conversation [data-thread]").last().click();
    await look("thread");
    await page.locator("[data-tour=people]").click();
    await look("people");
    expect(found).toEqual([]);
    await page.context().close();
  });
});
