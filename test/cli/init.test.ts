import { spawnSync } from "node:child_process";
import { copyFile, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PROJECT } from "../../playground/app-process.ts";
import { examine } from "../../src/cli/examine.ts";
import { startSoundSetup, type SoundSetup } from "../checks/sound-setup.ts";
import { CONTROL_C, DOWN, ENTER, openTerminal, type Terminal } from "./terminal.ts";

const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux");

let setup: SoundSetup;
beforeEach(async () => {
  setup = await startSoundSetup();
});
afterEach(() => setup.close());

/** Where the pretend vendors are: all else is to be asked for. */
function open(): Terminal {
  const {
    SLACK_API_URL = "",
    ZOOM_API_URL = "",
    ZOOM_OAUTH_URL = "",
    CLOUDFLARE_API_URL = "",
  } = setup.environment;
  const line = `"${process.execPath}" "${join(PROJECT, "bin", "deadbolt.mjs")}" init`;
  const places = { SLACK_API_URL, ZOOM_API_URL, ZOOM_OAUTH_URL, CLOUDFLARE_API_URL };
  return openTerminal(line, setup.machine.folder, places);
}

/** Types answers, each after its question is shown. */
async function answer(
  terminal: Terminal,
  answers: readonly (readonly [question: string | RegExp, keys: string])[],
) {
  for (const [question, keys] of answers) {
    await terminal.sees(question);
    terminal.type(keys);
  }
}

const setting = (name: string) => `${setup.environment[name] ?? ""}${ENTER}`;
const environmentFile = async () => parseEnv(await readFile(join(setup.machine.folder, ".env"), "utf8"));

test.skipIf(!hasScript)(
  "five wrong answers are mended at once; left and taken up again, it asks only for the rest, and doctor is content",
  async () => {
    const { folder } = setup.machine;
    const first = open();
    await answer(first, [
      ["How does Slack reach Deadbolt?", `${DOWN}${ENTER}`],
      ["Which public host", `https://wrong.example.com/${ENTER}`],
      ["Only the host", `${"\u007F".repeat(40)}northwind.example.org${ENTER}`],
      ["Written:", ""],
      ["Bot User OAuth Token", `xoxp-not-a-bot${ENTER}`],
      ["begins with xoxb-", `${"\u007F".repeat(20)}xoxb-unknown${ENTER}`],
      ["Signing Secret", setting("SLACK_SIGNING_SECRET")],
      ["invalid_auth", ""],
      ["Bot User OAuth Token", setting("SLACK_BOT_TOKEN")],
      ["Signing Secret", setting("SLACK_SIGNING_SECRET")],
      ["Id of a private channel", `C0NOWHERE${ENTER}`],
      ["channel_not_found", ""],
      ["Id of a private channel", `${"\u007F".repeat(12)}${setting("DEADBOLT_CHANNEL")}`],
      ["Account ID", CONTROL_C],
      ["run npx deadbolt init again", ""],
    ]);
    expect(await first.ended).toBe(1);
    const manifest = await readFile(join(folder, "slack-manifest.yml"), "utf8");
    expect(manifest).toContain("https://northwind.example.org/slack/events");
    expect(manifest).not.toContain("deadbolt.example.com");
    expect((await stat(join(folder, ".env"))).mode & 0o777).toBe(0o600);

    // The vendors know other groups than the policy that comes with Deadbolt.
    const { usergroups } = setup.company.slack;
    for (const [id, other] of [
      ["S0IT", "S1IT"],
      ["S0SEC", "S1SEC"],
      ["S0EXEC", "S1EXEC"],
    ] as const) {
      const group = usergroups.get(id);
      if (group === undefined) throw new Error(`There is no ${id}.`);
      usergroups.delete(id);
      usergroups.set(other, { ...group, id: other });
    }
    await copyFile(join(PROJECT, "policy.yml"), join(folder, "policy.yml"));
    const second = open();
    await answer(second, [
      [/Slack, as it is in \.env: checked/, ""],
      [/The channel for requests, as it is in \.env: checked/, ""],
      ["Account ID", setting("ZOOM_ACCOUNT_ID")],
      ["Client ID", setting("ZOOM_CLIENT_ID")],
      ["Client Secret", `wrong-secret${ENTER}`],
      ["ZOOM_CLIENT_SECRET was refused", ""],
      ["Account ID", ENTER],
      ["Client ID", ENTER],
      ["Client Secret", setting("ZOOM_CLIENT_SECRET")],
      ["Do you use Cloudflare Access?", ENTER],
      ["API token", setting("CLOUDFLARE_API_TOKEN")],
      ["Account id", setting("CLOUDFLARE_ACCOUNT_ID")],
      ["Id of the block list", setting("CLOUDFLARE_BLOCK_LIST_ID")],
      ["Who may request offboardings", ` ${ENTER}`],
      ["Who may lock people out", `${DOWN} ${ENTER}`],
      ["Who is protected", `${DOWN}${DOWN} ${ENTER}`],
      ["Done. Have it all looked at", ""],
    ]);
    expect(await second.ended).toBe(0);
    for (const secret of [
      "SLACK_BOT_TOKEN",
      "SLACK_SIGNING_SECRET",
      "ZOOM_CLIENT_SECRET",
      "CLOUDFLARE_API_TOKEN",
    ])
      for (const terminal of [first, second])
        expect(terminal.shown()).not.toContain(setup.environment[secret] ?? "");

    const policy = await readFile(join(folder, "policy.yml"), "utf8");
    expect(policy).toContain("usergroups: [S1IT]");
    expect(policy).toContain("members: { usergroups: [S1EXEC] }");
    const written = await environmentFile();
    const places = Object.fromEntries(
      Object.entries(setup.environment).filter(([name]) => /_URL$|^DATA_DIR$|^PORT$/.test(name)),
    );
    const { findings } = await examine(
      { ...written, ...places, POLICY_FILE: join(folder, "policy.yml") },
      setup.machine,
    );
    expect(findings.filter(({ severity }) => severity !== "unchecked")).toEqual([]);
  },
  120_000,
);

test("without a terminal it says so, and asks nothing", () => {
  const { status, stderr, stdout } = spawnSync(process.execPath, ["bin/deadbolt.mjs", "init"], {
    cwd: PROJECT,
    encoding: "utf8",
    input: "",
  });
  expect({ status, stdout }).toEqual({ status: 64, stdout: "" });
  expect(stderr).toContain("run it in a terminal");
});
