/** What a test is known to do without a mutant. */
export interface KnownTest {
  /** In milliseconds. */
  duration: number;
  /** How often it came past a switch. */
  calls: number;
  mutants: number[];
}

/** What the runner does with the tests: which mutants each reaches, all of those in turn, or one from the start. */
export type Job = { reports: string } & (
  | { kind: "find" }
  | { kind: "try"; tests: Readonly<Record<string, KnownTest>> }
  | { kind: "one"; mutant: number }
);

/** What the runner says, one line each. */
export type Report =
  | { kind: "at load"; mutants: number[] }
  | ({ kind: "test"; id: string; name: string; file: string; isRed: boolean } & KnownTest)
  | { kind: "killed"; mutant: number; by: string }
  | { kind: "doubted"; mutants: number[]; by: string };
