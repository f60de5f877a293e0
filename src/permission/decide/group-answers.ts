/**
 * Whether someone is in a user group: yes, no, `absent` where Slack lists no such group, `unanswered` where Slack could
 * not be asked. Only a yes gives a role; only a no says that a protection or a deny rule does not apply.
 */
export type GroupAnswer = boolean | "absent" | "unanswered";
export type GroupAnswers = Readonly<Record<string, GroupAnswer>>;

/** A no depends on user groups that Slack could not be asked about. Never taken for "not a member". */
export class UnansweredGroupError extends Error {
  override readonly name = "UnansweredGroupError";
  /** Slack's own error code, where it is known. */
  readonly slackError: string;

  constructor(groups: readonly string[], slackError = "no_answer") {
    super(`Slack did not say who is in the user group ${groups.join(", ")}: ${slackError}.`);
    this.slackError = slackError;
  }
}

/** Groups without a yes or no. */
export function openGroups(answers: GroupAnswers): string[] {
  return Object.keys(answers).filter((group) => typeof answers[group] !== "boolean");
}

/** The same answers, with `isIn` for those groups that have neither yes nor no, nor anything known of before. */
export function supposeGroups(
  answers: GroupAnswers,
  isIn: boolean,
  lastKnown: Readonly<Record<string, boolean>> = {},
): Record<string, boolean> {
  return Object.fromEntries(
    Object.entries(answers).map(([group, answer]) => [
      group,
      typeof answer === "boolean" ? answer : (lastKnown[group] ?? isIn),
    ]),
  );
}
