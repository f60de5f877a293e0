import { appendFileSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import fc from "fast-check";
import { TestRunner } from "vitest";
import type { Job, Report } from "./job.ts";

type Test = Parameters<TestRunner["onAfterRetryTask"]>[0];
interface Task {
  concurrent?: boolean;
  tasks?: Task[];
}

declare global {
  /** Whether a mutant is switched on. */
  var __mutant: (id: number) => boolean;
}

/** In milliseconds. */
const MOST_FOR_PROPERTY = 150;

const jobFile = process.env["MUTATION_JOB"] ?? "";

/** Runs each test once for every mutant that it reaches and that lives yet, in one process, with the hooks of the test. */
export default class MutantRunner extends TestRunner {
  private readonly job = JSON.parse(readFileSync(jobFile, "utf8")) as Job;
  private readonly dead = new Set<number>();
  private readonly reached = new Set<number>();
  private readonly killedByThis = new Set<number>();
  private active = 0;
  private calls = 0;
  private mostCalls = Number.POSITIVE_INFINITY;
  private began = 0;

  constructor(...given: ConstructorParameters<typeof TestRunner>) {
    super(...given);
    // The same cases each time, and no search for the smallest of those that fail: the first will do.
    const limit = this.job.kind === "find" ? {} : { interruptAfterTimeLimit: MOST_FOR_PROPERTY };
    fc.configureGlobal({ endOnFailure: true, seed: 1, ...limit });
    if (this.job.kind === "one") this.active = this.job.mutant;
    globalThis.__mutant = (id) => {
      this.calls += 1;
      // A loop that a mutant lets run for ever ends here.
      if (this.calls > this.mostCalls) throw new Error("The mutant does not come to an end.");
      this.reached.add(id);
      return id === this.active;
    };
  }

  private report(report: Report): void {
    appendFileSync(this.job.reports, `${JSON.stringify(report)}\n`);
  }

  onBeforeRunFiles(files: Task[]): void {
    const alone = (task: Task) => {
      task.concurrent = false;
      for (const inner of task.tasks ?? []) alone(inner);
    };
    files.forEach(alone);
    this.report({ kind: "at load", mutants: [...this.reached] });
  }

  /** What to switch on in each round of a test; 0 is the code as it is, first and last. */
  private rounds(test: Test): number[] {
    if (this.job.kind !== "try") return [this.job.kind === "one" ? this.job.mutant : 0];
    const mutants = (this.job.tests[test.id]?.mutants ?? []).filter((id) => !this.dead.has(id));
    return mutants.length === 0 ? [] : [...mutants, 0];
  }

  override async onBeforeRunTask(test: Test): Promise<void> {
    await super.onBeforeRunTask(test);
    const rounds = this.rounds(test);
    if (rounds.length === 0) test.mode = "skip";
    test.repeats = rounds.length - 1;
    (test as Test & { rounds?: number[] }).rounds = rounds;
    this.killedByThis.clear();
  }

  override onBeforeTryTask(test: Test, options: { retry: number; repeats: number }): void {
    super.onBeforeTryTask(test, options);
    this.active = (test as Test & { rounds?: number[] }).rounds?.[options.repeats] ?? 0;
    this.calls = 0;
    const usual = this.job.kind === "try" ? this.job.tests[test.id]?.calls : undefined;
    this.mostCalls = usual === undefined ? 20_000_000 : 20 * usual + 200_000;
    if (this.job.kind === "find") this.reached.clear();
    this.began = performance.now();
  }

  async runTask(test: Test): Promise<void> {
    if (this.active !== 0 && this.dead.has(this.active)) return;
    const usual = this.job.kind === "try" ? (this.job.tests[test.id]?.duration ?? 0) : 60_000;
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error("The mutant takes too long.")), 10 * usual + 3000);
    try {
      await Promise.race([TestRunner.getTestFn(test)(), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  override async onAfterRetryTask(test: Test, options: { retry: number; repeats: number }): Promise<void> {
    await super.onAfterRetryTask(test, options);
    const isRed = test.result?.state === "fail";
    const mutant = this.active;
    this.active = this.job.kind === "one" ? this.job.mutant : 0;
    this.mostCalls = Number.POSITIVE_INFINITY;
    const { id, fullTestName: name } = test;
    if (this.job.kind === "find") {
      const duration = performance.now() - this.began;
      const mutants = isRed ? [] : [...this.reached];
      this.report({
        kind: "test",
        id,
        name,
        file: relative(process.cwd(), test.file.filepath),
        duration,
        calls: this.calls,
        mutants,
        isRed,
      });
      this.reached.clear();
    } else if (isRed && mutant !== 0 && !this.dead.has(mutant)) {
      this.dead.add(mutant);
      this.killedByThis.add(mutant);
      this.report({ kind: "killed", mutant, by: name });
    } else if (isRed && mutant === 0) {
      this.report({ kind: "doubted", mutants: [...this.killedByThis], by: name });
    }
    // What was red on purpose is not kept; each would hold its error.
    if (this.job.kind === "try" && test.result) test.result.errors = [];
  }
}
