/** `TEST_DEPTH=all` tries everything, for a night. Without it the suite tries a sample, and takes minutes. */
export const TRIES_ALL = process.env["TEST_DEPTH"] === "all";

/** How many generated cases to try: as many as the suite has time for, or all. */
export function cases(sample: number, all: number): number {
  return TRIES_ALL ? all : sample;
}
