import { setTimeout as sleep } from "node:timers/promises";
import { startCloudflareSimulator, type CloudflareSimulator } from "../../../playground/cloudflare/server.ts";
import { addCloudflareBelongings, ZOOM_SCOPES } from "../../../playground/belongings.ts";
import { startSlackSimulator, type SlackSimulator } from "../../../playground/slack/server.ts";
import { startZoomSimulator, type ZoomSimulator } from "../../../playground/zoom/server.ts";
import type { AuditEvent } from "../../../src/audit/event.ts";
import { createCloudflareConnector } from "../../../src/connectors/cloudflare.ts";
import { createConnectors } from "../../../src/connectors/connector.ts";
import { createSlackAdminConnector } from "../../../src/connectors/slack-admin.ts";
import { createZoomConnector } from "../../../src/connectors/zoom.ts";
import { verdictOf, type Verdict } from "../../../src/lockout/verdict.ts";
import { buildPlan, type Plan } from "../../../src/plan/plan.ts";
import { LOCKOUT_PARTS } from "../../../src/playbook/lockout-fields.ts";
import { lockout } from "../../../src/playbook/lockout.ts";
import type { Operation } from "../../../src/catalogue/operation.ts";
import type { Target } from "../../../src/target/target.ts";
import { runRequest } from "../../../src/workflow/run/run-request.ts";
import { recordBreakdown } from "../../../src/workflow/run/step-breakdown.ts";
import { runStep } from "../../../src/workflow/step/run-step.ts";
import { createInstantClock } from "../../connectors/instant-clock.ts";
import { createPretendContext } from "../pretend-context.ts";

/** Someone whose every door is open, at the pretend vendors of one world. */
export interface Taken {
  target: Target;
  zoomId: string;
  accessId: string;
  slackId: string;
  email: string;
  meetingId: number;
}

export interface Vendors {
  zoom: ZoomSimulator;
  cloudflare: CloudflareSimulator;
  slack: SlackSimulator;
  add(): Taken;
  /**
   * Runs a whole lockout through the real connectors; every wait of the app's own takes no time.
   * `isDisturbed` when this machine was so busy that an answer came too late which the vendor gave in time.
   */
  lockOut(
    taken: Taken,
    /** Called before each call with its number, from 0; what it throws, the call throws. */
    before?: (operation: Operation, index: number) => void,
  ): Promise<{ plan: Plan; verdict: Verdict; events: AuditEvent[]; isDisturbed: boolean }>;
  /** The time of the vendors. */
  now(): Date;
  close(): Promise<void>;
}

/** A vendor that does not answer is given up after this many milliseconds: enough for one that does, on a busy machine. */
const TIMEOUT = 1_500;
/** The role that Zoom takes away before it deactivates. */
const ADMINISTRATOR = { id: "1", name: "Admin" };

/** The pretend Zoom, Cloudflare and Slack, and a run of the real steps against them, with the engine's memory in this process. */
export async function startVendors(): Promise<Vendors> {
  const clock = createInstantClock(Date.now());
  const time = () => new Date(clock.now());
  const [zoom, cloudflare, slack] = await Promise.all([
    startZoomSimulator({ rateLimits: false, clock: time, scopes: ZOOM_SCOPES }),
    startCloudflareSimulator({ rateLimits: false, clock: time }),
    startSlackSimulator({ rateLimits: false, clock: time }),
  ]);
  addCloudflareBelongings(cloudflare, []);
  const common = { timeout: TIMEOUT, clock, random: () => 0 };
  const connector = createConnectors({
    zoom: createZoomConnector({
      apiUrl: zoom.apiUrl,
      oauthUrl: zoom.oauthUrl,
      ...zoom.credentials,
      plan: "business",
      ...common,
    }),
    cloudflare: createCloudflareConnector({
      apiUrl: cloudflare.apiUrl,
      credentials: { apiToken: cloudflare.credentials.apiToken },
      ...common,
    }),
    slack: createSlackAdminConnector({
      apiUrl: `${slack.url}/api/`,
      token: slack.credentials.adminToken,
      ...common,
    }),
  });
  const { accountId, zoneIds } = cloudflare.credentials;
  const listId = [...cloudflare.denyListIds][0] ?? "";
  let count = 0;
  return {
    zoom,
    cloudflare,
    slack,
    add() {
      count += 1;
      const email = `taken${count}@northwind.example`;
      const user = zoom.addUser({ email, login_types: [100, 101], type: 2, role_id: ADMINISTRATOR.id });
      zoom.signIn(user.id);
      const meeting = zoom.addMeeting(user, { topic: "All hands", live: true });
      const access = cloudflare.addAccessUser({ email, name: `Taken ${count}` });
      cloudflare.addSession(access.id);
      cloudflare.enrolDevice(access.id, { name: "Laptop" });
      const slackId = `U0TAKEN${count}`;
      slack.addUser({ id: slackId, name: `taken${count}`, email });
      slack.signIn(slackId);
      const ids = { slackId, zoomUserId: user.id, zoomEmail: email, cloudflareUserId: access.id };
      const target: Target = { name: `Taken ${count}`, email, ...ids, found: [] };
      return { target, zoomId: user.id, accessId: access.id, slackId, email, meetingId: meeting.id };
    },
    async lockOut({ target }, before) {
      const fields = {
        parts: [...LOCKOUT_PARTS],
        reason: "Taken over",
        seen: { hasPassword: true, role: ADMINISTRATOR },
      };
      const plan = buildPlan(lockout, fields, target, {
        cloudflareAccountId: accountId,
        cloudflareZoneIds: zoneIds,
        cloudflareBlockListId: listId,
        revokeAgainSeconds: 45,
        slackTeamId: slack.credentials.teamId,
      });
      const { context, events } = createPretendContext({}, 0);
      let timeouts = 0;
      let index = 0;
      const hung = () =>
        [...zoom.calls, ...cloudflare.calls, ...slack.calls].filter(
          ({ outcome }) => "fault" in outcome && outcome.fault === "hang",
        ).length;
      const hungBefore = hung();
      const step = {
        ...context,
        async execute(operation: Operation, input: unknown) {
          before?.(operation, index++);
          return connector.execute(operation, input, {
            onAttempt: ({ failure }) => (timeouts += failure === "timeout" ? 1 : 0),
          });
        },
        // The vendors live by the same clock: what takes them time takes the app as long.
        clock: {
          now: () => clock.now(),
          elapsed: () => clock.now(),
          sleep: (milliseconds: number) => clock.sleep(milliseconds),
        },
        known: (person: Target) => ({ ...context.known(person), cloudflareAccountId: accountId }),
      };
      const kept = new Map<string, unknown>();
      await runRequest(
        {
          async step(name, work) {
            const result = await work();
            kept.set(name, result);
            return result;
          },
        },
        {
          begin: () => Promise.resolve(plan),
          runStep: (run) =>
            runStep(step, run).catch((error: unknown) => recordBreakdown({ step, now: time }, run, error)),
          pause: () => sleep(50),
          finish: () => Promise.resolve(),
        },
        { requestId: "request1", attempt: 0 },
      );
      return { plan, verdict: verdictOf(plan, events), events, isDisturbed: timeouts > hung() - hungBefore };
    },
    now: time,
    async close() {
      await Promise.all([zoom.close(), cloudflare.close(), slack.close()]);
    },
  };
}
