import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startValidatingProxy, type ValidatingProxy } from "./validating-proxy.ts";

/** Starts the validating proxy for Cloudflare's contract in front of a vendor; close it when done. */
export async function startCloudflareProxy(contractFile: string, upstream: string): Promise<ValidatingProxy> {
  const directory = mkdtempSync(join(tmpdir(), "cloudflare-contract-"));
  const contract = join(directory, "contract.json");
  writeFileSync(contract, JSON.stringify(readEnforceable(contractFile)));
  const proxy = await startValidatingProxy(contract, upstream);
  return {
    url: proxy.url,
    async close() {
      await proxy.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/**
 * The published contract in a form that Prism enforces: OpenAPI spells the range of failures 4XX, and a nullable
 * enum of null becomes a schema that does not compile, which Prism passes over in silence.
 */
function readEnforceable(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8").replaceAll('"4xx"', '"4XX"'), (key, value: unknown) =>
    key === "enum" && Array.isArray(value) && value.every((choice) => choice === null) ? undefined : value,
  );
}
