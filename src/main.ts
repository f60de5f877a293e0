import { once } from "node:events";
import { enableCompileCache, flushCompileCache } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ConfigError, isUnconfigured, loadConfig } from "./config.ts";
import { OwnershipError } from "./database/ownership.ts";
import { DatabaseSettingError } from "./database/sessions.ts";
import { PolicyError } from "./permission/policy-file/policy-error.ts";
import { runPlayground } from "./app/playground-process.ts";

/** sysexits: the configuration is at fault. */
const EX_CONFIG = 78;
/** sysexits: something else has what is needed; later it may work. */
const EX_TEMPFAIL = 75;

function exitCodeOf(error: unknown): number {
  const isSetting =
    error instanceof ConfigError || error instanceof PolicyError || error instanceof DatabaseSettingError;
  if (isSetting) return EX_CONFIG;
  return error instanceof OwnershipError ? EX_TEMPFAIL : 1;
}

const USAGE = `Usage: npm start [-- --once]

  Starts Deadbolt with the settings of the environment and of .env (docs/setup.md), or the playground if Slack, Zoom
  and Cloudflare are not configured.
  --once  plays one offboarding of the playground in the terminal, and ends

The command line is: npx deadbolt --help
`;

/** Runs until a signal; resolves to the exit code. */
async function main(): Promise<number> {
  if (process.argv.slice(2).some((word) => word === "--help" || word === "-h")) {
    process.stdout.write(USAGE);
    return 0;
  }
  if (isUnconfigured(process.env)) return runPlayground(process.argv.slice(2));
  listenForSignals();
  const config = loadConfig(process.env);
  // Loading all parts takes a second, which neither the playground nor a fault in the settings should wait for.
  // What was compiled before need not be again; where nothing can be written it is simply compiled each time.
  enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/node", import.meta.url)));
  const { startDeadbolt } = await import("./app/start.ts");
  const deadbolt = await startDeadbolt(config, asked.signal);
  // Kept now: an end by power failure keeps nothing.
  flushCompileCache();
  if (!asked.signal.aborted) await once(asked.signal, "abort");
  return deadbolt.stop();
}

/** Aborted by the first signal that asks the process to stop; the second one ends it. */
const asked = new AbortController();

function listenForSignals(): void {
  let signals = 0;
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.on(signal, () => {
      signals += 1;
      // Someone who asks twice does not want to wait; what is in flight resumes at the next start.
      if (signals > 1) process.exit(1);
      asked.abort(new Error("Asked to stop before the app was up."));
    });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!asked.signal.aborted)
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = asked.signal.aborted ? 0 : exitCodeOf(error);
  }
  // Pools and sockets of a start that failed must not keep a dead process alive.
  process.exit();
}
