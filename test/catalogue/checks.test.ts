import { describe, expect, it } from "vitest";
import type { Known } from "../../src/catalogue/known.ts";
import { findOperation, operations } from "../../src/catalogue/registry.ts";
import { known, strangeOutputs } from "./person-known.ts";

const userId = "sam-zoom-id";
const sam = { id: userId, email: "sam@example.com", status: "active", type: 2, role_id: "2" };
const domains = (...names: string[]) => ({
  domains: names.map((domain) => ({ domain, status: "managed" })),
  total_records: names.length,
});
const noPassword = { ...sam, login_types: [101, 1] };
const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `a-${index}`, email: `a${index}@example.com` }));
const backgrounds = (count: number) => ({
  in_meeting: { virtual_background_settings: { files: people(count) } },
});
const newUser = { email: "new@example.com", type: 1 };
const picture = { name: "sam.png", content: "" };

/** What the checks say, each of what its read answers; a read that is not among them answers nothing. */
function faultsOf(
  name: string,
  input: unknown,
  answers: Readonly<Record<string, unknown>>,
  about: Known = known,
): string[] {
  return (findOperation(name).checks ?? []).flatMap((check) => {
    const question = check.operation === undefined ? undefined : check.input?.(input, about);
    if (check.operation !== undefined && question === undefined) return [];
    if (check.operation !== undefined && !Object.hasOwn(answers, check.operation)) return [];
    return check.fault(answers[check.operation ?? ""], input, about) ?? [];
  });
}

const managed = "zoom.account.listManagedDomains";

