import type { Execute } from "../connectors/connector.ts";
import type { ZoomConnector } from "../connectors/zoom.ts";
import { checkCloudflare, type CloudflareSettings } from "./cloudflare.ts";
import type { CredentialFinding } from "./finding.ts";
import { checkSlackScopes } from "./slack.ts";
import { checkZoom } from "./zoom.ts";

export interface CredentialParts {
  settings: CloudflareSettings;
  zoom: Pick<ZoomConnector, "grantedScopes">;
  execute: Execute;
  /** The bot's scopes, as Slack named them; undefined where it has not, or was not asked. */
  slackScopes: readonly string[] | undefined;
}

/** Asks every vendor, side by side and by reads only, whether our credentials are of use. */
export async function checkCredentials(parts: CredentialParts): Promise<CredentialFinding[]> {
  const [zoom, cloudflare] = await Promise.all([
    checkZoom(parts.zoom),
    checkCloudflare(parts.execute, parts.settings),
  ]);
  return [...checkSlackScopes(parts.slackScopes), ...zoom, ...cloudflare];
}
