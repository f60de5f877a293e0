import { findOperation } from "../../catalogue/registry.ts";
import { type Vendor, VENDOR_NAMES } from "../../catalogue/vendor.ts";
import { faultText, isNoAnswer, isVendorError } from "../../connectors/vendor-error.ts";
import type { Execute } from "../../connectors/connector.ts";
import type { Snapshot } from "../../request/snapshot-store.ts";
import type { Lookups } from "../../target/find.ts";
import type { Target } from "../../target/target.ts";
import { within } from "../../concurrency/timeout.ts";
import { snapshotDataOf } from "../step/snapshot-data.ts";
import type { ConfirmedIds } from "./confirmed-ids.ts";

/** So long Zoom and Cloudflare may take to say who a person is, before a lockout goes by the e-mail alone. */
const LOOK_MILLISECONDS = 2_500;

export interface SightContext {
  lookups: Lookups;
  execute: Execute;
  playbookSettings: { cloudflareAccountId?: string; cloudflareBlockListId?: string };
  /** Shared by the form and its submission. */
  confirmedIds: ConfirmedIds;
  now(): Date;
}

/** Look-ups that see on the way what an undo wants to know, so that nothing waits for it later. */
export interface Sight {
  lookups: Lookups;
  /** What has been seen by now, as the steps' snapshots. */
  snapshots(target: Target): Omit<Snapshot, "requestId">[];
  /** What a vendor answered instead of saying who the person is, for people; nothing where no answer came. */
  refusals: ReadonlyMap<Vendor, string>;
  /** What has been asked and not answered by now, by the step whose snapshot it is. */
  pending(): ReadonlyMap<string, Promise<unknown>>;
}

/** What was seen of the world, as the step whose snapshot it is would keep it. */
interface Seen {
  stepId: string;
  operation: string;
  output: unknown;
  at: Date;
}

/** Asks beside the look-ups what the steps' snapshots want to know. */
function createNotes(context: SightContext) {
  const pending = new Map<string, Promise<unknown>>();
  const seen: Seen[] = [];

  async function keepSeen(
    stepId: string,
    operation: string,
    asked: Promise<unknown>,
    isTheirs: (answer: unknown) => boolean,
  ): Promise<void> {
    try {
      const output = await asked;
      // What shows somebody else is no snapshot: the run reads it itself, and stops there.
      if (isTheirs(output)) seen.push({ stepId, operation, output, at: context.now() });
    } catch {
      // The run asks once more, and tells what it is answered.
    } finally {
      pending.delete(stepId);
    }
  }

  function note(
    stepId: string,
    operation: string,
    input: Record<string, unknown>,
    isTheirs: (answer: unknown) => boolean = () => true,
  ): void {
    const asked = context.execute(findOperation(operation), input, { priority: 0 });
    pending.set(stepId, asked);
    void keepSeen(stepId, operation, asked, isTheirs);
  }

  return { note, seen, pending };
}

/** Look-ups for one lockout: each vendor answers in time or is gone round, and tells its snapshots beside. */
export function createSight(context: SightContext): Sight {
  const { lookups, playbookSettings } = context;
  const { note, seen, pending } = createNotes(context);
  const refusals = new Map<Vendor, string>();

  /** Remembers a refusal, which is not the same as silence. */
  async function remembering<Answer>(vendor: Vendor, question: Promise<Answer>): Promise<Answer> {
    try {
      return await within(question, LOOK_MILLISECONDS);
    } catch (error) {
      if (isVendorError(error) && !isNoAnswer(error.facts))
        refusals.set(vendor, `${VENDOR_NAMES[vendor]} did not say who this is. ${faultText(error.facts)}`);
      throw error;
    }
  }

  const asksCloudflare = lookups.cloudflareUsers !== undefined;
  const { cloudflareAccountId: accountId, cloudflareBlockListId: listId } = playbookSettings;
  return {
    lookups: {
      ...lookups,
      async zoomUser(email) {
        note("snapshot-features", "zoom.user.getSettings", { userId: email });
        const found = await remembering("zoom", lookups.zoomUser(email));
        if (!found?.id) return found;
        const account = { id: found.id, email: found.email };
        // Whose id it is, only the id itself says. The form has asked already where it was on screen.
        if (!context.confirmedIds.has(account, context.now()))
          note("snapshot", "zoom.user.get", { userId: found.id }, (answer) =>
            context.confirmedIds.note(account, answer, context.now()),
          );
        else if (found.user !== undefined)
          seen.push({
            stepId: "snapshot",
            operation: "zoom.user.get",
            output: found.user,
            at: context.now(),
          });
        return found;
      },
      ...(asksCloudflare
        ? {
            cloudflareUsers: (email: string) => {
              if (accountId !== undefined && listId !== undefined)
                note("snapshot-block", "cloudflare.gateway.listItems", { accountId, listId });
              return remembering("cloudflare", lookups.cloudflareUsers?.(email) ?? Promise.resolve([]));
            },
          }
        : {}),
    },
    refusals,
    pending: () => new Map(pending),
    snapshots: (target) =>
      seen.map(({ stepId, operation, output, at }) => ({
        stepId,
        vendor: findOperation(operation).vendor,
        data: snapshotDataOf(operation, output, target),
        takenAt: at,
      })),
  };
}
