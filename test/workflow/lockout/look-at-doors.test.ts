import { expect, test } from "vitest";
import type { Execute } from "../../../src/connectors/connector.ts";
import { VendorError } from "../../../src/connectors/vendor-error.ts";
import { buildPlan } from "../../../src/plan/plan.ts";
import { PRESET_PARTS } from "../../../src/playbook/lockout-fields.ts";
import { lockout } from "../../../src/playbook/lockout.ts";
import { lookAtDoors } from "../../../src/workflow/lockout/look-at-doors.ts";

const EMAIL = "sam@northwind.example";

const plan = buildPlan(
  lockout,
  { parts: [...PRESET_PARTS.full], reason: "Taken over", seen: { hasPassword: false } },
  { name: "Sam", email: EMAIL, slackId: "U0SAM", noAccount: { zoom: [EMAIL] }, found: [] },
  { cloudflareZoneIds: [] },
);

function zoomAnswers(status: string | undefined): Execute {
  return async () => {
    if (status !== undefined) return { id: "z1", email: EMAIL, status };
    throw new VendorError({
      vendor: "zoom",
      operation: "zoom.user.get",
      kind: "not_found",
      advice: "Nobody.",
      mayHaveHappened: false,
      attempts: 1,
    });
  };
}

test.each([
  ["knows nobody still", undefined, []],
  ["has an account under the address by now", "active", ["open"]],
  ["has one by now that is deactivated", "inactive", ["closed"]],
])("where no Zoom account was found, the watch looks on: Zoom %s", async (_name, status, expected) => {
  const { doors, faults } = await lookAtDoors(zoomAnswers(status), plan);
  expect(faults).toEqual([]);
  expect(doors.map(({ because }) => (because === undefined ? "closed" : "open"))).toEqual(expected);
});
