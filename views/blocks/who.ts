import type { KnownBlock } from "@slack/types";
import type { EnteredTarget } from "../../src/deps/person.ts";
import { emailInput, personInput, type ViewValues } from "./inputs.ts";

/** The two fields by which a form asks for one person. */
export const WHO = { person: "person", email: "email" } as const;

/** What is said at the second field where neither is filled in. */
export const WHO_MISSING = "Choose a person above, or type their e-mail here.";

export function isNamed({ slackId, email }: EnteredTarget): boolean {
  return slackId !== undefined || email !== undefined;
}

/** Asks for one person: chosen from Slack, or by e-mail. */
export function whoInputs(
  target: EnteredTarget,
  text: { label: string; hint?: string; redraws?: boolean },
): KnownBlock[] {
  return [
    personInput({ field: WHO.person, ...text, optional: true, initial: target.slackId }),
    emailInput({
      field: WHO.email,
      label: "or their e-mail",
      optional: true,
      placeholder: "sam@example.com",
      initial: target.email,
    }),
  ];
}

export function readWho(values: ViewValues): EnteredTarget {
  return { slackId: values.person(WHO.person), email: values.text(WHO.email) };
}
