import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openOnCallWorld, opsgenie, refusalOf, type OnCallWorld } from "./ask-on-call.ts";

let world: OnCallWorld;
beforeEach(async () => {
  world = await openOnCallWorld();
});
afterEach(() => world.provider.close());

const unknown = `Who is on call in the Opsgenie schedule ${opsgenie.schedule} is not known: `;
const parent = { id: opsgenie.schedule, name: "Security", enabled: true };

describe("Opsgenie's answer", () => {
  it("is asked for by id, flat, with the key", async () => {
    world.provider.setOnCall(opsgenie, []);
    await world.ask().whoIsOnCall(opsgenie);
    const { method, path, query, headers } = world.provider.calls[0]!.request;
    expect({ method, path, query: [...query] }).toEqual({
      method: "GET",
      path: `/opsgenie/v2/schedules/${opsgenie.schedule}/on-calls`,
      query: [
        ["scheduleIdentifierType", "id"],
        ["flat", "true"],
      ],
    });
    expect(headers["authorization"]).toBe(`GenieKey ${world.provider.credentials.opsgenieKey}`);
  });

  it("is none when the schedule is switched off", async () => {
    world.provider.setOnCall(opsgenie, ["sam@example.com"], { enabled: false });
    expect(await refusalOf(world.ask().whoIsOnCall(opsgenie))).toBe(
      `${unknown}the schedule is switched off.`,
    );
  });

  it.each([
    ["data", {}],
    ["data._parent", { data: { onCallRecipients: ["sam@example.com"] } }],
    ["data._parent.enabled", { data: { _parent: { id: opsgenie.schedule }, onCallRecipients: [] } }],
    ["data.onCallRecipients", { data: { _parent: parent } }],
    ["data.onCallRecipients", { data: { _parent: parent, onCallRecipients: "sam@example.com" } }],
    ["data.onCallRecipients.1", { data: { _parent: parent, onCallRecipients: ["sam@example.com", {}] } }],
    [
      "data.onCallRecipients",
      { data: { _parent: parent, onCallParticipants: [{ name: "sam@example.com" }] } },
    ],
  ])("is none when %s is not as documented", async (place, body) => {
    world.provider.addFault({ kind: "answer", answer: { status: 200, body } });
    expect(await refusalOf(world.ask().whoIsOnCall(opsgenie))).toBe(
      `${unknown}its answer is not what Opsgenie documents (at ${place}).`,
    );
  });
});
