import { VENDOR_NAMES, type Vendor } from "./vendor.ts";
import { parametersLines } from "./parameters-lines.ts";
import type { Operation } from "./operation.ts";
import { scopesOf } from "./scope.ts";

const VENDORS: readonly Vendor[] = ["zoom", "cloudflare", "slack"];

const RISKS = {
  read: "looks only",
  reversible: "changes, can be taken back",
  irreversible: "changes, cannot be taken back",
} as const;

/** The page that lists operations for people, as Markdown; all of it comes from what the operations declare. */
export function operationsPage(operations: readonly Operation[]): string {
  return [
    "# Operations",
    "",
    "Every call that Deadbolt can make, made from the catalogue by `npm run docs`. A test fails when it is stale.",
    "",
    ...VENDORS.flatMap((vendor) => {
      const name = VENDOR_NAMES[vendor];
      const own = operations.filter((operation) => operation.vendor === vendor);
      return [
        `## ${name}`,
        "",
        "| operation | what it does | risk | proven by |",
        "| --- | --- | --- | --- |",
        ...own.map(
          (operation) =>
            `| \`${operation.name}\` | ${operation.title} | ${RISKS[operation.risk]} | ${proofOf(operation)} |`,
        ),
        "",
        ...own.flatMap((operation) => section(operation, name)),
      ];
    }),
  ].join("\n");
}

function proofOf({ risk, readBack }: Operation): string {
  if (risk === "read") return "";
  return readBack === undefined ? "nothing" : `\`${readBack.operation}\``;
}

function section(operation: Operation, vendorName: string): string[] {
  const { limits = [], errors = [] } = operation;
  const lines = [
    `- Scopes, any of them: ${scopesOf(operation)
      .map((scope) => `\`${scope}\``)
      .join(", ")}`,
    ...(operation.vendorPermission === undefined
      ? []
      : [`- Permission of our credentials: ${operation.vendorPermission}`]),
    `- Risk: ${RISKS[operation.risk]}${operation.undo === undefined ? "" : `. ${operation.undo}`}`,
    ...(operation.noReadBack === undefined ? [] : [`- Not proven: ${operation.noReadBack}`]),
    `- Rate limit: ${operation.rateLimit}`,
    ...(operation.secrets === undefined
      ? []
      : [`- Secrets in the answer: ${operation.secrets.map((field) => `\`${field}\``).join(", ")}`]),
    ...parametersLines(operation),
    ...limits.map((limit) => `- ${limit}`),
    ...errors.map(
      ({ status, code, means }) => `- ${status}${code === undefined ? "" : `/${code}`}: ${means}`,
    ),
    `- [${vendorName}'s documentation](${operation.docs})`,
  ];
  return [`### \`${operation.name}\`: ${operation.title}`, "", ...lines, ""];
}
