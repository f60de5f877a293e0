import { findOperation } from "../catalogue/registry.ts";
import type { Connector } from "../connectors/connector.ts";
import { isVendorError } from "../connectors/vendor-error.ts";
import type { Lookups } from "../target/find.ts";
import type { Directory, SlackPerson } from "../slack/directory.ts";

function toIdentity(person: SlackPerson | undefined) {
  if (person === undefined) return undefined;
  const { id, email, teamId, isBot, deleted, isExternal, isRestricted, isUltraRestricted, name } = person;
  return {
    id,
    ...(email === undefined ? {} : { email }),
    teamId,
    isBot,
    deleted,
    isStranger: isExternal,
    isRestricted: isRestricted || isUltraRestricted,
    realName: name,
  };
}

/** Where a person is looked up: Slack's directory, Zoom, and Cloudflare Access where an account is configured. */
export function createLookups(
  directory: Directory,
  connector: Connector,
  homeTeamId: string,
  cloudflareAccountId: string | undefined,
): Lookups {
  const lookups: Lookups = {
    homeTeamId,
    async slackPerson(slackId) {
      const person = toIdentity(await directory.person(slackId));
      return person === undefined ? undefined : atHome(person, homeTeamId);
    },
    async slackPersonByEmail(email) {
      const person = toIdentity(await directory.personByEmail(email));
      return person === undefined ? undefined : atHome(person, homeTeamId);
    },
    async zoomUser(email) {
      try {
        const user = await connector.execute(findOperation("zoom.user.get"), { userId: email });
        const { id, email: shown, status } = user as { id?: string; email: string; status: string };
        // Pending users have no id; the wrong-person guard says what follows.
        return { id: id ?? "", email: shown, status, user };
      } catch (error) {
        if (isVendorError(error) && error.facts.kind === "not_found") return null;
        throw error;
      }
    },
  };
  if (cloudflareAccountId === undefined) return lookups;
  return {
    ...lookups,
    async cloudflareUsers(email) {
      const operation = findOperation("cloudflare.access.findUser");
      const users = await connector.execute(operation, { accountId: cloudflareAccountId, email });
      return (users as { id: string; email?: string | null }[]).flatMap((user) =>
        typeof user.email === "string" ? [{ id: user.id, email: user.email }] : [],
      );
    },
  };
}

/** On Enterprise Grid a member's account may be of another workspace of ours; the directory knows who belongs here. */
function atHome<Person extends { isStranger: boolean; teamId: string }>(
  person: Person,
  homeTeamId: string,
): Person {
  return person.isStranger ? person : { ...person, teamId: homeTeamId };
}
