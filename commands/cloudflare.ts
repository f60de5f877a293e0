import type { App } from "@slack/bolt";
import type { OperationDeps } from "../src/deps/operation.ts";
import type { SurfaceDeps } from "../src/deps/surface.ts";
import { registerOperationCommand } from "./open-operation.ts";

/** `/cloudflare [operation] [@person|email]`: every operation of Cloudflare's that takes access away or shows it. */
export function registerCloudflare(app: App, deps: OperationDeps & SurfaceDeps): void {
  registerOperationCommand(app, deps, "cloudflare");
}
