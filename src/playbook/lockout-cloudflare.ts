import type { LockoutFields } from "./lockout-fields.ts";
import type { PlanStep, PlaybookSettings } from "./playbook.ts";
import { ACCESS_NOT_ASKED, SEVERAL_ACCESS_USERS } from "../target/access-doubt.ts";
import { cloudflareEmailOf, type Target } from "../target/target.ts";
import { zoneName } from "./zone-name.ts";

/** Stands beside the entries on the block list that lockouts make. */
export const BLOCK_NOTE = "Locked out by Deadbolt";

/** How long revoking waits for the block's answer: a session that stays open is worse than one that opens again. */
const BLOCK_SECONDS = 2;
const REVOKE_AGAIN_SECONDS = 45;

/**
 * Cloudflare is told an e-mail, and accepts any: nothing shows which of several users who have it was meant, nor that it
 * knows anyone under it where it was not asked.
 */
function doubtOf({ found }: Target): Pick<PlanStep, "doubt"> {
  if (found.includes(ACCESS_NOT_ASKED))
    return {
      doubt:
        "Cloudflare Access did not say who has this e-mail, and nothing shows that it knows them under it.",
    };
  if (!found.includes(SEVERAL_ACCESS_USERS)) return {};
  return {
    doubt: "several users of Cloudflare Access have this e-mail, and nothing shows that all were met.",
  };
}

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

/** Before it revokes once more, so that what is open by then is caught. */
function lookAgainSeconds({ revokeAgainSeconds = REVOKE_AGAIN_SECONDS }: PlaybookSettings): number {
  return tenths((revokeAgainSeconds * 2) / 3);
}

/**
 * What a lockout does at Cloudflare: a block ends no session and a revocation prevents no sign-in, so it blocks, then
 * revokes, looks, and revokes once more to catch a sign-in that raced.
 */
export function cloudflareLockoutSteps(
  { parts }: LockoutFields,
  target: Target,
  playbookSettings: PlaybookSettings,
): PlanStep[] {
  if (target.email === undefined) throw new TypeError("A lockout needs the person's e-mail.");
  const {
    cloudflareAccountId: accountId,
    cloudflareZoneIds,
    cloudflareBlockListId: listId,
  } = playbookSettings;
  const wants = (part: (typeof parts)[number]) => parts.includes(part);
  const wantsDevices = wants("cloudflare-devices");
  const blocks = wants("cloudflare-block") && accountId !== undefined && listId !== undefined;
  const after = blocks ? ["block"] : [];
  const block: PlanStep[] = blocks
    ? [
        {
          id: "snapshot-block",
          title: "Look whether the person is on the block list already",
          operation: "cloudflare.gateway.listItems",
          input: { accountId, listId },
          after: [],
          requires: [],
          isSnapshot: true,
          patienceSeconds: 1,
        },
        {
          id: "block",
          title: "Put the person on Cloudflare's block list",
          operation: "cloudflare.gateway.addItem",
          input: { accountId, listId, email: cloudflareEmailOf(target), description: BLOCK_NOTE },
          after: ["snapshot-block"],
          requires: [],
          patienceSeconds: BLOCK_SECONDS,
        },
      ]
    : [];
  const account: PlanStep[] =
    accountId === undefined || !wants("cloudflare-sessions")
      ? []
      : accountSteps(accountId, target, { after, devices: wantsDevices, playbookSettings });
  const zones = wants("cloudflare-sessions")
    ? cloudflareZoneIds.flatMap((zoneId) => zoneSteps(zoneId, target, after, playbookSettings))
    : [];
  // Without an Access user there are no registrations that could be told to be theirs.
  const devices: PlanStep[] =
    accountId === undefined || !wantsDevices || target.cloudflareUserId === undefined
      ? []
      : [
          {
            id: "revoke-registrations",
            title: "Revoke their WARP registrations",
            operation: "cloudflare.registration.revoke",
            input: { accountId },
            chosen: { path: "registrationIds", how: "all" },
            after,
            requires: [],
          },
          {
            id: "check-devices",
            title: "Look again whether a WARP device is registered",
            operation: "cloudflare.registration.list",
            input: { accountId, userId: target.cloudflareUserId, status: "active" },
            // Revoking the user in the account takes devices as well.
            after: ["revoke-registrations", ...account.slice(0, 1).map(({ id }) => id)],
            requires: [],
            delaySeconds: lookAgainSeconds(playbookSettings),
            expects: "no-devices",
          },
        ];
  return [...block, ...account, ...zones, ...devices];
}

function accountSteps(
  accountId: string,
  target: Target,
  {
    after,
    devices,
    playbookSettings,
  }: { after: string[]; devices: boolean; playbookSettings: PlaybookSettings },
): PlanStep[] {
  const { revokeAgainSeconds = REVOKE_AGAIN_SECONDS } = playbookSettings;
  const { cloudflareUserId } = target;
  const revoke: PlanStep = {
    id: "revoke-cloudflare-account",
    title: "Revoke Cloudflare Access sessions (account)",
    operation: "cloudflare.access.revokeUserInAccount",
    input: {
      accountId,
      email: cloudflareEmailOf(target),
      warpSessionReauth: true,
      ...(devices ? { devices: true } : {}),
      ...(cloudflareUserId === undefined ? {} : { accessUserId: cloudflareUserId }),
    },
    after,
    requires: [],
    ...doubtOf(target),
  };
  const again: PlanStep = {
    ...revoke,
    id: "revoke-again-account",
    title: "Revoke Cloudflare Access sessions once more (account)",
    after: [revoke.id],
    delaySeconds: revokeAgainSeconds,
  };
  const signIns: PlanStep = {
    id: "check-sign-ins",
    title: "Look whether anybody signed in to Cloudflare Access as them since",
    operation: "cloudflare.access.listRequests",
    input: { accountId, email: cloudflareEmailOf(target), limit: 100 },
    after: [again.id],
    requires: [],
    delaySeconds: tenths(revokeAgainSeconds / 3),
    expects: "no-sign-ins",
  };
  if (cloudflareUserId === undefined) return [revoke, again, signIns];
  const check: PlanStep = {
    id: "check-sessions",
    title: "Look again whether a Cloudflare Access session is open",
    operation: "cloudflare.access.listActiveSessions",
    input: { accountId, userId: cloudflareUserId },
    after: [revoke.id],
    requires: [],
    delaySeconds: lookAgainSeconds(playbookSettings),
    expects: "no-sessions",
  };
  return [revoke, check, again, signIns];
}

function zoneSteps(
  zoneId: string,
  target: Target,
  after: string[],
  playbookSettings: PlaybookSettings,
): PlanStep[] {
  const { revokeAgainSeconds = REVOKE_AGAIN_SECONDS } = playbookSettings;
  const name = zoneName(playbookSettings, zoneId);
  const revoke: PlanStep = {
    id: `revoke-cloudflare-zone-${zoneId}`,
    title: `Revoke Cloudflare Access sessions (zone ${name})`,
    operation: "cloudflare.access.revokeUserInZone",
    input: { zoneId, email: cloudflareEmailOf(target) },
    after,
    requires: [],
    ...doubtOf(target),
  };
  return [
    revoke,
    {
      ...revoke,
      id: `revoke-again-zone-${zoneId}`,
      title: `Revoke Cloudflare Access sessions once more (zone ${name})`,
      after: [revoke.id],
      delaySeconds: revokeAgainSeconds,
    },
  ];
}
