import { checkZoomToken } from "../credentials/zoom.ts";
import type { TestablePlaybook } from "../permission/policy-file/keep-policy.ts";
import type { Policy } from "../permission/schema.ts";
import { credentialFinding, type Finding } from "./finding.ts";
import { zoomScopeFindings } from "./zoom-needs.ts";

/**
 * Asks Zoom for a token, and compares its scopes with what the policy lets people request.
 * @param policy the policy in force; without it only the token is looked at
 */
export async function zoomFindings(
  zoom: Parameters<typeof checkZoomToken>[0],
  policy: Policy | undefined,
  playbooks: readonly TestablePlaybook[],
): Promise<Finding[]> {
  const { finding, granted } = await checkZoomToken(zoom);
  if (finding.kind !== "ok") return [credentialFinding("zoom", finding, "Copy the values again.")];
  // Without a word of scopes there is nothing to compare.
  return policy === undefined || granted.length === 0 ? [] : zoomScopeFindings(granted, policy, playbooks);
}
