import type { App } from "@slack/bolt";
import type { OperationDeps } from "../src/deps/operation.ts";
import type { SurfaceDeps } from "../src/deps/surface.ts";
import { registerOperationCommand } from "./open-operation.ts";

/** `/zoom [operation] [@person|email]`: every operation of the Zoom Users API. */
export function registerZoom(app: App, deps: OperationDeps & SurfaceDeps): void {
  registerOperationCommand(app, deps, "zoom");
}
