import type { App } from "@slack/bolt";
import type { Deps } from "../src/deps.ts";
import { registerApprovalView } from "./approval.ts";
import { registerOperationAnswer } from "./operation-answer.ts";
import { registerOperationForm } from "./operation-form.ts";
import { registerOperationPicker } from "./operation-picker.ts";
import { registerRequestMenu } from "./request-menu.ts";
import { registerReview } from "./review.ts";
import { registerOffboardView } from "./zoom-offboard.ts";

/** Every surface that people act on. */
export function registerViews(app: App, deps: Deps): void {
  registerOffboardView(app, deps);
  registerApprovalView(app, deps);
  registerRequestMenu(app, deps);
  registerReview(app, deps);
  registerOperationPicker(app, deps);
  registerOperationForm(app, deps);
  registerOperationAnswer(app, deps);
}
