import {
  startCloudflareSimulator,
  type CloudflareSimulator,
  type CloudflareSimulatorOptions,
} from "../../playground/cloudflare/server.ts";
import {
  startZoomSimulator,
  type ZoomSimulator,
  type ZoomSimulatorOptions,
} from "../../playground/zoom/server.ts";
import {
  startSlackSimulator,
  type SlackSimulator,
  type SlackSimulatorOptions,
} from "../../playground/slack/server.ts";
import { zoomOperations } from "../../src/catalogue/zoom/operations.ts";
import { createCloudflareConnector } from "../../src/connectors/cloudflare.ts";
import { createConnectors, type Connector } from "../../src/connectors/connector.ts";
import { createSlackAdminConnector } from "../../src/connectors/slack-admin.ts";
import { createZoomConnector } from "../../src/connectors/zoom.ts";
import { createInstantClock, type InstantClock } from "../connectors/instant-clock.ts";

/** The pretend vendors, and the real connectors to them. */
export interface PreparedWorld {
  zoom: ZoomSimulator;
  cloudflare: CloudflareSimulator;
  slack: SlackSimulator;
  connector: Connector;
  /** The connectors' clock, on which waiting takes no time. */
  clock: InstantClock;
  close(): Promise<void>;
}

export interface PreparedWorldOptions {
  zoom?: ZoomSimulatorOptions;
  cloudflare?: CloudflareSimulatorOptions;
  /** What the connector shows Cloudflare for a token; the pretend one's own by default. */
  cloudflareToken?: string;
  slack?: SlackSimulatorOptions;
  /** What the connector shows Slack for a token; the pretend administrator's by default. */
  slackToken?: string;
}

/** Every scope that the catalogue names for a whole account. */
const scopes = [...new Set(zoomOperations.flatMap((operation) => operation.scopes.classic))];

/** Connectors that ask these addresses, with the pretend vendors' own credentials by default. */
export function connectTo(
  { zoom, cloudflare, slack }: Pick<PreparedWorld, "zoom" | "cloudflare" | "slack">,
  addresses: { zoom?: string; cloudflare?: string; slack?: string } = {},
  {
    cloudflareToken = cloudflare.credentials.apiToken,
    slackToken = slack.credentials.adminToken,
  }: Pick<PreparedWorldOptions, "cloudflareToken" | "slackToken"> = {},
): Pick<PreparedWorld, "connector" | "clock"> {
  const clock = createInstantClock(Date.now());
  const connector = createConnectors({
    zoom: createZoomConnector({
      apiUrl: addresses.zoom ?? zoom.apiUrl,
      oauthUrl: zoom.oauthUrl,
      ...zoom.credentials,
      plan: "business",
      clock,
    }),
    cloudflare: createCloudflareConnector({
      apiUrl: addresses.cloudflare ?? cloudflare.apiUrl,
      credentials: { apiToken: cloudflareToken },
      clock,
    }),
    slack: createSlackAdminConnector({
      apiUrl: addresses.slack ?? `${slack.url}/api/`,
      token: slackToken,
      clock,
    }),
  });
  return { connector, clock };
}

/** Starts the pretend vendors, without rate limits and with every scope, by default. */
export async function startPreparedWorld(options: PreparedWorldOptions = {}): Promise<PreparedWorld> {
  const [zoom, cloudflare, slack] = await Promise.all([
    startZoomSimulator({ rateLimits: false, plan: "business", scopes, ...options.zoom }),
    startCloudflareSimulator({ rateLimits: false, ...options.cloudflare }),
    startSlackSimulator({ rateLimits: false, ...options.slack }),
  ]);
  return {
    zoom,
    cloudflare,
    slack,
    ...connectTo({ zoom, cloudflare, slack }, {}, options),
    close: async () => {
      await Promise.all([zoom.close(), cloudflare.close(), slack.close()]);
    },
  };
}
