/** One thing that is wrong with a policy file. Lines and columns count from 1. */
export interface PolicyFault {
  line?: number;
  column?: number;
  /** Where in the document, e.g. `approvals[0].approvers`; empty for the whole. */
  path: string;
  message: string;
  /** What was probably meant. */
  suggestion?: string;
}

/** A fault by the path of keys and indexes that leads to it. */
export interface FaultAtPath {
  path: readonly (string | number)[];
  message: string;
  suggestion?: string;
  /** It is about the key at the end of the path, and not about what is there. */
  atKey?: boolean;
}

/** A policy file that cannot be used. The message lists every fault, one a line. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
  readonly faults: readonly PolicyFault[];

  constructor(fileName: string, faults: readonly PolicyFault[]) {
    const lines = faults.map((fault) => `  ${describeFault(fileName, fault)}`);
    super(
      `The policy cannot be used; ${faults.length} fault${faults.length === 1 ? "" : "s"}:\n${lines.join("\n")}`,
    );
    this.faults = faults;
  }
}

/** One fault as a line: file, place, path, message, and what was probably meant. */
export function describeFault(fileName: string, fault: PolicyFault): string {
  const place = fault.line === undefined ? fileName : `${fileName}:${fault.line}:${fault.column ?? 1}`;
  const path = fault.path === "" ? "" : `${fault.path}: `;
  const suggestion = fault.suggestion === undefined ? "" : ` Did you mean \`${fault.suggestion}\`?`;
  return `${place}: ${path}${fault.message}${suggestion}`;
}
