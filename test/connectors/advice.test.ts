import { describe, expect, it } from "vitest";
import { findOperation, operations } from "../../src/catalogue/registry.ts";
import type { Situation } from "../../src/connectors/advice-rule.ts";
import { adviceFor } from "../../src/connectors/advice.ts";

function advise(name: string, facts: Partial<Situation>): string {
  const { vendor, scopes, vendorPermission, errors } = findOperation(name);
  return adviceFor({
    vendor,
    operation: name,
    scopes,
    vendorPermission,
    errors,
    kind: "refused",
    mayHaveHappened: false,
    attempts: 1,
    ...facts,
  });
}

const status = "zoom.user.updateStatus";
const deletion = "zoom.user.delete";
const revocation = "cloudflare.access.revokeUserInAccount";

describe("advice", () => {
  it.each<[string, Partial<Situation>, RegExp]>([
    ["zoom.user.get", { kind: "not_found", code: 1001 }, /no such user/],
    [
      status,
      { code: 200, vendorMessage: "Zoom Room and Admin users' status cannot be activated or deactivated." },
      /admin role away/,
    ],
    [status, { code: 300, vendorMessage: "upcoming Zoom Events scheduled" }, /Zoom Events ahead/],
    [status, { code: 3412 }, /Basic users/],
    [status, { code: 2033 }, /Basic users/],
    [
      deletion,
      { code: 200, vendorMessage: "Unable to delete this deactivated user." },
      /leave the user deactivated/,
    ],
    [deletion, { code: 200, vendorMessage: "Cannot delete a Zoom Rooms user." }, /room management/],
    [
      deletion,
      { code: 200, vendorMessage: "Cannot delete a user out of your account." },
      /another Zoom account/,
    ],
    [
      deletion,
      { code: 300, vendorMessage: "cannot be the same as the unlinked or deleted user" },
      /another recipient/,
    ],
    [
      deletion,
      { code: 300, vendorMessage: "The destination user does not have a Zoom Events license and cannot" },
      /lacks the licence/,
    ],
    [deletion, { code: 300, vendorMessage: "has published events on Zoom Events" }, /published Zoom Events/],
    [deletion, { code: 300, vendorMessage: "Unable to unlink API user(s)." }, /delete the user instead/],
    [
      deletion,
      { code: 300, vendorMessage: "Validation Failed." },
      /^Zoom refused this \(300\) and said: “Validation Failed.”\.$/,
    ],
    [
      deletion,
      { code: 1000, vendorMessage: "they are a Call-queue manager or Auto-receptionist operator." },
      /call queue/,
    ],
    [deletion, { code: 1107 }, /domain/],
    [deletion, { code: 1117 }, /admin role away/],
    [deletion, { code: 1120 }, /invitation has expired/],
    ["slack.session.reset", { code: "cannot_reset_primary_owner", status: 200 }, /primary owner/],
    ["slack.session.reset", { code: "session_reset_not_allowed", status: 200 }, /primary owner/],
    ["slack.session.list", { kind: "missing_scope", code: "missing_scope" }, /admin\.users:read/],
    ["slack.session.list", { kind: "unauthorized", code: "not_an_admin" }, /install its app again/],
    ["slack.session.list", { kind: "unreadable" }, /as Slack does: check SLACK_API_URL/],
    [status, { kind: "unauthorized", code: 124 }, /a Zoom app of its own/],
    [
      status,
      {
        kind: "unauthorized",
        status: 403,
        vendorMessage: "Access to the Zoom REST API has been denied for this account.",
      },
      /denies this account/,
    ],
    [status, { code: 2300 }, /ZOOM_API_URL/],
    [status, { kind: "missing_scope", code: 4711 }, /user:update:status:admin/],
    [
      status,
      {
        kind: "missing_scope",
        code: 4711,
        vendorMessage: "does not contain scopes:[user:a:admin, user:b:admin]",
      },
      /scope user:update:status:admin to/,
    ],
    [status, { kind: "rate_limited", vendorMessage: "maximum per-second rate limit" }, /in a minute/],
    [status, { kind: "rate_limited", vendorMessage: "maximum daily rate limit" }, /after midnight UTC/],
    [deletion, { kind: "rate_limited", vendorMessage: "Too many concurrent requests" }, /under way/],
    [
      status,
      { kind: "rate_limited", retryAt: "2026-01-05T12:03:00.000Z" },
      /try again after 2026-01-05 12:03 UTC/,
    ],
    [revocation, { code: 7003 }, /CLOUDFLARE_ACCOUNT_ID/],
    [revocation, { kind: "missing_scope", code: 10000 }, /"Access: Organizations Revoke"/],
    [revocation, { kind: "unauthorized", code: 9106 }, /CLOUDFLARE_API_KEY/],
    [revocation, { kind: "unauthorized", code: 1000 }, /not expired/],
    [revocation, { kind: "rate_limited" }, /in five minutes/],
    [revocation, { kind: "not_found" }, /no such person in Access/],
    [
      revocation,
      { kind: "missing_scope", vendorMessage: "9999 access.api.error.not_enabled" },
      /not switched on/,
    ],
    [
      revocation,
      { kind: "unreadable", vendorMessage: "The list changed while it was read." },
      /nothing is concluded/,
    ],
    [revocation, { kind: "refused", status: 200 }, /did not say why/],
    [revocation, { kind: "unreadable" }, /CLOUDFLARE_API_URL.*proxy/],
    [status, { kind: "unreadable" }, /ZOOM_API_URL/],
    ["zoom.user.create", { status: 400, code: 1107 }, /domain of the address is blocked/],
    [
      "zoom.user.updateEmail",
      { status: 400, code: 1000, vendorMessage: "Admin can not change other admins email." },
      /administrator cannot change the address/,
    ],
    ["zoom.user.updatePassword", { status: 400, code: 1125 }, /needs a letter/],
    ["zoom.user.getZak", { kind: "not_found", status: 400, code: 1001 }, /owner of the app/],
    ["zoom.background.upload", { status: 404 }, /switched off/],
    [
      "cloudflare.gateway.addItem",
      { status: 400, code: 12130, vendorMessage: "12130 invalid" },
      /said: “12130 invalid”/,
    ],
    [status, { kind: "connection" }, /could not be reached/],
    [status, { kind: "timeout" }, /did not answer in time/],
    [status, { kind: "server_error" }, /fault of its own/],
    [status, { kind: "timeout", mayHaveHappened: true }, /look at the person's state/],
  ])("for %s with %j is to the point", (name, facts, advice) => {
    expect(advise(name, facts)).toMatch(advice);
  });

  it("is one plain sentence for every operation and every kind of failure", () => {
    const kinds = [
      "not_found",
      "refused",
      "rate_limited",
      "unauthorized",
      "missing_scope",
      "server_error",
      "timeout",
      "connection",
      "unreadable",
    ] as const;
    for (const { name } of operations)
      for (const kind of kinds)
        for (const mayHaveHappened of [true, false]) {
          const advice = advise(name, { kind, mayHaveHappened });
          expect(advice).toMatch(/^[A-Z].{20,}\.$/);
          expect(advice).not.toMatch(/undefined|\. [A-Z]/);
        }
  });
});

describe("advice to whoever reads a thread", () => {
  it("speaks of no form, because a lockout or a release has none to correct", () => {
    const said = operations.flatMap(({ name, errors = [] }) => [
      ...errors.map(({ status, code }) => advise(name, { status, ...(code === undefined ? {} : { code }) })),
      ...[200, 300, 1000, 7003, 12130].map((code) => advise(name, { status: 400, code })),
    ]);
    expect(said.filter((advice) => /\bform\b|what was entered|ask again/.test(advice))).toEqual([]);
    expect(new Set(said).size).toBeGreaterThan(40);
  });
});
