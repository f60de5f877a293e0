import type { Question } from "./init-dialog.ts";

/** What is asked for, and where it is found. */

export const HOST: Question = {
  setting: "host",
  message: "Which public host leads to this machine? (such as deadbolt.example.com)",
  pattern: /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?$/i,
  fault: "Only the host, without https:// and without a path.",
};

export const BOT_TOKEN: Question = {
  setting: "SLACK_BOT_TOKEN",
  message: "Bot User OAuth Token: the app's page, OAuth & Permissions (xoxb-…)",
  pattern: /^xoxb-[\w-]+$/,
  fault: "A bot token begins with xoxb-.",
  isSecret: true,
};

export const SIGNING_SECRET: Question = {
  setting: "SLACK_SIGNING_SECRET",
  message: "Signing Secret: the app's page, Basic Information, App Credentials",
  pattern: /^\S{8,}$/,
  fault: "A signing secret has at least 8 characters and no spaces.",
  isSecret: true,
};

export const APP_TOKEN: Question = {
  setting: "SLACK_APP_TOKEN",
  message: "App-Level Token with connections:write: Basic Information, App-Level Tokens (xapp-…)",
  pattern: /^xapp-[\w-]+$/,
  fault: "An app-level token begins with xapp-.",
  isSecret: true,
};

export const CHANNEL: Question = {
  setting: "DEADBOLT_CHANNEL",
  message:
    "Id of a private channel for requests: at the end of its details (C…); /invite @Deadbolt there first",
  pattern: /^[CG][A-Z0-9]{2,}$/,
  fault: "A channel's id begins with C and has capital letters and digits only.",
};

const ZOOM_PAGE = "Zoom App Marketplace, your server-to-server app, App Credentials";

export const ZOOM: readonly Question[] = [
  {
    setting: "ZOOM_ACCOUNT_ID",
    message: `Account ID: ${ZOOM_PAGE} (docs/setup.md lists the scopes to tick)`,
    pattern: /^\S+$/,
    fault: "An account id has no spaces.",
  },
  {
    setting: "ZOOM_CLIENT_ID",
    message: "Client ID: the same page",
    pattern: /^\S+$/,
    fault: "A client id has no spaces.",
  },
  {
    setting: "ZOOM_CLIENT_SECRET",
    message: "Client Secret: the same page",
    pattern: /^\S+$/,
    fault: "A client secret has no spaces.",
    isSecret: true,
  },
];

export const CLOUDFLARE: readonly Question[] = [
  {
    setting: "CLOUDFLARE_API_TOKEN",
    message: "API token: Manage Account, Account API Tokens (docs/setup.md lists its permissions)",
    pattern: /^[\w.~+/-]+=*$/,
    fault: "A token has no spaces and no quotes.",
    isSecret: true,
  },
  {
    setting: "CLOUDFLARE_ACCOUNT_ID",
    message: "Account id: in the address of the dashboard, after dash.cloudflare.com/",
    pattern: /^[A-Za-z0-9]{1,32}$/,
    fault: "An account id is up to 32 letters and digits.",
  },
  {
    setting: "CLOUDFLARE_BLOCK_LIST_ID",
    message: "Id of the block list: Zero Trust, My Team, Lists, in the address of the list",
    pattern: /^[A-Za-z0-9-]{1,36}$/,
    fault: "A list's id is up to 36 letters, digits and hyphens.",
  },
];
