import fc from "fast-check";
import { LOCKOUT_PARTS, type LockoutPart } from "../../../src/playbook/lockout-fields.ts";

/** The person who is locked out; their Slack e-mail is the first one. */
export const LEAVER = {
  slackId: "U0LEAVER",
  email: "leaver@northwind.example",
  otherEmail: "l.leaver@subsidiary.example",
  zoomId: "zoomLeaver",
  accessId: "accessLeaver",
};
/** Someone to whom nothing may happen. */
export const OTHER = { email: "other@northwind.example", zoomId: "zoomOther", accessId: "accessOther" };
export const MISSPELT = "leaver@northwind.exmaple";

/** How every call of one operation fares: `no effect` is accepted and does nothing. */
export type Trouble = "silence" | "refusal" | "lost answer" | "not found" | "no effect";

const READS = [
  "zoom.user.get",
  "zoom.meeting.list",
  "zoom.meeting.get",
  "cloudflare.access.findUser",
  "cloudflare.access.listActiveSessions",
  "cloudflare.access.listRequests",
  "cloudflare.gateway.listItems",
  "cloudflare.registration.list",
  "slack.session.list",
];
const WRITES = [
  "zoom.role.removeMember",
  "zoom.user.updateStatus",
  "zoom.user.revokeSsoToken",
  "zoom.user.updatePassword",
  "zoom.meeting.end",
  "cloudflare.gateway.addItem",
  "cloudflare.access.revokeUserInAccount",
  "cloudflare.access.revokeUserInZone",
  "cloudflare.registration.revoke",
  "slack.session.reset",
];

const email = fc.constantFrom<"same" | "other">("same", "same", "other");
const rarely = fc.integer({ min: 0, max: 4 }).map((number) => number === 0);
const trouble: fc.Arbitrary<{ operation: string; trouble: Trouble }> = fc.oneof(
  fc.record({
    operation: fc.constantFrom(...WRITES),
    trouble: fc.constantFrom<Trouble>("silence", "refusal", "lost answer", "not found", "no effect"),
  }),
  fc.record({
    operation: fc.constantFrom(...READS),
    trouble: fc.constantFrom<Trouble>("silence", "refusal"),
  }),
);
const someParts = fc.subarray([...LOCKOUT_PARTS], { minLength: 1 });
const parts: fc.Arbitrary<LockoutPart[]> = fc.oneof(
  fc.constant<LockoutPart[]>([...LOCKOUT_PARTS]),
  fc.constant<LockoutPart[]>([...LOCKOUT_PARTS]),
  someParts,
);

/** A person, what the vendors hold of them, and how the vendors behave. */
export const worlds = fc.record({
  asked: fc.constantFrom<"slack" | "email" | "misspelt">("slack", "email", "email", "misspelt"),
  parts,
  /** Whether what follows a step goes on before its answer, as it does where a vendor takes long. */
  isImpatient: rarely,
  slack: fc.record({ sessions: fc.nat(2), mayList: fc.boolean() }),
  zoom: fc.record({
    account: fc.constantFrom<"same" | "other" | "none">("same", "same", "same", "other", "none"),
    role: fc.constantFrom("2", "2", "1", "0"),
    hasPassword: fc.boolean(),
    hasSso: fc.boolean(),
    sessions: fc.nat(2),
    listedMeetings: fc.nat(2),
    hasInstantMeeting: fc.boolean(),
    losesMeetings: fc.boolean(),
    answersWrongId: rarely,
  }),
  access: fc.record({
    users: fc.constantFrom(1, 1, 1, 0, 2),
    email,
    sessions: fc.nat(2),
    devices: fc.nat(2),
    signsInAgain: fc.boolean(),
    revokesFirstOnly: rarely,
  }),
  troubles: fc.uniqueArray(trouble, { maxLength: 3, selector: ({ operation }) => operation }),
});
export type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;
