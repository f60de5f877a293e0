import { covers } from "../catalogue/scope.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import type { ZoomConnector } from "../connectors/zoom.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { foundByFailure, foundFault, foundWell, type CredentialFinding } from "./finding.ts";

const APP = ["ZOOM_CLIENT_ID", "ZOOM_CLIENT_SECRET"];

/** The scope sets of what lockouts, their releases and deactivations need; any one scope of a set is enough. */
function scopesNeeded(): readonly (readonly string[])[] {
  const operations = [
    ...KNOWN_PLAYBOOKS.filter(({ name }) => name === "lockout" || name === "release"),
    ...KNOWN_PLAYBOOKS.filter(({ name }) => name === "zoom-offboard"),
  ].flatMap((playbook) => playbook.operations(playbook.name === "zoom-offboard" ? "deactivate" : undefined));
  const sets = operations
    .map(({ scopes }) => scopes)
    .filter((scopes) => scopes.some((scope) => scope.startsWith("zoom:")));
  return [...new Map(sets.map((scopes) => [scopes.join(), scopes])).values()];
}

/** The scopes, narrowest of each set, that a Zoom app lacks for lockouts, releases and deactivations. */
export function lackingZoomScopes(granted: readonly string[]): string[] {
  return scopesNeeded().flatMap((needed) => {
    const isHeld = granted.some((held) => needed.some((one) => covers(`zoom:${held}`, one)));
    const [narrowest = ""] = needed;
    return isHeld ? [] : [narrowest.replace(/^zoom:/, "")];
  });
}

type Zoom = Pick<ZoomConnector, "grantedScopes">;

/** Whether Zoom gives us a token, and the scopes that it grants; none where it gives no token or does not say. */
export async function checkZoomToken(
  zoom: Zoom,
): Promise<{ finding: CredentialFinding; granted: readonly string[] }> {
  try {
    const granted = await zoom.grantedScopes();
    return { finding: foundWell(["ZOOM_ACCOUNT_ID", ...APP], "Zoom accepts them."), granted };
  } catch (error) {
    const isAboutApp = isVendorError(error) && /client/i.test(error.facts.vendorMessage ?? "");
    const settings = isAboutApp ? APP : ["ZOOM_ACCOUNT_ID", ...APP];
    return { finding: foundByFailure(settings, error), granted: [] };
  }
}

/** Whether Zoom gives us a token, and one that may do what lockouts and deactivations need: one request. */
export async function checkZoom(zoom: Zoom): Promise<CredentialFinding[]> {
  const { finding, granted } = await checkZoomToken(zoom);
  // Without a word of scopes there is nothing to compare.
  const lacking = granted.length === 0 ? [] : lackingZoomScopes(granted);
  if (lacking.length === 0) return [finding];
  const missing = `Zoom's app lacks ${lacking.length === 1 ? "the scope" : "the scopes"} ${lacking.join(", ")}`;
  return [
    finding,
    foundFault(
      ["ZOOM_CLIENT_ID"],
      `${missing}. Steps that need them will fail; add them in the Zoom Marketplace.`,
    ),
  ];
}
