import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { PROJECT } from "../app-process.ts";
import type { PageCommand } from "../page-api.ts";

const Manifest = z.object({
  features: z.object({
    slash_commands: z
      .array(
        z.object({
          command: z.string(),
          description: z.string().default(""),
          usage_hint: z.string().default(""),
        }),
      )
      .default([]),
  }),
  settings: z
    .object({ event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).optional() })
    .optional(),
});

/** What Slack knows of the app before it says anything itself. */
export interface AppManifest {
  commands: PageCommand[];
  /** Events that Slack delivers to the app, such as `app_home_opened`. */
  events: ReadonlySet<string>;
}

/** Reads the project's `manifest.yml`. @throws Error when it is missing or says something else than a manifest */
export function readManifest(): AppManifest {
  const manifest = Manifest.parse(parse(readFileSync(join(PROJECT, "manifest.yml"), "utf8")));
  return {
    commands: manifest.features.slash_commands.map(({ command, description, usage_hint: usage }) => ({
      command,
      usage,
      description,
    })),
    events: new Set(manifest.settings?.event_subscriptions?.bot_events),
  };
}
