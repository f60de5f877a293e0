import type { App } from "@slack/bolt";
import type { Deps } from "../src/deps.ts";
import { registerDeadbolt } from "./deadbolt.ts";
import { registerZoomOffboard } from "./zoom-offboard.ts";

/** Every slash command; manifest.yml declares the same ones. */
export function registerCommands(app: App, deps: Deps): void {
  registerZoomOffboard(app, deps);
  registerDeadbolt(app, deps);
}
