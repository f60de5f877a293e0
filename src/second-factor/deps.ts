/** Why it did not go on, in a sentence for the person; a lock says until when. */
interface NotTaken {
  lockedUntil?: Date;
}

export type BegunSecondFactor =
  | {
      kind: "begun";
      /** The key in groups of four, to type in. */
      secretText: string;
      uri: string;
      /** Slack's id of the picture of `uri`; absent where there is none. */
      fileId?: string;
    }
  | ({ kind: "refused"; reason: string } & NotTaken);

/** What the windows of the second factor may reach. */
export interface SecondFactorDeps {
  /** Begins an enrolment. `currentCode` is needed where the person is enrolled already. */
  begin(personId: string, currentCode?: string): Promise<BegunSecondFactor>;
  /** Ends it with its first right code. */
  finish(personId: string, code: string): Promise<{ ok: true } | ({ ok: false; message: string } & NotTaken)>;
  /** Takes the picture away again. */
  forget(fileId: string): Promise<void>;
  isEnrolled(personId: string): Promise<boolean>;
}
