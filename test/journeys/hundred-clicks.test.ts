import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AppProcess } from "../../playground/app-process.ts";
import type { Delivery, Message } from "../../playground/slack/state.ts";
import { verifyChain } from "../../src/audit/verify.ts";
import { addLeaver, askFor } from "./world/leaver.ts";
import { ended, eventsOf, eventually, rootOf, startWorld, type World } from "./world/world.ts";
import { cases } from "../depth.ts";

const ROUNDS = cases(6, 20);
const DECIDERS = Array.from({ length: 10 }, (_, index) => `U0DECIDER${index}`);

let world: World;
let apps: AppProcess[];
beforeAll(async () => {
  const policy = await readFile("playground/policy.yml", "utf8");
  const file = join(tmpdir(), `deadbolt-clicks-${process.pid}.yml`);
  await writeFile(
    file,
    policy.replace(
      "approvers: [it-admins, security]\n    count: 1\n    expires: 24h",
      "approvers: [security]\n    count: 3\n    expires: 24h",
    ),
  );
  // It is about what a hundred clicks come to. On processors that other tests share, a hundred at once may take longer
  // to acknowledge than the three seconds that Slack waits. Everywhere else the pretend Slack waits no longer than these.
  world = await startWorld({ environment: { POLICY_FILE: file }, acknowledgeWithin: 15_000 });
  const { slack } = world.company;
  for (const id of DECIDERS) {
    slack.addUser({ id, name: id.toLowerCase(), email: `${id.toLowerCase()}@northwind.example` });
    slack.usergroups.get("S0SEC")?.members.add(id);
    for (const channel of slack.channels.values()) if (channel.kind === "public") channel.members.add(id);
  }
  const first = world.app();
  apps = [first, await world.restart()];
});
afterAll(async () => {
  await apps[0]?.kill();
  await world.close();
});

/** Acts as someone, by one of the two instances. */
function through(instance: number, act: () => Promise<Delivery>): Promise<Delivery> {
  world.company.slack.requestUrl = apps[instance % 2]?.requestUrl ?? "";
  return act();
}

/** Opens the form of a denial for someone, and resolves to its id. */
async function openDenialOf(id: string, root: Message): Promise<string> {
  const { slack } = world.company;
  const known = new Set(slack.views.keys());
  await slack.as(id).click(root, "request_deny");
  return eventually("the denial's form", () =>
    [...slack.views.values()].find(({ id: view, owner }) => owner === id && !known.has(view)),
  ).then(({ id: view }) => view);
}

test(`100 clicks of 10 people at once on two instances make one verdict and one run (${ROUNDS} times)`, async () => {
  const { slack, zoom } = world.company;
  const verdicts: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const leaver = addLeaver(world);
    const requestId = await through(round, async () => ({}) as Delivery).then(() => askFor(world, leaver));
    const root = structuredClone(rootOf(world, requestId) as Message);
    // None, some or all of them have the form of a denial open.
    const deniers = DECIDERS.slice(0, [0, 2, 10][round % 3]);
    const forms = new Map<string, string>();
    for (const id of deniers) forms.set(id, await openDenialOf(id, root));

    const clicks = Array.from({ length: 100 }, (_, index) => {
      const id = DECIDERS[(index * 7 + round) % DECIDERS.length] ?? "";
      const form = index < 30 ? forms.get(id) : undefined;
      forms.delete(form === undefined ? "" : id);
      return through(index, () =>
        form === undefined
          ? slack.as(id).click(root, "request_approve")
          : slack.as(id).submit(form, { reason: `No from ${id}` }),
      );
    });
    for (const { status } of await Promise.all(clicks)) expect(status).toBe(200);
    const state = await ended(world, requestId);
    verdicts.push(state);

    const events = await eventsOf(world, requestId);
    const count = (type: string) => events.filter((event) => event.type === type).length;
    const approvals = count("request.approved");
    const denials = count("request.denied");
    expect(approvals + denials).toBe(1);
    expect(state).toBe(approvals === 1 ? "done" : "denied");
    expect(count("run.started")).toBe(approvals);
    const decided = events.filter(({ type }) => type === "decision.made").map(({ actor }) => actor);
    expect(new Set(decided).size).toBe(decided.length);
    const changes = zoom.calls.filter(
      ({ request }) => request.method === "PUT" && request.path === `/v2/users/${leaver.zoomId}/status`,
    );
    expect(changes).toHaveLength(approvals);
    expect(rootOf(world, requestId)?.text).toContain(approvals === 1 ? "Done" : "Denied");
  }
  expect(new Set(verdicts)).toEqual(new Set(["done", "denied"]));
  expect(await verifyChain(world.database)).toMatchObject({ ok: true });
}, 240_000);
