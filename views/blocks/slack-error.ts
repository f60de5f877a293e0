/** Slack's code for why it refused a call of the Web API; undefined for any other error. */
export function slackErrorCode(error: unknown): string | undefined {
  return (error as { data?: { error?: string } }).data?.error;
}
