import { describe, expect, it } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { VendorCall } from "../../src/catalogue/operation.ts";

const userId = "sam-zoom-id";

function callOf(name: string, input: object): VendorCall {
  const operation = findOperation(name);
  return operation.call(operation.input.parse({ userId, ...input }));
}

describe("what Zoom's description names is sent under Zoom's own name", () => {
  it.each<[name: string, input: object, query: object]>([
    [
      "zoom.user.get",
      { loginType: 101, encryptedEmail: true, searchByUniqueId: true },
      { login_type: "101", encrypted_email: "true", search_by_unique_id: "true" },
    ],
    [
      "zoom.user.delete",
      {
        action: "delete",
        encryptedEmail: true,
        transferEmail: "boss@example.com",
        transfer: ["clipfiles", "notes", "docs", "visitors"],
      },
      {
        action: "delete",
        encrypted_email: "true",
        transfer_email: "boss@example.com",
        transfer_clipfiles: "true",
        transfer_notes: "true",
        transfer_docs: "true",
        transfer_visitors: "true",
      },
    ],
    [
      "zoom.user.getSettings",
      { loginType: 11, option: "meeting_security", fields: ["host_video", "waiting_room"] },
      { login_type: "11", option: "meeting_security", custom_query_fields: "host_video,waiting_room" },
    ],
    [
      "zoom.user.update",
      { loginType: 0, removeTspCredentials: true, changes: { dept: "Support" } },
      { login_type: "0", remove_tsp_credentials: "true" },
    ],
  ])("by %s", (name, input, query) => {
    expect(callOf(name, input).query).toEqual(query);
  });

  it("by zoom.user.list", () => {
    const operation = findOperation("zoom.user.list");
    const input = { license: "zoom_workforce_management", includeFields: "custom_attributes", pageNumber: 2 };
    expect(operation.call(operation.input.parse(input)).query).toEqual({
      status: "active",
      page_size: "300",
      license: "zoom_workforce_management",
      include_fields: "custom_attributes",
      page_number: "2",
    });
    expect(operation.input.safeParse({ includeFields: "host_key" }).success).toBe(false);
  });
});

it.each(["zoom.user.get", "zoom.user.delete"])(
  "%s takes no plain address for an encrypted one, which would look like a user who is gone",
  (name) => {
    const input = { userId: "sam@example.com", ...(name === "zoom.user.delete" ? { action: "delete" } : {}) };
    const { input: schema } = findOperation(name);
    expect(schema.safeParse(input).success).toBe(true);
    expect(schema.safeParse({ ...input, encryptedEmail: true }).success).toBe(false);
  },
);

describe.each(["meeting_authentication", "recording_authentication"] as const)("%s", (kind) => {
  const operation = findOperation("zoom.user.updateSettings");
  const wanted = {
    [kind]: true,
    authentication_option: { id: "signed-in", action: "hide", domains: "example.com" },
  };
  const input = operation.input.parse({ userId, changes: { [kind]: wanted } });
  const option = { id: "signed-in", domains: "example.com", visible: false, name: "Signed in" };
  const shown = { [kind]: true, authentication_options: [{ id: "other" }, option] };
  const proves = (output: unknown) => operation.readBack?.proves({ found: true, output }, input);

  it("is changed by its option, and its body has no name around it", () => {
    expect(operation.call(input)).toMatchObject({ method: "PATCH", query: { option: kind }, body: wanted });
    expect(operation.readBack?.input(input)).toEqual({ userId, option: kind });
  });

  it("is proven by what Zoom shows, alone or among all authentication", () => {
    expect(proves(shown)).toBe(true);
    expect(proves({ authentication_options: { [kind]: shown } })).toBe(true);
    expect(proves({ ...shown, [kind]: false })).toBe(false);
    expect(proves({ ...shown, authentication_options: [{ ...option, visible: true }] })).toBe(false);
    expect(proves({ [kind]: true })).toBe(false);
    expect(proves(undefined)).toBe(false);
  });

  it("goes with no other settings", () => {
    for (const other of [{ in_meeting: { chat: true } }, { meeting_security: { waiting_room: true } }])
      expect(operation.input.safeParse({ userId, changes: { [kind]: wanted, ...other } }).success).toBe(
        false,
      );
  });
});
