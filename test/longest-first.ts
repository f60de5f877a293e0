import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Files that take longest by far, with the longest first. One that starts last keeps a single worker busy while the
 * others have nothing left to do.
 */
export const LONGEST = [
  "test/journeys/power-failure.test.ts",
  "test/workflow/lockout/lockout-failures.test.ts",
  "test/playground-page/page.test.ts",
  "test/journeys/every-operation.test.ts",
  "test/journeys/lifecycle.test.ts",
  "test/journeys/lockout-power-failure.test.ts",
  "test/journeys/approval-broken.test.ts",
  "test/journeys/hundred-clicks.test.ts",
  "test/journeys/",
  "test/playground-page/",
];

function rank({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((part) => moduleId.includes(`/${part}`));
  return place === -1 ? LONGEST.length : place;
}

/**
 * The long ones first; within the same place what took longest in the last run. All others are dealt out among them:
 * they need the processor that the long ones leave free while they wait.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is no array that sorts here
    const sorted = await super.sort(files);
    const long = sorted
      .filter((file) => rank(file) < LONGEST.length)
      .toSorted((left, right) => rank(left) - rank(right));
    const others = sorted.filter((file) => rank(file) === LONGEST.length);
    if (long.length === 0) return others;
    const share = Math.ceil(others.length / long.length);
    return long.flatMap((file, index) => [file, ...others.slice(index * share, (index + 1) * share)]);
  }
}
