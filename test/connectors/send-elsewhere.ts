import { execFile } from "node:child_process";
import { promisify } from "node:util";

const http = JSON.stringify(new URL("../../src/connectors/http.ts", import.meta.url));

/** Sends one write in a process of its own, whose environment Node reads at its start, and says what came of it. */
export async function sendElsewhere(url: string, environment: Record<string, string>): Promise<unknown> {
  const script = `
    const { createHttp } = await import(${http});
    const request = { method: "POST", url: new URL(${JSON.stringify(url)}), headers: {}, body: "{}" };
    const options = { writes: true, repeatable: false, needsBody: true };
    const { kind, status, reason, unsettled } = await createHttp()(request, options);
    console.log(JSON.stringify({ kind, status, reason, unsettled }));
    process.exit();`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
    env: { ...process.env, ...environment },
  });
  return JSON.parse(stdout);
}
