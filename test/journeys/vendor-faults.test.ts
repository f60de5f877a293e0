import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FaultKind } from "../../playground/fault.ts";
import { PEOPLE } from "../../playground/company.ts";
import { addLeaver, offboard, type Leaver } from "./world/leaver.ts";
import { ALL_DONE, answering, runStruck, type Strike } from "./world/struck.ts";
import {
  ended,
  eventsOf,
  eventually,
  noticeAfter,
  rootOf,
  startWorld,
  storedRequest,
  threadOf,
  type World,
} from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({ environment: { VENDOR_TIMEOUT_SECONDS: "1", READ_BACK_SECONDS: "1" } });
});
afterAll(async () => {
  await world.close();
});

const REST_OF_DELETE = {
  snapshot: "verified",
  "revoke-cloudflare-account": "verified",
  "revoke-cloudflare-zone": "accepted",
};

const QPS = { code: 429, message: "You have reached the maximum per-second rate limit for this API." };
const fault500 = answering(500, { code: 500, message: "Internal error" });

const run = (strike: Strike) => runStruck(world, strike);

type ZoomCall = "status" | "token" | "user";

/** Strikes calls about one person alone, so that others can run beside it. */
function strikeZoom(leaver: Leaver, method: string, call: ZoomCall, kind: FaultKind, times?: number): void {
  const path = new RegExp(`^/v2/users/${leaver.zoomId}${call === "user" ? "" : `/${call}`}$`);
  world.company.zoom.addFault({ ...kind, method, path, ...(times === undefined ? {} : { times }) });
}

function callsTo(leaver: Leaver, method: string, call: ZoomCall) {
  const path = `/v2/users/${leaver.zoomId}${call === "user" ? "" : `/${call}`}`;
  return world.company.zoom.calls.filter(({ request }) => request.method === method && request.path === path);
}

