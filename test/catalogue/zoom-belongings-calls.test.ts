import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";

const userId = "KDcuGIm1QgePTO8WbOqwIQ";
const user = `/users/${userId}`;
const png = Buffer.from("\u0089PNG\r\n\u001a\n, and more", "latin1");
const picture = { name: "sam.png", content: png.toString("base64") };
const gif = { name: "beach.gif", content: Buffer.from("GIF89a").toString("base64") };
const page = { page_size: "300" };
const month = { from: "2026-03-01", to: "2026-03-31" };

function call(name: string, input: object) {
  const operation = findOperation(`zoom.${name}`);
  return operation.call(operation.input.parse(input));
}

function accepts(name: string, input: object): boolean {
  return findOperation(`zoom.${name}`).input.safeParse(input).success;
}

describe("a call about what belongs to a Zoom user", () => {
  it.each<[string, object, object]>([
    ["assistant.list", { userId }, { method: "GET", path: `${user}/assistants` }],
    [
      "assistant.add",
      { userId, assistants: ["kim@example.com", "lee-id"] },
      {
        method: "POST",
        path: `${user}/assistants`,
        body: { assistants: [{ email: "kim@example.com" }, { id: "lee-id" }] },
      },
    ],
    [
      "assistant.add",
      { userId, assistants: ["lee-id"], canManagePrivateEvents: false },
      {
        method: "POST",
        path: `${user}/assistants`,
        body: { assistants: [{ id: "lee-id", can_manage_host_private_event: false }] },
      },
    ],
    [
      "assistant.remove",
      { userId: "sam@example.com", assistantId: "kim" },
      { method: "DELETE", path: "/users/sam%40example.com/assistants/kim" },
    ],
    ["assistant.removeAll", { userId }, { method: "DELETE", path: `${user}/assistants` }],
    ["scheduler.list", { userId }, { method: "GET", path: `${user}/schedulers` }],
    [
      "scheduler.remove",
      { userId, schedulerId: "kim" },
      { method: "DELETE", path: `${user}/schedulers/kim` },
    ],
    ["scheduler.removeAll", { userId }, { method: "DELETE", path: `${user}/schedulers` }],
    [
      "picture.upload",
      { userId, picture },
      {
        method: "POST",
        path: `${user}/picture`,
        form: { field: "pic_file", name: "sam.png", mediaType: "image/png", bytes: png },
      },
    ],
    ["picture.delete", { userId }, { method: "DELETE", path: `${user}/picture` }],
    ["background.list", { userId }, { method: "GET", path: `${user}/settings` }],
    [
      "background.upload",
      { userId, background: gif },
      {
        method: "POST",
        path: `${user}/settings/virtual_backgrounds`,
        form: { field: "file", name: "beach.gif", mediaType: "image/gif", bytes: Buffer.from("GIF89a") },
      },
    ],
    [
      "background.delete",
      { userId, fileIds: ["_l0MP1U7Qn2", "b"] },
      {
        method: "DELETE",
        path: `${user}/settings/virtual_backgrounds`,
        query: { file_ids: "_l0MP1U7Qn2,b" },
      },
    ],
    [
      "meeting.list",
      { userId, type: "live" },
      { method: "GET", path: `${user}/meetings`, query: { type: "live", ...page } },
    ],
    [
      "meeting.list",
      { userId, type: "upcoming", pageSize: 1, nextPageToken: "next" },
      {
        method: "GET",
        path: `${user}/meetings`,
        query: { type: "upcoming", page_size: "1", next_page_token: "next" },
      },
    ],
    ["meeting.get", { meetingId: "81234567890" }, { method: "GET", path: "/meetings/81234567890" }],
    [
      "meeting.end",
      { meetingId: "81234567890" },
      { method: "PUT", path: "/meetings/81234567890/status", body: { action: "end" } },
    ],
    [
      "webinar.list",
      { userId, type: "upcoming", pageNumber: 2 },
      { method: "GET", path: `${user}/webinars`, query: { type: "upcoming", ...page, page_number: "2" } },
    ],
    [
      "recording.list",
      { userId, ...month },
      { method: "GET", path: `${user}/recordings`, query: { ...month, ...page } },
    ],
    ["role.list", {}, { method: "GET", path: "/roles" }],
    ["role.listMembers", { roleId: "1" }, { method: "GET", path: "/roles/1/members", query: page }],
    ["role.removeMember", { roleId: "1", userId }, { method: "DELETE", path: `/roles/1/members/${userId}` }],
  ])("%s with %j is what Zoom documents", (name, input, expected) => {
    expect(call(name, input)).toEqual(expected);
  });
});

