import { Secret, TOTP } from "otpauth";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE, REQUESTS_CHANNEL, type PersonName } from "../../playground/company.ts";
import type { Message, OpenView } from "../../playground/slack/state.ts";
import { newViewOf } from "./world/acting.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { modalText, press, vendorWrites } from "./world/refused.ts";
import { ask, ended, eventually, rootOf, startWorld, storedRequest, type World } from "./world/world.ts";

let world: World;
let keys: Map<PersonName, string>;
/** The last code that each of them has used. */
const spent = new Map<PersonName, string>();
beforeAll(async () => {
  world = await startWorld({ environment: { POLICY_FILE: await approvalPolicy("factor") } });
  keys = new Map();
});
afterAll(async () => {
  await world.close();
});

/** The code that someone's authenticator app shows so many steps of 30 seconds from now. */
function codeOf(person: PersonName, steps = 0): string {
  const secret = Secret.fromBase32(keys.get(person) ?? "");
  return new TOTP({ secret }).generate({ timestamp: Date.now() + steps * 30_000 });
}

/** Sets up a one-time password as a person would, with the key typed in; its code is spent then. */
async function enrol(person: PersonName): Promise<void> {
  const { slack } = world.company;
  const known = new Set(slack.views.keys());
  await slack.as(PEOPLE[person].id).command("/deadbolt", "second-factor");
  const { id } = await newViewOf(world, person, known);
  const view = await eventually("the key", () => {
    const shown = slack.views.get(id);
    return JSON.stringify(shown?.content).includes("code") ? shown : undefined;
  });
  const [key = ""] = /\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/.exec(JSON.stringify(view.content)) ?? [];
  keys.set(person, key.replaceAll(" ", ""));
  const code = codeOf(person);
  spent.set(person, code);
  await slack.as(PEOPLE[person].id).submit(id, { code });
  await eventually("the end of it", () => modalText(world, person).includes("is set up"));
}

test("a guest sets up no one-time password, and nothing is posted into the channel", async () => {
  const { slack } = world.company;
  const known = new Set(slack.views.keys());
  const before = slack.messages.length;
  await slack.as(PEOPLE.guest.id).command("/deadbolt", "second-factor");
  await newViewOf(world, "guest", known);
  await eventually("the refusal", () => modalText(world, "guest").includes("guests hold no role"));
  const { rows } = await world.database.query(
    "select data from deadbolt.audit_event where actor = $1 and type = 'factor.refused'",
    [PEOPLE.guest.id],
  );
  expect(rows).toEqual([{ data: { reason: "barred" } }]);
  expect(slack.messages.slice(before)).toEqual([]);
});

async function openCode(person: PersonName, message: Message): Promise<OpenView> {
  const { slack } = world.company;
  const known = new Set(slack.views.keys());
  await slack.as(PEOPLE[person].id).click(message, "request_approve");
  return newViewOf(world, person, known);
}

/** Asks for someone's deletion, which cannot be undone. */
async function askDeletion(name: string): Promise<{ requestId: string; root: Message }> {
  const { slack } = world.company;
  const known = new Set(slack.views.keys());
  await slack.as(PEOPLE.requester.id).command("/zoom-offboard", `@${name}`);
  const form = await newViewOf(world, "requester", known);
  await slack.as(PEOPLE.requester.id).change(form.id, "action", "delete");
  await eventually("the confirmation's field", () =>
    JSON.stringify(slack.views.get(form.id)?.content).includes("confirm_email"),
  );
  await slack
    .as(PEOPLE.requester.id)
    .submit(form.id, { reason: "Left", confirm_email: `${name}@northwind.example` });
  const root = await eventually("the request's message", () => rootOf(world, form.id));
  return { requestId: form.id, root };
}

test("an approval that asks for a one-time password is not recorded without one", async () => {
  await enrol("security");
  expect(
    world.company.slack.messages.some(
      ({ channel, text }) =>
        channel === REQUESTS_CHANNEL && text.includes("<@U0SASHA> set up a one-time password"),
    ),
  ).toBe(true);
  const { requestId, root } = await askDeletion("sam");
  expect(await press(world, PEOPLE.secondSecurity.id, root)).toContain("You have none set up");
  await enrol("secondSecurity");
  const late = await openCode("secondSecurity", root);
  await world.company.slack
    .as(PEOPLE.secondSecurity.id)
    .submit(late.id, { code: codeOf("secondSecurity", 1) });
  expect(modalText(world, "secondSecurity")).toContain("You enrolled after this was asked for.");

  const form = await openCode("security", root);
  const used = spent.get("security") ?? "";
  for (const wrong of ["12 34", "000000x", used])
    await world.company.slack.as(PEOPLE.security.id).submit(form.id, { code: wrong });
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
  // The next one: whatever the clock does meanwhile, it is newer than the one that was used to set it up.
  const code = codeOf("security", 1);
  spent.set("security", code);
  await world.company.slack
    .as(PEOPLE.security.id)
    .submit(form.id, { code: `${code.slice(0, 3)} ${code.slice(3)}` });
  expect(await ended(world, requestId)).toBe("done");
  expect(vendorWrites(world).some((call) => call.startsWith("DELETE"))).toBe(true);
});

test("a code is good once, and after five wrong ones none is looked at", async () => {
  const { requestId, root } = await askDeletion("dana");
  const form = await openCode("security", root);
  await world.company.slack.as(PEOPLE.security.id).submit(form.id, { code: spent.get("security") ?? "" });
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
  for (let attempt = 0; attempt < 5; attempt += 1)
    await world.company.slack.as(PEOPLE.security.id).submit(form.id, { code: "00000" });
  await eventually("the lock", () => modalText(world, "security").includes("Try again after <!date^"));
  const again = await openCode("security", root);
  await world.company.slack.as(PEOPLE.security.id).submit(again.id, { code: codeOf("security", 1) });
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
});

test("no secret of a one-time password stands in the database, the log or a message", async () => {
  const { rows } = await world.database.query<{ dump: string }>(
    "select string_agg(f::text, ' ') as dump from deadbolt.second_factor f",
  );
  for (const key of keys.values()) {
    expect(rows[0]?.dump).not.toContain(key);
    expect(world.log()).not.toContain(key);
    expect(JSON.stringify(world.company.slack.messages)).not.toContain(key);
  }
  // The pictures were taken away again.
  expect([...world.company.slack.files.values()].filter(({ name }) => name.endsWith(".gif"))).toEqual([]);
});

test("an ordinary request asks for no password", async () => {
  const { requestId, root } = await ask(world, { target: "administrator" });
  expect(await press(world, PEOPLE.approver.id, root)).toBe(
    "Your approval is recorded. The steps are starting.",
  );
  expect(await ended(world, requestId)).toBe("done");
});