describe("what is checked before it is sent", () => {
  it.each<[name: string, input: object, answers: object, says: RegExp]>([
    [
      "zoom.user.updateEmail",
      { userId, email: "sam@elsewhere.example" },
      { [managed]: domains("example.com", "example.org") },
      /elsewhere\.example is no managed domain.*example\.com, example\.org/,
    ],
    [
      "zoom.user.updateEmail",
      { userId, email: "sam@sub.example.com" },
      { [managed]: domains("example.com") },
      /sub\.example\.com is no managed domain/,
    ],
    ["zoom.user.updateEmail", { userId, email: "s@example.com" }, { [managed]: domains() }, /are: none/],
    [
      "zoom.user.delete",
      { userId, action: "delete" },
      { "zoom.user.get": { ...sam, id: undefined, status: "pending" } },
      /not accepted the invitation.*disassociate this one/,
    ],
    [
      "zoom.user.updateStatus",
      { userId, action: "deactivate" },
      { "zoom.user.get": { ...sam, id: undefined, status: "pending" } },
      /not accepted the invitation.*Disassociate this person/,
    ],
    [
      "zoom.user.delete",
      { userId, action: "disassociate" },
      { [managed]: domains("EXAMPLE.com") },
      /cannot be disassociated. Deactivate or delete/,
    ],
    [
      "zoom.user.delete",
      { userId, action: "disassociate" },
      { "zoom.user.get": { ...sam, role_id: "1" } },
      /administrator.*role away first/,
    ],
    [
      "zoom.user.create",
      { action: "autoCreate", user: newUser },
      { [managed]: domains() },
      /no managed domain.*Invite/,
    ],
    ["zoom.user.updatePassword", { userId }, { "zoom.user.get": noPassword }, /where they sign in/],
    ["zoom.user.updatePassword", { userId }, { "zoom.user.get": { ...sam, role_id: "0" } }, /owns/],
    ["zoom.user.updateStatus", { userId }, { "zoom.user.get": { ...sam, role_id: "1" } }, /role away first/],
    [
      "zoom.assistant.add",
      { userId, assistants: ["kim@example.com", "b-2"] },
      { "zoom.assistant.list": { assistants: people(29) } },
      /30 assistants.*29 are there.*2 more/,
    ],
    [
      "zoom.assistant.add",
      { userId, assistants: ["A1@example.com", "b-2"] },
      { "zoom.assistant.list": { assistants: people(3) } },
      /Already there.*A1@example\.com\. Leave/,
    ],
    [
      "zoom.background.upload",
      { userId, background: picture },
      { "zoom.background.list": backgrounds(10) },
      /has 10 virtual backgrounds.*Delete one/,
    ],
  ])("speaks against %s with %j where %j", (name, input, answers, says) => {
    const faults = faultsOf(name, input, answers as Record<string, unknown>);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(says);
    expect(faults[0]).toMatch(/^[A-Za-z].*\.$/s);
  });

  it.each<[name: string, input: object, answers: object]>([
    ["zoom.user.updateEmail", { userId, email: "s@EXAMPLE.com" }, { [managed]: domains("example.com") }],
    // The account may not be one that Zoom shows its domains to: then Zoom decides.
    ["zoom.user.updateEmail", { userId, email: "s@example.org" }, {}],
    ["zoom.user.updateEmail", { userId, email: "s@example.org" }, { [managed]: { domains: null } }],
    ["zoom.user.delete", { userId, action: "delete" }, { [managed]: domains("example.com") }],
    ["zoom.user.delete", { userId, action: "delete" }, { "zoom.user.get": { ...sam, role_id: "1" } }],
    ["zoom.user.delete", { userId, action: "disassociate" }, { [managed]: domains("example.org") }],
    ["zoom.user.create", { action: "create", user: newUser }, { [managed]: domains() }],
    ["zoom.user.create", { action: "autoCreate", user: newUser }, { [managed]: domains("example.org") }],
    ["zoom.user.updatePassword", { userId }, { "zoom.user.get": { ...sam, login_types: [100, 101] } }],
    ["zoom.user.updatePassword", { userId }, { "zoom.user.get": { ...sam, login_types: [] } }],
    ["zoom.user.updateStatus", { userId }, { "zoom.user.get": { ...sam, role_id: "R-1" } }],
    // Zoom documents an effect for single sign-on only, and refuses nobody.
    ["zoom.user.revokeSsoToken", { userId }, { "zoom.user.get": { ...sam, login_types: [100] } }],
    [
      "zoom.assistant.add",
      { userId, assistants: ["b-2"] },
      { "zoom.assistant.list": { assistants: people(29) } },
    ],
    ["zoom.background.upload", { userId, background: picture }, { "zoom.background.list": backgrounds(9) }],
  ])("lets %s with %j through where %j", (name, input, answers) => {
    expect(faultsOf(name, input, answers as Record<string, unknown>)).toEqual([]);
  });

  it.each(["zoom.user.create", "zoom.assistant.add", "zoom.role.removeMember"])(
    "tells that %s needs a plan that is paid for",
    (name) => {
      const input = { userId, action: "create", user: newUser, assistants: ["b-2"], roleId: "R-1" };
      const faultsFor = (zoomPlan: Known["zoomPlan"]) => faultsOf(name, input, {}, { ...known, zoomPlan });
      expect(faultsFor("free")).toEqual([expect.stringContaining("Pro plan or higher")]);
      expect(faultsFor("pro")).toEqual([]);
      expect(faultsFor("business")).toEqual([]);
    },
  );

  it("looks only before it decides, and survives any answer", () => {
    const input = {
      userId,
      email: "s@example.org",
      action: "disassociate",
      assistants: ["b-2"],
      user: newUser,
    };
    for (const { checks = [] } of operations)
      for (const check of checks) {
        if (check.operation !== undefined) {
          const read = findOperation(check.operation);
          expect(read.risk).toBe("read");
          const question = check.input?.(input, known);
          if (question !== undefined) expect(read.input.safeParse(question).success).toBe(true);
        }
        for (const output of strangeOutputs)
          expect(["string", "undefined"]).toContain(typeof check.fault(output, input, known));
      }
  });
});

describe("how often a vendor takes a call", () => {
  it.each([
    ["zoom.user.updatePresence", 1, 60_000],
    ["zoom.user.updateEmail", 3, 24 * 60 * 60 * 1_000],
  ])("%s is %i within %i ms", (name, count, within) => {
    expect(findOperation(name).quota).toMatchObject({ count, within });
  });

  it("is said with what to do, and counted for each subject", () => {
    const counted = operations.filter(({ quota }) => quota !== undefined);
    for (const operation of counted) {
      expect(operation.quota?.sentence).toMatch(/\. Wait .*\.$/);
      // It is counted by the person's id at Zoom.
      expect(operation).toMatchObject({ about: "zoomUser", subject: expect.any(Function) as unknown });
    }
  });
});
