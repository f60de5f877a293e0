import type { App } from "@slack/bolt";
import type { Deps } from "../src/deps/deps.ts";
import { registerOperationCommand } from "./open-operation.ts";

/** `/zoom [operation] [@person|email]`: every operation of the Zoom Users API. */
export function registerZoom(app: App, deps: Deps): void {
  registerOperationCommand(app, deps, "zoom");
}
