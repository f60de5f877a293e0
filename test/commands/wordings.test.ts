import { describe, expect, test } from "vitest";
import { readDeadboltWords } from "../../commands/deadbolt-words.ts";
import { findOperationByWords } from "../../commands/find-operation.ts";
import { readLockoutWords, readOffboardWords } from "../../commands/lockout-words.ts";
import { WORDINGS } from "../../commands/wordings.ts";
import { operations } from "../../src/catalogue/registry.ts";

const SAM = "<@U0SAM|sam>";
const KIM = "<@U0KIM|kim>";
const EMAIL = "<mailto:sam@example.com|sam@example.com>";
const sam = { slackId: "U0SAM" };
const email = { email: "sam@example.com" };

const one = (operation: string, target: object = sam) => ({ kind: "one", operation, target });
const several = (...names: string[]) => ({ kind: "several", operations: names, target: sam });

describe("what people type is understood, or answered with what they meant", () => {
  test.each<[string, object]>([
    ["list users", one("zoom.user.list", {})],
    ["List all users.", one("zoom.user.list", {})],
    ["users", one("zoom.user.list", {})],
    ["show me the users please", one("zoom.user.list", {})],
    [`deactivate ${SAM}`, one("zoom.user.updateStatus")],
    [`suspend user ${SAM}`, one("zoom.user.updateStatus")],
    [`reactivate ${EMAIL}`, one("zoom.user.updateStatus", email)],
    [`${SAM} deactivate`, one("zoom.user.updateStatus")],
    [`update ${SAM} status`, one("zoom.user.updateStatus")],
    [`up\u200Bdate sta\u00ADtus \u2060${SAM}\uFEFF`, one("zoom.user.updateStatus")],
    [`update\u00A0status\u00A0${SAM}`, one("zoom.user.updateStatus")],
    [`“update status” ${SAM}.`, one("zoom.user.updateStatus")],
    [`sign out ${SAM}`, one("zoom.user.revokeSsoToken")],
    [`kick ${SAM} out`, one("zoom.user.revokeSsoToken")],
    [`end sessions of ${SAM}`, one("zoom.user.revokeSsoToken")],
    [`reset password for ${SAM}`, one("zoom.user.updatePassword")],
    [`change the e-mail of ${SAM}`, one("zoom.user.updateEmail")],
    [`who is ${SAM}`, one("zoom.user.get")],
    [`find ${EMAIL}`, one("zoom.user.get", email)],
    [`settings ${SAM}`, several("zoom.user.getSettings", "zoom.user.updateSettings")],
    [`meetings of ${SAM}`, one("zoom.meeting.list")],
    [`recordings ${SAM}`, one("zoom.recording.list")],
    [`remove photo ${SAM}`, one("zoom.picture.delete")],
    [`make ${SAM} admin`, one("zoom.role.assign")],
    [`license ${SAM}`, one("zoom.user.update")],
    ["help", { kind: "help" }],
    ["?", { kind: "help" }],
    ["--help", { kind: "help" }],
    [`deactivate ${SAM} ${KIM}`, { kind: "people", count: 2 }],
    ["deactivate @sam", { kind: "unknown", hasName: true }],
    [`offboard ${SAM}`, { kind: "elsewhere", command: "/zoom-offboard" }],
    [`lock ${SAM} out`, { kind: "elsewhere", command: "/lockout" }],
    ["update password hunter2", { kind: "unknown" }],
  ])("/zoom %s", (text, expected) => {
    expect(findOperationByWords("zoom", text)).toMatchObject(expected);
  });

  test.each<[string, object]>([
    [`sessions of ${SAM}`, one("cloudflare.access.listActiveSessions")],
    [`devices ${SAM}`, one("cloudflare.device.list")],
    [
      `sign ${SAM} out`,
      several("cloudflare.access.revokeUserInAccount", "cloudflare.access.revokeUserInZone"),
    ],
    [`block ${SAM}`, one("cloudflare.gateway.addItem")],
    ["api tokens", one("cloudflare.token.listAccountTokens", {})],
    [`remove seat of ${SAM}`, one("cloudflare.seat.remove")],
  ])("/cloudflare %s", (text, expected) => {
    expect(findOperationByWords("cloudflare", text)).toMatchObject(expected);
  });

  test.each<[string, object]>([
    ["", { kind: "open", target: {} }],
    [SAM, { kind: "open", target: sam }],
    [`lock out ${SAM}`, { kind: "open", target: sam }],
    [
      `${SAM} laptop stolen on the train`,
      { kind: "open", target: sam, reason: "laptop stolen on the train" },
    ],
    [`\u200E${SAM}\u200F,`, { kind: "open", target: sam }],
    ["list", { kind: "list" }],
    ["LIST", { kind: "list" }],
    ["who is locked out now?", { kind: "list" }],
    ["status", { kind: "list" }],
    [`release ${SAM}`, { kind: "release", target: sam }],
    [`unlock ${EMAIL}`, { kind: "release", target: email }],
    ["release", { kind: "whom_to_release" }],
    ["help", { kind: "help" }],
    [`${SAM} ${KIM}`, { kind: "people", count: 2 }],
    [`${SAM} ${SAM}`, { kind: "open", target: sam }],
    [`${SAM} @kim`, { kind: "unknown" }],
    ["sam", { kind: "unknown" }],
  ])("/lockout %s", (text, expected) => {
    expect(readLockoutWords(text)).toMatchObject(expected);
  });

  test.each<[string, object]>([
    [`${SAM} last day is Friday`, { kind: "open", target: sam, reason: "last day is Friday" }],
    [`offboard ${EMAIL}`, { kind: "open", target: email }],
    [`${SAM} and ${KIM}`, { kind: "people", count: 2 }],
    ["help", { kind: "help" }],
    ["list", { kind: "unknown" }],
  ])("/zoom-offboard %s", (text, expected) => {
    expect(readOffboardWords(text)).toMatchObject(expected);
  });

  const asked = (what: string, person?: object, target?: object) => ({
    kind: "explain",
    question: { kind: "asked", what, person, target },
  });
  test.each<[string, object]>([
    ["requests", { kind: "requests" }],
    ["my requests", { kind: "requests" }],
    ["pending", { kind: "requests" }],
    ["approvals", { kind: "requests" }],
    ["2FA", { kind: "second-factor" }],
    ["second factor", { kind: "second-factor" }],
    ["?", { kind: "help" }],
    ["", { kind: "help" }],
    ["who is locked out", { kind: "elsewhere", command: "/lockout list" }],
    [`restore ${SAM} back from leave`, { kind: "restore", person: sam, reason: "back from leave" }],
    [`explain ${SAM} zoom-offboard`, asked("zoom-offboard", sam)],
    [`explain ${SAM} zoom.user.delete ${KIM}`, asked("zoom.user.delete", sam, { slackId: "U0KIM" })],
    [`explain ${SAM} update status`, asked("zoom.user.updateStatus", sam)],
    [
      `explain ${SAM} zoom user update status ${KIM}`,
      asked("zoom.user.updateStatus", sam, { slackId: "U0KIM" }),
    ],
    [`explain ${SAM} lock out`, asked("lockout", sam)],
    [`why offboard ${SAM}`, asked("zoom-offboard", undefined, sam)],
    [`explain ${SAM} laptop-lost`, asked("laptop-lost", sam)],
    [`explain ${SAM}`, { kind: "explain", question: { kind: "several", names: [] } }],
    ["open the pod bay doors", { kind: "unknown" }],
  ])("/deadbolt %s", (text, expected) => {
    expect(readDeadboltWords(text)).toEqual(expect.objectContaining(expected));
  });
});

test("every wording names operations that exist, of its own vendor", () => {
  const names = new Map(operations.map(({ name, vendor }) => [name, vendor]));
  for (const [vendor, wordings] of Object.entries(WORDINGS))
    for (const meant of Object.values(wordings))
      for (const name of meant) expect(`${name} ${names.get(name)}`).toBe(`${name} ${vendor}`);
});
