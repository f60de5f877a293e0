import { WebClient } from "@slack/web-api";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PEOPLE, startCompany, type Company } from "../../playground/company.ts";
import { startPageServer, type PageServer } from "../../playground/page-server/server.ts";
import { openPage } from "./page-client.ts";

let company: Company;
let server: PageServer;
beforeAll(async () => {
  company = await startCompany({ rateLimits: false });
  server = await startPageServer({ company, auditEnvironment: {} });
});
afterAll(async () => {
  await server.close();
  await company.close();
});

const upload = (body: object) =>
  fetch(new URL("api/file", server.url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const fileFor = (as: string, id: string) =>
  fetch(new URL(`api/file?as=${as}&id=${encodeURIComponent(id)}`, server.url));

test("a file in a message is shown to those who see it, and is saved and never run", async () => {
  const client = new WebClient(company.slack.credentials.botToken, {
    slackApiUrl: `${company.slack.url}/api/`,
  });
  const { requester, approver } = PEOPLE;
  const opened = await client.conversations.open({ users: requester.id });
  const channel = opened.channel?.id ?? "";
  await client.filesUploadV2({ channel_id: channel, filename: "page.html", content: "<b>hello</b>" });
  const page = await openPage(server.url, requester.id);
  const file = await page.see("the file", ({ messages }) => messages.flatMap(({ files }) => files)[0]);
  page.close();
  expect(file).toMatchObject({ name: "page.html", size: 12 });
  const answer = await fileFor(requester.id, file.id);
  expect(answer.headers.get("content-disposition")).toContain("attachment");
  expect(answer.headers.get("content-type")).toBe("application/octet-stream");
  expect(await answer.text()).toBe("<b>hello</b>");
  expect((await fileFor(approver.id, file.id)).status).toBe(404);
});

test("a file is uploaded as the person who chose it, and as nobody else", async () => {
  const { requester, approver } = PEOPLE;
  const answer = await upload({
    as: requester.id,
    name: "sam.png",
    content: Buffer.from("png").toString("base64"),
  });
  const { id } = (await answer.json()) as { id: string };
  expect(company.slack.files.get(id)).toMatchObject({ user: requester.id, name: "sam.png" });
  expect(await (await fileFor(requester.id, id)).text()).toBe("png");
  expect((await fileFor(approver.id, id)).status).toBe(404);
  expect((await upload({ as: "U0NOBODY", name: "a", content: "" })).status).toBe(404);
  expect((await upload({ as: requester.id, name: "a", content: "no base64!" })).status).toBe(400);
});
