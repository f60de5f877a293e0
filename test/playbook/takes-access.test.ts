import { expect, test } from "vitest";
import { operations } from "../../src/catalogue/registry.ts";
import { closesDoor, opensDoor } from "../../src/playbook/takes-access.ts";

test("what may be sent behind a lockout are calls that take access away, each of them in the catalogue", () => {
  const names = operations.filter(({ name }) => closesDoor(name, {})).map(({ name }) => name);
  expect(names.toSorted()).toEqual([
    "cloudflare.access.revokeUserInAccount",
    "cloudflare.access.revokeUserInZone",
    "cloudflare.device.delete",
    "cloudflare.device.revoke",
    "cloudflare.gateway.addItem",
    "cloudflare.member.remove",
    "cloudflare.registration.delete",
    "cloudflare.registration.revoke",
    "cloudflare.seat.remove",
    "slack.session.reset",
    "zoom.assistant.remove",
    "zoom.assistant.removeAll",
    "zoom.meeting.end",
    "zoom.role.removeMember",
    "zoom.scheduler.remove",
    "zoom.scheduler.removeAll",
    "zoom.user.delete",
    "zoom.user.revokeSsoToken",
  ]);
});

test("a change of the status closes a door when it deactivates, and not when it activates", () => {
  expect(closesDoor("zoom.user.updateStatus", { action: "deactivate" })).toBe(true);
  expect(closesDoor("zoom.user.updateStatus", { action: "activate" })).toBe(false);
});

test("what could open a way in is refused for somebody who is locked out", () => {
  const names = operations.filter(({ name }) => opensDoor(name, {})).map(({ name }) => name);
  expect(names.toSorted()).toEqual([
    "cloudflare.gateway.removeItem",
    "cloudflare.member.invite",
    "cloudflare.registration.unrevoke",
    "cloudflare.token.updateAccountToken",
    "cloudflare.token.updateServiceToken",
    "zoom.assistant.add",
    "zoom.role.assign",
    "zoom.user.create",
    "zoom.user.getToken",
    "zoom.user.getZak",
    "zoom.user.updateEmail",
    "zoom.user.updatePassword",
    "zoom.user.updateStatus",
  ]);
  expect(opensDoor("zoom.user.updateStatus", { action: "activate" })).toBe(true);
  expect(opensDoor("zoom.user.updateStatus", { action: "deactivate" })).toBe(false);
});

test("every call that changes something, or shows a credential, says what it does to access paths", () => {
  const silent = operations.filter(
    ({ risk, secrets, effects }) => (risk !== "read" || secrets !== undefined) && effects === undefined,
  );
  expect(silent.map(({ name }) => name)).toEqual([]);
});
