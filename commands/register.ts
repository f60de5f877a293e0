import type { App } from "@slack/bolt";
import type { Deps } from "../src/deps/deps.ts";
import type { SecondFactorDeps } from "../src/second-factor/deps.ts";
import type { LockoutForms } from "../views/lockout/open-form.ts";
import { registerCloudflare } from "./cloudflare.ts";
import { registerLockout } from "./lockout.ts";
import { registerDeadbolt } from "./deadbolt.ts";
import { registerZoom } from "./zoom.ts";
import { registerZoomOffboard } from "./zoom-offboard.ts";

/** Every slash command; manifest.yml declares the same ones. */
export function registerCommands(
  app: App,
  deps: Deps,
  { factor, lockoutForms }: { factor: SecondFactorDeps; lockoutForms: LockoutForms },
): void {
  registerZoomOffboard(app, deps);
  registerLockout(app, deps, lockoutForms);
  registerZoom(app, deps);
  registerCloudflare(app, deps);
  registerDeadbolt(app, deps, factor);
}
