import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { emailOf, PEOPLE, type PersonName } from "../../playground/company.ts";
import { basicEnvironment, freePort, PROJECT } from "../../playground/app-process.ts";
import { eventually } from "../journeys/world/world.ts";

const PACKAGE = join(PROJECT, "node_modules/emulate");

export const isEmulateInstalled = existsSync(join(PACKAGE, "package.json"));

export const APP_ID = "A0EMULATED";

/** Known to the app and to us; emulate sends nothing that would have to be signed. */
export const SIGNING_SECRET = "a-signing-secret-of-our-own";
const BOT_USER = "U0DEADBOLT";
/** emulate takes any other token for its first user's, so a wrong token cannot be shown here. */
export const BOT_TOKEN = "xoxb-emulate-bot";

/** Who asks emulate: the bot, a person of the company, or the person who set the workspace up. */
export type Asker = PersonName | "bot" | "owner";

export type SlackAnswer = Record<string, unknown> & { ok: boolean; error?: string };

/** A Slack that others wrote, in a process of its own, with the company's people and one private channel. */
export interface Emulate {
  url: string;
  teamId: string;
  /** emulate gives everyone an id of its own. */
  people: Record<PersonName, string>;
  channel: string;
  /** Calls a Web API method as someone. @throws Error when the answer is not ok */
  ask(asker: Asker, method: string, parameters?: Record<string, string>): Promise<SlackAnswer>;
  /** The text of emulate's own page: it shows what no method gives back. */
  page(query: string): Promise<string>;
  close(): Promise<void>;
}

function tokenOf(asker: Asker): string {
  return asker === "bot" ? BOT_TOKEN : `xoxp-emulate-${asker}`;
}

/** The bot holds exactly the scopes of our manifest, and emulate is told to be strict about them. */
function seed(): object {
  const manifest = parse(readFileSync(join(PROJECT, "manifest.yml"), "utf8")) as {
    oauth_config: { scopes: { bot: string[] } };
  };
  const scopes = manifest.oauth_config.scopes.bot;
  const people = Object.keys(PEOPLE) as PersonName[];
  const bot = { app_id: APP_ID, bot_id: "B0DEADBOLT", bot_user_id: BOT_USER };
  return {
    slack: {
      team: { name: "Northwind", domain: "northwind" },
      users: people.map((person) => ({
        name: PEOPLE[person].name,
        real_name: PEOPLE[person].realName,
        email: emailOf(person),
      })),
      channels: [{ name: "offboarding", is_private: true }],
      oauth_apps: [
        {
          ...bot,
          client_id: "1.1",
          client_secret: "not-used",
          name: "Deadbolt",
          bot_name: "deadbolt",
          redirect_uris: [],
          scopes,
        },
      ],
      tokens: [
        { ...bot, token: BOT_TOKEN, user_id: BOT_USER, scopes },
        { token: tokenOf("owner"), user: "admin" },
        ...people.map((person) => ({ token: tokenOf(person), user: PEOPLE[person].name })),
      ],
      strict_scopes: true,
    },
  };
}

function peopleIn(members: { id: string; name: string }[]): Record<PersonName, string> {
  const idOf = (name: string) => members.find((member) => member.name === name)?.id;
  return Object.fromEntries(Object.entries(PEOPLE).map(([key, { name }]) => [key, idOf(name)])) as Record<
    PersonName,
    string
  >;
}

function textOf(html: string): string {
  return html.replaceAll(/<style.*?<\/style>|<[^>]*>/gs, " ").replaceAll(/\s+/g, " ");
}

/**
 * Starts emulate on a free loopback port and lets the bot into the channel.
 * @throws Error with its output when it does not come up
 */
export async function startEmulate(): Promise<Emulate> {
  const folder = await mkdtemp(join(tmpdir(), "emulate-"));
  // JSON is YAML as well.
  await writeFile(join(folder, "seed.yaml"), JSON.stringify(seed()));
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    process.execPath,
    [
      join(PACKAGE, "dist/index.js"),
      "start",
      "--service=slack",
      "--host=127.0.0.1",
      `--port=${port}`,
      "--seed=seed.yaml",
    ],
    {
      cwd: folder,
      env: basicEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const ended = once(child, "exit");
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      output += chunk;
    });

  async function close(): Promise<void> {
    child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }

  async function ask(
    asker: Asker,
    method: string,
    parameters: Record<string, string> = {},
  ): Promise<SlackAnswer> {
    const response = await fetch(`${url}/api/${method}`, {
      method: "POST",
      headers: { authorization: `Bearer ${tokenOf(asker)}` },
      body: new URLSearchParams(parameters),
    });
    const answer = (await response.json()) as SlackAnswer;
    if (!answer.ok) throw new Error(`emulate answered ${method} with ${answer.error ?? response.status}`);
    return answer;
  }

  try {
    const { team_id: teamId } = await eventually("emulate", async () => {
      if (child.exitCode !== null) throw new Error("It ended.");
      return ask("bot", "auth.test").catch(() => undefined);
    });
    const { members } = await ask("owner", "users.list");
    const { channels } = await ask("owner", "conversations.list", { types: "private_channel" });
    const channel = (channels as { id: string }[])[0]?.id ?? "";
    await ask("owner", "conversations.invite", { channel, users: BOT_USER });
    return {
      url,
      teamId: String(teamId),
      people: peopleIn(members as { id: string; name: string }[]),
      channel,
      ask,
      page: async (query) => textOf(await (await fetch(`${url}/?${query}`)).text()),
      close,
    };
  } catch (error) {
    await close();
    throw new Error(`emulate did not come up. Its output:\n${output.slice(-2_000)}`, { cause: error });
  }
}
