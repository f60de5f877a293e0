import type { App } from "@slack/bolt";
import type { Deps } from "../src/deps/deps.ts";
import { registerApprove } from "./request/approve.ts";
import { registerDeny } from "./request/deny.ts";
import { registerLockoutTending } from "./lockout/tending.ts";
import { createWatching, registerWatchView } from "./lockout/watch.ts";
import { createLockoutForms, type LockoutForms } from "./lockout/open-form.ts";
import { registerLockoutView } from "./lockout/lockout.ts";
import { registerReleaseView } from "./lockout/release.ts";
import { registerOperationAnswer } from "./operation/answer.ts";
import { registerOperationForm } from "./operation/form.ts";
import { registerOperationPicker } from "./operation/picker.ts";
import { registerRequestMenu } from "./request/menu.ts";
import { registerReview } from "./request/review.ts";
import { registerOffboardView } from "./offboard/submit.ts";

/**
 * Every surface that people act on.
 * @returns the forms of `/lockout`, which commands open as well
 */
export function registerViews(app: App, deps: Deps): LockoutForms {
  const lockoutForms = createLockoutForms(deps);
  const watching = createWatching(deps);
  registerOffboardView(app, deps);
  registerLockoutView(app, deps, { lockoutForms, watching });
  registerLockoutTending(app, deps, { lockoutForms, watching });
  registerWatchView(app);
  registerReleaseView(app, deps);
  registerApprove(app, deps);
  registerDeny(app, deps);
  registerRequestMenu(app, deps);
  registerReview(app, deps);
  registerOperationPicker(app, deps);
  registerOperationForm(app, deps);
  registerOperationAnswer(app, deps);
  return lockoutForms;
}
