import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueAt } from "../../src/catalogue/field-path.ts";
import { inputFields } from "../../src/catalogue/input-fields.ts";
import { findOperation, operations } from "../../src/catalogue/registry.ts";
import { known, nobody, strangeOutputs } from "./person-known.ts";

const sam = { id: "sam-zoom-id", email: "sam@example.com", status: "active", type: 2 };
const phone = { number: "5550100", code: "+1", country: "US", label: "Mobile" } as const;

function valuesOf(name: string, output: unknown): unknown {
  return findOperation(name).current?.values?.(output, known);
}

describe("what is there before a change", () => {
  it.each<[string, unknown, unknown]>([
    ["zoom.user.updateStatus", sam, { action: "activate" }],
    ["zoom.user.updateStatus", { ...sam, status: "inactive" }, { action: "deactivate" }],
    ["zoom.user.updateStatus", { ...sam, status: "pending" }, {}],
    ["zoom.user.updateEmail", sam, { email: "sam@example.com" }],
    ["zoom.user.updatePresence", { status: "In_A_Zoom_Meeting" }, { status: "In_A_Zoom_Meeting" }],
    // Zoom's list of values spells it one way and its text the other: the form offers the one of the text.
    ["zoom.user.updatePresence", { status: "Do_No_Disturb" }, { status: "Do_Not_Disturb" }],
    ["zoom.user.updatePresence", { status: "Offline" }, {}],
    ["zoom.role.removeMember", { ...sam, role_id: "R-1" }, { roleId: "R-1" }],
    ["zoom.role.removeMember", { ...sam, role_id: "" }, {}],
  ])("of %s, where the read says %j, is %j", (name, output, values) => {
    expect(valuesOf(name, output)).toEqual(values);
  });

  it.each<[object, object]>([
    [{ dept: "Sales", job_title: "", company: null }, { dept: "Sales" }],
    [
      { pmi: 3_542_471_135, use_pmi: false, pronouns_option: 1 },
      { pmi: 3_542_471_135, use_pmi: false, pronouns_option: 1 },
    ],
    [{ vanity_url: "https://example.zoom.us/my/sam?pwd=1" }, { vanity_name: "sam" }],
    [{ vanity_url: "example.com" }, {}],
    [{ plan_united_type: 32 }, { plan_united_type: "32" }],
    [{ plan_united_type: "of tomorrow", zoom_one_type: 3 }, {}],
    [{ feature: { zoom_phone: true } }, { feature: { zoom_phone: true } }],
    [{ phone_numbers: [{ ...phone, verified: true }] }, { phone_numbers: [phone] }],
    [
      { phone_numbers: [{ ...phone, label: "", verified: false }] },
      { phone_numbers: [{ number: "5550100", code: "+1", country: "US" }] },
    ],
    [{ phone_numbers: [{ ...phone, number: null }] }, {}],
    [{ phone_numbers: "none" }, {}],
    [
      { manager: "kim@example.com", division_ids: ["d-1"] },
      { manager: "kim@example.com", division_ids: ["d-1"] },
    ],
    [{ first_name: "x".repeat(65) }, {}],
  ])("of a user's fields, where Zoom shows %j, is %j", (shown, changes) => {
    expect(valuesOf("zoom.user.update", { ...sam, ...shown })).toEqual({ changes: { type: 2, ...changes } });
  });

  it("of a user's fields is something that a change takes, whatever Zoom shows", () => {
    const { current, input } = findOperation("zoom.user.update");
    const names = inputFields({ input }).flatMap(
      ({ path }) => path.replace(/^changes\./, "").split(".")[0] ?? [],
    );
    const shown = fc.dictionary(fc.constantFrom(...names, "vanity_url"), fc.anything());
    fc.assert(
      fc.property(shown, (fields) => {
        const values = current?.values?.({ ...sam, ...fields }, known);
        const changes = valueAt(values, "changes") as Record<string, unknown>;
        for (const [name, value] of Object.entries(changes)) {
          const alone = name === "phone_number" ? { phone_country: "US", [name]: value } : { [name]: value };
          expect(input.safeParse({ userId: sam.id, changes: alone }).error).toBeUndefined();
        }
      }),
    );
  });
});

const withCurrent = operations.filter(({ current }) => current !== undefined);

describe.each(withCurrent.map((operation) => [operation.name, operation] as const))(
  "%s",
  (_name, operation) => {
    const { current, input, vendor } = operation;
    if (current === undefined) return;

    it("is shown by a read of the same vendor, which takes what is known", () => {
      const read = findOperation(current.operation);
      expect(read).toMatchObject({ risk: "read", vendor });
      expect(operation.risk).not.toBe("read");
      expect(read.input.safeParse(current.input(known)).success).toBe(true);
      expect(current.input(nobody)).toBeUndefined();
    });

    it("has only values of its own input, and survives any answer", () => {
      const paths = inputFields({ input }).map(({ path }) => path);
      for (const output of strangeOutputs)
        for (const key of Object.keys(current.values?.(output, known) ?? {})) expect(paths).toContain(key);
    });
  },
);

it("is shown for every change about a Zoom user, for those about an Access user, and about one of Slack", () => {
  const without = operations.filter(
    ({ risk, about, current }) => risk !== "read" && about?.endsWith("User") && current === undefined,
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});
