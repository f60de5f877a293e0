import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { createCloudflareConnector } from "../connectors/cloudflare.ts";
import { createConnectors, type Connector } from "../connectors/connector.ts";
import { cloudflareRateLimit } from "../connectors/rate-limit.ts";
import { createSlackAdminConnector } from "../connectors/slack-admin.ts";
import { createZoomConnector, type ZoomConnector } from "../connectors/zoom.ts";
import { createShortLivedStore } from "./short-lived-store.ts";

function cloudflareCredentials(
  config: Config,
): { apiToken: string } | { email: string; key: string } | undefined {
  if (config.CLOUDFLARE_API_TOKEN !== undefined) return { apiToken: config.CLOUDFLARE_API_TOKEN };
  if (config.CLOUDFLARE_API_EMAIL === undefined || config.CLOUDFLARE_API_KEY === undefined) return undefined;
  return { email: config.CLOUDFLARE_API_EMAIL, key: config.CLOUDFLARE_API_KEY };
}

/** The vendors that are configured, behind one door, and Zoom's own word on what it grants. */
export interface Vendors {
  connector: Connector;
  zoom: Pick<ZoomConnector, "grantedScopes">;
}

export async function createConnector(config: Config, log: Logger): Promise<Vendors> {
  const timeout = config.VENDOR_TIMEOUT_SECONDS * 1_000;
  const store = await createShortLivedStore(config, "zoom-token", log);
  const zoom = createZoomConnector({
    apiUrl: config.ZOOM_API_URL,
    oauthUrl: config.ZOOM_OAUTH_URL,
    accountId: config.ZOOM_ACCOUNT_ID,
    clientId: config.ZOOM_CLIENT_ID,
    clientSecret: config.ZOOM_CLIENT_SECRET,
    plan: config.ZOOM_PLAN,
    rateLimitPercent: config.ZOOM_RATE_LIMIT_PERCENT,
    tokenStore: {
      get: (key) => store.get<string>(key),
      set: (key, value, milliseconds) => store.set(key, value, milliseconds),
    },
    timeout,
  });
  const credentials = cloudflareCredentials(config);
  if (credentials !== undefined && !("apiToken" in credentials))
    log.warn("Cloudflare's legacy global key is in use; an API token with one permission is safer");
  const connector = createConnectors({
    zoom,
    slack:
      config.SLACK_ADMIN_TOKEN === undefined
        ? undefined
        : createSlackAdminConnector({
            apiUrl: config.SLACK_API_URL,
            token: config.SLACK_ADMIN_TOKEN,
            timeout,
          }),
    cloudflare:
      credentials === undefined
        ? undefined
        : createCloudflareConnector({
            apiUrl: config.CLOUDFLARE_API_URL,
            credentials,
            rateLimit: { ...cloudflareRateLimit, requests: config.CLOUDFLARE_RATE_LIMIT },
            timeout,
          }),
  });
  return { connector, zoom };
}
