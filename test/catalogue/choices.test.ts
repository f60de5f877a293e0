import { describe, expect, it } from "vitest";
import { inputFields } from "../../src/catalogue/input-fields.ts";
import type { Choices, KnownName } from "../../src/catalogue/known.ts";
import { findOperation, operations } from "../../src/catalogue/registry.ts";
import { known, nobody, strangeOutputs } from "./person-known.ts";

const all = operations.flatMap(({ name, choices = {} }) =>
  Object.entries(choices).map(([path, choice]) => [name, path, choice] as const),
);

function choicesOf(name: string, path: string): Choices {
  const choices = findOperation(name).choices?.[path];
  if (choices === undefined) throw new Error(`${name} offers nothing for ${path}.`);
  return choices;
}

const sam = { id: "sam-access-id", email: "sam@example.com" };
const samAtZoom = { id: "sam-zoom-id", email: "sam@example.com", status: "active", type: 2 };
const settings = (files: unknown) => ({ in_meeting: { virtual_background_settings: { files } } });
const hour = { expiration: 1_800_000_000 };
const session = { name: "n-1", ...hour, metadata: { apps: { aud: { name: "Wiki", hostname: "w" } } } };
const token = {
  id: "t-1",
  name: "Backups",
  status: "active",
  policies: [{ effect: "allow" }],
  condition: null,
  expires_on: "2027-01-01T00:00:00Z",
};

/** What is offered for an answer that has just one thing to choose. */
const offered: [name: string, path: string, output: unknown, choice: object][] = [
  [
    "zoom.assistant.remove",
    "assistantId",
    { assistants: [{ id: "a-1", email: "kim@example.com" }, { email: "pending@example.com" }] },
    { value: "a-1", title: "kim@example.com" },
  ],
  [
    "zoom.scheduler.remove",
    "schedulerId",
    { schedulers: [{ id: "a-1", email: null }] },
    { value: "a-1", title: "a-1" },
  ],
  [
    "zoom.background.delete",
    "fileIds",
    settings([{ id: "f-1", name: "beach.png", is_default: true }, { name: "no id" }]),
    { value: "f-1", title: "beach.png", description: "f-1, the default" },
  ],
  [
    "zoom.meeting.end",
    "meetingId",
    { meetings: [{ id: 85_746_065, host_id: "sam-zoom-id", topic: "Weekly" }] },
    { value: "85746065", title: "Weekly" },
  ],
  [
    "zoom.meeting.get",
    "meetingId",
    { meetings: [{ id: 85, host_id: "sam-zoom-id", start_time: "2026-12-01T09:00:00Z" }] },
    { value: "85", title: "Meeting 85", description: "85, 2026-12-01T09:00:00Z" },
  ],
  [
    "zoom.role.removeMember",
    "roleId",
    { ...samAtZoom, role_id: "R-1", role_name: "Event team" },
    { value: "R-1", title: "Event team" },
  ],
  [
    "zoom.role.listMembers",
    "roleId",
    { roles: [{ id: "0", name: "Owner", description: "" }] },
    { value: "0", title: "Owner", description: "0" },
  ],
  ["zoom.user.list", "roleId", { roles: [{ id: "2" }] }, { value: "2", title: "2" }],
  [
    "cloudflare.access.getActiveSession",
    "nonce",
    [session, { expiration: 1 }],
    { value: "n-1", title: "Wiki", description: "n-1, until 2027-01-15T08:00:00.000Z" },
  ],
  [
    "cloudflare.access.getActiveSession",
    "nonce",
    [{ name: "n-1", expiration: 1e300 }],
    { value: "n-1", title: "Session n-1", description: "n-1" },
  ],
  [
    "cloudflare.access.revokeUserInAccount",
    "userUid",
    [{ ...sam, uid: "u-1", name: "Sam" }],
    { value: "u-1", title: "Sam", description: "u-1" },
  ],
  [
    "cloudflare.seat.remove",
    "seatUid",
    { ...sam, seat_uid: "s-1" },
    { value: "s-1", title: "The seat of sam@example.com" },
  ],
  [
    "cloudflare.registration.revoke",
    "registrationIds",
    [{ id: "r-1", device: { name: "Laptop" }, user: sam }],
    { value: "r-1", title: "Laptop", description: "active" },
  ],
  [
    "cloudflare.registration.delete",
    "registrationIds",
    [{ id: "r-1", revoked_at: "2026-01-01T00:00:00Z", user: { id: sam.id } }],
    { value: "r-1", title: "r-1", description: "revoked" },
  ],
  [
    "cloudflare.device.revoke",
    "deviceId",
    [{ id: "d-1", name: "Laptop", last_seen_user: { email: "SAM@example.com" } }],
    { value: "d-1", title: "Laptop" },
  ],
  [
    "cloudflare.member.remove",
    "memberId",
    [{ id: "m-1", status: "accepted", user: sam, roles: [{ name: "Minimal" }] }],
    { value: "m-1", title: "sam@example.com", description: "accepted, Minimal" },
  ],
  [
    "cloudflare.gateway.addItem",
    "listId",
    [
      { id: "l-1", name: "Blocked", type: "EMAIL", count: 3 },
      { id: "l-2", name: "Sites", type: "URL" },
    ],
    { value: "l-1", title: "Blocked", description: "EMAIL, 3 entries" },
  ],
  [
    "cloudflare.gateway.listItems",
    "listId",
    [{ id: "l-2", name: "Sites", type: "URL" }],
    { value: "l-2", title: "Sites", description: "URL" },
  ],
  [
    "cloudflare.token.updateServiceToken",
    "serviceTokenId",
    [{ id: "t-1", name: "Build", enabled: false, last_seen_at: "2026-01-01" }],
    { value: "t-1", title: "Build", description: "disabled, last seen 2026-01-01" },
  ],
  [
    "cloudflare.token.updateAccountToken",
    "tokenId",
    [token],
    {
      value: "t-1",
      title: "Backups",
      with: {
        name: "Backups",
        policies: [{ effect: "allow" }],
        condition: undefined,
        expiresOn: "2027-01-01T00:00:00Z",
        notBefore: undefined,
      },
    },
  ],
];

