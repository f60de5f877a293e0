import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE } from "../../playground/company.ts";
import type { Call } from "../../playground/simulator.ts";
import type { Entry } from "../../playground/slack/entry.ts";
import type { Message } from "../../playground/slack/state.ts";
import { directMessagesOf, openFromMenu } from "./world/acting.ts";
import { press, vendorWrites } from "./world/refused.ts";
import {
  approve,
  ask,
  ended,
  eventsOf,
  eventually,
  openForm,
  rootOf,
  startWorld,
  storedRequest,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  const text = await readFile("playground/policy.yml", "utf8");
  const file = join(tmpdir(), `deadbolt-broken-${process.pid}.yml`);
  await writeFile(
    file,
    `${text
      .replace('"cloudflare:access:revoke"]', '"cloudflare:access:revoke", "deadbolt:break-glass"]')
      .replace(
        "    approvers: [it-admins, security]\n    count: 1\n    expires: 24h\n",
        "    stages: [{ approvers: [it-admins] }, { approvers: [security] }]\n    expires: 24h\n",
      )
      .replace(
        "approvers: [security]\n    count: 2\n    expires: 24h",
        "approvers: [security]\n    expires: 24h",
      )}
break_glass: { at_most: 5, within: 1h, review: { by: [security], within: 1h } }
limits: [{ for: { risk: irreversible }, at_most: 1, within: 1h }]
`,
  );
  world = await startWorld({ environment: { POLICY_FILE: file } });
});
afterAll(async () => {
  await world.close();
});

function root(requestId: string): Message {
  const found = rootOf(world, requestId);
  if (found === undefined) throw new Error(`There is no message of ${requestId}.`);
  return found;
}

function group(id: "S0IT" | "S0SEC"): Set<string> {
  const found = world.company.slack.usergroups.get(id);
  if (found === undefined) throw new Error(`There is no user group ${id}.`);
  return found.members;
}

/** Changes a waiting request, and waits until it is another plan. */
async function change(requestId: string, values: Record<string, Entry>): Promise<void> {
  const before = (await storedRequest(world, requestId))?.plan_hash;
  const form = await openFromMenu(world, "requester", root(requestId), `change:${requestId}`);
  await world.company.slack.as(PEOPLE.requester.id).submit(form.id, values);
  await eventually("another plan", async () => (await storedRequest(world, requestId))?.plan_hash !== before);
}

/** Approves while Slack's directory goes down right after the click was judged, so that the start is put off. */
async function approveWithoutStart(requestId: string): Promise<void> {
  const { slack } = world.company;
  const seen = new Set<string>();
  const onCall = ({ request }: Call) => {
    const method = request.path.split("/").pop() ?? "";
    if (method === "users.info" || method === "usergroups.list") seen.add(method);
    if (seen.size === 2)
      slack.addFault({ kind: "answer", answer: { status: 500, body: "x" }, path: /\/api\/users\.info$/ });
  };
  slack.events.on("call", onCall);
  try {
    await approve(world, requestId, "security");
    await eventually("the start to be put off", async () =>
      (await eventsOf(world, requestId)).some(({ type }) => type === "start.waiting"),
    );
  } finally {
    slack.events.off("call", onCall);
  }
}

test("who approved one rule early approves the later stage of another when its turn has come", async () => {
  const { requestId } = await ask(world, { target: "executive" });
  expect(await press(world, PEOPLE.security.id, root(requestId))).toContain("Still needed");
  expect(await press(world, PEOPLE.security.id, root(requestId))).toContain(
    "You have decided this request before",
  );
  expect(await press(world, PEOPLE.approver.id, root(requestId))).toContain("Still needed");
  expect(await press(world, PEOPLE.security.id, root(requestId))).toBe(
    "Your approval is recorded. The steps are starting.",
  );
  expect(await ended(world, requestId)).toBe("done");
});

test("an approval that a change took out of force counts no more, also when the plan is changed back", async () => {
  const { requestId } = await ask(world);
  expect(await press(world, PEOPLE.approver.id, root(requestId))).toContain("Still needed");
  const old = structuredClone(root(requestId));
  await change(requestId, { reason: "Moved on" });
  await change(requestId, { reason: "Left the company" });
  expect(await press(world, PEOPLE.security.id, old)).toContain("It is not your turn");
  expect(await press(world, PEOPLE.approver.id, old)).toContain("Still needed");
  expect(await press(world, PEOPLE.security.id, old)).toBe(
    "Your approval is recorded. The steps are starting.",
  );
  expect(await ended(world, requestId)).toBe("done");
});

test("a change breaks no glass, whatever a forged form says", async () => {
  const { slack } = world.company;
  const { requestId } = await ask(world);
  const offered = await openForm(world, "requester", "@owen");
  await slack.as(PEOPLE.requester.id).closeView(offered.id);
  const glass = offered.content.blocks.find((block) => block["block_id"] === "break_glass");
  if (glass === undefined) throw new Error("Glass is not offered.");
  const form = await openFromMenu(world, "requester", root(requestId), `change:${requestId}`);
  form.content.blocks.push(glass);
  await slack.as(PEOPLE.requester.id).submit(form.id, { reason: "Now", break_glass: ["yes"] });
  await eventually("the change", async () =>
    (await eventsOf(world, requestId)).some(({ type }) => type === "request.changed"),
  );
  expect(await storedRequest(world, requestId)).toMatchObject({ state: "pending" });
});

