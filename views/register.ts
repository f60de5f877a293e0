import type { App } from "@slack/bolt";
import type { Deps } from "../src/deps/deps.ts";
import { registerApprovalView } from "./request/decide.ts";
import { registerLockoutTending } from "./lockout/tending.ts";
import { createWatching, registerWatchView } from "./lockout/watch.ts";
import { registerLockoutView } from "./lockout/lockout.ts";
import { registerReleaseView } from "./lockout/release.ts";
import { registerOperationAnswer } from "./operation/answer.ts";
import { registerOperationForm } from "./operation/form.ts";
import { registerOperationPicker } from "./operation/picker.ts";
import { registerRequestMenu } from "./request/menu.ts";
import { registerReview } from "./request/review.ts";
import { registerOffboardView } from "./offboard/submit.ts";

/** Every surface that people act on. */
export function registerViews(app: App, deps: Deps): void {
  const watching = createWatching(deps);
  registerOffboardView(app, deps);
  registerLockoutView(app, deps, watching);
  registerLockoutTending(app, deps, watching);
  registerWatchView(app);
  registerReleaseView(app, deps);
  registerApprovalView(app, deps);
  registerRequestMenu(app, deps);
  registerReview(app, deps);
  registerOperationPicker(app, deps);
  registerOperationForm(app, deps);
  registerOperationAnswer(app, deps);
}
