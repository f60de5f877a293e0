import { execFile } from "node:child_process";
import { join } from "node:path";
import { PROJECT } from "../app-process.ts";
import type { AuditReport } from "../page-api.ts";

/**
 * Lets the app's own command line walk the audit chain.
 * @param environment where the app's database is: `DATA_DIR` or `DATABASE_URL`
 */
export function verifyAudit(environment: Readonly<Record<string, string>>): Promise<AuditReport> {
  const file = join(PROJECT, "src", "cli", "main.ts");
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [file, "audit", "verify"],
      { cwd: PROJECT, env: { PATH: process.env["PATH"], ...environment } },
      (error, stdout, stderr) => {
        const text = stdout.trim() || stderr.trim() || "The audit chain could not be read.";
        resolve({ ok: error === null, text });
      },
    );
  });
}
