import { expect, test } from "vitest";
import type { Standing } from "../../src/permission/decide/roles.ts";
import { limitRoleless } from "../../src/people/limit-roleless.ts";
import { person } from "../permission/organisation.ts";

function pretend() {
  let asked = 0;
  let time = 0;
  const state: { standing: Standing; byGroups?: Standing } = {
    standing: { facts: person({ id: "U0NOBODY" }), roles: [] },
  };
  const ask = limitRoleless(
    async () => {
      asked += 1;
      return state.standing;
    },
    async () => state.byGroups ?? state.standing,
    () => time,
  );
  return { ask, state, asked: () => asked, pass: (milliseconds: number) => (time += milliseconds) };
}
const SECURITY = [{ role: "security", through: "user group S0SEC" }];

test("22 commands of somebody without a role in a minute ask Slack six times", async () => {
  const world = pretend();
  for (let command = 0; command < 22; command += 1) {
    expect((await world.ask("U0NOBODY")).roles).toEqual([]);
    world.pass(2_000);
  }
  expect(world.asked()).toBe(6);
});

test("whoever is given a role meanwhile is asked about, and nothing is kept of who holds one", async () => {
  const world = pretend();
  for (let command = 0; command < 8; command += 1) await world.ask("U0NOBODY");
  world.state.byGroups = { ...world.state.standing };
  world.state.standing = { ...world.state.standing, roles: SECURITY };
  expect((await world.ask("U0NOBODY")).roles).toEqual([]);
  world.state.byGroups = world.state.standing;
  for (let command = 0; command < 30; command += 1)
    expect((await world.ask("U0NOBODY")).roles).toEqual(SECURITY);
  expect(world.asked()).toBe(6 + 30);
  world.state.standing = { ...world.state.standing, roles: [] };
  expect((await world.ask("U0NOBODY")).roles).toEqual([]);
});

test("who somebody is, and what Slack did not answer, is asked every time", async () => {
  const world = pretend();
  for (let time = 0; time < 20; time += 1) await world.ask("U0NOBODY", []);
  world.state.standing = { ...world.state.standing, unanswered: ["S0SEC"] };
  for (let time = 0; time < 20; time += 1) await world.ask("U0NOBODY");
  expect(world.asked()).toBe(40);
});
