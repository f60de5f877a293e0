import { createInterface } from "node:readline";
import { PEOPLE, type Company, type PersonName } from "../company.ts";
import type { FaultKind } from "../simulator.ts";
import { newestRequest, openForm, press, submitForm, untilEnded } from "./journey.ts";
import type { Say } from "./watch.ts";

const HELP = `
You can go on. Everybody below is pretend; the app behind them is the real one.
  offboard NAME [deactivate|disassociate|delete] [as NAME]   ask for an offboarding
  approve [as NAME]                                          press Approve in the newest request
  break zoom|cloudflare|slack 429|500|reset|hang             make a vendor fail until "mend"
  mend                                                       all vendors work again
  audit                                                      verify the audit chain
  people                                                     who is who
  help, and Ctrl-C to end
`;

function nameOf(word: string | undefined, otherwise: PersonName): PersonName {
  if (word === undefined) return otherwise;
  const found = Object.entries(PEOPLE).find(([, person]) => person.name === word.replace(/^@/, ""));
  if (found === undefined) throw new Error(`Nobody is called ${word}. Type "people".`);
  return found[0] as PersonName;
}

function faultOf(word: string | undefined): FaultKind {
  if (word === "reset" || word === "hang") return { kind: word };
  if (word !== "429" && word !== "500") throw new Error("Say 429, 500, reset or hang.");
  return {
    kind: "answer",
    answer: { status: Number(word), body: { code: Number(word), message: "On demand." } },
  };
}

async function obey(
  company: Company,
  line: string,
  say: Say,
  verifyAudit: () => Promise<string>,
): Promise<void> {
  const words = line.trim().split(/\s+/);
  const as = words.indexOf("as");
  const by = as === -1 ? undefined : words[as + 1];
  switch (words[0]) {
    case "":
      return;
    case "offboard": {
      const target = nameOf(words[1], "stranger");
      const action = ["deactivate", "disassociate", "delete"].find((known) => known === words[2]);
      const person = nameOf(by, "requester");
      const view = await openForm(company, person, `@${PEOPLE[target].name}`, say);
      if (view === undefined) return;
      const email = `${PEOPLE[target].name}@northwind.example`;
      const isFinal = action === "disassociate" || action === "delete";
      await submitForm(
        company,
        person,
        view,
        { reason: "Tried at the terminal", ...(isFinal ? { action, confirm_email: email } : {}) },
        say,
      );
      return;
    }
    case "approve": {
      const request = newestRequest(company);
      await press(company, nameOf(by, "approver"), "request_approve", "Approve", say);
      if (request !== undefined && !request.text.includes("Waiting")) await untilEnded(company, request);
      return;
    }
    case "break": {
      const vendor = (["zoom", "cloudflare", "slack"] as const).find((name) => name === words[1]);
      if (vendor === undefined) throw new Error("Say zoom, cloudflare or slack.");
      company[vendor].addFault(faultOf(words[2]));
      say(`The pretend ${vendor} is broken now.`);
      return;
    }
    case "mend":
      for (const vendor of [company.zoom, company.cloudflare, company.slack]) vendor.clearFaults();
      say("All vendors work again.");
      return;
    case "audit":
      say(await verifyAudit());
      return;
    case "people":
      for (const [role, person] of Object.entries(PEOPLE))
        say(`  @${person.name.padEnd(7)} ${person.realName} (${role})`);
      return;
    default:
      say(HELP);
  }
}

/** Lets whoever sits at the terminal go on by typing, until `ended`. */
export function startPrompt(
  company: Company,
  say: Say,
  verifyAudit: () => Promise<string>,
): { close(): void } {
  say(HELP);
  const lines = createInterface({ input: process.stdin, terminal: false });
  let work = Promise.resolve();
  lines.on("line", (line) => {
    work = work
      .then(() => obey(company, line, say, verifyAudit))
      .catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
  });
  return { close: () => lines.close() };
}
