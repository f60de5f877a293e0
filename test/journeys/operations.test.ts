import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import { changed, fillIn, openByCommand, textOf } from "./world/operation-steps.ts";
import {
  approve,
  ended,
  eventsOf,
  eventually,
  noticeAfter,
  openViewOf,
  outcomesOf,
  rootOf,
  startWorld,
  storedRequest,
  threadOf,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const sam = () => {
  const user = [...world.company.zoom.users.values()].find(({ email }) => email === "sam@northwind.example");
  if (user === undefined) throw new Error("Sam is not at Zoom.");
  return user;
};
beforeEach(() => {
  world.company.slack.clearFaults();
});

const say = (person: keyof typeof PEOPLE, command: string, text: string) =>
  noticeAfter(world, person, () => world.company.slack.as(PEOPLE[person].id).command(command, text));

test("/zoom alone shows what there is, and choosing opens the form in the same window", async () => {
  const picker = await openByCommand(world, "requester", "/zoom", "");
  expect(textOf(picker)).toContain("What do you want to do?");
  const before = picker.content;
  await world.company.slack
    .as(PEOPLE.requester.id)
    .click({ viewId: picker.id }, "operation_pick", { value: "zoom.user.updateStatus" });
  const person = await changed(world, picker, before);
  const form = await fillIn(world, "requester", person, { person: PEOPLE.target.id });
  expect(textOf(form)).toContain("Deactivate: no sign-in, licence freed");
  expect(textOf(form)).toContain("sam@northwind.example");
});

test("what is not for somebody is shown with the reason, and who can help", async () => {
  const picker = await openByCommand(world, "requester", "/cloudflare", "");
  const before = picker.content;
  await world.company.slack
    .as(PEOPLE.requester.id)
    .click({ viewId: picker.id }, "operation_why_not", { value: "cloudflare.member.remove" });
  const explained = await changed(world, picker, before);
  expect(textOf(explained)).toContain("missing cloudflare:members:write");
  expect(textOf(explained)).toContain("security");
  expect(await say("requester", "/cloudflare", "member remove @sam")).toContain("cloudflare:members:write");
});

test("several operations of one name are offered to choose from, and nothing is guessed", async () => {
  const picker = await openByCommand(world, "security", "/zoom", "list @sam");
  expect(textOf(picker)).toContain("List Zoom users");
  expect(textOf(picker)).not.toContain("Deactivate");
  const told = await say("security", "/zoom", "update password hunter2");
  expect(told).toContain("Did you mean");
  expect(told).not.toContain("hunter2");
  expect(await say("security", "/zoom", "update status sam")).toContain("Nothing was done");
});

test("a change shows what is there now, tells approvers before and after, and is proven", async () => {
  const opened = await openByCommand(world, "requester", "/zoom", "update user @sam");
  expect(textOf(opened)).toContain("Department: *Sales*");
  await world.company.slack
    .as(PEOPLE.requester.id)
    .click({ viewId: opened.id }, "fields", { value: ["changes.dept", "changes.job_title"] });
  const form = await eventually("the chosen fields", () => {
    const view = openViewOf(world, "requester");
    return view !== undefined && JSON.stringify(view.content.blocks).includes("input.changes.dept")
      ? view
      : undefined;
  });
  // Filled in with what is there; sent unchanged, nothing would be done.
  const refused = await world.company.slack.as(PEOPLE.requester.id).submit(form.id, { reason: "Moved" });
  expect(JSON.stringify(refused.body)).toContain("Nothing would change");
  await world.company.slack
    .as(PEOPLE.requester.id)
    .submit(form.id, { reason: "Moved", "input.changes.dept": "Marketing" });
  const root = await eventually("the request", () => rootOf(world, form.id));
  expect(JSON.stringify(root.blocks)).toContain("Department: Sales → *Marketing*");
  expect(JSON.stringify(root.blocks)).not.toContain("Job title");
  await approve(world, form.id, "approver");
  expect(await ended(world, form.id)).toBe("done");
  expect(await outcomesOf(world, form.id)).toEqual({ snapshot: "verified", change: "verified" });
  expect(sam()).toMatchObject({ dept: "Marketing", job_title: "Account manager" });
  expect(threadOf(world, form.id).join("\n")).toContain("verified");
});

test("nobody changes themselves, and the protected need their own approval", async () => {
  const own = await openByCommand(world, "requester", "/zoom", "update status @riley");
  const refused = await fillIn(world, "requester", own, { reason: "Me", "input.action": "deactivate" });
  expect(textOf(refused)).toContain("about yourself");
  const eve = await openByCommand(world, "requester", "/zoom", "update status @eve");
  const receipt = await fillIn(world, "requester", eve, { reason: "Leaves", "input.action": "deactivate" });
  expect(textOf(receipt)).toContain("2 different people with the role security");
  await eventually("the request", () => rootOf(world, eve.id));
  await approve(world, eve.id, "approver");
  expect(await storedRequest(world, eve.id)).toMatchObject({ state: "pending" });
});

test("a user who is somebody else by the time it is approved is not touched", async () => {
  const form = await openByCommand(world, "requester", "/zoom", "update status @sam");
  await fillIn(world, "requester", form, { reason: "Leaves", "input.action": "deactivate" });
  await eventually("the request", () => rootOf(world, form.id));
  sam().email = "sam.other@northwind.example";
  await approve(world, form.id, "approver");
  expect(await ended(world, form.id)).toBe("failed");
  expect(threadOf(world, form.id).join("\n")).toContain("STOPPED");
  const changedUser = [...world.company.zoom.users.values()].find(({ email }) =>
    email.startsWith("sam.other"),
  );
  expect(changedUser?.status).toBe("active");
  if (changedUser !== undefined) changedUser.email = "sam@northwind.example";
});

test("things of others cannot be named, whatever the window is made to send", async () => {
  const { cloudflare } = world.company;
  const alex = [...cloudflare.accessUsers.values()].find(({ email }) => email.startsWith("alex@"));
  const registration = [...cloudflare.fleet.registrations.values()].find(({ userId }) => userId === alex?.id);
  const form = await openByCommand(world, "security", "/cloudflare", "registration revoke @sam");
  const block = form.content.blocks.find((one) => one["block_id"] === "input.registrationIds");
  const option = { text: { type: "plain_text", text: "Mine" }, value: registration?.id ?? "" };
  Object.assign(block?.["element"] ?? {}, { options: [option], initial_options: undefined });
  const answer = await world.company.slack
    .as(PEOPLE.security.id)
    .submit(form.id, { reason: "Somebody else's", "input.registrationIds": [option.value] });
  expect(JSON.stringify(answer.body)).toContain("not there any more");
  expect(await storedRequest(world, form.id)).toBeUndefined();
});

test("what a vendor takes only so often is not asked for again", async () => {
  const ask = async () => {
    const form = await openByCommand(world, "requester", "/zoom", "update presence @sam");
    return { form, view: await fillIn(world, "requester", form, { reason: "Away", "input.status": "Away" }) };
  };
  const { form } = await ask();
  await eventually("the request", () => rootOf(world, form.id));
  await approve(world, form.id, "approver");
  expect(await ended(world, form.id)).toBe("done");
  const second = await openByCommand(world, "requester", "/zoom", "update presence @sam");
  const view = await fillIn(world, "requester", second, { reason: "Busy", "input.status": "Busy" });
  expect(textOf(view)).toContain("one change of a person's presence a minute");
});

test("what must hold first is said before anything is asked for", async () => {
  const form = await openByCommand(world, "security", "/zoom", "update email @sam");
  const view = await fillIn(world, "security", form, {
    reason: "Married",
    "input.email": "sam@elsewhere.example",
  });
  expect(textOf(view)).toContain("elsewhere.example is no managed domain");
  sam().pretend.backgrounds = Array.from({ length: 10 }, (_, index) => ({
    id: `bg${index}`,
    name: `${index}.png`,
    size: 1,
    type: "image",
    is_default: false,
  }));
  const password = await openByCommand(world, "security", "/zoom", "update password @sam");
  const refused = await fillIn(world, "security", password, {
    reason: "Stolen",
    "generate.password": ["generate"],
    confirm: "sam@northwind.example",
  });
  expect(textOf(refused)).toContain("does not sign in with a Zoom password");
});

test("a secret that was typed survives a power failure, reaches the vendor, and stands nowhere else", async () => {
  world.company.slack.usergroups.get("S0SEC")?.members.add(PEOPLE.administrator.id);
  sam().login_types = [100];
  const secret = "Canary-Typed-9x7Qp";
  const form = await openByCommand(world, "security", "/zoom", "update password @sam");
  await fillIn(world, "security", form, {
    reason: "Stolen",
    "input.password": secret,
    confirm: "sam@northwind.example",
  });
  await eventually("the request", () => rootOf(world, form.id));
  await world.app().kill();
  await world.restart();
  await approve(world, form.id, "secondSecurity");
  await approve(world, form.id, "administrator");
  expect(await ended(world, form.id)).toBe("done");
  expect(world.company.zoom.calls.some((call) => JSON.stringify(call).includes(secret))).toBe(true);
  await expectNowhere(secret);
  const { rows } = await world.database.query("select 1 from deadbolt.kept_input where request_id = $1", [
    form.id,
  ]);
  expect(rows).toEqual([]);
});

test("a password made up by chance is shown once to whoever asked, and stands nowhere else", async () => {
  const form = await openByCommand(world, "security", "/zoom", "update password @sam");
  const receipt = await fillIn(world, "security", form, {
    reason: "Stolen",
    "generate.password": ["generate"],
    confirm: "sam@northwind.example",
  });
  const made = /\*Password:\* `([^`]+)`/.exec(textOf(receipt))?.[1] ?? "";
  expect(made.length).toBeGreaterThanOrEqual(20);
  await eventually("the request", () => rootOf(world, form.id));
  await approve(world, form.id, "secondSecurity");
  await approve(world, form.id, "administrator");
  expect(await ended(world, form.id)).toBe("done");
  expect(world.company.zoom.calls.some((call) => JSON.stringify(call).includes(made))).toBe(true);
  await expectNowhere(made);
});

test("an access key is shown to whoever asked, told in the audit log as seen, and stands nowhere else", async () => {
  const form = await openByCommand(world, "security", "/zoom", "get token @sam");
  const answer = await fillIn(world, "security", form, { "input.type": "zak" });
  const key =
    textOf(answer)
      .split("\n")
      .find((line) => line.length > 40 && !line.includes(" ")) ?? "";
  expect(key).not.toBe("");
  await expectNowhere(key);
  const { rows } = await world.database.query<{ data: Record<string, unknown> }>(
    "select data from deadbolt.audit_event where type = 'look.answered' and actor = $1 order by sequence desc limit 1",
    [PEOPLE.security.id],
  );
  expect(rows[0]?.data).toMatchObject({ operation: "zoom.user.getToken", revealedSecret: true });
  // Others may not, though they may read users.
  expect(await say("requester", "/zoom", "get token @sam")).toContain("missing zoom:user:read:token:admin");
});

test("a window that is sent twice is one request, and looking leaves nothing in the channel", async () => {
  const form = await openByCommand(world, "requester", "/zoom", "revoke sso token @sam");
  const [first, again] = await Promise.all([
    world.company.slack.as(PEOPLE.requester.id).submit(form.id, { reason: "Twice" }),
    world.company.slack.as(PEOPLE.requester.id).submit(form.id, { reason: "Twice" }),
  ]).catch(() => [undefined, undefined]);
  expect(first ?? again).toBeDefined();
  await eventually("the request", () => rootOf(world, form.id));
  const events = await eventsOf(world, form.id);
  expect(events.filter(({ type }) => type === "request.created")).toHaveLength(1);
});

test("a long answer comes as a file, to the direct messages of whoever asked", async () => {
  const form = await openByCommand(world, "security", "/zoom", "users");
  const answer = await fillIn(world, "security", form, {});
  expect(textOf(answer)).toContain("1 to 10 of 10");
  const told = await noticeOrMessage(() =>
    world.company.slack.as(PEOPLE.security.id).click({ viewId: answer.id }, "operation_answer_file"),
  );
  expect(told).toContain("direct messages");
  const file = [...world.company.slack.files.values()].find(({ name }) => name === "zoom-user-list.csv");
  expect(file?.bytes.toString()).toContain("sam@northwind.example");
});

async function noticeOrMessage(act: () => Promise<unknown>): Promise<string> {
  const before = world.company.slack.messages.length;
  await act();
  return eventually("what the person is told", () =>
    world.company.slack.messages.slice(before).find(({ text }) => text.includes("file is in your direct")),
  ).then(({ text }) => text);
}

/** Not in Slack's messages, the log, or any table, the engine's included. */
async function expectNowhere(secret: string): Promise<void> {
  expect(world.log()).not.toContain(secret);
  expect(JSON.stringify(world.company.slack.messages)).not.toContain(secret);
  expect(JSON.stringify(world.company.slack.notices)).not.toContain(secret);
  const { rows: tables } = await world.database.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('deadbolt', 'dbos') and table_type = 'BASE TABLE'`,
  );
  for (const { name } of tables) {
    const { rows } = await world.database.query<{ found: boolean }>(
      `select exists (select 1 from ${name} as one where one::text like '%' || $1 || '%') as found`,
      [secret],
    );
    expect({ name, found: rows[0]?.found }).toEqual({ name, found: false });
  }
}
