import { readFileSync } from "node:fs";
import { z } from "zod";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

const vendorUrl = z.string().superRefine((value, context) => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url) context.addIssue({ code: "custom", message: "is not a URL" });
  else if (url.protocol !== "https:" && !(url.protocol === "http:" && LOOPBACK.has(url.hostname)))
    context.addIssue({ code: "custom", message: "must be https, unless its host is loopback" });
});

const wholeNumber = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);
const channelId = z.string().regex(/^[CGD][A-Z0-9]{2,}$/, "is not a Slack channel id (C…)");
const cloudflareId = z.string().regex(/^[A-Za-z0-9]{1,32}$/, "is not a Cloudflare id");

/** Environment variables that hold secrets; each may also come from a file named by `NAME_FILE`. */
export const SECRET_NAMES = [
  "SLACK_BOT_TOKEN",
  "SLACK_SIGNING_SECRET",
  "SLACK_APP_TOKEN",
  "SLACK_ADMIN_TOKEN",
  "ZOOM_CLIENT_SECRET",
  "CLOUDFLARE_API_TOKEN",
  "CLOUDFLARE_API_KEY",
  "PAGERDUTY_API_TOKEN",
  "OPSGENIE_API_KEY",
  "DATABASE_URL",
  "KEYV_URL",
] as const;

const databaseSettings = {
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "is not a postgresql:// address")
    .optional(),
  DATA_DIR: z.string().default("./data"),
};

const environmentSchema = z.object({
  NODE_ENV: z.string().optional(),
  SLACK_BOT_TOKEN: z.string().regex(/^xox[be]/, "is not a bot token (xoxb-…)"),
  SLACK_SIGNING_SECRET: z.string().trim().min(8, "is too short to be a signing secret").optional(),
  SLACK_APP_TOKEN: z
    .string()
    .regex(/^xapp-/, "is not an app-level token (xapp-…)")
    .optional(),
  // Those that are renewed start with xoxe: they last twelve hours, and nobody renews them here.
  SLACK_ADMIN_TOKEN: z
    .string()
    .regex(/^xoxp-/, "is not a user token (xoxp-…)")
    .optional(),
  SLACK_API_URL: vendorUrl.default("https://slack.com/api/"),
  SLACK_TEAM_ID: z
    .string()
    .regex(/^T[A-Z0-9]+$/, "is not a workspace id (T…)")
    .optional(),
  SLACK_APP_ID: z
    .string()
    .regex(/^A[A-Z0-9]+$/, "is not an app id (A…)")
    .optional(),
  DEADBOLT_CHANNEL: channelId,
  INCIDENT_CHANNEL: channelId.optional(),
  ZOOM_ACCOUNT_ID: z.string(),
  ZOOM_CLIENT_ID: z.string(),
  ZOOM_CLIENT_SECRET: z.string(),
  ZOOM_API_URL: vendorUrl.default("https://api.zoom.us/v2"),
  ZOOM_OAUTH_URL: vendorUrl.default("https://zoom.us/oauth/token"),
  ZOOM_PLAN: z.enum(["free", "pro", "business"]).default("pro"),
  ZOOM_RATE_LIMIT_PERCENT: wholeNumber(1, 10_000).default(100),
  CLOUDFLARE_API_TOKEN: z.string().optional(),
  CLOUDFLARE_API_EMAIL: z.string().optional(),
  CLOUDFLARE_API_KEY: z.string().optional(),
  CLOUDFLARE_ACCOUNT_ID: cloudflareId.optional(),
  CLOUDFLARE_ZONE_IDS: z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        // A zone named twice is one zone.
        .filter((part, index, parts) => part !== "" && parts.indexOf(part) === index),
    )
    .pipe(z.array(cloudflareId))
    .default([]),
  CLOUDFLARE_BLOCK_LIST_ID: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,36}$/, "is not the id of a Gateway list")
    .optional(),
  CLOUDFLARE_API_URL: vendorUrl.default("https://api.cloudflare.com/client/v4"),
  CLOUDFLARE_RATE_LIMIT: wholeNumber(1, 1_000_000).default(1_200),
  PAGERDUTY_API_TOKEN: z.string().optional(),
  PAGERDUTY_API_URL: vendorUrl.default("https://api.pagerduty.com"),
  OPSGENIE_API_KEY: z.string().optional(),
  OPSGENIE_API_URL: vendorUrl.default("https://api.opsgenie.com"),
  ...databaseSettings,
  KEYV_URL: z
    .string()
    .regex(/^rediss?:\/\//, "is not a redis:// address")
    .optional(),
  POLICY_FILE: z.string().default("./policy.yml"),
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z.string().default("127.0.0.1"),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  VENDOR_TIMEOUT_SECONDS: z.coerce.number().positive().max(60).default(10),
  READ_BACK_SECONDS: z.coerce.number().min(0).max(600).default(60),
  LOCKOUT_REVOKE_AGAIN_SECONDS: z.coerce.number().min(0).max(90).default(45),
  DIRECTORY_SECONDS: z.coerce.number().min(0).max(60).default(3),
  LOCKOUT_WATCH_SECONDS: z.coerce.number().min(0.1).max(3_600).default(180),
  STOP_SECONDS: wholeNumber(1, 600).default(25),
});

