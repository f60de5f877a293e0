import type { WebClient } from "@slack/web-api";
import type { OffboardDeps } from "../../src/deps/submission.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import { offboardFields } from "../../src/playbook/zoom-offboard.ts";
import { offboardForm } from "./form.ts";
import { refusalText } from "../blocks/refusal.ts";

/**
 * Opens the form of a waiting request, filled in as it is.
 * @returns what to tell the person where it does not open
 */
export async function openChangeForm(
  client: WebClient,
  deps: OffboardDeps & SurfaceDeps,
  asked: { requestId: string; personId: string; triggerId: string },
): Promise<string | undefined> {
  const result = await deps.changeable(asked.requestId, asked.personId);
  if (result.kind === "refused") return refusalText(result.refusal);
  const { action, ...entered } = offboardFields.parse(result.fields);
  await client.views.open({
    trigger_id: asked.triggerId,
    view: offboardForm({
      target: result.target,
      action,
      cloudflareConfigured: deps.cloudflareConfigured,
      entered,
      changes: asked.requestId,
    }),
  });
  return undefined;
}
