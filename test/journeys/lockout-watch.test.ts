import { afterAll, beforeAll, expect, test } from "vitest";
import { addVictim, doorsAt, lockedOut, lockOut, press, type Victim } from "./world/locking-out.ts";
import { released } from "./world/releasing.ts";
import { answering } from "./world/struck.ts";
import { approvalPolicy } from "./world/approval-policy.ts";
import { eventsOf, eventually, rootOf, startWorld, threadOf, type World } from "./world/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld({
    environment: {
      POLICY_FILE: await approvalPolicy("lockout-watch"),
      LOCKOUT_WATCH_SECONDS: "0.5",
      // Watching so often takes all that Cloudflare allows, and then everything waits for that.
      CLOUDFLARE_RATE_LIMIT: "1000000",
    },
  });
});
afterAll(async () => {
  await world.close();
});

const CANNOT = answering(400, { code: 300, message: "Not now", success: false, errors: [], messages: [] });

/** Waits until a lockout has been looked at three times from now on: a fourth look begins when the third is over. */
async function fewRounds(requestId: string): Promise<void> {
  const begun = new Set<number>();
  await eventually("a few looks", async () => {
    const { rows } = await world.database.query<{ next: Date }>(
      "select next_watch_at as next from deadbolt.lockout where request_id = $1",
      [requestId],
    );
    for (const { next } of rows) begun.add(next.getTime());
    // One look was at work, or over, when this began.
    return begun.size >= 5;
  });
}

async function locked(): Promise<{ victim: Victim; requestId: string }> {
  const victim = addVictim(world);
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  return { victim, requestId };
}

async function typesOf(requestId: string): Promise<string[]> {
  return (await eventsOf(world, requestId))
    .map(({ type }) => type)
    .filter((type) => type.startsWith("watch."));
}

const news = (requestId: string, type: string) =>
  eventually(type, async () => (await typesOf(requestId)).includes(type));

function userOf(victim: Victim) {
  const user = world.company.zoom.users.get(victim.zoomId);
  if (user === undefined) throw new Error("Zoom does not know the victim.");
  return user;
}

test("a new session re-opens the alarm once, is mended by a second try, and then it holds", async () => {
  const { victim, requestId } = await locked();
  world.company.cloudflare.addSession(victim.accessId);
  await news(requestId, "watch.broken");
  await fewRounds(requestId);
  expect(await typesOf(requestId)).toEqual(["watch.broken"]);
  await eventually("the button", () =>
    JSON.stringify(rootOf(world, requestId)?.blocks).includes("lockout_retry"),
  );
  await press(world, "security", requestId, "lockout_retry");
  await eventually("the second try", async () =>
    (await eventsOf(world, requestId)).some(({ id }) => id === `${requestId}:again1:run:finished`),
  );
  expect(doorsAt(world, victim).sessionsAtCloudflare).toBe(false);
});

test("one door that is shut again does not make another one shut that nobody can see", async () => {
  const { victim, requestId } = await locked();
  const { cloudflare, zoom } = world.company;
  const list = [...cloudflare.denyListIds].flatMap((id) => cloudflare.gatewayLists.get(id) ?? [])[0];
  const index = list?.items.findIndex(({ value }) => value === victim.email) ?? -1;
  const taken = list?.items.splice(index, 1) ?? [];
  userOf(victim).status = "active";
  await news(requestId, "watch.broken");
  zoom.addFault({ ...CANNOT, method: "GET", path: new RegExp(`/users/${victim.zoomId}$`) });
  list?.items.push(...taken);
  await news(requestId, "watch.blind");
  await fewRounds(requestId);
  zoom.clearFaults();
  expect(await typesOf(requestId)).not.toContain("watch.held");
  expect(JSON.stringify(rootOf(world, requestId)?.blocks)).not.toContain("Zoom sign-in: closed");
});

test("one vendor that cannot be checked is said, while the other can", async () => {
  const { victim, requestId } = await locked();
  world.company.zoom.addFault({ ...CANNOT, method: "GET", path: new RegExp(`/users/${victim.zoomId}$`) });
  await news(requestId, "watch.blind");
  await eventually("its line", () =>
    threadOf(world, requestId).join("\n").includes("Zoom sign-in cannot be checked"),
  );
  await fewRounds(requestId);
  expect(await typesOf(requestId)).toEqual(["watch.blind"]);
  world.company.zoom.clearFaults();
  await news(requestId, "watch.held");
});

test("a session of somebody whom Access did not know when they were locked out is found by their e-mail", async () => {
  const { cloudflare } = world.company;
  const victim = addVictim(world);
  cloudflare.accessUsers.delete(victim.accessId);
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  await fewRounds(requestId);
  expect(await typesOf(requestId)).toEqual([]);
  // They sign in for the first time; someone else's address holds theirs.
  cloudflare.addAccessUser({ email: `not.${victim.email}`, name: "Somebody else" });
  const access = cloudflare.addAccessUser({ email: victim.email, name: victim.name });
  cloudflare.addSession(access.id);
  await news(requestId, "watch.broken");
  const broken = (await eventsOf(world, requestId)).find(({ type }) => type === "watch.broken");
  expect(broken?.data["doors"]).toMatchObject([
    { door: "cloudflare-sessions", because: "A Cloudflare Access session is open." },
  ]);
});

test("several Access users with the e-mail are told, and none of them is taken for the person", async () => {
  const { cloudflare } = world.company;
  const victim = addVictim(world);
  cloudflare.accessUsers.delete(victim.accessId);
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  for (const name of ["One", "Another"])
    cloudflare.addSession(cloudflare.addAccessUser({ email: victim.email, name }).id);
  await news(requestId, "watch.blind");
  const blind = (await eventsOf(world, requestId)).find(({ type }) => type === "watch.blind");
  expect(String(blind?.data["because"])).toContain("several users with this e-mail");
  expect(await typesOf(requestId)).not.toContain("watch.broken");
});

test("whoever was activated and deactivated again by hand is not activated by a release, which says why", async () => {
  const { victim, requestId } = await locked();
  userOf(victim).status = "active";
  await news(requestId, "watch.broken");
  userOf(victim).status = "inactive";
  await news(requestId, "watch.held");
  const { state, text } = await released(world, victim.email);
  expect(text).toContain("and not by a request here");
  expect(state).toBe("done");
  expect(userOf(victim).status).toBe("inactive");
});

test("a role that was taken away is given back, also after a second try found nothing to take", async () => {
  const victim = addVictim(world, { type: 2 });
  const user = userOf(victim);
  world.company.zoom.roles.set("RHELP", { name: "Help desk", description: "Looks after people." });
  user.role_id = "RHELP";
  const requestId = await lockOut(world, victim);
  await lockedOut(world, requestId);
  user.status = "active";
  await news(requestId, "watch.broken");
  await eventually("the button", () =>
    JSON.stringify(rootOf(world, requestId)?.blocks).includes("lockout_retry"),
  );
  await press(world, "security", requestId, "lockout_retry");
  await eventually("the second try", async () =>
    (await eventsOf(world, requestId)).some(({ id }) => id === `${requestId}:again1:run:finished`),
  );
  const { state } = await released(world, victim.email);
  expect(state).toBe("done");
  expect(user.role_id).toBe("RHELP");
  const types = await typesOf(requestId);
  expect(types.filter((type) => type === "watch.broken")).toHaveLength(1);
});
