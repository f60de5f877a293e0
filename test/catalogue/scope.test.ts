import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findOperation, operations } from "../../src/catalogue/registry.ts";
import { covers, holdsScopeFor, scopesOf } from "../../src/catalogue/scope.ts";

const word = fc.stringMatching(/^[a-z_]{1,6}$/);
const scope = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(":"));

describe("a scope", () => {
  it("covers itself, and is covered by a star in place of any of its tails", () => {
    fc.assert(
      fc.property(scope, fc.nat(4), (needed, cut) => {
        expect(covers(needed, needed)).toBe(true);
        expect(covers("*", needed)).toBe(true);
        const words = needed.split(":");
        const kept = words.slice(0, cut);
        if (kept.length < words.length) expect(covers([...kept, "*"].join(":"), needed)).toBe(true);
      }),
    );
  });

  it("without a star covers nothing but itself", () => {
    fc.assert(
      fc.property(scope, scope, (granted, needed) => covers(granted, needed) === (granted === needed)),
    );
  });

  it.each([
    ["zoom:user:*", "zoom:user_zak:read"],
    ["zoom:us*", "zoom:user:read:admin"],
    ["zoom:*", "zoom"],
    ["zoom:*", "cloudflare:access:read"],
    ["*:read", "access:read"],
    ["", "zoom:user:read:admin"],
    ["zoom:user:read:admin", "zoom:user:write:admin"],
  ])("%j does not cover %j", (granted, needed) => {
    expect(covers(granted, needed)).toBe(false);
  });

  it.each([
    ["zoom:user:write:admin", "zoom:user:write:admin"],
    ["zoom:user:update:status:admin", "zoom:user:update:status:admin"],
    ["zoom:user:update:*", "zoom:user:update:*"],
    ["*", "*"],
  ])("%j is enough to change a Zoom user's status", (granted, by) => {
    const answer = holdsScopeFor(["cloudflare:*", granted], findOperation("zoom.user.updateStatus"));
    expect(answer).toEqual({ held: true, by });
  });

  it.each([["zoom:user:update:status"], ["zoom:user:read:admin"], ["zoom:user:delete:*"], ["cloudflare:*"]])(
    "%j is not enough to change a Zoom user's status, and the narrowest that would be is named",
    (granted) => {
      const answer = holdsScopeFor([granted], findOperation("zoom.user.updateStatus"));
      expect(answer).toEqual({ held: false, needed: "zoom:user:update:status:admin" });
    },
  );

  it("of nobody is enough for nothing", () => {
    for (const operation of operations) expect(holdsScopeFor([], operation).held).toBe(false);
  });

  it("is listed narrowest first with the vendor in front", () => {
    expect(scopesOf(findOperation("zoom.user.get"))).toEqual([
      "zoom:user:read:user:admin",
      "zoom:user:read:admin",
      "zoom:user:write:admin",
    ]);
    expect(scopesOf(findOperation("cloudflare.access.revokeUserInZone"))).toEqual([
      "cloudflare:access:revoke",
    ]);
  });
});
