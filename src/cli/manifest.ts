import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The text of the manifest of the Slack app. */
export function readManifest(): Promise<string> {
  return readFile(join(ROOT, "manifest.yml"), "utf8");
}

/** The bot scopes that the manifest asks for. */
export async function manifestScopes(): Promise<string[]> {
  const manifest = parse(await readManifest()) as { oauth_config: { scopes: { bot: string[] } } };
  return manifest.oauth_config.scopes.bot;
}
