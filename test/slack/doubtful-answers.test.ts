import { Keyv } from "keyv";
import { expect, test } from "vitest";
import { emailAddress } from "../../src/catalogue/email.ts";
import { updateZoomUserStatus } from "../../src/catalogue/zoom/user/update-status.ts";
import { createDeliveries } from "../../src/slack/deliveries.ts";
import { emailFault } from "../../src/target/email.ts";

test("a shared store that never answers does not cost the acknowledgement, and copies are still told apart", async () => {
  const never = new Promise<undefined>(() => undefined);
  const store = Object.assign(new Keyv(), { get: () => never, set: () => never }) as unknown as Keyv;
  const deliveries = createDeliveries(store, () => 0);
  expect(await deliveries.isFirst("a")).toBe(true);
  expect(await deliveries.isFirst("a")).toBe(false);
});

test("an answer about somebody else proves no deactivation", () => {
  const input = { userId: "sam-id", action: "deactivate" as const };
  const answer = (id: string) => ({
    found: true as const,
    output: { id, email: "x@example.com", status: "inactive", type: 1 },
  });
  expect(updateZoomUserStatus.readBack?.proves(answer("other"), input)).toBe(false);
  expect(updateZoomUserStatus.readBack?.proves(answer("sam-id"), input)).toBe(true);
});

test.each([
  "jörg@example.com",
  "r&d@example.com",
  "x!y@example.com",
  "sam+1@example.com",
  "o'brien@example.com",
])("%s is an e-mail for the guard and for the vendors alike", (email) => {
  expect(emailFault(email)).toBeUndefined();
  expect(emailAddress.safeParse(email).success).toBe(true);
});

test("an e-mail with a slash is refused next to its field", () => {
  expect(emailFault("a/b@example.com")).toContain("slash");
});
