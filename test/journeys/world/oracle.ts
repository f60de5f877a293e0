import { expect } from "vitest";
import type { Message } from "../../../playground/slack/state.ts";
import { verifyChain } from "../../../src/audit/verify.ts";
import type { Leaver } from "./leaver.ts";
import { eventsOf, messageIdsOf, rootOf, storedRequest, type World } from "./world.ts";

/** How one step was told. */
export interface ToldStep {
  outcome: string;
  sentence: string;
  advice?: string;
  status?: number;
  code?: number;
  attempts?: number;
  /** Its line in the thread. */
  line: string;
}

/** A request's story as a reader has it after the end. */
export interface Story {
  state: string;
  /** The last sentence of the thread. */
  sentence: string;
  root: Message;
  /** By step id; zones are called `revoke-cloudflare-zone`. */
  steps: Record<string, ToldStep>;
  outcomes: Record<string, string>;
}

interface FinishedData {
  stepId: string;
  operation: string;
  outcome: string;
  sentence: string;
  facts: { advice?: string; status?: number; code?: number; attempts?: number };
}

const ICONS: Record<string, string> = {
  verified: ":white_check_mark: verified",
  accepted: ":ballot_box_with_check: accepted",
  unverified: ":warning: unverified",
  not_found: ":grey_question: not found",
  failed: ":x: failed",
  skipped: ":fast_forward: skipped",
};

const HEADINGS: Record<string, string> = { done: "Done.", partly_done: "Partly done.", failed: "Failed." };

const ROOT_WORDS: Record<string, string> = {
  done: "). Done.",
  partly_done: "Partly done: some steps failed",
  failed: "Failed. Check each step below",
};

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** What is true at the vendors, whatever anybody says. */
function truthOf(world: World, leaver: Leaver) {
  const { zoom, cloudflare } = world.company;
  const user = zoom.users.get(leaver.zoomId);
  const written = (method: string, path: string) =>
    zoom.calls.some(
      ({ request, outcome }) =>
        request.method === method &&
        request.path === `/v2/users/${leaver.zoomId}${path}` &&
        ("fault" in outcome ? outcome.fault === "lostAnswer" : outcome.status < 300),
    );
  const revoked = (scope: "account" | "zone") =>
    cloudflare.revocations.some(
      (revocation) => revocation.scope === scope && revocation.email.toLowerCase() === leaver.email,
    );
  return {
    isInactive: user?.status === "inactive",
    isGone: user === undefined,
    hasSsoSessions: (user?.pretend.ssoSessions ?? 0) > 0,
    hasAccessSessions: cloudflare.liveSessions(leaver.accessId).length > 0,
    tokenWasRevoked: written("DELETE", "/token"),
    revokedInAccount: revoked("account"),
    revokedInZone: revoked("zone"),
  };
}

type Truth = ReturnType<typeof truthOf>;

/** Whether the effect that a step speaks of is there. */
function effectOf(stepId: string, truth: Truth): boolean {
  if (stepId === "deactivate") return truth.isInactive;
  if (stepId === "delete" || stepId === "disassociate") return truth.isGone;
  if (stepId === "revoke-sso-token") return truth.tokenWasRevoked;
  if (stepId === "revoke-cloudflare-account") return !truth.hasAccessSessions;
  if (stepId.startsWith("revoke-cloudflare-zone")) return truth.revokedInZone;
  throw new Error(`The oracle does not know the step ${stepId}.`);
}

/** Whether the call of a step reached the vendor and was carried out. */
function wasCarriedOut(stepId: string, truth: Truth): boolean {
  return stepId === "revoke-cloudflare-account" ? truth.revokedInAccount : effectOf(stepId, truth);
}

function checkClaim(step: FinishedData, truth: Truth): void {
  const { stepId, outcome, sentence } = step;
  if (stepId === "snapshot") return;
  const claim = `${stepId}: ${outcome}. ${sentence}`;
  const isTrue =
    outcome === "verified"
      ? effectOf(stepId, truth)
      : outcome === "not_found"
        ? truth.isGone
        : outcome === "skipped" || sentence.includes("It was NOT done")
          ? !wasCarriedOut(stepId, truth)
          : true;
  expect({ claim, isTrue }).toEqual({ claim, isTrue: true });
}

