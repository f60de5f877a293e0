/** One step as the policy writes it. */
export interface DefinedStep {
  operation: string;
  id?: string | undefined;
  title?: string | undefined;
  input?: Record<string, unknown> | undefined;
  /** A field: one call for each thing of the person's that the vendor lists for it. */
  each?: string | undefined;
  /** A field that takes a list: everything of the person's that the vendor lists for it, in one call. */
  all?: string | undefined;
  after?: string[] | undefined;
  requires?: string[] | undefined;
}

/** A playbook as the policy writes it; whoever calls with one has checked it. */
export interface DefinedPlaybook {
  title: string;
  steps: DefinedStep[];
}
