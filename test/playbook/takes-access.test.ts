import { expect, test } from "vitest";
import { operations } from "../../src/catalogue/registry.ts";
import { closesDoor } from "../../src/playbook/takes-access.ts";

test("what may be sent behind a lockout are calls that take access away, each of them in the catalogue", () => {
  const names = operations.filter(({ name }) => closesDoor(name, {})).map(({ name }) => name);
  expect(names.toSorted()).toEqual([
    "cloudflare.access.revokeUserInAccount",
    "cloudflare.access.revokeUserInZone",
    "cloudflare.device.delete",
    "cloudflare.device.revoke",
    "cloudflare.gateway.addItem",
    "cloudflare.registration.delete",
    "cloudflare.registration.revoke",
    "slack.session.reset",
    "zoom.meeting.end",
    "zoom.role.removeMember",
    "zoom.user.delete",
    "zoom.user.revokeSsoToken",
  ]);
});

test("a change of the status closes a door when it deactivates, and not when it activates", () => {
  expect(closesDoor("zoom.user.updateStatus", { action: "deactivate" })).toBe(true);
  expect(closesDoor("zoom.user.updateStatus", { action: "activate" })).toBe(false);
});
