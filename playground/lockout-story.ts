import type { Page } from "playwright-core";
import type { Company } from "./company.ts";

/** What the story needs of the program that takes its pictures. */
export interface LockoutPictures {
  company: Company;
  /** Opens the page as someone. */
  readonly open: (person: "security") => Promise<Page>;
  readonly take: (page: Page, what: string) => Promise<unknown>;
}

let taken = 0;

/** Someone whose account was taken over, signed in everywhere. */
function addTaken({ slack, zoom, cloudflare }: Company): string {
  taken += 1;
  const name = `jordan${taken}`;
  const email = `${name}@northwind.example`;
  slack.addUser({ id: `U0JORDAN${taken}`, name, realName: "Jordan Blake", email });
  const user = zoom.addUser({ email, display_name: "Jordan Blake", type: 2, login_types: [100, 101] });
  zoom.signIn(user.id);
  zoom.addMeeting(user, { topic: "All hands", live: true });
  const access = cloudflare.addAccessUser({ email, name: "Jordan Blake" });
  cloudflare.addSession(access.id);
  cloudflare.enrolDevice(access.id, { name: "Jordan's laptop" });
  return name;
}

/** The form of a lockout, its thread where one door stays open, and what a release would give back. */
export async function playLockout({ company, open, take }: LockoutPictures): Promise<void> {
  const name = addTaken(company);
  company.zoom.addFault({
    kind: "answer",
    answer: { status: 400, body: { code: 300, message: "Not now." } },
    method: "DELETE",
    path: /\/token$/,
  });
  const sasha = await open("security");
  const dialog = sasha.locator("dialog.modal[open]");
  const command = async (text: string) => {
    await sasha.locator("[data-composer=channel] input").fill(text);
    await sasha.keyboard.press("Enter");
  };
  await command(`/lockout @${name} `);
  await dialog.getByText("It will hold").waitFor();
  await take(sasha, "lockout-form");
  await dialog.getByRole("button", { name: "Lock out now" }).click();
  await dialog.getByText("Zoom sessions").first().waitFor();
  await dialog.getByText("NOT locked").first().waitFor();
  await take(sasha, "lockout-watched");
  await sasha.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  const message = sasha.locator(".conversation article:not(.message-only-you)").last();
  await message.getByText("NOT locked").first().waitFor();
  await message.locator("[data-thread]").click();
  const thread = sasha.getByRole("complementary", { name: "Thread" });
  await thread.getByText("sent: Revoke the Zoom SSO token").first().waitFor();
  await take(sasha, "lockout-thread");
  company.zoom.clearFaults();
  await sasha.getByRole("button", { name: "Close the thread" }).click();
  await message.getByRole("button", { name: "Retry what failed" }).waitFor({ timeout: 60_000 });
  await command(`/lockout release @${name} `);
  await dialog.getByText("What is given back").waitFor();
  await take(sasha, "lockout-release");
  await sasha.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await sasha.context().close();
}
