// Plain JavaScript that any Node since 12 reads: it runs before Node is known to be fit for anything else.
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Deadbolt is TypeScript that Node runs as it is, with what Node 24 brings. */
export const OLDEST_NODE = 24;

/** Whether a version of Node runs Deadbolt. */
export function isFit(version) {
  return Number(version.split(".")[0]) >= OLDEST_NODE;
}

/** The Node that `npm ci` installs, or undefined where it did not. */
export function installedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    const program = join(folder, "bin", process.platform === "win32" ? "node.exe" : "node");
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** One sentence for whoever runs an unfit Node and has no other. */
export function unfitSentence(version) {
  return (
    "Deadbolt needs Node " +
    OLDEST_NODE +
    " or later, and this is Node " +
    version +
    ': run "npm ci", which installs it, without --ignore-scripts.'
  );
}