test("limits count a changed request as one that is made then", async () => {
  const { slack } = world.company;
  const ids: string[] = [];
  for (const target of ["stranger", "administrator"] as const)
    ids.push((await ask(world, { target })).requestId);
  await world.database.query(
    "update deadbolt.request set created_at = created_at - interval '2 hours' where id = any($1)",
    [ids],
  );
  for (const [index, name] of ["dana", "owen"].entries()) {
    const id = ids[index] ?? "";
    const form = await openFromMenu(world, "requester", root(id), `change:${id}`);
    await slack.as(PEOPLE.requester.id).change(form.id, "action", "delete");
    await eventually("the confirmation's field", () =>
      JSON.stringify(slack.views.get(form.id)?.content).includes("confirm_email"),
    );
    await slack.as(PEOPLE.requester.id).submit(form.id, { confirm_email: `${name}@northwind.example` });
    await eventually("an answer", async () => {
      const types = (await eventsOf(world, id)).map(({ type }) => type);
      return (
        types.includes("request.changed") ||
        JSON.stringify(slack.views.get(form.id)).includes("limit 1 of the policy")
      );
    });
  }
  const { rows } = await world.database.query<{ risk: string }>(
    "select plan->>'risk' as risk from deadbolt.request where id = any($1) order by created_at",
    [ids],
  );
  expect(rows.map(({ risk }) => risk)).toEqual(["irreversible", "reversible"]);
});

test("an approval whose role is gone at the start keeps nobody else from approving", async () => {
  group("S0SEC").add(PEOPLE.approver.id);
  group("S0IT").add(PEOPLE.administrator.id);
  try {
    const { requestId } = await ask(world);
    expect(await press(world, PEOPLE.approver.id, root(requestId))).toContain("Still needed");
    group("S0IT").delete(PEOPLE.approver.id);
    await approve(world, requestId, "security");
    await eventually("the lapse", async () =>
      (await eventsOf(world, requestId)).some(({ type }) => type === "approval.lapsed"),
    );
    // The thread says so before the message above it has its buttons again.
    await eventually("the buttons", () => JSON.stringify(root(requestId)).includes("request_approve"));
    expect(await press(world, PEOPLE.administrator.id, root(requestId))).toContain("Still needed");
    // Their approvals came before the turn of their stage: they are asked again.
    expect(await press(world, PEOPLE.security.id, root(requestId))).toBe(
      "Your approval is recorded. The steps are starting.",
    );
    expect(await ended(world, requestId)).toBe("done");
  } finally {
    group("S0SEC").delete(PEOPLE.approver.id);
    group("S0IT").delete(PEOPLE.administrator.id);
    group("S0IT").add(PEOPLE.approver.id);
  }
});

test("somebody who loses their access is not warned by a request of theirs that was approved and waits", async () => {
  const { slack } = world.company;
  group("S0IT").add(PEOPLE.administrator.id);
  const own = await ask(world, { by: "approver", target: "stranger" });
  await press(world, PEOPLE.administrator.id, root(own.requestId));
  await approveWithoutStart(own.requestId);
  slack.clearFaults();
  const leaving = await ask(world, { target: "approver" });
  await press(world, PEOPLE.administrator.id, root(leaving.requestId));
  await approve(world, leaving.requestId, "security");
  expect(await ended(world, leaving.requestId)).toBe("done");
  // One of those who approved it takes it over.
  expect(await ended(world, own.requestId, 40_000)).toBe("done");
  const takenOver = (await eventsOf(world, own.requestId)).find(({ type }) => type === "request.taken_over");
  expect(takenOver?.data).toEqual({ from: PEOPLE.approver.id });
  expect(directMessagesOf(world, "approver").filter(({ text }) => text.includes("is void"))).toEqual([]);
  group("S0IT").delete(PEOPLE.administrator.id);
});

test("a crash right after a start was put off makes no second run", async () => {
  const { slack } = world.company;
  group("S0IT").add(PEOPLE.administrator.id);
  const { requestId } = await ask(world);
  await press(world, PEOPLE.administrator.id, root(requestId));
  await approveWithoutStart(requestId);
  await world.app().kill();
  // As if the power had failed between the row's commit and the engine's note of the step.
  await world.database.query("delete from dbos.operation_outputs where workflow_uuid = $1", [requestId]);
  await world.database.query(
    "update dbos.workflow_status set status = 'PENDING', output = null, error = null, executor_id = 'gone' where workflow_uuid = $1",
    [requestId],
  );
  slack.clearFaults();
  const before = vendorWrites(world).length;
  await world.restart();
  expect(await ended(world, requestId, 40_000)).toBe("done");
  expect(vendorWrites(world)).toHaveLength(before + 4);
  const started = (await eventsOf(world, requestId)).filter(({ type }) => type === "run.started");
  expect(started).toHaveLength(1);
  group("S0IT").delete(PEOPLE.administrator.id);
});
