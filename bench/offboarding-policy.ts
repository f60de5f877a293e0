import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The pretend company's policy, with offboardings that need no approval; resolves to its file. */
export async function offboardingPolicy(folder: string): Promise<string> {
  const text = await readFile("playground/policy.yml", "utf8");
  const rule = "  - for: { playbook: zoom-offboard }\n    approvers: [it-admins, security]\n    count: 1\n";
  if (!text.includes(rule)) throw new Error("The pretend company's policy has changed.");
  const file = join(folder, "policy.yml");
  await writeFile(file, text.replace(rule, rule.replace("count: 1", "count: 0")));
  return file;
}
