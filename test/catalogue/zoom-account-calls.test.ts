import { describe, expect, it } from "vitest";
import { findOperation } from "../../src/catalogue/registry.ts";

const userId = "KDcuGIm1QgePTO8WbOqwIQ";
const user = `/users/${userId}`;
const newUser = { email: "new@example.com", type: 2 };
const licence = { license_type: "ZOOM_WORKPLACE_BUNDLE", license_option: 16, subscription_id: "SUBREF-1" };

function call(name: string, input: object) {
  const operation = findOperation(`zoom.user.${name}`);
  return operation.call(operation.input.parse(input));
}

/** The paths of the fields that are at fault. */
function faultsOf(name: string, input: object): string[] {
  const parsed = findOperation(`zoom.user.${name}`).input.safeParse(input);
  return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join("."));
}

describe("a call about a Zoom user's account", () => {
  it.each<[string, object, object]>([
    ["getPermissions", { userId }, { method: "GET", path: `${user}/permissions` }],
    ["getToken", { userId, type: "zak" }, { method: "GET", path: `${user}/token`, query: { type: "zak" } }],
    [
      "getToken",
      { userId: "sam@example.com", type: "onbehalf", secondsToLive: 600, meetingId: "81234567890" },
      {
        method: "GET",
        path: "/users/sam%40example.com/token",
        query: { type: "onbehalf", ttl: "600", meeting_id: "81234567890" },
      },
    ],
    ["getZak", {}, { method: "GET", path: "/users/me/zak" }],
    [
      "checkVanityName",
      { vanityName: " jill " },
      { method: "GET", path: "/users/vanity_name", query: { vanity_name: "jill" } },
    ],
    [
      "updateEmail",
      { userId, email: "samira@example.com" },
      { method: "PUT", path: `${user}/email`, body: { email: "samira@example.com" } },
    ],
    [
      "updatePassword",
      { userId, password: "Sesame88" },
      { method: "PUT", path: `${user}/password`, body: { password: "Sesame88" } },
    ],
    ["getPresence", { userId }, { method: "GET", path: `${user}/presence_status` }],
    [
      "updatePresence",
      { userId, status: "Do_Not_Disturb", minutes: 30 },
      { method: "PUT", path: `${user}/presence_status`, body: { status: "Do_Not_Disturb", duration: 30 } },
    ],
    [
      "updatePresence",
      { userId, status: "Away" },
      { method: "PUT", path: `${user}/presence_status`, body: { status: "Away" } },
    ],
    [
      "create",
      { action: "create", user: { ...newUser, first_name: "Nia" } },
      {
        method: "POST",
        path: "/users",
        body: { action: "create", user_info: { ...newUser, first_name: "Nia" } },
      },
    ],
    [
      "update",
      { userId, changes: { dept: "Security", feature: { zoom_phone: false } } },
      { method: "PATCH", path: user, body: { dept: "Security", feature: { zoom_phone: false } } },
    ],
  ])("%s with %j is what Zoom documents", (name, input, expected) => {
    expect(call(name, input)).toEqual(expected);
  });

  it.each<[string, object, string]>([
    ["getToken", { userId }, "type"],
    ["getToken", { userId, type: "token" }, "type"],
    ["getToken", { userId, type: "zak", secondsToLive: 0 }, "secondsToLive"],
    ["getToken", { userId, type: "zak", secondsToLive: 31_536_001 }, "secondsToLive"],
    ["getToken", { userId, type: "zak", meetingId: "81234567890" }, "meetingId"],
    ["getToken", { userId, type: "onbehalf", meetingId: "8/end" }, "meetingId"],
    ["getToken", { userId: "me", type: "zak" }, "userId"],
    ["getZak", { userId }, ""],
    ["checkVanityName", { vanityName: "  " }, "vanityName"],
    ["updateEmail", { userId, email: "sam" }, "email"],
    ["updateEmail", { userId, email: `${"x".repeat(60)}@${"y".repeat(60)}.example` }, "email"],
    ["updateEmail", { userId: "SAM@example.com", email: "sam@example.com" }, "email"],
    ["updatePassword", { userId, password: "Sesam88" }, "password"],
    ["updatePassword", { userId, password: `Sesame${"7".repeat(26)}` }, "password"],
    ["updatePassword", { userId, password: "sesame88" }, "password"],
    ["updatePassword", { userId, password: "SESAME88" }, "password"],
    ["updatePassword", { userId, password: "SesameOpen" }, "password"],
    ["updatePassword", { userId, password: "Abcdef88" }, "password"],
    ["updatePassword", { userId, password: "Open234567" }, "password"],
    ["updatePresence", { userId, status: "Do_No_Disturb" }, "status"],
    ["updatePresence", { userId, status: "Away", minutes: 5 }, "minutes"],
    ["updatePresence", { userId, status: "Do_Not_Disturb", minutes: 1441 }, "minutes"],
    ["create", { user: newUser }, "action"],
    ["create", { action: "create", user: { email: "new@example.com" } }, "user.type"],
    ["create", { action: "create", user: { ...newUser, type: 3 } }, "user.type"],
    ["create", { action: "create", user: { ...newUser, type: 99 } }, "user.type"],
    ["create", { action: "create", user: { ...newUser, password: "Sesame88" } }, "user.password"],
    ["create", { action: "autoCreate", user: { ...newUser, password: "sesame" } }, "user.password"],
    ["create", { action: "create", user: { ...newUser, first_name: "六个中文字符" } }, "user.first_name"],
    ["create", { action: "create", user: { ...newUser, last_name: "x".repeat(65) } }, "user.last_name"],
    ["create", { action: "create", user: { ...newUser, admin: true } }, "user"],
    ["create", { action: "create", user: { ...newUser, division_ids: ["a", "b"] } }, "user.division_ids"],
    ["update", { userId, changes: {} }, "changes"],
    ["update", { userId, changes: { dept: undefined } }, "changes"],
    ["update", { userId, changes: { role: "admin" } }, "changes"],
    ["update", { userId, changes: { type: 2, zoom_one_type: 16 } }, "changes.type"],
    ["update", { userId, changes: { type: 1, plan_united_type: "none" } }, "changes.type"],
    ["update", { userId, changes: { zoom_one_type: 17 } }, "changes.zoom_one_type"],
    ["update", { userId, changes: { pmi: 123456789 } }, "changes.pmi"],
    ["update", { userId, changes: { host_key: "12345" } }, "changes.host_key"],
    ["update", { userId, changes: { about_me: "See www.example.com" } }, "changes.about_me"],
    ["update", { userId, changes: { about_me: "<b>Sam</b>" } }, "changes.about_me"],
    ["update", { userId, changes: { linkedin_url: "https://example.com" } }, "changes.linkedin_url"],
    ["update", { userId, changes: { phone_number: "5550100" } }, "changes.phone_country"],
    ["update", { userId, changes: { manager: "Kim" } }, "changes.manager"],
    [
      "update",
      { userId, changes: { license_info_list: [{ ...licence, license_option: 2 }] } },
      "changes.license_info_list.0.license_option",
    ],
    [
      "update",
      { userId, changes: { license_info_list: [{ license_type: "MEETING", license_option: 2 }] } },
      "changes.license_info_list.0.subscription_id",
    ],
    ["update", { userId: "a/../b", changes: { dept: "IT" } }, "userId"],
  ])("%s refuses %j because of %s", (name, input, field) => {
    expect(faultsOf(name, input)).toContain(field);
  });

  it.each<[string, object]>([
    ["updatePassword", { userId, password: "if42!LfH@" }],
    ["updatePassword", { userId, password: "Open12345" }],
    ["create", { action: "ssoCreate", user: { ...newUser, type: 99 } }],
    ["create", { action: "autoCreate", user: { ...newUser, password: "Sesame88" } }],
    ["create", { action: "create", user: { ...newUser, display_name: "十个中文字符是可以的", type: 1 } }],
    ["update", { userId, changes: { license_info_list: [licence] } }],
    ["update", { userId, changes: { phone_number: "5550100", phone_country: "US" } }],
    ["update", { userId, changes: { zoom_one_type: 0 } }],
    ["update", { userId, changes: { dept: "" } }],
  ])("%s takes %j", (name, input) => {
    expect(faultsOf(name, input)).toEqual([]);
  });

  it("changes a presence in another spelling too, and no other call has one", () => {
    const operation = findOperation("zoom.user.updatePresence");
    const other = (status: string) => operation.alternative?.(operation.input.parse({ userId, status }));
    expect(other("Do_Not_Disturb")?.body).toEqual({ status: "Do_No_Disturb" });
    expect(other("Away")).toBeUndefined();
  });

  it("takes no sentence for a credential", () => {
    for (const name of ["zoom.user.getToken", "zoom.user.getZak"]) {
      const { output } = findOperation(name);
      expect(output.safeParse({ token: "eyJ0.abc-_1", more: 1 }).success).toBe(true);
      for (const token of ["", null, "Token is no longer supported. Please use ZAK token instead."])
        expect(output.safeParse({ token }).success).toBe(false);
    }
  });

  it("names what is secret in it", () => {
    expect(findOperation("zoom.user.getToken").secrets).toEqual(["token"]);
    expect(findOperation("zoom.user.getZak").secrets).toEqual(["token"]);
    expect(findOperation("zoom.user.updatePassword").secretInputs).toEqual(["password"]);
    expect(findOperation("zoom.user.create").secretInputs).toEqual(["user.password"]);
    expect(findOperation("zoom.user.update").secretInputs).toEqual(["changes.host_key"]);
  });
});
