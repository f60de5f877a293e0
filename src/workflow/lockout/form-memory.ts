import type { EnteredTarget } from "../../deps/person.ts";
import type { ZoomFinding } from "../../target/find.ts";

/** How long, in milliseconds, what a form has seen holds for its press: a form is filled in and pressed in less. */
const HELD_MILLISECONDS = 60_000;
/** Forms that nobody pressed are forgotten beyond this many. */
const MOST = 500;

/** One open form: who sees it, and whom it is about. */
export interface FormKey {
  viewId: string;
  personId: string;
  target: EnteredTarget;
}

/** What a read showed, as the step whose snapshot it is would keep it. */
export interface Seen {
  stepId: string;
  operation: string;
  output: unknown;
  at: Date;
}

/** What the look-ups of one form were answered. */
export interface FormSight {
  /** A Zoom account, once a read by its id has shown that it has the address that was looked up. */
  noteZoomUser(email: string, user: ZoomFinding, at: Date): void;
  noteCloudflareUsers(email: string, users: { id: string; email: string }[], at: Date): void;
  noteSeen(seen: Seen): void;
  noteMeetings(live: number, at: Date): void;
  /** The account, where its id was confirmed at most a minute ago. */
  zoomUser(email: string, now: Date): ZoomFinding | undefined;
  /** Who was found at most a minute ago. That nobody was found is asked again. */
  cloudflareUsers(email: string, now: Date): { id: string; email: string }[] | undefined;
  /** Whether Zoom listed no live meeting of theirs, at most a minute ago. */
  isInNoMeeting(now: Date): boolean;
  /** What was read for the snapshot of a step at most a minute ago. */
  seen(stepId: string, now: Date): Seen | undefined;
}

/**
 * What open forms have seen, in the memory of the instance that drew them. It saves look-ups of vendors, and decides
 * nothing: whoever presses elsewhere, later, or for someone else looks again.
 */
export interface FormMemory {
  /** Begins what a form sees; what it saw before is forgotten. */
  begin(form: FormKey): FormSight;
  /** What the form has seen; undefined where it is another's, about someone else, or drawn elsewhere. */
  find(form: FormKey): FormSight | undefined;
}

function isHeld(at: Date, now: Date): boolean {
  const age = now.getTime() - at.getTime();
  // A clock that was set back says nothing of how old it is.
  return age >= 0 && age <= HELD_MILLISECONDS;
}

function createFormSight(): FormSight {
  const zoomUsers = new Map<string, { user: ZoomFinding; at: Date }>();
  const cloudflareUsers = new Map<string, { users: { id: string; email: string }[]; at: Date }>();
  const snapshots = new Map<string, Seen>();
  let meetings: { live: number; at: Date } | undefined;
  return {
    noteZoomUser: (email, user, at) => void zoomUsers.set(email, { user, at }),
    noteCloudflareUsers: (email, users, at) => void cloudflareUsers.set(email, { users, at }),
    noteSeen: (seen) => void snapshots.set(seen.stepId, seen),
    noteMeetings: (live, at) => void (meetings = { live, at }),
    isInNoMeeting: (now) => meetings?.live === 0 && isHeld(meetings.at, now),
    zoomUser(email, now) {
      const known = zoomUsers.get(email);
      return known !== undefined && isHeld(known.at, now) ? known.user : undefined;
    },
    cloudflareUsers(email, now) {
      const known = cloudflareUsers.get(email);
      return known !== undefined && known.users.length > 0 && isHeld(known.at, now) ? known.users : undefined;
    },
    seen(stepId, now) {
      const known = snapshots.get(stepId);
      return known !== undefined && isHeld(known.at, now) ? known : undefined;
    },
  };
}

export function createFormMemory(): FormMemory {
  const forms = new Map<string, { key: string; sight: FormSight }>();
  const keyOf = ({ personId, target: { slackId, email, isSamePerson } }: FormKey) =>
    JSON.stringify([personId, slackId, email, isSamePerson === true]);
  return {
    begin(form) {
      const sight = createFormSight();
      forms.delete(form.viewId);
      forms.set(form.viewId, { key: keyOf(form), sight });
      for (const oldest of forms.keys()) {
        if (forms.size <= MOST) break;
        forms.delete(oldest);
      }
      return sight;
    },
    find(form) {
      const known = forms.get(form.viewId);
      return known?.key === keyOf(form) ? known.sight : undefined;
    },
  };
}
