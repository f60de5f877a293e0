/** Whose word or help is wanted, as the policy says it. */
export interface Wanted {
  /** Anyone who holds one of these roles. */
  roles: readonly string[];
  /** Or one of these people, by their Slack ids. */
  people?: readonly string[];
  /** Slack ids and e-mails of those who cannot be the one, whatever they hold. */
  not?: readonly (string | undefined)[];
  /** How many approvals are missing; without it, one person's help is enough. */
  missing?: number;
}
