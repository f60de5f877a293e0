interface SlackFailure {
  code?: string;
  data?: { error?: string };
  message?: string;
}

/** Slack's error code of a failed call, or what kept it from answering. */
export function slackErrorCode(error: unknown): string {
  const failure = error as SlackFailure;
  return failure.data?.error ?? failure.code ?? failure.message ?? "unknown";
}
