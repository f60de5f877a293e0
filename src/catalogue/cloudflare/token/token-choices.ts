import type { Choices } from "../../known.ts";
import { byAccount } from "../known-user.ts";
import { listAccountTokens } from "./list-account-tokens.ts";
import { listServiceTokens } from "./list-service-tokens.ts";

/** The account's service tokens. */
export const serviceTokens: Choices = {
  operation: listServiceTokens.name,
  input: byAccount,
  list: (output) =>
    (listServiceTokens.output.safeParse(output).data ?? []).map(
      ({ id, name, enabled, last_seen_at: seen }) => ({
        value: id,
        title: name || id,
        description: [
          enabled === false ? "disabled" : "enabled",
          ...(seen ? [`last seen ${seen}`] : []),
        ].join(", "),
      }),
    ),
};

/** The account's API tokens; the whole of one comes along, since Cloudflare replaces it as a whole. */
export const accountTokens: Choices = {
  operation: listAccountTokens.name,
  input: byAccount,
  fills: ["name", "policies", "condition", "expiresOn", "notBefore"],
  list: (output) =>
    (listAccountTokens.output.safeParse(output).data ?? []).map((token) => ({
      value: token.id,
      title: token.name || token.id,
      description: [token.status, ...(token.last_used_on ? [`last used ${token.last_used_on}`] : [])]
        .filter((part) => part)
        .join(", "),
      with: {
        name: token.name ?? undefined,
        policies: token.policies ?? undefined,
        condition: token.condition ?? undefined,
        expiresOn: token.expires_on ?? undefined,
        notBefore: token.not_before ?? undefined,
      },
    })),
};
