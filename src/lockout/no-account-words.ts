import { ACCOUNT_NAMES, type AccountVendor } from "../target/account.ts";
import { isKnownNowhere } from "../target/target.ts";
import type { Door, DoorsPlan } from "./doors.ts";
import type { NoAccount } from "./no-account.ts";

/** Where an account can be locked. A block-list entry locks an address, and a reset in Slack ends sessions. */
const LOCKING: readonly { vendor: AccountVendor; title: string; isOf: (id: string) => boolean }[] = [
  { vendor: "zoom", title: "Zoom", isOf: (id) => id.startsWith("zoom-") },
  {
    vendor: "cloudflare",
    title: "Cloudflare",
    isOf: (id) => id.startsWith("cloudflare-") && id !== "cloudflare-block",
  },
];

/** Every vendor that knows nobody, once. */
export function vendorsWithoutAccount(doors: readonly Door[]): NoAccount[] {
  const found = new Map(
    doors.flatMap(({ noAccount }) =>
      noAccount === undefined ? [] : [[noAccount.vendor, noAccount] as const],
    ),
  );
  return [...found.values()];
}

/** "No Zoom account under sam@example.com" */
export function missingWords({ vendor, addresses }: NoAccount): string {
  const tried = addresses.length === 0 ? "" : ` under ${addresses.join(" or ")}`;
  return `No ${ACCOUNT_NAMES[vendor]}${tried}`;
}

/** One sentence for each vendor that knows nobody, until someone confirms that the person has no account there. */
export function missingSentences(doors: readonly Door[]): string[] {
  return vendorsWithoutAccount(doors)
    .filter(({ confirmedBy }) => confirmedBy === undefined)
    .map((one) => `${missingWords(one)}: if there is one under another address, it is open.`);
}

/** What was confirmed not to be there, as a sentence; none where nothing was. */
export function ruledOutSentence(doors: readonly Door[]): string[] {
  const names = vendorsWithoutAccount(doors)
    .filter(({ confirmedBy }) => confirmedBy !== undefined)
    .map(({ vendor }) => ACCOUNT_NAMES[vendor]);
  return names.length === 0 ? [] : [`Confirmed by a responder: they have no ${names.join(" and no ")}.`];
}

/** The vendors where everything that was found is closed, in words; empty where there is none. */
export function lockedBesides(doors: readonly Door[]): string {
  return LOCKING.filter(({ isOf }) => {
    const own = doors.filter(({ id }) => isOf(id));
    return own.length > 0 && own.every(({ state }) => state === "closed");
  })
    .map(({ title }) => title)
    .join(" and ");
}

/**
 * The verdict where no place knows the person at all, as with a misspelt address; undefined where one does. Nothing that
 * anybody confirms makes more of it.
 */
export function nobodySentence({ target }: DoorsPlan, doors: readonly Door[]): string | undefined {
  if (target === undefined) return undefined;
  // Zoom may have been asked by the run only.
  const isRuledOutByRun = vendorsWithoutAccount(doors).some(({ vendor }) => vendor === "zoom");
  const zoomUserId = isRuledOutByRun ? undefined : target.zoomUserId;
  // The watch looks on, and may have met someone since.
  const wasSeen = doors.some(({ id, isProven }) => isProven && id !== "cloudflare-block");
  return wasSeen || !isKnownNowhere({ ...target, zoomUserId })
    ? undefined
    : `NOT locked: nobody with this address was found (${target.email}).`;
}