describe("what can be chosen", () => {
  it.each(offered)("for %s, as %s of %j, is %j", (name, path, output, choice) => {
    const choices = choicesOf(name, path).list(output, known);
    expect(choices).toHaveLength(1);
    expect(choices[0]).toMatchObject(choice);
  });

  it("is shown here for every field that has choices", () => {
    const shown = new Set(offered.map(([name, path]) => `${choicesOf(name, path).operation} ${path}`));
    for (const [, path, choice] of all) expect(shown).toContain(`${choice.operation} ${path}`);
  });
});

describe.each(all)("%s, %s", (name, path, choice) => {
  it("is a field of its input, and so is what comes with it", () => {
    const paths = inputFields(findOperation(name)).map((field) => field.path);
    expect(paths).toEqual(expect.arrayContaining([path, ...(choice.fills ?? [])]));
  });

  it("is listed by a read of the same vendor, which takes what is known", () => {
    const read = findOperation(choice.operation);
    expect(read).toMatchObject({ risk: "read", vendor: findOperation(name).vendor });
    expect(read.input.safeParse(choice.input(known)).success).toBe(true);
  });

  it("is not asked for where the person or the account is not known", () => {
    const isForAll = Object.keys(choice.input(known) ?? {}).length === 0;
    expect(choice.input(nobody)).toEqual(isForAll ? {} : undefined);
  });

  it("offers nothing that cannot be sent, whatever the answer is", () => {
    const offered = strangeOutputs.flatMap((output) =>
      [known, nobody].flatMap((one) => choice.list(output, one)),
    );
    expect(offered.filter(({ value, title }) => typeof value !== "string" || title === "")).toEqual([]);
  });
});

describe("an id that a person cannot know", () => {
  /** Ids that are typed all the same, because the vendors list them nowhere, or only to look for. */
  const typed = new Set([
    "zoom.user.getToken meetingId",
    "cloudflare.registration.list registrationIds",
    "cloudflare.device.list deviceIds",
  ]);

  it.each(operations.map((operation) => [operation.name, operation] as const))(
    "is known or chosen in %s",
    (name, operation) => {
      const unknown = inputFields(operation).filter(
        ({ path, meta }) =>
          /Ids?$|Uid$|^nonce$/.test(path) &&
          !typed.has(`${name} ${path}`) &&
          meta.notAsked === undefined &&
          (meta.fill ?? operation.choices?.[path]) === undefined,
      );
      expect(unknown).toEqual([]);
    },
  );

  const filling = (fill: KnownName) =>
    operations.filter((operation) =>
      inputFields(operation).some(({ meta, isOptional }) => !isOptional && meta.fill === fill),
    );

  it.each([
    ["zoomUserId", ["zoomUser"]],
    ["cloudflareUserId", ["cloudflareUser"]],
    ["email", undefined],
  ] as const)(
    "%s is filled in only where an operation says that it is about such a person",
    (fill, abouts) => {
      const filled = filling(fill);
      expect(filled.length).toBeGreaterThan(0);
      const wrong = filled.filter(
        ({ about }) => about === undefined || (abouts !== undefined && !abouts.some((one) => one === about)),
      );
      expect(wrong.map(({ name }) => name)).toEqual([]);
    },
  );
});
