import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The pretend company's policy with glass that can be broken, and one-time passwords for what cannot be undone. */
export async function approvalPolicy(name: string, more = ""): Promise<string> {
  const text = await readFile("playground/policy.yml", "utf8");
  const file = join(tmpdir(), `deadbolt-${name}-${process.pid}.yml`);
  const changed = text
    .replace('"cloudflare:access:revoke"]', '"cloudflare:access:revoke", "deadbolt:break-glass"]')
    .replace(
      "  - for: { risk: irreversible }\n    approvers: [security]\n    count: 2\n",
      "  - for: { risk: irreversible }\n    approvers: [security]\n    count: 1\n    second_factor: true\n",
    );
  await writeFile(
    file,
    `${changed}break_glass: { at_most: 2, within: 1h, review: { by: [security], within: 1h } }\n${more}`,
  );
  return file;
}
