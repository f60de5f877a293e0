import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { log } from "@clack/prompts";
import { readPolicyFile } from "../checks/policy.ts";
import { KNOWN_PLAYBOOKS } from "../workflow/judge/known-playbooks.ts";
import { policyFile } from "./command.ts";
import { chooseSome, type InitState } from "./init-dialog.ts";
import { listGroups } from "./init-looks.ts";
import { readManifest } from "./manifest.ts";

/**
 * Writes the manifest for this installation.
 * @param host of the public address; undefined for Socket Mode
 * @returns the file
 */
export async function writeManifest(folder: string, host: string | undefined): Promise<string> {
  const text = await readManifest();
  const filled =
    host === undefined
      ? text.replace("socket_mode_enabled: false", "socket_mode_enabled: true")
      : text.replaceAll("deadbolt.example.com", host);
  const file = join(folder, "slack-manifest.yml");
  await writeFile(file, filled);
  return file;
}

/** The placeholder groups of the policy that comes with Deadbolt, and who they are for. */
const PLACEHOLDERS = [
  { id: "S0IT", who: "Who may request offboardings (IT)?" },
  { id: "S0SEC", who: "Who may lock people out and approve (security)?" },
  { id: "S0EXEC", who: "Who is protected: needs two approvals (executives)?" },
] as const;

/** Puts the workspace's user groups in the place of the placeholders; a policy without placeholders stays as it is. */
export async function writePolicy(state: InitState): Promise<void> {
  const file = resolve(state.folder, policyFile(state.values));
  const text = await readFile(file, "utf8");
  const groups = await listGroups(state.values);
  const known = new Set(groups.map(({ id }) => id));
  const open = PLACEHOLDERS.filter(({ id }) => !known.has(id) && new RegExp(`\\b${id}\\b`).test(text));
  if (open.length === 0) return log.success(`${file}: kept as it is`);
  if (groups.length === 0)
    return log.warn(
      `The workspace has no user groups, which Slack offers on paid plans only.\nList people under \`users\` in ${file}, in place of ${open.map(({ id }) => id).join(", ")}.`,
    );
  let written = text;
  for (const { id, who } of open) {
    const options = groups.map(({ id: value, handle, members }) => ({
      value,
      label: `@${handle}`,
      hint: `${members.length} people`,
    }));
    written = withGroups(written, id, await chooseSome(who, options));
  }
  await copyFile(file, `${file}.before-init`);
  await writeFile(file, written);
  const { findings } = await readPolicyFile(file, KNOWN_PLAYBOOKS);
  for (const { where, fault } of findings) log.warn(`${where}: ${fault}`);
  log.success(`Written: ${file}. What it was before is in ${file}.before-init`);
}

/** In lists every group, and in the tests of the policy, which say who is in which group, the first. */
function withGroups(text: string, placeholder: string, chosen: readonly string[]): string {
  const [first] = chosen;
  if (first === undefined) return text;
  return text
    .replaceAll(new RegExp(`\\[${placeholder}\\]`, "g"), `[${chosen.join(", ")}]`)
    .replaceAll(new RegExp(`\\b${placeholder}: `, "g"), () => chosen.map((id) => `${id}: `).join("[], "))
    .replaceAll(new RegExp(`\\b${placeholder}\\b`, "g"), first);
}