export type Config = z.output<typeof environmentSchema>;

/** The environment is at fault; `faults` holds one line for each variable. Ends the process with code 78. */
export class ConfigError extends Error {
  override name = "ConfigError";
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      [
        "Deadbolt did not start. These settings are at fault:",
        ...faults.map((fault) => `  - ${fault}`),
        "docs/settings.md lists every setting; .env.example is a form to fill in.",
      ].join("\n"),
    );
    this.faults = faults;
  }
}

const VENDOR_NAMES = /^(SLACK|ZOOM|CLOUDFLARE|PAGERDUTY|OPSGENIE)_|^(DEADBOLT|INCIDENT)_CHANNEL$/;

/**
 * Whether nothing about Slack, Zoom or Cloudflare is configured, so that the playground may start instead.
 * Never in production: there nothing pretend ever starts.
 */
export function isUnconfigured(environment: NodeJS.ProcessEnv): boolean {
  if (environment["NODE_ENV"] === "production") return false;
  return !Object.entries(environment).some(([name, value]) => VENDOR_NAMES.test(name) && value);
}

function withSecretsFromFiles(environment: NodeJS.ProcessEnv, faults: string[]): Record<string, string> {
  // An empty value is a line left blank in a form, not a setting.
  const given = Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  for (const name of SECRET_NAMES) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    if (given[name] !== undefined) {
      faults.push(`${name} and ${name}_FILE are both set: keep one`);
      continue;
    }
    try {
      given[name] = readFileSync(file, "utf8").trim();
    } catch (error) {
      faults.push(
        `${name}_FILE cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}): ${file}`,
      );
    }
  }
  return given;
}

/** Faults between settings; found also where single settings are at fault, so that all are told at once. */
function faultsBetween(given: Readonly<Record<string, string>>): string[] {
  const has = (name: string) => given[name] !== undefined;
  const faults: string[] = [];
  if (!has("SLACK_SIGNING_SECRET") && !has("SLACK_APP_TOKEN"))
    faults.push("SLACK_SIGNING_SECRET is missing: set it for HTTP, or set SLACK_APP_TOKEN for Socket Mode");
  const [hasEmail, hasKey] = [has("CLOUDFLARE_API_EMAIL"), has("CLOUDFLARE_API_KEY")];
  if (hasEmail !== hasKey)
    faults.push(
      `${hasEmail ? "CLOUDFLARE_API_KEY" : "CLOUDFLARE_API_EMAIL"} is missing: the legacy pair needs both`,
    );
  const hasCredential = has("CLOUDFLARE_API_TOKEN") || hasEmail || hasKey;
  const hasPlace = has("CLOUDFLARE_ACCOUNT_ID") || has("CLOUDFLARE_ZONE_IDS");
  if (hasCredential && !hasPlace)
    faults.push("CLOUDFLARE_ACCOUNT_ID is missing: set it, or CLOUDFLARE_ZONE_IDS, or both");
  if (has("CLOUDFLARE_BLOCK_LIST_ID") && !has("CLOUDFLARE_ACCOUNT_ID"))
    faults.push("CLOUDFLARE_ACCOUNT_ID is missing: the list of CLOUDFLARE_BLOCK_LIST_ID is in an account");
  if (hasPlace && !hasCredential) faults.push("CLOUDFLARE_API_TOKEN is missing");
  return faults;
}

function parseWith<Schema extends z.ZodType>(
  schema: Schema,
  environment: NodeJS.ProcessEnv,
  between: (given: Readonly<Record<string, string>>) => string[],
): z.output<Schema> {
  const faults: string[] = [];
  const given = withSecretsFromFiles(environment, faults);
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      const message = given[name] === undefined && issue.code !== "custom" ? "is missing" : issue.message;
      faults.push(`${name} ${message}`);
    }
  }
  faults.push(...between(given));
  if (!parsed.success || faults.length > 0) throw new ConfigError([...new Set(faults)]);
  return parsed.data;
}

/**
 * Reads the whole configuration from the environment.
 * @throws ConfigError that lists every fault at once, by variable name and never with a value
 */
export function loadConfig(environment: NodeJS.ProcessEnv): Config {
  return parseWith(environmentSchema, environment, faultsBetween);
}

/** Only where the database is, for the command line. @throws ConfigError */
export function loadDatabaseConfig(
  environment: NodeJS.ProcessEnv,
): Pick<Config, "DATABASE_URL" | "DATA_DIR"> {
  return parseWith(z.object(databaseSettings), environment, () => []);
}

/** Every secret of a configuration, and the passwords inside its addresses: what must never be shown or stored. */
export function secretsOf(config: Config): string[] {
  const values = SECRET_NAMES.flatMap((name) => config[name] ?? []);
  const passwords = values.flatMap((value) => {
    const password = URL.canParse(value) ? new URL(value).password : "";
    return password === "" ? [] : [password, decoded(password)];
  });
  return [...new Set([...values, ...passwords])];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