/** Every step's events: begun before it was sent, answered at most once, ended exactly once. */
function checkEvents(events: readonly { type: string; data: Record<string, unknown> }[], stepId: string) {
  const types = events.filter(({ data }) => data["stepId"] === stepId).map(({ type }) => type);
  const sent = ["step.started", "step.answered", "step.finished"];
  expect([sent, sent.toSpliced(1, 1), sent.slice(2)]).toContainEqual(types);
}

/**
 * Compares what a request's thread, its message and the audit log say with each other and with what is true at
 * the vendors: no step is told better than it is, nothing is told twice, and everything in the order it happened.
 */
export async function readStory(world: World, requestId: string, leaver: Leaver): Promise<Story> {
  const truth = truthOf(world, leaver);
  const events = await eventsOf(world, requestId);
  const request = await storedRequest(world, requestId);
  const root = rootOf(world, requestId);
  if (request === undefined || root === undefined) throw new Error(`There is no story of ${requestId}.`);
  const thread = world.company.slack.messages
    .filter((message) => message.threadTs === root.ts && !message.deleted)
    .toSorted((left, right) => Number(left.ts) - Number(right.ts));

  const steps: Story["steps"] = {};
  const finished = events.filter(({ type }) => type === "step.finished");
  for (const event of finished) {
    const step = event.data as unknown as FinishedData;
    checkEvents(events, step.stepId);
    checkClaim(step, truth);
    const line = thread.find(({ metadata }) => idOf(metadata) === `${event.id}:thread`)?.text ?? "";
    expect(line).toContain(ICONS[step.outcome]);
    expect(line).toContain(escaped(step.sentence));
    const { advice, status, code, attempts } = step.facts;
    if (advice !== undefined) expect(line).toContain(`*What to do:* ${escaped(advice)}`);
    if (code !== undefined) expect(line).toContain(`code ${code}`);
    if (["failed", "unverified"].includes(step.outcome)) expect(line).toContain("*What to do:*");
    steps[step.stepId.replace(/-zone-.*/, "-zone")] = {
      outcome: step.outcome,
      sentence: step.sentence,
      line,
      ...(advice === undefined ? {} : { advice }),
      ...(status === undefined ? {} : { status }),
      ...(code === undefined ? {} : { code }),
      ...(attempts === undefined ? {} : { attempts }),
    };
  }
  const once = events.map(({ type }) => type).filter((type) => /^run\.|^request\.created/.test(type));
  expect(once).toEqual(["request.created", "run.started", "run.finished"]);

  const end = events.at(-1);
  const sentence = String(end?.data["sentence"]);
  expect(end?.data["state"]).toBe(request.state);
  expect(thread.at(-1)?.text).toContain(HEADINGS[request.state]);
  expect(thread.at(-1)?.text).toContain(escaped(sentence));
  // Slack may have refused its blocks, and then its text alone tells the state.
  if (root.blocks.length > 0)
    expect(JSON.stringify(root.blocks)).toContain(JSON.stringify(escaped(sentence)).slice(1, -1));
  expect(root.text).toContain(ROOT_WORDS[request.state]);
  const told = ["decision.made", "request.expired", "power.suspended", "step.finished", "run.finished"];
  expect(thread.map(({ metadata }) => idOf(metadata))).toEqual(
    events.filter(({ type }) => told.includes(type)).map(({ id }) => `${id}:thread`),
  );
  checkSummary(request.state, sentence, Object.values(steps), truth);

  const ids = messageIdsOf(world, requestId);
  expect(ids).toEqual([...new Set(ids)]);
  expect(await verifyChain(world.database)).toMatchObject({ ok: true });
  const outcomes = Object.fromEntries(Object.entries(steps).map(([id, { outcome }]) => [id, outcome]));
  return { state: request.state, sentence, root, steps, outcomes };
}

function checkSummary(state: string, sentence: string, steps: readonly ToldStep[], truth: Truth): void {
  const count = (outcome: string) => steps.filter((step) => step.outcome === outcome).length;
  if (/\d+ of \d+ steps/.test(sentence))
    expect(sentence).toContain(`${count("verified")} of ${steps.length} steps verified`);
  if (state !== "done") {
    expect(count("verified") + count("accepted")).toBeLessThan(steps.length);
    return;
  }
  expect(truth).toMatchObject({ hasSsoSessions: false, hasAccessSessions: false });
  expect(truth.isInactive || truth.isGone).toBe(true);
}

function idOf(metadata: Message["metadata"]): unknown {
  return (metadata?.["event_payload"] as { id?: unknown } | undefined)?.id;
}
