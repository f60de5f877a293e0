import { expect, test } from "vitest";
import { doorsOf } from "../../src/lockout/doors.ts";
import { zoneNameOf } from "../../src/lockout/zone-steps.ts";
import { buildPlan } from "../../src/plan/plan.ts";
import { lockout } from "../../src/playbook/lockout.ts";
import { lockoutFields } from "../../src/playbook/lockout-fields.ts";
import { offboardFields, zoomOffboard } from "../../src/playbook/zoom-offboard.ts";
import { SAM } from "../workflow/sample-plan.ts";

const ID = "0da42c8d2132a9ddaf714f9e7c920711";
const settings = {
  cloudflareZoneIds: [ID, "zone2"],
  cloudflareZoneNames: new Map([[ID, "northwind.example"]]),
};

test("zones go by their names in every plan, by their ids where nobody knows the name, and calls by ids", () => {
  const fields = offboardFields.parse({ action: "deactivate", revokeCloudflare: true, reason: "Left" });
  const { steps } = buildPlan(zoomOffboard, fields, SAM, settings);
  expect(
    steps.flatMap(({ id, title, input }) => (id.includes("-zone-") ? [[title, input["zoneId"]]] : [])),
  ).toEqual([
    ["Revoke Cloudflare Access sessions (zone northwind.example)", ID],
    ["Revoke Cloudflare Access sessions (zone zone2)", "zone2"],
  ]);
});

test("the ways in of a lockout are called by their zone's name", () => {
  const fields = lockoutFields.parse({
    parts: ["cloudflare-sessions"],
    reason: "Taken over",
    seen: { hasPassword: true, hasSso: false },
  });
  const plan = buildPlan(lockout, fields, SAM, settings);
  const titles = doorsOf(plan, []).map(({ title }) => title);
  expect(titles).toContain("Cloudflare sessions of zone northwind.example");
  expect(plan.steps.map((step) => zoneNameOf(step)).filter((name) => name !== undefined)).toEqual(
    expect.arrayContaining(["northwind.example", "zone2"]),
  );
});
