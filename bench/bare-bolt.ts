import { App, HTTPReceiver, LogLevel } from "@slack/bolt";

/** The least that Bolt can do: verify, dispatch, acknowledge. What Deadbolt's acknowledgement is measured against. */
const [port = "0", text = ""] = process.argv.slice(2);
const receiver = new HTTPReceiver({ signingSecret: "playground-signing-secret", logLevel: LogLevel.ERROR });
const app = new App({
  receiver,
  logLevel: LogLevel.ERROR,
  authorize: () => Promise.resolve({ botToken: "xoxb-bare", botId: "B0BARE", botUserId: "U0BARE" }),
});
app.command("/deadbolt", async ({ ack }) => {
  await ack({ response_type: "ephemeral", text });
});
await app.start({ port: Number(port), host: "127.0.0.1" });
process.stdout.write("ready\n");
