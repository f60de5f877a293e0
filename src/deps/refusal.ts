import type { OutcomeFacts } from "../audit/event.ts";
import type { Wanted } from "../request/wanted.ts";

/** Someone was told no. `reason` says why in plain words, `rule` names what decided, `next` what to do. */
export interface Refusal {
  rule: string;
  reason: string;
  next?: string;
  /** Who could do it instead; it is shown as `whoToAsk`. */
  wanted?: readonly Wanted[];
  /** A few of those who are wanted, by name, as a sentence. */
  whoToAsk?: string;
  /** From when on it would not be refused for this reason. */
  notBefore?: Date;
  /** Someone could not be asked: in a moment it may be otherwise, and what was entered is kept. */
  isPassing?: true;
  /** What the vendor said whose answer this rests on, for the audit log. */
  facts?: OutcomeFacts;
  /** People stand in it by their Slack ids, as `<@U…>`, and nothing that someone typed does. */
  namesPeople?: true;
}

/**
 * What is wrong with one field: `person`, `email` and `confirm` of every form, one of the form's own by its name, or
 * `input.` and the path within an operation's input. Empty where it is the whole that is wrong.
 */
export interface FieldFault {
  field: string;
  message: string;
}