describe("when Zoom fails, the step says so and the others go on:", () => {
  test.concurrent("a user who vanished before the run is not found, which is not done", async () => {
    const { story } = await run({ strike: ({ zoomId }) => void world.company.zoom.users.delete(zoomId) });
    expect(story.outcomes).toEqual({
      ...ALL_DONE,
      snapshot: "not_found",
      deactivate: "not_found",
      "revoke-sso-token": "not_found",
    });
    expect(story.state).toBe("partly_done");
    expect(story.steps["deactivate"]).toMatchObject({ status: 404, code: 1001 });
    expect(story.steps["deactivate"]?.sentence).toContain("not the same as done");
  });

  test.concurrent("a user with Zoom Events ahead keeps the account, with advice on the events", async () => {
    const { story } = await run({ zoomFacts: { pretend: { upcomingZoomEvents: true } } });
    expect(story.outcomes).toEqual({ ...ALL_DONE, deactivate: "failed" });
    expect(story.state).toBe("partly_done");
    expect(story.steps["deactivate"]).toMatchObject({ status: 400, code: 300 });
    expect(story.steps["deactivate"]?.advice).toContain("Zoom Events");
  });

  test.concurrent("an admin cannot be deactivated, with advice on the role", async () => {
    const { story } = await run({ zoomFacts: { role_id: "1" } });
    expect(story.outcomes).toEqual({ ...ALL_DONE, deactivate: "failed" });
    expect(story.steps["deactivate"]).toMatchObject({ status: 400, code: 200 });
    expect(story.steps["deactivate"]?.advice).toContain("admin role");
  });

  test.concurrent("what failed of an offboarding is tried again by those who may request it, and ends as done", async () => {
    const { slack, zoom } = world.company;
    const leaver = addLeaver(world, { role_id: "1" });
    const requestId = await offboard(world, leaver, "deactivate");
    expect(await ended(world, requestId)).toBe("partly_done");
    const root = await eventually("the button", () => {
      const now = rootOf(world, requestId);
      return JSON.stringify(now?.blocks).includes("Retry what failed") ? now : undefined;
    });
    if (root === undefined) throw new Error("There is no message.");
    const told = await noticeAfter(world, "stranger", () =>
      slack.as(PEOPLE.stranger.id).click(root, "lockout_retry"),
    );
    expect(told).toContain("Nothing was changed.");
    const user = zoom.users.get(leaver.zoomId);
    if (user === undefined) throw new Error("Zoom does not know the leaver.");
    user.role_id = "2";
    await slack.as(PEOPLE.requester.id).click(root, "lockout_retry");
    await eventually("the second try", async () => (await storedRequest(world, requestId))?.state === "done");
    expect(user.status).toBe("inactive");
    await eventually("the thread", () =>
      threadOf(world, requestId).some((line) => line.includes("tries again what failed: one step")),
    );
    const finished = (await eventsOf(world, requestId)).filter(({ type }) => type === "step.finished");
    expect(finished).toHaveLength(Object.keys(ALL_DONE).length + 1);
  });

  const soon = () => new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 1_000);
  const hints: Record<string, () => Record<string, string>> = {
    "no header": () => ({}),
    "the per-second headers": () => ({ "x-ratelimit-category": "Light", "x-ratelimit-type": "QPS" }),
    "Retry-After in seconds": () => ({ "retry-after": "1" }),
    "Retry-After as an ISO date-time": () => ({ "retry-after": soon().toISOString().replace(".000Z", "Z") }),
    "Retry-After as an HTTP date": () => ({ "retry-after": soon().toUTCString() }),
    "X-RateLimit-Reset": () => ({ "x-ratelimit-reset": String(soon().getTime() / 1_000) }),
  };
  test.concurrent.each(Object.entries(hints))(
    "a rate limit with %s is waited out",
    async (_name, headers) => {
      const { leaver, story } = await run({
        strike: (leaver) => strikeZoom(leaver, "PUT", "status", answering(429, QPS, headers()), 2),
      });
      expect(story.outcomes).toEqual(ALL_DONE);
      expect(story.state).toBe("done");
      expect(callsTo(leaver, "PUT", "status")).toHaveLength(3);
    },
  );

  test.concurrent("a rate limit that stays ends as not done", async () => {
    const { story } = await run({
      strike: (leaver) => strikeZoom(leaver, "PUT", "status", answering(429, QPS)),
    });
    expect(story.outcomes).toEqual({ ...ALL_DONE, deactivate: "failed" });
    expect(story.state).toBe("partly_done");
    expect(story.steps["deactivate"]).toMatchObject({ status: 429, attempts: 3 });
    expect(story.steps["deactivate"]?.sentence).toContain("It was NOT done");
  });

  test.concurrent("a daily limit is not waited for, and the thread says until when it holds", async () => {
    const { leaver, story } = await run({
      strike: (leaver) =>
        strikeZoom(leaver, "PUT", "status", answering(429, QPS, { "x-ratelimit-type": "Daily-limit" })),
    });
    expect(story.outcomes).toEqual({ ...ALL_DONE, deactivate: "failed" });
    expect(callsTo(leaver, "PUT", "status")).toHaveLength(1);
    expect(story.steps["deactivate"]?.advice).toContain("00:00 UTC");
  });

  test.concurrent("a fault of Zoom's own that passes is tried again", async () => {
    const { story } = await run({ strike: (leaver) => strikeZoom(leaver, "PUT", "status", fault500, 2) });
    expect(story.outcomes).toEqual(ALL_DONE);
    expect(story.state).toBe("done");
  });

  test.concurrent("a fault of Zoom's own that stays is read back and told as not done", async () => {
    const { leaver, story } = await run({
      strike: (leaver) => strikeZoom(leaver, "PUT", "status", fault500),
    });
    expect(story.outcomes).toEqual({ ...ALL_DONE, deactivate: "failed" });
    expect(story.steps["deactivate"]?.sentence).toContain("Treat it as NOT done");
    expect(callsTo(leaver, "GET", "user").length).toBeGreaterThan(1);
  });

  test.concurrent("a connection that breaks before the effect is tried again", async () => {
    const { story } = await run({
      strike: (leaver) => strikeZoom(leaver, "PUT", "status", { kind: "reset" }, 1),
    });
    expect(story.outcomes).toEqual(ALL_DONE);
  });

  test.concurrent("an answer that is lost for good is settled by reading back", async () => {
    const { story } = await run({
      strike: (leaver) => strikeZoom(leaver, "PUT", "status", { kind: "lostAnswer" }),
    });
    expect(story.outcomes).toEqual(ALL_DONE);
    expect(story.steps["deactivate"]?.sentence).toContain("The answer was lost");
  });

  test.concurrent("a lost answer of what cannot be read back is not told as done", async () => {
    const { story } = await run({
      strike: (leaver) => strikeZoom(leaver, "DELETE", "token", { kind: "lostAnswer" }),
    });
    expect(story.outcomes).toEqual({ ...ALL_DONE, "revoke-sso-token": "failed" });
    expect(story.steps["revoke-sso-token"]?.sentence).toContain("Treat it as NOT done");
    expect(story.state).toBe("partly_done");
  });

  test.concurrent("silence ends after the time limit, and the rest is not kept waiting for ever", async () => {
    const { story } = await run({
      strike: (leaver) => strikeZoom(leaver, "PUT", "status", { kind: "hang" }),
    });
    expect(story.outcomes).toEqual({ ...ALL_DONE, deactivate: "failed" });
    expect(story.steps["deactivate"]?.attempts).toBe(3);
  });

  test.concurrent("an answer that breaks off is read again", async () => {
    const { story } = await run({
      strike: (leaver) => strikeZoom(leaver, "GET", "user", { kind: "truncated" }, 1),
    });
    expect(story.outcomes).toEqual(ALL_DONE);
  });

  test.concurrent("answers that always break off cost the snapshot and the proof, not the action", async () => {
    const { leaver, story } = await run({
      strike: (leaver) => strikeZoom(leaver, "GET", "user", { kind: "truncated" }),
    });
    expect(story.outcomes).toEqual({ ...ALL_DONE, snapshot: "failed", deactivate: "unverified" });
    expect(story.state).toBe("partly_done");
    expect(world.company.zoom.users.get(leaver.zoomId)?.status).toBe("inactive");
  });

  test.concurrent("a read-back that fails leaves the step unverified, with advice", async () => {
    const { story } = await run({
      strike: (leaver) => {
        const onCall = ({ request }: { request: { method: string; path: string } }) => {
          if (request.method !== "PUT" || !request.path.includes(leaver.zoomId)) return;
          world.company.zoom.events.off("call", onCall);
          strikeZoom(leaver, "GET", "user", fault500);
        };
        world.company.zoom.events.on("call", onCall);
      },
    });
    expect(story.outcomes).toEqual({ ...ALL_DONE, deactivate: "unverified" });
    expect(story.steps["deactivate"]?.sentence).toContain("could not be read back");
    expect(story.steps["deactivate"]?.advice).toBeTruthy();
  });

  test.concurrent("somebody else's e-mail on the Zoom user stops everything before anything is sent", async () => {
    const { leaver, story } = await run({
      strike: ({ zoomId }) => {
        const user = world.company.zoom.users.get(zoomId);
        if (user !== undefined) user.email = "somebody.else@northwind.example";
      },
    });
    expect(story.state).toBe("failed");
    expect(story.outcomes).toEqual({
      snapshot: "failed",
      deactivate: "skipped",
      "revoke-sso-token": "skipped",
      "revoke-cloudflare-account": "skipped",
      "revoke-cloudflare-zone": "skipped",
    });
    expect(story.sentence).toContain("Nothing was done");
    expect(callsTo(leaver, "PUT", "status")).toEqual([]);
    expect(callsTo(leaver, "DELETE", "token")).toEqual([]);
    expect(world.company.cloudflare.revocations.filter(({ email }) => email === leaver.email)).toEqual([]);
  });

  test.concurrent("a deletion whose answer is lost is read back and sent once", async () => {
    const { leaver, story } = await run({
      action: "delete",
      strike: (leaver) => strikeZoom(leaver, "DELETE", "user", { kind: "lostAnswer" }),
    });
    expect(story.outcomes).toEqual({
      ...REST_OF_DELETE,
      delete: "verified",
      "revoke-sso-token": "not_found",
    });
    expect(story.state).toBe("done");
    expect(callsTo(leaver, "DELETE", "user")).toHaveLength(1);
    expect(world.company.zoom.deletedUsers.map(({ user }) => user.id)).toContain(leaver.zoomId);
  });

  test.concurrent("a deletion whose request is lost is not repeated and not told as done", async () => {
    const { leaver, story } = await run({
      action: "delete",
      strike: (leaver) => strikeZoom(leaver, "DELETE", "user", { kind: "reset" }),
    });
    expect(story.outcomes).toEqual({ ...REST_OF_DELETE, delete: "failed", "revoke-sso-token": "accepted" });
    expect(callsTo(leaver, "DELETE", "user")).toHaveLength(1);
    expect(world.company.zoom.users.has(leaver.zoomId)).toBe(true);
  });

  test.concurrent("without a snapshot nothing that cannot be undone is sent", async () => {
    const { leaver, story } = await run({
      action: "disassociate",
      strike: (leaver) => strikeZoom(leaver, "GET", "user", fault500),
    });
    expect(story.outcomes).toEqual({
      ...REST_OF_DELETE,
      snapshot: "failed",
      disassociate: "skipped",
      "revoke-sso-token": "accepted",
    });
    expect(callsTo(leaver, "DELETE", "user")).toEqual([]);
  });
});
