import type { App } from "@slack/bolt";
import type { Deps } from "../src/deps/deps.ts";
import { registerOperationCommand } from "./open-operation.ts";

/** `/cloudflare [operation] [@person|email]`: every operation of Cloudflare's that takes access away or shows it. */
export function registerCloudflare(app: App, deps: Deps): void {
  registerOperationCommand(app, deps, "cloudflare");
}
