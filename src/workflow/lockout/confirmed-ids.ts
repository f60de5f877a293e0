/** How long, in milliseconds, a read by id stands for another one: a form is filled in and pressed in less. */
const CONFIRMED_MILLISECONDS = 60_000;

/**
 * Which Zoom id a read by that id has shown to be the account with an address. A look-up by the address alone may name
 * somebody else's id; nothing is written by an id before the id itself said whose it is.
 */
export interface ConfirmedIds {
  /** Takes the answer to a read by id. False where it speaks of another account or address, and so confirms nothing. */
  note(asked: { id: string; email: string }, answer: unknown, at: Date): boolean;
  /** Whether the id was confirmed at most a minute ago. */
  has(asked: { id: string; email: string }, now: Date): boolean;
}

export function createConfirmedIds(): ConfirmedIds {
  const confirmed = new Map<string, number>();
  const keyOf = ({ id, email }: { id: string; email: string }) => JSON.stringify([id, email.toLowerCase()]);
  return {
    note(asked, answer, at) {
      for (const [key, time] of confirmed)
        if (at.getTime() - time > CONFIRMED_MILLISECONDS) confirmed.delete(key);
      const { id, email } = (answer ?? {}) as { id?: unknown; email?: unknown };
      if (id !== asked.id || typeof email !== "string" || email.toLowerCase() !== asked.email.toLowerCase())
        return false;
      confirmed.set(keyOf(asked), at.getTime());
      return true;
    },
    has(asked, now) {
      const at = confirmed.get(keyOf(asked));
      return at !== undefined && now.getTime() >= at && now.getTime() - at <= CONFIRMED_MILLISECONDS;
    },
  };
}
