import type { ReleaseSubmission } from "../../deps/release.ts";
import type { SubmissionResult } from "../../deps/submission.ts";
import { findRequest } from "../../request/store.ts";
import { openRequest } from "../submit/open-request.ts";
import { createdResult } from "../submit/request-result.ts";
import { judgeRelease, refuseRelease, type ReleaseContext } from "./judge-release.ts";
import { shownHash } from "./shown-hash.ts";

/**
 * From the pressed button to a request for a release, which others approve. What would be given back is worked out again,
 * and must be what the person saw.
 * @throws DirectoryError when Slack cannot be asked; nothing is stored then
 */
export async function submitRelease(
  context: ReleaseContext,
  submission: ReleaseSubmission,
): Promise<SubmissionResult> {
  const existing = await findRequest(context.database, submission.viewId);
  if (existing !== undefined) return createdResult(existing);
  const answer = await judgeRelease(context, submission);
  if (answer.kind !== "judged") return answer;
  const { plan, judged, version, inForce } = answer;
  if (shownHash(plan) !== submission.shownHash)
    return {
      kind: "invalid",
      faults: [
        {
          field: "",
          message: "What would be given back has changed while this window was open. Open it again.",
        },
      ],
    };
  const opened = await openRequest(context, {
    viewId: submission.viewId,
    plan,
    judged,
    policyVersion: version,
    channel: context.incidentChannel,
    threadOf: inForce[0]?.requestId,
  });
  return opened.kind === "refused" ? refuseRelease(context, submission, opened.refusal) : opened.result;
}
