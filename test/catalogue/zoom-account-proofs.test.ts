import { describe, expect, it } from "vitest";
import type { Reading } from "../../src/catalogue/operation.ts";
import { findOperation } from "../../src/catalogue/registry.ts";

const userId = "sam-id";
const sam = { id: userId, email: "sam@example.com", status: "active", type: 2, first_name: "Sam" };
const { id: _id, ...invited } = { ...sam, status: "pending" };
const create = { action: "create", user: { email: "Sam@example.com", type: 2, first_name: "Sam" } };
const email = { userId, email: "sam@example.com" };
const change = (changes: object) => ({ userId, changes });
const number = { number: "5550100", label: "Office" };

function proves(name: string, input: object, reading: Reading<unknown>): boolean | undefined {
  const operation = findOperation(`zoom.user.${name}`);
  return operation.readBack?.proves(reading, operation.input.parse(input));
}

describe("reading a Zoom user back", () => {
  it.each<[string, object, unknown]>([
    ["create", create, sam],
    ["create", create, invited],
    ["create", create, { ...invited, first_name: "Samira" }],
    ["create", { ...create, action: "ssoCreate" }, sam],
    ["updateEmail", email, sam],
    ["updateEmail", { userId, email: "SAM@example.com" }, sam],
    ["updatePresence", { userId, status: "Away" }, { status: "Away" }],
    ["updatePresence", { userId, status: "Do_Not_Disturb" }, { status: "Do_No_Disturb" }],
    ["update", change({ first_name: "Sam", type: 2 }), sam],
    ["update", { ...change({ type: 2 }), userId: "SAM@example.com" }, sam],
    ["update", change({ dept: "" }), sam],
    ["update", change({ dept: "" }), { ...sam, dept: null }],
    ["update", change({ group_id: "b" }), { ...sam, group_ids: ["a", "b"] }],
    ["update", change({ vanity_name: "sam" }), { ...sam, vanity_url: "https://x.zoom.us/my/sam?pwd=1" }],
    ["update", change({ zoom_one_type: 0 }), sam],
    ["update", change({ zoom_one_type: 0 }), { ...sam, zoom_one_type: 0 }],
    ["update", change({ plan_united_type: "none" }), { ...sam, plan_united_type: "" }],
    ["update", change({ plan_united_type: "32" }), { ...sam, plan_united_type: 32 }],
    [
      "update",
      change({ phone_numbers: [number] }),
      { ...sam, phone_numbers: [{ ...number, verified: true }] },
    ],
    ["update", change({ division_ids: ["d"] }), { ...sam, division_ids: ["d"] }],
  ])("after %s with %j is proof: %j", (name, input, output) => {
    expect(proves(name, input, { found: true, output })).toBe(true);
  });

  it.each<[string, object, unknown]>([
    ["create", create, { ...sam, email: "kim@example.com" }],
    ["create", create, { ...sam, type: 1 }],
    ["create", create, { ...sam, first_name: "Samira" }],
    ["create", create, { ...sam, status: "inactive" }],
    ["create", { ...create, action: "ssoCreate" }, invited],
    ["create", create, {}],
    ["updateEmail", email, { ...sam, email: "old@example.com" }],
    ["updateEmail", email, { ...sam, id: "kim-id" }],
    ["updateEmail", email, invited],
    ["updatePresence", { userId, status: "Away" }, { status: "Available" }],
    ["updatePresence", { userId, status: "Away" }, { status: "Do_No_Disturb" }],
    ["updatePresence", { userId, status: "Away" }, {}],
    ["update", change({ first_name: "Sam" }), { ...sam, id: "kim-id" }],
    ["update", change({ first_name: "sam" }), sam],
    ["update", change({ first_name: "Sam", dept: "IT" }), sam],
    ["update", change({ type: 1 }), sam],
    ["update", change({ group_id: "b" }), { ...sam, group_ids: ["a"] }],
    ["update", change({ group_id: "b" }), sam],
    ["update", change({ vanity_name: "sam" }), { ...sam, vanity_url: "https://x.zoom.us/my/not-sam" }],
    ["update", change({ vanity_name: "sam" }), sam],
    ["update", change({ zoom_one_type: 0 }), { ...sam, zoom_one_type: 16 }],
    ["update", change({ plan_united_type: "none" }), { ...sam, plan_united_type: "1" }],
    ["update", change({ plan_united_type: "1" }), sam],
    ["update", change({ phone_numbers: [number] }), { ...sam, phone_numbers: [] }],
    ["update", change({ phone_numbers: [number] }), { ...sam, phone_numbers: [{ ...number, label: "Fax" }] }],
    ["update", change({ division_ids: ["d"] }), { ...sam, division_ids: ["d", "e"] }],
    ["update", change({ use_pmi: false }), sam],
    ["update", change({ first_name: "Sam" }), "Sam"],
  ])("after %s with %j is no proof: %j", (name, input, output) => {
    expect(proves(name, input, { found: true, output })).toBe(false);
  });

  it.each<[string, object]>([
    ["create", create],
    ["updateEmail", email],
    ["updatePresence", { userId, status: "Away" }],
    ["update", change({ first_name: "Sam" })],
  ])("after %s takes a missing user for no proof", (name, input) => {
    expect(proves(name, input, { found: false })).toBe(false);
  });

  it("reads nothing where Zoom would not show the change", () => {
    const { readBack } = findOperation("zoom.user.update");
    expect(readBack?.input(change({ dept: "IT", host_key: undefined }))).toEqual({ userId });
    for (const hidden of ["host_key", "about_me", "linkedin_url", "feature"])
      expect(readBack?.input(change({ dept: "IT", [hidden]: "x" }))).toBeUndefined();
  });

  it("reads a new e-mail address only of a user named by id, as the address itself names nobody yet", () => {
    const { readBack } = findOperation("zoom.user.updateEmail");
    expect(readBack?.input(email)).toEqual({ userId });
    expect(readBack?.input({ ...email, userId: "old@example.com" })).toBeUndefined();
  });
});
