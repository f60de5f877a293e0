import { expect, test } from "vitest";
import type { RequestLine } from "../../../src/deps/explanation.ts";
import { requestListLines } from "../../../views/deadbolt/request-lists.ts";

const AT = new Date("2026-03-02T09:00:00Z");
const line: RequestLine = {
  id: "V1",
  title: "Offboard from Zoom",
  target: "Sam *Bold*",
  state: "partly_done",
  createdAt: AT,
  requesterId: "U0RILEY",
  dueAt: AT,
  link: "https://example.slack.com/archives/C1/p1",
};

test("decisions, reviews and one's own requests are each a list, with a link where there is a message", () => {
  const text = requestListLines({
    forMe: { decisions: [line], reviews: [{ ...line, link: undefined }] },
    own: [line],
  }).join("\n");
  expect(text).toContain(
    "<https://example.slack.com/archives/C1/p1|open>), asked for by <@U0RILEY>, expires",
  );
  expect(text).toContain(
    "*Waiting for your review*\n• *Offboard from Zoom* for *Sam *\u200BBold*\u200B*, asked for",
  );
  expect(text).toContain("partly done, asked for <!date^");
});

test("a Slack that does not answer is not read as nothing to do", () => {
  const text = requestListLines({ own: [] }).join("\n");
  expect(text).toContain("Slack did not answer");
  expect(text).not.toContain("Nothing.");
  expect(requestListLines({ forMe: { decisions: [], reviews: [] }, own: [] })).toContain("Nothing.");
});
