import { expect, test } from "vitest";
import { refusalText } from "../../../views/blocks/refusal.ts";

test("a refusal names people and the kind of a rule, and no place in the policy file", () => {
  const text = refusalText({
    rule: "deny[0], limits[1], windows[2], protected[0], approvals[3]",
    reason: "Not <@U1> & now.",
    whoToAsk: "Ask <@U2> (security).",
  });
  expect(text).toBe(
    ":no_entry: Not &lt;@U1&gt; &amp; now.\n*Rule:* deny rule 1 of the policy, limit 2 of the policy, time window 3 of the policy, protection rule 1 of the policy, approval rule 4 of the policy\nAsk <@U2> (security).",
  );
});
