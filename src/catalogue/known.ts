/** What is known of a person and of the app's settings before a form is filled in. */
export interface Known {
  /** The person's e-mail address: Unicode NFKC, lower-case. */
  email?: string;
  zoomUserId?: string;
  /** The person's id in Cloudflare Access, which is not the id of their seat. */
  cloudflareUserId?: string;
  cloudflareAccountId?: string;
  cloudflareZoneIds: readonly string[];
  /** The person's id in Slack. */
  slackUserId?: string;
  /** The Slack workspace; present where the administration of Slack is set up. */
  slackTeamId?: string;
  /** What the Zoom account pays for. */
  zoomPlan: "free" | "pro" | "business";
}

/** What a field can be filled in with; a zone is chosen where there are several. */
export type KnownName =
  | "email"
  | "zoomUserId"
  | "cloudflareUserId"
  | "cloudflareAccountId"
  | "cloudflareZoneId"
  | "slackUserId"
  | "slackTeamId";

/** Whom a call is about: a user whom the vendor must know, or anybody who has an e-mail address. */
export type About = "zoomUser" | "cloudflareUser" | "slackUser" | "person";

/** One of the things that a field can name, as the vendor lists them. */
export interface Choice {
  value: string;
  title: string;
  description?: string;
  /** Other fields of the input that come with this choice, by name. */
  with?: Readonly<Record<string, unknown>>;
}

/** Where the things that a field can name are listed. */
export interface Choices {
  /** The read's name in the catalogue. */
  operation: string;
  /** The read's input; undefined where what it needs is not known. */
  input(known: Known): Record<string, unknown> | undefined;
  /** What can be chosen: where the call is about a person, nothing that is not theirs. */
  list(output: unknown, known: Known): Choice[];
  /** The fields that come with a choice; they are not asked for. */
  fills?: readonly string[];
  /** What the vendor leaves out of the list, as a sentence: then what is not listed may be there all the same. */
  omits?: string;
}

/** What is there before a change: the read that shows it, and what it says in the words of the change's input. */
export interface Current<Input> {
  /** The read's name in the catalogue. */
  operation: string;
  /** The read's input; undefined where what it needs is not known. */
  input(known: Known): Record<string, unknown> | undefined;
  /** The values that the input's fields have now, in the shape of the input, as far as the read shows them. */
  values?(output: unknown, known: Known): Partial<Input>;
}

/** Something that must hold before a call is sent. */
export interface Check<Input> {
  /** The read's name in the catalogue; absent where what is known suffices. */
  operation?: string;
  /** The read's input; undefined where there is nothing to ask, and then nothing to find fault with. */
  input?(input: Input, known: Known): Record<string, unknown> | undefined;
  /**
   * Why the call must not be sent, as a sentence for the person who fills in the form; undefined where it may.
   * @param output what the read answered; undefined without a read
   */
  fault(output: unknown, input: Input, known: Known): string | undefined;
}

/** How often a vendor takes one call about one subject. */
export interface Quota {
  count: number;
  /** Milliseconds. */
  within: number;
  /** What to say when it is used up. */
  sentence: string;
}
