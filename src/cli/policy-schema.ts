import { z } from "zod";
import { policySchema } from "../permission/schema.ts";
import type { Command } from "./command.ts";
import { noMoreWords } from "./options.ts";

/** `policy schema`: the JSON Schema of the policy file. What one part says about another is left to `policy lint`. */
export const printPolicySchema: Command = (_environment, words) => {
  noMoreWords(words);
  const schema = z.toJSONSchema(policySchema, { io: "input", target: "draft-7", unrepresentable: "any" });
  const about = {
    title: "Deadbolt's policy",
    description: "Who may do what with Deadbolt, and who must agree. docs/policy.md explains every part.",
  };
  return Promise.resolve({ text: JSON.stringify({ ...about, ...schema }, null, 2), code: 0 });
};
