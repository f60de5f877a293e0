/** What a one-time password proved; `reason` is a sentence for the person who typed it. */
export type CodeCheck =
  | { ok: true; enrolledAt: Date }
  | { ok: false; reason: string; isEnrolled: boolean; lockedUntil?: Date };
