import { afterAll, beforeAll, expect, it } from "vitest";
import { createRoutes, matchRoute } from "../../playground/zoom/routes.ts";
import type { VendorRequest } from "../../playground/vendor-http.ts";
import { zoomOperations } from "../../src/catalogue/zoom/operations.ts";
import { type PreparedWorld, startPreparedWorld } from "./prepared-world.ts";
import { sampleInput } from "./sample-inputs.ts";

let world: PreparedWorld;

beforeAll(async () => {
  world = await startPreparedWorld();
});

afterAll(() => world?.close());

function routeOf(operation: (typeof zoomOperations)[number]) {
  const { method, path } = operation.call(operation.input.parse(sampleInput(world, operation)));
  return matchRoute(createRoutes(), { method, path: `/v2${path}` } as VendorRequest).route;
}

it("every operation counts against the limit by which Zoom rates it", () => {
  const labels = (of: (operation: (typeof zoomOperations)[number]) => string) =>
    Object.fromEntries(zoomOperations.map((operation) => [operation.name, of(operation)]));
  expect(labels(({ rateLimit }) => rateLimit)).toEqual(
    labels((operation) => routeOf(operation).label.toLowerCase()),
  );
  expect(routeOf(zoomOperations.find(({ name }) => name === "zoom.role.assign")!).label).toBe("Medium");
});

it.each(zoomOperations)("each scope of $name suffices at Zoom", (operation) => {
  const { scopes } = routeOf(operation);
  expect(scopes).toEqual(expect.arrayContaining([...operation.scopes.granular, ...operation.scopes.classic]));
});

it.each([
  ["zoom.user.getZak", "user:read:zak"],
  ["zoom.picture.delete", "user:delete:profile_picture:admin"],
  ["zoom.meeting.get", "meeting:read:meeting:admin"],
])("%s goes by %s", (name, scope) => {
  const operation = zoomOperations.find((one) => one.name === name);
  expect(operation?.scopes.granular).toContain(scope);
  expect(operation?.limits?.join(" ") ?? "").not.toContain("no granular scope");
});
