import { findOperation } from "../../catalogue/registry.ts";
import { SNAPSHOT_ID, SNAPSHOT_OPERATION } from "../../catalogue/snapshot.ts";
import { type Vendor, VENDOR_NAMES } from "../../catalogue/vendor.ts";
import { faultText, isNoAnswer, isVendorError } from "../../connectors/vendor-error.ts";
import type { Execute } from "../../connectors/connector.ts";
import type { Snapshot } from "../../request/snapshot-store.ts";
import type { Lookups, ZoomFinding } from "../../target/find.ts";
import type { Target } from "../../target/target.ts";
import { within } from "../../concurrency/timeout.ts";
import { snapshotDataOf } from "../step/snapshot-data.ts";
import type { FormSight, Seen } from "./form-memory.ts";

/** How long Zoom and Cloudflare may take to say who a person is, before a lockout goes by the e-mail alone. */
const LOOK_MILLISECONDS = 2_500;

export interface SightContext {
  lookups: Lookups;
  execute: Execute;
  playbookSettings: { cloudflareAccountId?: string; cloudflareBlockListId?: string };
  now(): Date;
}

/** Look-ups that see on the way what an undo wants to know, so that nothing waits for it later. */
export interface Sight {
  lookups: Lookups;
  /** What has been seen by now, as the steps' snapshots. */
  snapshots(target: Target): Omit<Snapshot, "requestId">[];
  /** What a vendor answered instead of saying who the person is, for people; nothing where no answer came. */
  refusals: ReadonlyMap<Vendor, string>;
  /** What has been asked and not answered by now, by the step whose snapshot it is, and what proves a form's ids. */
  pending(): ReadonlyMap<string, Promise<unknown>>;
  /** Resolves when the ids that were found have been read: whose account Zoom named instead, as a sentence. */
  wrongAccount(): Promise<string | undefined>;
}

/** Which form sees, or has seen on screen, what is looked up. */
export interface SightOfForm {
  /** What is seen is noted here. */
  drawing?: FormSight;
  /** What was seen here a moment ago is not looked up again. */
  pressed?: FormSight;
}

/** Asks beside the look-ups what the steps' snapshots want to know. */
function createNotes(context: SightContext, { drawing, pressed }: SightOfForm) {
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
      // What shows someone else is no snapshot: the run reads it itself, and stops there.
      if (!isTheirs(output)) return;
      const one = { stepId, operation, output, at: context.now() };
      seen.push(one);
      drawing?.noteSeen(one);
    } catch {
      // The run asks once more, and reports what it is answered.
    } finally {
      pending.delete(stepId);
    }
  }

  function ask(stepId: string, operation: string, input: Record<string, unknown>): Promise<unknown> {
    const asked = context.execute(findOperation(operation), input, { priority: 0 });
    pending.set(stepId, asked);
    return asked;
  }

  function note(
    stepId: string,
    operation: string,
    input: Record<string, unknown>,
    isTheirs: (answer: unknown) => boolean = () => true,
  ): Promise<void> {
    return keepSeen(stepId, operation, ask(stepId, operation, input), isTheirs);
  }

  /** Takes what the form saw; false where it did not. */
  function recall(stepId: string): boolean {
    const one = pressed?.seen(stepId, context.now());
    if (one !== undefined) seen.push(one);
    return one !== undefined;
  }

  /** Whose id it is was read for the form. It is read once more beside the first commands, by the step of that read. */
  function prove(userId: string): void {
    ask(SNAPSHOT_ID, SNAPSHOT_OPERATION, { userId }).catch(() => undefined);
  }

  return { note, recall, prove, seen, pending };
}

/** Waits for vendors to say who someone is, and remembers what they said instead. */
function createRefusals() {
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

  return { refusals, remembering };
}

/** Whether an answer to a read by id speaks of the account that the look-up by an address named. */
function isAccount({ id, email }: ZoomFinding, answer: unknown): boolean {
  const read = (answer ?? {}) as { id?: unknown; email?: unknown };
  return read.id === id && typeof read.email === "string" && read.email.toLowerCase() === email.toLowerCase();
}

function wrongAccountSentence(email: string, answer: unknown): string {
  const { email: owner } = (answer ?? {}) as { email?: unknown };
  const whose = typeof owner === "string" && owner !== "" ? owner : "another person";
  return `Zoom's answer for ${email} names the account of ${whose}. Zoom's half will stop before it changes anything.`;
}

/**
 * Look-ups for one lockout: each vendor answers in time or is skipped, and is asked meanwhile what the snapshots need.
 * @param form where a form is drawn or pressed; what it saw a moment ago is not looked up again
 */
export function createSight(context: SightContext, form: SightOfForm = {}): Sight {
  const { lookups, playbookSettings } = context;
  const { drawing, pressed } = form;
  const { note, recall, prove, seen, pending } = createNotes(context, form);
  const { refusals, remembering } = createRefusals();
  const readings: Promise<string | undefined>[] = [];

  /** Whose id it is, only the id itself says. */
  function confirm(email: string, found: ZoomFinding): void {
    let wrong: string | undefined;
    const reading = note(SNAPSHOT_ID, SNAPSHOT_OPERATION, { userId: found.id }, (answer) => {
      const isTheirs = isAccount(found, answer);
      if (isTheirs) drawing?.noteZoomUser(email, found, context.now());
      else wrong = wrongAccountSentence(email, answer);
      return isTheirs;
    });
    readings.push(
      within(reading, LOOK_MILLISECONDS)
        .then(() => wrong)
        .catch(() => undefined),
    );
  }

  const { cloudflareAccountId: accountId, cloudflareBlockListId: listId } = playbookSettings;
  const noteFeatures = (email: string) =>
    void note("snapshot-features", "zoom.user.getSettings", { userId: email });
  return {
    lookups: {
      ...lookups,
      async zoomUser(email) {
        const known = pressed?.zoomUser(email, context.now());
        if (known !== undefined && recall(SNAPSHOT_ID)) {
          if (!recall("snapshot-features")) noteFeatures(email);
          prove(known.id);
          return known;
        }
        noteFeatures(email);
        const found = await remembering("zoom", lookups.zoomUser(email));
        if (found?.id) confirm(email, found);
        return found;
      },
      ...(lookups.cloudflareUsers === undefined
        ? {}
        : {
            async cloudflareUsers(email: string) {
              if (accountId !== undefined && listId !== undefined && !recall("snapshot-block"))
                void note("snapshot-block", "cloudflare.gateway.listItems", { accountId, listId });
              const known = pressed?.cloudflareUsers(email, context.now());
              if (known !== undefined) return known;
              const users = await remembering(
                "cloudflare",
                lookups.cloudflareUsers?.(email) ?? Promise.resolve([]),
              );
              drawing?.noteCloudflareUsers(email, users, context.now());
              return users;
            },
          }),
    },
    refusals,
    pending: () => new Map(pending),
    wrongAccount: async () => (await Promise.all(readings)).find((one) => one !== undefined),
    snapshots: (target) =>
      seen.map(({ stepId, operation, output, at }) => ({
        stepId,
        vendor: findOperation(operation).vendor,
        data: snapshotDataOf(operation, output, target),
        takenAt: at,
      })),
  };
}
