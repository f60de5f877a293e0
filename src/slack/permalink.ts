/** Where a message is in Slack. */
interface MessagePlace {
  channel: string;
  ts: string;
  threadTs?: string;
}

/**
 * The address under which Slack opens a message, in the form that `chat.getPermalink` answers.
 * @param workspaceUrl as `auth.test` says, with a slash at its end
 */
export function permalink(workspaceUrl: string, { channel, ts, threadTs }: MessagePlace): string {
  const thread = threadTs === undefined ? "" : `?thread_ts=${threadTs}&cid=${channel}`;
  return `${workspaceUrl}archives/${channel}/p${ts.replace(".", "")}${thread}`;
}
