import { addCloudflareBelongings, addZoomBelongings, ZOOM_SCOPES } from "./belongings.ts";
import { startCloudflareSimulator, type CloudflareSimulator } from "./cloudflare/server.ts";
import { startSlackSimulator, type SlackSimulator } from "./slack/server.ts";
import { startZoomSimulator, type ZoomSimulator } from "./zoom/server.ts";

/** The channel where requests and their threads appear. */
export const REQUESTS_CHANNEL = "C0OFFBOARD";

/** The people of the pretend company, by what they are for. */
export const PEOPLE = {
  requester: { id: "U0RILEY", name: "riley", realName: "Riley Park" },
  approver: { id: "U0ALEX", name: "alex", realName: "Alex Moreau" },
  security: { id: "U0SASHA", name: "sasha", realName: "Sasha Lind" },
  secondSecurity: { id: "U0NOOR", name: "noor", realName: "Noor Haddad" },
  target: { id: "U0SAM", name: "sam", realName: "Sam Rivers" },
  executive: { id: "U0EVE", name: "eve", realName: "Eve Castell" },
  stranger: { id: "U0DANA", name: "dana", realName: "Dana Wolf" },
  guest: { id: "U0GUEST", name: "gale", realName: "Gale Visitor" },
  administrator: { id: "U0OWEN", name: "owen", realName: "Owen Tal" },
} as const;

export type PersonName = keyof typeof PEOPLE;

export function emailOf(person: PersonName): string {
  return `${PEOPLE[person].name}@northwind.example`;
}

/** Three pretend vendors that know the same people. */
export interface Company {
  slack: SlackSimulator;
  zoom: ZoomSimulator;
  cloudflare: CloudflareSimulator;
  /** What the app must be told to talk to them. */
  environment: Record<string, string>;
  close(): Promise<void>;
}

export interface CompanyOptions {
  clock?: () => Date;
  /** Milliseconds that each vendor's answers take. */
  latency?: () => number;
  /** Whether the vendors limit rates; true by default. */
  rateLimits?: boolean;
  /** Whether Slack does; as `rateLimits` by default. */
  slackRateLimits?: boolean;
  /** What the app is granted at Zoom; all that any operation needs by default, which is more than `docs/setup.md` asks for. */
  zoomScopes?: readonly string[];
  /** Whether the app has the token of someone who administers Slack; false by default. */
  slackAdministration?: boolean;
  /** Milliseconds that Slack waits for an acknowledgement; three seconds by default. */
  acknowledgeWithin?: number;
}

/** Starts the three vendors and fills them with people. */
export async function startCompany(options: CompanyOptions = {}): Promise<Company> {
  const {
    rateLimits = true,
    slackRateLimits = rateLimits,
    slackAdministration = false,
    acknowledgeWithin,
    zoomScopes = ZOOM_SCOPES,
    ...common
  } = options;
  const [slack, zoom, cloudflare] = await Promise.all([
    startSlackSimulator({
      ...common,
      rateLimits: slackRateLimits,
      acknowledgeWithin,
    }),
    startZoomSimulator({ ...common, rateLimits, scopes: zoomScopes }),
    startCloudflareSimulator({ ...common, ...(rateLimits ? {} : { rateLimits: false }) }),
  ]);
  fillSlack(slack);
  fillZoom(zoom);
  fillCloudflare(cloudflare);
  return {
    slack,
    zoom,
    cloudflare,
    environment: {
      ...environmentOf(slack, zoom, cloudflare),
      ...(slackAdministration ? { SLACK_ADMIN_TOKEN: slack.credentials.adminToken } : {}),
    },
    close: async () => {
      await Promise.all([slack.close(), zoom.close(), cloudflare.close()]);
    },
  };
}

function fillSlack(slack: SlackSimulator): void {
  for (const [key, person] of Object.entries(PEOPLE))
    slack.addUser({
      ...person,
      email: emailOf(key as PersonName),
      timeZone: key === "security" ? "Europe/Stockholm" : "America/New_York",
      isRestricted: key === "guest",
      isAdmin: key === "administrator",
    });
  for (const { id } of Object.values(PEOPLE)) slack.signIn(id);
  const { requester, approver, security, secondSecurity, executive, guest } = PEOPLE;
  slack.addUsergroup({ id: "S0IT", handle: "it", name: "IT", users: [requester.id, approver.id, guest.id] });
  slack.addUsergroup({
    id: "S0SEC",
    handle: "security",
    name: "Security",
    users: [security.id, secondSecurity.id],
  });
  slack.addUsergroup({ id: "S0EXEC", handle: "executives", name: "Executives", users: [executive.id] });
  slack.addChannel({
    id: REQUESTS_CHANNEL,
    name: "offboarding",
    members: Object.values(PEOPLE).map((person) => person.id),
  });
}

function fillZoom(zoom: ZoomSimulator): void {
  for (const [key, person] of Object.entries(PEOPLE)) {
    const [firstName = "", lastName = ""] = person.realName.split(" ");
    const user = zoom.addUser({
      email: emailOf(key as PersonName),
      first_name: firstName,
      last_name: lastName,
      display_name: person.realName,
      type: 2,
      login_types: [101],
    });
    zoom.signIn(user.id);
  }
  addZoomBelongings(zoom, emailOf("target"), emailOf("approver"));
}

function fillCloudflare(cloudflare: CloudflareSimulator): void {
  for (const key of Object.keys(PEOPLE) as PersonName[]) {
    const user = cloudflare.addAccessUser({ email: emailOf(key), name: PEOPLE[key].realName });
    cloudflare.addSession(user.id);
  }
  addCloudflareBelongings(cloudflare, [emailOf("target"), emailOf("approver")]);
  // Found by Cloudflare's search for sam@…, and someone else: the app must compare for itself.
  cloudflare.addAccessUser({ email: `not-${emailOf("target")}`, name: "Not Sam" });
}

function environmentOf(
  slack: SlackSimulator,
  zoom: ZoomSimulator,
  cloudflare: CloudflareSimulator,
): Record<string, string> {
  return {
    SLACK_API_URL: `${slack.url}/api/`,
    SLACK_BOT_TOKEN: slack.credentials.botToken,
    SLACK_SIGNING_SECRET: slack.credentials.signingSecret,
    SLACK_APP_ID: slack.credentials.appId,
    DEADBOLT_CHANNEL: REQUESTS_CHANNEL,
    ZOOM_API_URL: zoom.apiUrl,
    ZOOM_OAUTH_URL: zoom.oauthUrl,
    ZOOM_ACCOUNT_ID: zoom.credentials.accountId,
    ZOOM_CLIENT_ID: zoom.credentials.clientId,
    ZOOM_CLIENT_SECRET: zoom.credentials.clientSecret,
    CLOUDFLARE_API_URL: cloudflare.apiUrl,
    CLOUDFLARE_API_TOKEN: cloudflare.credentials.apiToken,
    CLOUDFLARE_ACCOUNT_ID: cloudflare.credentials.accountId,
    CLOUDFLARE_ZONE_IDS: cloudflare.credentials.zoneIds.join(","),
    CLOUDFLARE_BLOCK_LIST_ID: [...cloudflare.denyListIds][0] ?? "",
  };
}
