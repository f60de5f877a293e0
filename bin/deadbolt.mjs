#!/usr/bin/env node
// `npx deadbolt …`: the command line, by the Node that `npm ci` installed where this one is too old.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installedNode, isFit, unfitSentence } from "./fit-node.mjs";

const version = process.versions.node;
const other = isFit(version) ? undefined : installedNode();

if (isFit(version)) {
  if (existsSync(".env")) process.loadEnvFile(".env");
  await import("../src/cli/main.ts");
} else if (other === undefined) {
  process.stderr.write(unfitSentence(version) + "\n");
  process.exitCode = 1;
} else {
  const words = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const { status, error } = spawnSync(other, words, { stdio: "inherit" });
  if (error !== undefined) process.stderr.write(`${other} does not start: ${error.message}\n`);
  process.exitCode = status === null ? 1 : status;
}
