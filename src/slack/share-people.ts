import type { Directory, SlackPerson } from "./directory.ts";

/**
 * A directory that asks about one person once for all who ask within so short a time: thirty lockouts in a minute ask
 * about whoever locks out again and again, and Slack answers a hundred times a minute. What failed is asked again.
 * @param now milliseconds since the epoch
 */
export function sharePeople(directory: Directory, milliseconds: number, now: () => number): Directory {
  const asked = new Map<string, { at: number; person: Promise<SlackPerson | undefined> }>();

  function person(userId: string): Promise<SlackPerson | undefined> {
    const at = now();
    for (const [id, { at: since }] of asked) if (at - since >= milliseconds) asked.delete(id);
    const known = asked.get(userId);
    if (known !== undefined) return known.person;
    const question = { at, person: directory.person(userId) };
    asked.set(userId, question);
    question.person.catch(() => {
      if (asked.get(userId) === question) asked.delete(userId);
    });
    return question.person;
  }

  return { ...directory, person };
}
