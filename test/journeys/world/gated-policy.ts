import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The pretend company's policy with more approval rules, in a file of its own; resolves to where it is. */
export async function policyWith(name: string, rules: string): Promise<string> {
  const text = await readFile("playground/policy.yml", "utf8");
  const file = join(tmpdir(), `deadbolt-${name}-${process.pid}.yml`);
  await writeFile(file, text.replace("approvals:\n", `approvals:\n${rules}`));
  return file;
}
