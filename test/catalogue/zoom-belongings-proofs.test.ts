import { describe, expect, it } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { Reading } from "../../src/catalogue/operation.ts";

const userId = "sam-id";
const gone: Reading<unknown> = { found: false };
const people = {
  kim: { id: "kim-id", email: "Kim@example.com" },
  lee: { id: "lee-id", email: "lee@example.com" },
};
const add = { userId, assistants: ["kim@example.com", "lee-id"] };
const gif = { name: "beach", content: Buffer.from("GIF89a").toString("base64") };
const files = (...list: object[]) => ({ in_meeting: { virtual_background_settings: { files: list } } });
const sam = { id: userId, email: "sam@example.com", status: "active", type: 2 };

function proves(name: string, input: object, reading: Reading<unknown>): boolean | undefined {
  const operation = findOperation(`zoom.${name}`);
  return operation.readBack?.proves(reading, operation.input.parse(input));
}

describe("reading back from Zoom", () => {
  it.each<[string, object, unknown]>([
    ["assistant.add", add, { assistants: [people.lee, people.kim] }],
    [
      "assistant.add",
      { userId, assistants: ["kim-id"], canManagePrivateEvents: true },
      { assistants: [{ ...people.kim, can_manage_host_private_event: true }] },
    ],
    ["assistant.remove", { userId, assistantId: "kim-id" }, { assistants: [] }],
    ["assistant.remove", { userId, assistantId: "kim-id" }, { assistants: [people.lee] }],
    ["assistant.removeAll", { userId }, { assistants: [] }],
    ["scheduler.remove", { userId, schedulerId: "kim-id" }, { schedulers: [people.lee] }],
    ["scheduler.removeAll", { userId }, { schedulers: [] }],
    ["picture.delete", { userId }, sam],
    ["picture.delete", { userId: "SAM@example.com" }, { ...sam, pic_url: "" }],
    ["background.upload", { userId, background: gif }, files({ id: "a", name: "beach.gif", size: 6 })],
    ["background.delete", { userId, fileIds: ["a"] }, files()],
    ["background.delete", { userId, fileIds: ["a"] }, files({ id: "b" })],
    ["meeting.end", { meetingId: "81234567890" }, { id: 81234567890, status: "waiting" }],
    ["role.removeMember", { userId, roleId: "1" }, { ...sam, role_id: "2" }],
  ])("%s with %j is proven by %j", (name, input, output) => {
    expect(proves(name, input, { found: true, output })).toBe(true);
  });

  it.each<[string, object, unknown]>([
    ["assistant.add", add, { assistants: [people.kim] }],
    ["assistant.add", add, { assistants: [] }],
    ["assistant.add", add, {}],
    ["assistant.add", { ...add, canManagePrivateEvents: true }, { assistants: [people.kim, people.lee] }],
    ["assistant.remove", { userId, assistantId: "kim-id" }, { assistants: [people.lee, people.kim] }],
    ["assistant.remove", { userId, assistantId: "kim-id" }, { assistants: null }],
    ["assistant.remove", { userId, assistantId: "kim-id" }, {}],
    ["assistant.remove", { userId, assistantId: "kim-id" }, { schedulers: [] }],
    ["assistant.remove", { userId, assistantId: "kim-id" }, { assistants: [{ email: "lee@example.com" }] }],
    ["assistant.remove", { userId, assistantId: "kim-id" }, { assistants: Array(30).fill(people.lee) }],
    ["assistant.removeAll", { userId }, { assistants: [people.lee] }],
    ["assistant.removeAll", { userId }, {}],
    ["scheduler.remove", { userId, schedulerId: "kim-id" }, { schedulers: [people.kim] }],
    ["scheduler.remove", { userId, schedulerId: "kim-id" }, {}],
    ["scheduler.remove", { userId, schedulerId: "kim-id" }, { schedulers: "none" }],
    ["scheduler.removeAll", { userId }, { schedulers: [people.kim] }],
    ["scheduler.removeAll", { userId }, {}],
    ["picture.delete", { userId }, { ...sam, pic_url: "https://example.com/sam.png" }],
    ["picture.delete", { userId }, { ...sam, id: "kim-id" }],
    ["picture.delete", { userId }, {}],
    ["background.upload", { userId, background: gif }, files({ id: "a", name: "beach.gif", size: 7 })],
    ["background.upload", { userId, background: gif }, files({ id: "a", name: "sea.gif", size: 6 })],
    ["background.upload", { userId, background: gif }, {}],
    ["background.delete", { userId, fileIds: ["a", "c"] }, files({ id: "b" }, { id: "c" })],
    ["background.delete", { userId, fileIds: ["a"] }, files({ name: "beach.gif" })],
    ["background.delete", { userId, fileIds: ["a"] }, { in_meeting: {} }],
    ["meeting.end", { meetingId: "81234567890" }, { id: 81234567890, status: "started" }],
    ["meeting.end", { meetingId: "81234567890" }, { id: 81234567890 }],
    ["meeting.end", { meetingId: "81234567890" }, { id: 81234567891, status: "waiting" }],
    ["role.removeMember", { userId, roleId: "1" }, { ...sam, role_id: "1" }],
    ["role.removeMember", { userId, roleId: "1" }, sam],
    ["role.removeMember", { userId, roleId: "1" }, { ...sam, id: "kim-id", role_id: "2" }],
  ])("%s with %j is not proven by %j", (name, input, output) => {
    expect(proves(name, input, { found: true, output })).toBe(false);
  });

  it("takes a user who is gone for a proof of nothing about what they had", () => {
    for (const [name, input] of [
      ["assistant.add", add],
      ["assistant.remove", { userId, assistantId: "kim-id" }],
      ["assistant.removeAll", { userId }],
      ["scheduler.remove", { userId, schedulerId: "kim-id" }],
      ["scheduler.removeAll", { userId }],
      ["picture.delete", { userId }],
      ["background.upload", { userId, background: gif }],
      ["background.delete", { userId, fileIds: ["a"] }],
      ["role.removeMember", { userId, roleId: "1" }],
    ] as const)
      expect(proves(name, input, gone)).toBe(false);
  });

  it("takes an instant meeting that is gone for ended", () => {
    expect(proves("meeting.end", { meetingId: "81234567890" }, gone)).toBe(true);
  });
});
