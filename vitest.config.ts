import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["./test/database-server.ts"],
    // Only what never comes runs into these: tests wait for events, and a busy machine is slow to bring them.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // On two cores: half of what the tests do is waiting for an app, a timer or a browser.
    maxWorkers: 5,
    // Loading what is tested took as long as testing it; no test changes what another file sees.
    isolate: false,
    sequence: { sequencer: LongestFirst },
  },
});
