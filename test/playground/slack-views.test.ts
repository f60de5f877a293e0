import type { KnownBlock } from "@slack/types";
import { expect, test } from "vitest";
import type { SlackSimulator } from "../../playground/slack/server.ts";
import { form, onlyView, openForm, plain, textInput } from "./slack-form.ts";
import { call, clientOf, standingClock, startHttpApp, startWorld } from "./slack-world.ts";

/** A trigger from a command that nobody used. */
async function freshTrigger(slack: SlackSimulator): Promise<string> {
  return (await slack.as("U0ADA").command("/nothing")).triggerId ?? "";
}

async function startWithIdleApp(clock?: () => Date): Promise<SlackSimulator> {
  const slack = await startWorld(clock === undefined ? {} : { clock });
  await startHttpApp(slack, (app) => app.command("/nothing", async ({ ack }) => ack()));
  return slack;
}

test("a trigger opens one modal only, and a refused view does not use it up", async () => {
  const slack = await startWithIdleApp();
  const trigger_id = await freshTrigger(slack);
  const broken = await call(slack, "views.open", {
    trigger_id,
    view: { ...form([]), title: plain("x".repeat(25)) },
  });
  expect(broken.body["error"]).toBe("invalid_arguments");
  const view = form([textInput("reason")]);
  expect((await call(slack, "views.open", { trigger_id, view })).body["ok"]).toBe(true);
  expect((await call(slack, "views.open", { trigger_id, view })).body["error"]).toBe("exchanged_trigger_id");
  const made = await call(slack, "views.open", { trigger_id: "1.2.x", view });
  expect(made.body["error"]).toBe("invalid_trigger_id");
});

test("a trigger expires after three seconds", async () => {
  const { clock, advance } = standingClock();
  const slack = await startWithIdleApp(clock);
  const trigger_id = await freshTrigger(slack);
  advance(3_001);
  const late = await call(slack, "views.open", { trigger_id, view: form([textInput("reason")]) });
  expect(late.body["error"]).toBe("expired_trigger_id");
});

test("an update with a stale hash is refused, by id and by external id", async () => {
  const slack = await startWorld();
  const { id, hash } = await openForm(slack, form([textInput("reason")], { external_id: "mine" }));
  const client = clientOf(slack);
  const view = form([textInput("reason")], { external_id: "mine" });
  await client.views.update({ view_id: id, hash, view });
  await expect(client.views.update({ view_id: id, hash, view })).rejects.toThrow("hash_conflict");
  await client.views.update({ external_id: "mine", view });
  await expect(client.views.update({ view_id: "V0NONE", view })).rejects.toThrow("not_found");
});

test("views are pushed three high, and each submission closes its own", async () => {
  const slack = await startWorld();
  const first = await openForm(slack, form([textInput("a")]), (app) => {
    app.view("form", async ({ ack, view }) => {
      const push = view.state.values["a"]?.["value"]?.value === "push";
      await (push ? ack({ response_action: "push", view: form([textInput("a")]) }) : ack());
    });
  });
  const ada = slack.as("U0ADA");
  await ada.submit(first.id, { a: "push" });
  await ada.submit(onlyView(slack).id, { a: "push" });
  const top = onlyView(slack);
  expect([top.stack.length, top.rootId, slack.views.size]).toEqual([3, first.id, 3]);
  await expect(ada.submit(first.id, { a: "x" })).rejects.toThrow("lies under another");
  const refused = await ada.submit(top.id, { a: "push" });
  expect(refused.shown).toContain("push_limit_reached");
  await ada.submit(top.id, { a: "done" });
  expect([...slack.views.keys()]).toEqual(first.stack);
  expect(slack.views.size).toBe(2);
});

test("an acknowledgement may update the view or clear the stack", async () => {
  const slack = await startWorld();
  let answer: "update" | "clear" = "update";
  const view = await openForm(slack, form([textInput("a")]), (app) => {
    app.view("form", async ({ ack }) => {
      await (answer === "update"
        ? ack({ response_action: "update", view: form([textInput("a")], { title: plain("Again") }) })
        : ack({ response_action: "clear" }));
    });
  });
  const before = view.hash;
  await slack.as("U0ADA").submit(view.id, { a: "x" });
  expect(view.content.title).toEqual(plain("Again"));
  expect(view.hash).not.toBe(before);
  answer = "clear";
  await slack.as("U0ADA").submit(view.id);
  expect(slack.views.size).toBe(0);
});

test("errors for a block that is not there, and views that break the rules, are reported", async () => {
  const slack = await startWorld();
  let answer: object = { response_action: "errors", errors: { nowhere: "Wrong." } };
  const view = await openForm(slack, form([textInput("a")]), (app) => {
    app.view("form", async ({ ack }) => ack(answer as { response_action: "clear" }));
  });
  const first = await slack.as("U0ADA").submit(view.id, { a: "x" });
  expect(first.shown).toContain("no input block: nowhere");
  answer = { response_action: "update", view: form([], { title: plain("x".repeat(25)) }) };
  const second = await slack.as("U0ADA").submit(view.id);
  expect(second.shown).toContain("/view/title/text");
  expect(slack.mistakes).toHaveLength(2);
  expect(slack.views.get(view.id)?.content.title).toEqual(plain("Form"));
});

test("closing tells the app only when it asked to be told", async () => {
  const slack = await startWorld();
  const closed: string[] = [];
  const view = await openForm(slack, form([textInput("a")], { notify_on_close: true }), (app) => {
    app.view({ type: "view_closed", callback_id: "form" }, async ({ ack, view }) => {
      closed.push(view.id);
      await ack();
    });
  });
  expect((await slack.as("U0ADA").closeView(view.id))?.status).toBe(200);
  expect([closed, slack.views.size]).toEqual([[view.id], 0]);
});

test("a home tab is published, shown and clicked", async () => {
  const slack = await startWorld();
  let clicks = 0;
  await startHttpApp(slack, (app) => {
    app.event("app_home_opened", async ({ event, client }) => {
      const blocks: KnownBlock[] = [
        { type: "actions", elements: [{ type: "button", action_id: "go", text: plain("Go") }] },
      ];
      await client.views.publish({ user_id: event.user, view: { type: "home", blocks } });
    });
    app.action("go", async ({ ack }) => {
      clicks += 1;
      await ack();
    });
  });
  expect((await slack.as("U0SAM").openHome()).status).toBe(200);
  await expect.poll(() => slack.homes.get("U0SAM")).toBeDefined();
  await slack.as("U0SAM").click({ viewId: slack.homes.get("U0SAM")?.id ?? "" }, "go");
  expect(clicks).toBe(1);
});
