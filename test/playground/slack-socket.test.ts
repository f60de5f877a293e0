import type { ModalView } from "@slack/types";
import { expect, test } from "vitest";
import { WebSocket } from "ws";
import { clientOf, startSocketApp, startWorld } from "./slack-world.ts";

const form: ModalView = {
  type: "modal",
  callback_id: "form",
  title: { type: "plain_text", text: "Form" },
  submit: { type: "plain_text", text: "Send" },
  blocks: [
    {
      type: "input",
      block_id: "reason",
      label: { type: "plain_text", text: "Reason" },
      element: { type: "plain_text_input", action_id: "value" },
    },
  ],
};

test("a command, a submission and an event travel over Socket Mode", async () => {
  const slack = await startWorld();
  const opened: string[] = [];
  await startSocketApp(slack, (app) => {
    app.command("/form", async ({ ack, client, command }) => {
      await client.views.open({ trigger_id: command.trigger_id, view: form });
      await ack({ response_type: "ephemeral", text: "Here it is." });
    });
    app.view("form", async ({ ack, view }) => {
      const bad = view.state.values["reason"]?.["value"]?.value === "bad";
      await (bad ? ack({ response_action: "errors", errors: { reason: "No." } }) : ack());
    });
    app.event("app_home_opened", async ({ event }) => void opened.push(event.user));
  });
  const ada = slack.as("U0ADA");
  expect((await ada.command("/form")).status).toBe(200);
  expect(slack.notices).toMatchObject([{ toUser: "U0ADA", text: "Here it is." }]);
  const [view] = slack.views.values();
  if (view === undefined) throw new Error("No view is open.");
  await ada.submit(view.id, { reason: "bad" });
  expect(view.errors).toEqual({ reason: "No." });
  await ada.submit(view.id, { reason: "good" });
  expect(slack.views.size).toBe(0);
  await ada.openHome();
  expect(opened).toEqual(["U0ADA"]);
});

test("an envelope can be sent again, and runs again", async () => {
  const slack = await startWorld();
  let runs = 0;
  await startSocketApp(slack, (app) =>
    app.command("/count", async ({ ack }) => {
      runs += 1;
      await ack();
    }),
  );
  const { request } = await slack.as("U0ADA").command("/count");
  expect((await slack.deliver(request)).status).toBe(200);
  expect(runs).toBe(2);
});

test("an app comes back after Slack told its connection to go", async () => {
  const slack = await startWorld();
  await startSocketApp(slack, (app) => app.command("/x", async ({ ack }) => ack("back")));
  slack.disconnectSockets("refresh_requested");
  expect(await slack.as("U0ADA").command("/x")).toMatchObject({ status: 0, shown: "dispatch_failed" });
  await expect.poll(() => slack.socketConnections()).toBe(1);
  expect((await slack.as("U0ADA").command("/x")).body).toContain("back");
});

test("an envelope without an acknowledgement times out", async () => {
  const slack = await startWorld({ acknowledgeWithin: 20 });
  await startSocketApp(slack, (app) => app.command("/slow", async () => {}));
  expect(await slack.as("U0ADA").command("/slow")).toMatchObject({ status: 0, shown: "operation_timeout" });
});

test("a connection needs a ticket, and each ticket opens one", async () => {
  const slack = await startWorld();
  const { url = "" } = await clientOf(slack, slack.credentials.appToken).apps.connections.open({});
  const outcome = (address: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(address);
      socket.on("message", () => {
        socket.close();
        resolve("hello");
      });
      socket.on("error", () => resolve("refused"));
    });
  expect(await outcome(url)).toBe("hello");
  expect(await outcome(url)).toBe("refused");
  expect(await outcome(url.replace(/ticket=\w+/, "ticket=guess"))).toBe("refused");
});

test("without an address and without a connection nothing can be sent, and that is said", async () => {
  const slack = await startWorld();
  await expect(slack.as("U0ADA").command("/x")).rejects.toThrow("Nobody listens");
});
