import type { EnteredTarget } from "../../deps/person.ts";
import type { ReleasePreviewResult } from "../../deps/release.ts";
import { release } from "../../playbook/release.ts";
import { judgeRelease, type ReleaseContext } from "./judge-release.ts";
import { shownHash } from "./shown-hash.ts";

/** What a release of someone would give back now, for those who may ask for it. @throws DirectoryError */
export async function previewRelease(
  context: ReleaseContext,
  personId: string,
  target: EnteredTarget,
): Promise<ReleasePreviewResult> {
  const answer = await judgeRelease(context, {
    viewId: `release:${personId}`,
    requesterId: personId,
    target,
    reason: "Preview",
  });
  if (answer.kind !== "judged") return answer;
  const { plan, judged, inForce } = answer;
  const { name, email = "", slackId } = plan.target;
  const { decision } = judged;
  return {
    kind: "previewed",
    preview: {
      person: { name, email, slackId },
      lockouts: inForce.map(({ requestId, since }) => ({ requestId, since })),
      restores: plan.steps
        .filter(({ id }) => id !== "snapshot")
        .map(({ title, changes = [] }) => ({ title, changes })),
      lost: release.fields.parse(plan.fields).lost,
      hash: shownHash(plan),
      rules: decision.kind === "needs_approval" ? decision.rules.map(({ description }) => description) : [],
    },
  };
}
