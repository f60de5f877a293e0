import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE, type PersonName } from "../../playground/company.ts";
import { eventually, noticesTo, startWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(async () => {
  await world.close();
});

async function explain(by: PersonName, text: string): Promise<string> {
  const before = noticesTo(world, by).length;
  await world.company.slack.as(PEOPLE[by].id).command("/deadbolt", `explain ${text}`);
  return eventually(`an answer to ${by}`, () => noticesTo(world, by)[before]);
}

test("somebody with a role learns what they may do, through which group, and who must agree", async () => {
  const answer = await explain("requester", "@riley zoom-offboard");
  expect(answer).toContain(
    `<@${PEOPLE.requester.id}> :hourglass: may ask for this, and others must approve.`,
  );
  expect(answer).toContain("They hold it-admins (user group S0IT).");
  expect(answer).toContain("it-admins has zoom:user:write:admin");
  expect(answer).toContain("approvals[0]: One person with the role it-admins or security must approve");
});

test("of somebody who may not, the missing scope and who has it are named", async () => {
  const answer = await explain("security", "@dana zoom.user.delete");
  expect(answer).toContain(":no_entry: may not have this done.");
  expect(answer).toContain("They hold no role.");
  expect(answer).toContain("Roles that have it: it-admins, security.");
});

test("a guest in the right group is told to hold no role", async () => {
  expect(await explain("security", "@gale zoom-offboard")).toContain("The account is a guest");
});

test("who holds no role may ask about themselves and about nobody else", async () => {
  expect(await explain("stranger", "@dana zoom-offboard")).toContain("They hold no role.");
  const refused = await explain("stranger", "@riley zoom-offboard");
  expect(refused).toContain("you can ask about yourself only");
  expect(refused).not.toContain("it-admins");
});

test("what is misspelt is asked back, and nothing is guessed", async () => {
  expect(await explain("requester", "@riley zoom.user.delte")).toContain("Did you mean zoom.user.delete?");
  expect(await explain("requester", "riley zoom-offboard")).toContain("about whom or what you ask");
  expect(await explain("requester", "@riley")).toContain("about whom or what you ask");
});

test("when Slack's directory is down nothing is told, and the answer is no", async () => {
  world.company.slack.addFault({
    kind: "answer",
    answer: { status: 200, body: { ok: false, error: "internal_error" } },
    path: /usergroups\.list/,
  });
  const answer = await explain("requester", "@riley zoom-offboard");
  world.company.slack.clearFaults();
  expect(answer).toContain("the answer is no");
  expect(answer).not.toContain("it-admins");
});
