import type { KnownBlock } from "@slack/types";
import type { EnteredTarget, Candidate } from "../../src/deps/person.ts";
import { choiceInput, type Option } from "../blocks/inputs.ts";

export const CANDIDATE_FIELD = "candidate";

const AS_ENTERED = "as_entered";
/** Slack takes no longer values. */
const LONGEST = 150;

/** Someone who was chosen among those who may be meant. */
export interface ChosenCandidate {
  target: EnteredTarget;
  label: string;
}

/** Whom a form offers as the person who may be meant; nothing is chosen by itself. */
export function candidateInputs(
  candidates: readonly Candidate[],
  chosen: ChosenCandidate | undefined,
): KnownBlock[] {
  const others = candidates.map(({ target, label, why }) => option(target, label, why));
  const first = chosen === undefined ? [] : [option(chosen.target, chosen.label)];
  const offered = new Map([...first, ...others].map((one) => [one.value, one]));
  const choices = [...offered.values()].filter(({ value }) => value.length <= LONGEST);
  if (choices.length === 0) return [];
  return [
    choiceInput({
      field: CANDIDATE_FIELD,
      label: "May also be theirs",
      hint: "Choose one only if you know that it is the same person.",
      choices: [{ value: AS_ENTERED, label: "None of these" }, ...choices],
      initial: chosen === undefined ? AS_ENTERED : encode(chosen.target),
      redraws: true,
      optional: true,
    }),
  ];
}

function option(target: EnteredTarget, label: string, description?: string): Option {
  return { value: encode(target), label, description };
}

function encode({ slackId = "", email = "", isSamePerson = false }: EnteredTarget): string {
  return `${slackId} ${email} ${isSamePerson ? "same" : ""}`;
}

/** Who was chosen; undefined where nobody was, or what is there is not ours. */
export function readCandidate(value: string | undefined, label: string): ChosenCandidate | undefined {
  const [slackId = "", email = "", same = "", ...rest] = value?.split(" ") ?? [];
  if (value === undefined || value === AS_ENTERED || rest.length > 0) return undefined;
  if (slackId === "" && email === "") return undefined;
  return {
    target: {
      ...(slackId === "" ? {} : { slackId }),
      ...(email === "" ? {} : { email }),
      ...(same === "same" ? { isSamePerson: true } : {}),
    },
    label,
  };
}
