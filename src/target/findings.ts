/** The Slack person as Slack shows them now. */
export interface SlackPerson {
  id: string;
  email?: string;
  teamId: string;
  isBot: boolean;
  deleted: boolean;
  /** From another organisation (Slack Connect). */
  isStranger: boolean;
  /** A guest of any kind. */
  isRestricted: boolean;
  realName: string;
}

/** Which places must know a person, and which are asked beside. */
export interface Places {
  zoom: "must" | "may" | "no";
  /**
   * `may`: an id is welcome, and its absence no fault; nor is it where Zoom cannot be asked. `by-email`: as `may`, and
   * where several users have the e-mail, what is done goes by the e-mail alone.
   */
  cloudflare: "must" | "may" | "by-email" | "no";
}

/** Where a person is looked for who is taken out of everything. */
export const EVERYWHERE: Places = { zoom: "must", cloudflare: "may" };

/** What was asked for and what each place answered. */
export interface IdentityFindings {
  /** Zoom must and Cloudflare may by default. */
  places?: Places;
  asked: {
    slackId?: string;
    email?: string;
    /** Who says that the Slack account and the e-mail, which differ, are the same person's. */
    boundBy?: string;
  };
  /** Whose Slack account has the e-mail, where someone says that it is also that of the one who was chosen. */
  slackByEmail?: SlackPerson;
  /** Our own Slack workspace; people of any other are refused. */
  homeTeamId: string;
  /** Absent when Slack knows nobody like that. */
  slack?: SlackPerson;
  /** `null`: Zoom was asked and knows no such user. Absent: Zoom was not asked, which is refused as well. */
  zoom?: { id: string; email: string; status: string } | null;
  /** What Cloudflare Access found, near matches included; absent or `null` when it is not set up. */
  cloudflare?: readonly { id: string; email: string }[] | null;
}
