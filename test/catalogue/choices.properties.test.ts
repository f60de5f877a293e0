import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Choices } from "../../src/catalogue/known.ts";
import { findPathSegmentFault } from "../../src/catalogue/path-segment.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { known, nobody } from "./person-known.ts";

function choicesOf(name: string, path: string): Choices {
  const choices = findOperation(name).choices?.[path];
  if (choices === undefined) throw new Error(`${name} offers nothing for ${path}.`);
  return choices;
}

const sam = { id: "sam-access-id", email: "sam@example.com" };
const samAtZoom = { id: "sam-zoom-id", email: "sam@example.com", status: "active", type: 2 };

/** Addresses that a careless comparison takes for Sam's. */
const nearMatches = fc.oneof(
  fc.constantFrom(
    "not-sam@example.com",
    "sam@example.com.evil.example",
    "sam@example.co",
    "sam@examp1e.com",
    " sam@example.com",
    "sam+1@example.com",
    "ſam@example.com",
    "ｓam@example.com",
    "sam@example.com\u200b",
    "",
  ),
  fc.string().map((text) => `${text}sam@example.com`),
  fc.string({ minLength: 1 }).map((text) => `sam@example.com${text}`),
  fc.emailAddress(),
);
const others = nearMatches.filter(
  (email) => email.toLowerCase() !== "sam@example.com" || email.includes("ſ"),
);
/** Others' ids, as far as one may come from a vendor: one that could lead elsewhere is refused where it arrives. */
const otherIds = fc
  .string({ minLength: 1 })
  .filter((id) => id !== sam.id && id !== samAtZoom.id && findPathSegmentFault(id) === undefined);

type OfOthers = [name: string, path: string, make: (email: string, id: string) => unknown];

/** Answers about someone else, whose thing would be offered if it were Sam's. */
const ofOthers: OfOthers[] = [
  ["zoom.meeting.end", "meetingId", (_, id) => ({ meetings: [{ id: 1, host_id: id }, { id: 2 }] })],
  ["zoom.meeting.get", "meetingId", (_, id) => ({ meetings: [{ id: 1, host_id: id }, { id: 2 }] })],
  ["zoom.role.removeMember", "roleId", (email, id) => ({ ...samAtZoom, id, email, role_id: "R-1" })],
  ["zoom.role.removeMember", "roleId", () => ({ ...samAtZoom, role_id: "0" })],
  ["cloudflare.access.revokeUserInAccount", "userUid", (email, id) => [{ id, uid: "u", email }]],
  ["cloudflare.access.revokeUserInAccount", "userUid", () => [{ id: sam.id, uid: "u" }]],
  ["cloudflare.seat.remove", "seatUid", (_, id) => ({ ...sam, id, seat_uid: "s" })],
  ...["revoke", "unrevoke", "delete"].map((verb): OfOthers => [
    `cloudflare.registration.${verb}`,
    "registrationIds",
    (_, id) => [{ id: "r-1", user: { ...sam, id } }, { id: "r-2" }, { id: "r-3", user: null }],
  ]),
  ...["revoke", "delete"].map((verb): OfOthers => [
    `cloudflare.device.${verb}`,
    "deviceId",
    (email, id) => [{ id: "d-1", last_seen_user: { id, email } }, { id: "d-2" }],
  ]),
  [
    "cloudflare.member.remove",
    "memberId",
    (email, id) => [{ id: "m-1", email }, { id: "m-2", user: { id, email } }, { id: "m-3" }],
  ],
  // What Cloudflare says last of whose it is holds, not an address beside it.
  ["cloudflare.member.remove", "memberId", (email) => [{ id: "m", email: sam.email, user: { email } }]],
];

describe("somebody else's things", () => {
  it.each(ofOthers)("are never offered by %s as %s", (name, path, make) => {
    fc.assert(
      fc.property(others, otherIds, (email, id) => {
        const output = make(email, id);
        expect(findOperation(choicesOf(name, path).operation).output.safeParse(output).success).toBe(true);
        expect(choicesOf(name, path).list(output, known)).toEqual([]);
        expect(choicesOf(name, path).list(output, nobody)).toEqual([]);
      }),
    );
  });

  it("are not the person's for an address of theirs alone, or an id of theirs with another address", () => {
    const list = (name: string, path: string, output: unknown) => choicesOf(name, path).list(output, known);
    const mixed = { id: sam.id, email: "kim@example.com" };
    expect(list("cloudflare.registration.revoke", "registrationIds", [{ id: "r", user: mixed }])).toEqual([]);
    expect(list("cloudflare.seat.remove", "seatUid", { ...mixed, seat_uid: "s" })).toEqual([]);
  });
});
