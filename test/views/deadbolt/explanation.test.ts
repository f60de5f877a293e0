import { expect, test } from "vitest";
import { explanationAnswer } from "../../../views/deadbolt/explanation.ts";

const linesOf = (lines: string[]) =>
  explanationAnswer("U0SAM", { title: "Delete <all>", verdict: "denied", lines }).text?.split("\n") ?? [];

test("moments are shown in the reader's own time zone, and people by their names", () => {
  expect(
    linesOf([
      "On 2026-05-04T10:00:00.000Z they held security (named in the policy).",
      "<@U0BOSS> must approve.",
    ]),
  ).toEqual([
    "*Delete &lt;all&gt;*",
    "<@U0SAM> :no_entry: may not have this done.",
    "• On <!date^1777888800^{date_short_pretty} at {time_secs}|2026-05-04T10:00:00.000Z> they held security (named in the policy).",
    "• <@U0BOSS> must approve.",
  ]);
});

test("what the policy says stays text: no links, no mention of everyone, no moment that does not exist", () => {
  expect(linesOf(["deny[0]: <!channel> <https://x.example|here>, 2026-19-39T99:99:99.999Z"])[2]).toBe(
    "• deny[0]: &lt;!channel&gt; &lt;https://x.example|here&gt;, 2026-19-39T99:99:99.999Z",
  );
});
