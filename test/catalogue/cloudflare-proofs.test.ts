import { describe, expect, it } from "vitest";
import { cloudflareOperations } from "../../src/catalogue/cloudflare/operations.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import { cloudflareInputs } from "./cloudflare-inputs.ts";

const userId = cloudflareInputs["cloudflare.seat.remove"]?.["userId"];
const revoked = "2026-03-02T09:30:00Z";

function proves(name: string, output: unknown, changes: object = {}): boolean | undefined {
  const operation = findOperation(`cloudflare.${name}`);
  const input = operation.input.parse({ ...cloudflareInputs[operation.name], ...changes });
  const reader = operation.readBack && findOperation(operation.readBack.operation);
  // What the connector hands on is what the read's own schema makes of the answer.
  const seen = reader?.output.safeParse(output);
  return operation.readBack?.proves({ found: true, output: seen?.success ? seen.data : output }, input);
}

describe("reading back from Cloudflare", () => {
  const seat = { id: userId, seat_uid: "s-1", access_seat: false, gateway_seat: false };
  const enabled = { action: "enable" };

  it.each<[string, unknown, object?]>([
    ["seat.remove", seat],
    ["seat.remove", { ...seat, seat_uid: null }],
    [
      "registration.revoke",
      [
        { id: "r-2", revoked_at: revoked },
        { id: "r-1", revoked_at: revoked },
      ],
    ],
    ["registration.unrevoke", [{ id: "r-1" }, { id: "r-2", revoked_at: null }, { id: "r-3" }]],
    ["registration.delete", []],
    ["registration.delete", [{ id: "r-3" }, { id: "r-1", deleted_at: revoked }]],
    ["device.revoke", [{ id: "d-1", active_registrations: 0 }]],
    ["device.delete", []],
    ["device.delete", [{ id: "d-2" }, { id: "d-1", deleted_at: revoked }]],
    ["gateway.addItem", [{ value: "kim@example.com" }, { value: "SAM@example.com" }]],
    ["gateway.addItem", [[{ value: "sam@example.com" }]]],
    ["gateway.removeItem", []],
    ["gateway.removeItem", [[{ value: "kim@example.com" }], { value: "not-sam@example.com" }]],
    ["member.remove", [{ id: "m-2" }]],
    ["member.invite", [{ id: "m-2", user: { email: "Sam@example.com" }, status: "pending" }]],
    ["member.invite", [{ id: "m-2", email: "sam@example.com", status: "accepted" }]],
    ["token.updateServiceToken", [{ id: "t-1", enabled: false }]],
    ["token.updateServiceToken", [{ id: "t-1", enabled: true }], enabled],
    ["token.updateAccountToken", [{ id: "t-2", status: "disabled" }]],
    ["token.updateAccountToken", [{ id: "t-2", status: "active" }], enabled],
  ])("%s is proven by %j", (name, output, changes) => {
    expect(proves(name, output, changes)).toBe(true);
  });

  it.each<[string, unknown, object?]>([
    ["seat.remove", { ...seat, access_seat: true }],
    ["seat.remove", { ...seat, gateway_seat: null }],
    ["seat.remove", { ...seat, id: "somebody-else" }],
    ["seat.remove", { ...seat, seat_uid: "s-2" }],
    ["registration.revoke", [{ id: "r-1", revoked_at: revoked }]],
    [
      "registration.revoke",
      [
        { id: "r-1", revoked_at: revoked },
        { id: "r-2", revoked_at: null },
      ],
    ],
    [
      "registration.revoke",
      [
        { id: "r-3", revoked_at: revoked },
        { id: "r-4", revoked_at: revoked },
      ],
    ],
    ["registration.revoke", []],
    ["registration.unrevoke", [{ id: "r-1" }]],
    ["registration.unrevoke", [{ id: "r-1" }, { id: "r-2", revoked_at: revoked }]],
    ["registration.unrevoke", [{ id: "r-1" }, { id: "r-2", deleted_at: revoked }]],
    ["registration.delete", [{ id: "r-2", revoked_at: revoked }]],
    ["device.revoke", [{ id: "d-1", active_registrations: 1 }]],
    ["device.revoke", [{ id: "d-1" }]],
    ["device.revoke", [{ id: "d-2", active_registrations: 0 }]],
    ["device.revoke", []],
    ["device.delete", [{ id: "d-1", active_registrations: 0 }]],
    ["gateway.addItem", []],
    ["gateway.addItem", [{ value: "not-sam@example.com" }]],
    ["gateway.removeItem", [{ value: "SAM@EXAMPLE.COM" }]],
    ["member.remove", []],
    ["member.remove", [{ id: "m-2" }, { id: "m-1", status: "pending" }]],
    ["member.invite", [{ id: "m-2", user: { email: "kim@example.com" } }]],
    ["member.invite", [{ id: "m-2", user: { email: "sam@example.com" }, status: "rejected" }]],
    ["member.invite", [{ id: "m-2" }]],
    ["token.updateServiceToken", [{ id: "t-1", enabled: true }]],
    ["token.updateServiceToken", [{ id: "t-1" }]],
    ["token.updateServiceToken", [{ id: "t-9", enabled: false }]],
    ["token.updateServiceToken", [{ id: "t-1" }], enabled],
    ["token.updateAccountToken", [{ id: "t-2", status: "active" }]],
    ["token.updateAccountToken", [{ id: "t-2", status: "expired" }]],
    ["token.updateAccountToken", [{ id: "t-9", status: "disabled" }]],
    ["token.updateAccountToken", [{ id: "t-2", status: "disabled" }], enabled],
  ])("%s is not proven by %j", (name, output, changes) => {
    expect(proves(name, output, changes)).toBe(false);
  });

  const proven = cloudflareOperations.filter((operation) => operation.readBack !== undefined);

  it.each(proven.map((operation) => [operation.name, operation] as const))(
    "%s is proven neither by an odd answer nor by nothing",
    (name, { input, readBack }) => {
      const good = input.parse(cloudflareInputs[name]);
      for (const output of [null, undefined, "", false, {}, { result: [] }, [null], [{}], [{ id: 1 }]])
        expect(readBack?.proves({ found: true, output }, good)).toBe(false);
      expect(readBack?.proves({ found: false }, good)).toBe(false);
    },
  );

  it.each(proven.map((operation) => [operation.name, operation] as const))(
    "%s asks its read only what that takes",
    (name, { input, readBack }) => {
      const question = readBack?.input(input.parse(cloudflareInputs[name]));
      const reader = findOperation(readBack?.operation ?? "");
      expect(reader.input.safeParse(question).error).toBeUndefined();
    },
  );
});
