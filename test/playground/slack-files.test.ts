import { expect, test } from "vitest";
import { form, openForm, plain } from "./slack-form.ts";
import { call, clientOf, startWorld } from "./slack-world.ts";

const CONTENT = "id,name\n1,Sam\n";

test("a file that the app uploads stands in the thread, and can be read with its token alone", async () => {
  const slack = await startWorld();
  const client = clientOf(slack);
  const root = await client.chat.postMessage({ channel: "C0SEC", text: "A long answer" });
  await client.filesUploadV2({
    channel_id: "C0SEC",
    thread_ts: root.ts ?? "",
    initial_comment: "All of it",
    filename: "users.csv",
    title: "Users",
    content: CONTENT,
  });
  const message = slack.messages.at(-1);
  expect(message).toMatchObject({ threadTs: root.ts, text: "All of it" });
  const [id = ""] = message?.files ?? [];
  const { file } = await client.files.info({ file: id });
  expect(file).toMatchObject({
    name: "users.csv",
    title: "Users",
    mimetype: "text/csv",
    size: CONTENT.length,
  });
  const address = file?.url_private_download ?? "";
  const authorization = `Bearer ${slack.credentials.botToken}`;
  expect(await (await fetch(address, { headers: { authorization } })).text()).toBe(CONTENT);
  expect(await (await fetch(address)).text()).toContain("Sign in");
});

test("nothing is shared whose bytes never came, and nothing of somebody else's", async () => {
  const slack = await startWorld();
  const { body } = await call(slack, "files.getUploadURLExternal", { filename: "a.txt", length: 3 });
  const files = [{ id: body["file_id"] }];
  expect(
    (await call(slack, "files.completeUploadExternal", { files, channel_id: "C0SEC" })).body,
  ).toMatchObject({
    error: "file_not_found",
  });
  expect((await fetch(String(body["upload_url"]), { method: "POST", body: "four" })).status).toBe(400);
  expect((await call(slack, "files.info", { file: body["file_id"] })).body).toMatchObject({
    error: "file_not_found",
  });
  const own = slack.as("U0ADA").upload("picture.png", Buffer.from("png"));
  expect((await call(slack, "files.completeUploadExternal", { files: [{ id: own }] })).body).toMatchObject({
    error: "file_not_found",
  });
  expect(slack.messages).toEqual([]);
});

test("without the scopes files are neither written nor read", async () => {
  const slack = await startWorld({ scopes: ["chat:write"] });
  expect((await call(slack, "files.getUploadURLExternal", { filename: "a", length: 1 })).body).toMatchObject({
    error: "missing_scope",
    needed: "files:write",
  });
  expect((await call(slack, "files.info", { file: "F0" })).body).toMatchObject({ needed: "files:read" });
});

test("a file that somebody chose in a form arrives with an address where the app can read it", async () => {
  const slack = await startWorld();
  let files: { id: string; name?: string; url_private_download?: string }[] | undefined;
  const view = await openForm(
    slack,
    form([
      {
        type: "input",
        block_id: "picture",
        label: plain("Picture"),
        element: { type: "file_input", action_id: "value", filetypes: ["png"] },
      },
    ]),
    (app) => {
      app.view("form", async ({ ack, view }) => {
        const held = view.state.values["picture"]?.["value"] as { files?: typeof files } | undefined;
        files = held?.files;
        await ack();
      });
    },
  );
  const ada = slack.as("U0ADA");
  const id = ada.upload("picture.png", Buffer.from([1, 2, 3]));
  await ada.submit(view.id, { picture: [id] });
  expect(files).toMatchObject([{ id, name: "picture.png" }]);
  const answer = await fetch(files?.[0]?.url_private_download ?? "", {
    headers: { authorization: `Bearer ${slack.credentials.botToken}` },
  });
  expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([1, 2, 3]);
});
