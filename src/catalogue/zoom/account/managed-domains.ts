import type { Check } from "../../known.ts";
import { listZoomManagedDomains } from "./list-managed-domains.ts";

/** The managed domains in an answer, lower-case; undefined where it does not say. */
function domainsIn(output: unknown): string[] | undefined {
  const domains = listZoomManagedDomains.output.safeParse(output).data?.domains;
  return domains?.flatMap(({ domain, status }) =>
    typeof domain === "string" && status !== "pending" ? [domain.toLowerCase()] : [],
  );
}

function domainOf(email: string | undefined): string {
  return email?.split("@").at(-1)?.toLowerCase() ?? "";
}

/** A new address must be in a domain that the account manages. */
export const inManagedDomain: Check<{ email: string }> = {
  operation: listZoomManagedDomains.name,
  input: () => ({}),
  fault(output, { email }) {
    const domains = domainsIn(output);
    if (domains === undefined || domains.includes(domainOf(email))) return undefined;
    return `${domainOf(email)} is no managed domain of the Zoom account, and only in one can an address be changed to. Managed are: ${domains.slice(0, 10).join(", ") || "none"}.`;
  },
};

/** A password of our making is only for accounts that have a managed domain. */
export const someManagedDomain: Check<{ action: string }> = {
  operation: listZoomManagedDomains.name,
  input: ({ action }) => (action === "autoCreate" ? {} : undefined),
  fault: (output) =>
    domainsIn(output)?.length === 0
      ? "The Zoom account has no managed domain, and without one nobody can be created with a password. Invite the person by e-mail."
      : undefined,
};

/** Who is of a managed domain cannot be let go from the account, only deleted. */
export const notOfManagedDomain: Check<{ action: string }> = {
  operation: listZoomManagedDomains.name,
  input: ({ action }) => (action === "disassociate" ? {} : undefined),
  fault: (output, _input, { email }) =>
    domainsIn(output)?.includes(domainOf(email)) === true
      ? `${domainOf(email)} is a managed domain of the Zoom account: its users cannot be disassociated. Deactivate or delete this one.`
      : undefined,
};
