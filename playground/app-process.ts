import { spawn, type ChildProcess } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The real app, running in a process of its own. */
export interface AppProcess {
  url: string;
  /** Where Slack sends commands and interactions. */
  requestUrl: string;
  process: ChildProcess;
  /** Everything that the app has logged so far. */
  log(): string;
  /** Asks it to stop and waits; resolves to its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a power failure would. */
  kill(): Promise<void>;
}

/** The project's folder. */
export const PROJECT = fileURLToPath(new URL("..", import.meta.url));

/** Below the ports that systems give to programs that ask for any: no other program gets one of these meanwhile. */
const [FIRST_PORT, LAST_PORT] = [10_000, 32_000];

/** A TCP port on loopback that nobody listens on, and that stays free until its asker takes it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}

/** What any program needs to run at all; and Node to find again what it has compiled before, where it keeps that. */
export function basicEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
  return { PATH, HOME, NODE_COMPILE_CACHE };
}

const READY_MILLISECONDS = 60_000;

/**
 * Starts the app and waits until it is ready.
 * @param environment its whole environment, besides what any program needs
 * @throws Error with the end of its log when it ends or is not ready within a minute
 */
export async function startAppProcess(environment: Record<string, string>): Promise<AppProcess> {
  const port = environment["PORT"] ?? String(await freePort());
  const child = spawn(process.execPath, ["--max-semi-space-size=64", "src/main.ts"], {
    cwd: PROJECT,
    // A group of its own: Ctrl-C at the terminal must not stop it before it is asked to.
    detached: true,
    env: { ...basicEnvironment(), ...environment, PORT: port },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let text = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (chunk: string) => {
    text += chunk;
  });
  const ended = once(child, "exit") as Promise<[number | null]>;
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + READY_MILLISECONDS;
  while (!(await isReady(url))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`The app did not come up. The end of its log:\n${text.slice(-3_000)}`);
    }
    await sleep(30);
  }
  return {
    url,
    requestUrl: `${url}/slack/events`,
    process: child,
    log: () => text,
    async stop() {
      child.kill("SIGTERM");
      const [code] = await ended;
      return code;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`);
    await answer.text();
    return answer.status === 200;
  } catch {
    return false;
  }
}
