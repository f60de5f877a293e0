import type { App } from "@slack/bolt";
import type { Deps } from "../src/deps.ts";
import { registerApprovalView } from "./approval.ts";
import { registerOffboardView } from "./zoom-offboard.ts";

/** Every surface that people act on. */
export function registerViews(app: App, deps: Deps): void {
  registerOffboardView(app, deps);
  registerApprovalView(app, deps);
}