describe("what Zoom would refuse is refused before it is sent", () => {
  it.each<[string, string, object]>([
    ["nobody to add", "assistant.add", { userId, assistants: [] }],
    [
      "31 to add",
      "assistant.add",
      { userId, assistants: Array.from({ length: 31 }, (_, index) => `id${index}`) },
    ],
    ["the same twice", "assistant.add", { userId, assistants: ["Kim@example.com", "kim@example.com"] }],
    ["one's own assistant", "assistant.add", { userId: "sam@example.com", assistants: ["SAM@example.com"] }],
    ["no address", "assistant.add", { userId, assistants: ["kim@"] }],
    ["an assistant by address", "assistant.remove", { userId, assistantId: "kim@example.com" }],
    ["a scheduler by address", "scheduler.remove", { userId, schedulerId: "kim@example.com" }],
    ["a GIF for a picture", "picture.upload", { userId, picture: gif }],
    [
      "a picture by its name alone",
      "picture.upload",
      { userId, picture: { name: "a.png", content: "YQ==" } },
    ],
    ["a background for an address", "background.upload", { userId: "sam@example.com", background: gif }],
    ["no background to delete", "background.delete", { userId, fileIds: [] }],
    ["two ids in one", "background.delete", { userId, fileIds: ["a,b"] }],
    ["eleven backgrounds", "background.delete", { userId, fileIds: Array(11).fill("a") }],
    ["meetings of no kind", "meeting.list", { userId }],
    ["301 on a page", "meeting.list", { userId, type: "live", pageSize: 301 }],
    ["a meeting id with spaces", "meeting.end", { meetingId: "812 3456 7890" }],
    ["a meeting id that is none", "meeting.end", { meetingId: "12345678" }],
    ["a way out of the path", "meeting.get", { meetingId: "81234567890/status" }],
    ["recordings that end before they begin", "recording.list", { userId, from: month.to, to: month.from }],
    ["more than a month", "recording.list", { userId, from: "2026-01-01", to: "2026-02-02" }],
    ["a day that is none", "recording.list", { userId, from: "2026-02-30", to: "2026-03-01" }],
    ["the owner's role", "role.removeMember", { roleId: "0", userId }],
    ["the members' role", "role.removeMember", { roleId: "2", userId }],
    ["a role of somebody by address", "role.removeMember", { roleId: "1", userId: "sam@example.com" }],
  ])("%s (%s)", (_what, name, input) => {
    expect(accepts(name, input)).toBe(false);
  });

  it.each(["me", "..", "a/../b", "%2e%2e", ""])("the id %j, wherever it stands", (id) => {
    expect(accepts("assistant.list", { userId: id })).toBe(false);
    expect(accepts("assistant.remove", { userId, assistantId: id })).toBe(false);
    expect(accepts("scheduler.remove", { userId, schedulerId: id })).toBe(false);
    expect(accepts("role.listMembers", { roleId: id })).toBe(false);
    expect(accepts("role.removeMember", { roleId: "1", userId: id })).toBe(false);
  });

  it("but not what it takes", () => {
    expect(
      accepts("assistant.add", { userId, assistants: Array.from({ length: 30 }, (_, one) => `id${one}`) }),
    ).toBe(true);
    expect(accepts("recording.list", { userId, from: "2026-01-01", to: "2026-02-01" })).toBe(true);
    expect(accepts("role.removeMember", { roleId: "RjdEZjpVRsmP-custom", userId })).toBe(true);
  });
});

describe("an id", () => {
  it("leads to the place it names, and every other text nowhere", () => {
    const hostile = fc.constantFrom(
      "..",
      ".",
      "me",
      "Me",
      "a/b",
      "%2e%2e",
      "%2F",
      "zak",
      "a?b#c",
      "ä b",
      "\0",
      "",
    );
    const ids: readonly (readonly [string, (id: string) => object, string, string])[] = [
      ["assistant.removeAll", (id) => ({ userId: id }), "/users/", "/assistants"],
      ["assistant.remove", (id) => ({ userId, assistantId: id }), `${user}/assistants/`, ""],
      ["scheduler.remove", (id) => ({ userId, schedulerId: id }), `${user}/schedulers/`, ""],
      ["picture.upload", (id) => ({ userId: id, picture }), "/users/", "/picture"],
      ["background.list", (id) => ({ userId: id }), "/users/", "/settings"],
      [
        "background.upload",
        (id) => ({ userId: id, background: gif }),
        "/users/",
        "/settings/virtual_backgrounds",
      ],
      ["meeting.list", (id) => ({ userId: id, type: "live" }), "/users/", "/meetings"],
      ["meeting.end", (id) => ({ meetingId: id }), "/meetings/", "/status"],
      ["recording.list", (id) => ({ userId: id, ...month }), "/users/", "/recordings"],
      ["role.removeMember", (id) => ({ roleId: id, userId }), "/roles/", `/members/${userId}`],
      ["role.removeMember", (id) => ({ roleId: "1", userId: id }), "/roles/1/members/", ""],
    ];
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string(), fc.string({ unit: "grapheme" })), (id) => {
        for (const [name, inputOf, before, after] of ids) {
          if (!accepts(name, inputOf(id))) continue;
          const expected = before + encodeURIComponent(id) + after;
          const { path } = call(name, inputOf(id));
          expect(path).toBe(expected);
          expect(new URL(path, "https://api.example").pathname).toBe(expected);
        }
      }),
    );
  });
});

describe("what Zoom shows of meetings", () => {
  it("is kept without the links that let their reader in", () => {
    const shown = { id: 81234567890, topic: "Weekly", host_id: "sam" };
    const secret = { join_url: "j", start_url: "s", password: "p", encrypted_password: "e" };
    const read = (name: string, answer: unknown) => findOperation(`zoom.${name}`).output.parse(answer);
    expect(read("meeting.get", { ...shown, ...secret })).toEqual(shown);
    expect(read("meeting.list", { meetings: [{ ...shown, ...secret }] })).toEqual({ meetings: [shown] });
    expect(read("webinar.list", { webinars: [{ ...shown, ...secret }] })).toEqual({ webinars: [shown] });
    const recorded = { ...shown, ...secret, share_url: "s", recording_files: [{ download_url: "d" }] };
    expect(read("recording.list", { meetings: [recorded] })).toEqual({ meetings: [shown] });
  });
});
