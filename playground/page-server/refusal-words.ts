/** Slack's error codes that mean that the app did something wrong, and what they say in plain words. */
const WORDS: Record<string, string> = {
  bot_not_found: "The app named a bot that does not exist.",
  cannot_dm_bot: "The app tried to write to itself.",
  cant_delete_message: "The app tried to delete a message that is not its own.",
  cant_update_message: "The app tried to change a message that is not its own.",
  channel_not_found: "The app wrote to a channel that does not exist, or that it cannot see.",
  dispatch_failed: "Slack could not hand this to the app: nobody answered. Nothing was done.",
  duplicate_external_id: "The app gave two open forms the same external id.",
  exchanged_trigger_id: "The app tried to open a second form with one click; each click opens one.",
  expired_trigger_id: "The app opened its form too late: Slack allows three seconds after the click.",
  hash_conflict: "The app changed a form that had changed since it last looked.",
  invalid_arguments: "Slack cannot show what the app sent.",
  invalid_auth: "Slack does not know the token that the app used.",
  invalid_blocks: "Slack cannot show a part of the message that the app sent.",
  invalid_cursor: "The app asked for a page of a list that does not exist.",
  invalid_limit: "The app asked for a list of an impossible length.",
  invalid_metadata_format: "The data behind the app's message is not of the form that Slack takes.",
  invalid_payload: "The app answered with something that is no JSON.",
  invalid_trigger_id: "The app used a click that Slack does not know.",
  invalid_url: "The app answered to an address that Slack does not know.",
  is_archived: "The app wrote to a channel that is archived.",
  metadata_too_large: "The data behind the app's message is too large.",
  missing_scope: "The app did something that its installation does not allow: a scope is missing.",
  msg_blocks_too_long: "The app's message is too long: its blocks together exceed Slack's limit.",
  msg_too_long: "The app's message is too long.",
  no_original_message: "The app tried to replace a message where there is none.",
  no_such_subteam: "The app asked for a user group that does not exist.",
  no_text: "The app sent a message without any text.",
  not_allowed_token_type: "The app used the wrong kind of token.",
  not_authed: "The app called Slack without a token.",
  not_in_channel: "The app wrote to a channel that it is not a member of.",
  operation_timeout:
    "The app did not answer within three seconds, so Slack says that this failed. It may still have worked.",
  push_limit_reached: "The app tried to lay a fourth form on three others; Slack stacks three.",
  thread_not_found: "The app answered in a thread that does not exist.",
  unknown_method: "The app called a method that Slack does not have.",
  used_url: "The app answered to one address more than five times.",
  expired_url: "The app answered to an address after more than thirty minutes.",
  user_disabled: "The app wrote to somebody who is deactivated.",
  user_not_in_channel: "The app wrote, for one person only, into a channel where they are not.",
  users_list_not_supplied: "The app opened a direct conversation with nobody.",
  view_too_large: "The app's form is too large for Slack.",
};

/** Answers that are news, not mistakes: nobody has this e-mail, the form was closed, the message was deleted. */
const ORDINARY = new Set([
  "users_not_found",
  "user_not_found",
  "not_found",
  "message_not_found",
  "ratelimited",
]);

/** Whether a code of Slack's tells that the app was wrong. */
export function isAppsFault(code: string): boolean {
  return !ORDINARY.has(code);
}

const DETAILS_SHOWN = 3;

/**
 * A code in plain words.
 * @param details what Slack says besides: which block is wrong, and how
 */
export function refusalWords(code: string, details: readonly string[] = []): string {
  const words = WORDS[code] ?? `Slack refused what the app did: ${code}.`;
  if (details.length === 0) return words;
  const more = details.length > DETAILS_SHOWN ? ` (and ${details.length - DETAILS_SHOWN} more)` : "";
  const said = details
    .slice(0, DETAILS_SHOWN)
    .map((detail) =>
      detail.replace(/ ?\[json-pointer:([^\]]*)\]/, (_, pointer: string) => ` at ${pointer || "/"}`),
    );
  return `${words} Slack says: ${said.join("; ")}${more}.`;
}
