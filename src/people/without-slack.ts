import type { Database } from "../database/connect.ts";
import { addressesOf, accountOf } from "../request/address-store.ts";
import { isDirectoryError } from "../slack/directory.ts";
import type { Lookups } from "../target/find.ts";
import type { SlackPerson } from "../target/findings.ts";

/**
 * Looks people up by what Slack showed of them before, where it does not answer now.
 * @param now as of when an address may be 90 days old
 */
export function fallBackOnMemory(lookups: Lookups, database: Database, now: Date): Lookups {
  const remembered = (id: string, email: string): SlackPerson => ({
    id,
    email,
    teamId: lookups.homeTeamId,
    isBot: false,
    deleted: false,
    isStranger: false,
    isRestricted: false,
    realName: email,
  });

  async function inSilence<Answer>(
    question: Promise<Answer>,
    memory: () => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await question;
    } catch (error) {
      if (!isDirectoryError(error)) throw error;
      return memory();
    }
  }

  return {
    ...lookups,
    slackPerson: (slackId) =>
      inSilence(lookups.slackPerson(slackId), async () => {
        const known = await addressesOf(database, slackId, now);
        const last = known.toSorted((one, other) => other.lastSeen.getTime() - one.lastSeen.getTime())[0];
        return last === undefined ? undefined : remembered(slackId, last.email);
      }),
    slackPersonByEmail: (email) =>
      inSilence(lookups.slackPersonByEmail(email), async () => {
        const slackId = await accountOf(database, email, now);
        return slackId === undefined ? undefined : remembered(slackId, email);
      }),
  };
}
