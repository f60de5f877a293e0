import type { Operation } from "../../src/catalogue/operation.ts";
import { by, byInput, type Provocation, type Provocations } from "./provocation.ts";

const unchanged: Provocation["provoke"] = (_world, good) => good;

/** Makes the person of the good input someone else. */
function changing(facts: { isBot: true } | { isPrimaryOwner: true }): Provocation {
  return by(({ slack }, good) => {
    Object.assign(slack.users.get(String(good["userId"])) ?? {}, facts);
    return good;
  });
}

/** What any call to Slack's administration meets. */
const common: Provocations = {
  "200/user_not_found": byInput({ userId: "U0NOBODY" }),
  "200/missing_scope": by(({ slack }, good) => {
    slack.adminScopes.clear();
    return good;
  }),
  "200/not_allowed_token_type": { options: { slackToken: "xoxb-playground-bot-token" }, provoke: unchanged },
  "200/invalid_auth": { options: { slackToken: "xoxp-wrong" }, provoke: unchanged },
  "200/feature_not_enabled": { options: { slack: { enterpriseId: "" } }, provoke: unchanged },
};

const own: Readonly<Record<string, Provocations>> = {
  "slack.session.list": {
    "200/bots_not_allowed": changing({ isBot: true }),
    "200/team_not_found": byInput({ teamId: "T0ANOTHER" }),
  },
  "slack.session.reset": {
    "200/cannot_reset_bot": changing({ isBot: true }),
    "200/cannot_reset_primary_owner": changing({ isPrimaryOwner: true }),
  },
};

/** What of the pretend Slack's own rules leads an operation to a refusal such as `200/user_not_found`, if anything does. */
export function slackProvocation({ name }: Operation, refusal: string): Provocation | undefined {
  return own[name]?.[refusal] ?? common[refusal];
}
