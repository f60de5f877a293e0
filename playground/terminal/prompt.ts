import { createInterface } from "node:readline";
import { PEOPLE, type Company, type PersonName } from "../company.ts";
import type { FaultBoard } from "../page-server/fault-board.ts";
import { newestRequest, openForm, press, submitForm, untilEnded } from "./journey.ts";
import type { Say } from "./watch.ts";

const HELP = `
Everyone below is pretend; the app behind them is the real one.
  offboard NAME [deactivate|disassociate|delete] [as NAME]   ask for an offboarding
  approve [as NAME]                                          press Approve in the newest request
  break zoom|cloudflare|slack slow|429|500|reset|hang|down   make a vendor fail until "mend"
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

const PLACES = ["zoom", "cloudflare", "slack"] as const;
const FAULTS = ["slow", "429", "500", "reset", "hang", "down"] as const;

/** What the prompt works with. */
export interface Desk {
  company: Company;
  faults: FaultBoard;
  say: Say;
  verifyAudit: () => Promise<string>;
}

async function obey({ company, faults, say, verifyAudit }: Desk, line: string): Promise<void> {
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
        target,
        view,
        { reason: "Tried at the terminal", ...(isFinal ? { action, confirm_email: email } : {}) },
        say,
      );
      return;
    }
    case "approve": {
      const request = newestRequest(company);
      await press(company, nameOf(by, "approver"), request, "request_approve", "Approve", say);
      if (request !== undefined && !request.text.includes("Waiting")) await untilEnded(company, request);
      return;
    }
    case "break": {
      const place = PLACES.find((name) => name === words[1]);
      if (place === undefined) throw new Error("Say zoom, cloudflare or slack.");
      const fault = FAULTS.find((name) => name === words[2]);
      if (fault === undefined) throw new Error("Say slow, 429, 500, reset, hang or down.");
      faults.order({ place, fault });
      say(`The pretend ${place} is broken now.`);
      return;
    }
    case "mend":
      faults.mend();
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

/** Lets whoever sits at the terminal go on by typing, until it is closed. */
export function startPrompt(desk: Desk): { close(): void } {
  const { say } = desk;
  say('Open the address in a browser. Or go on here: "help" tells what you can type.');
  const lines = createInterface({ input: process.stdin, terminal: false });
  let work = Promise.resolve();
  lines.on("line", (line) => {
    work = work
      .then(() => obey(desk, line))
      .catch((error: unknown) => say(error instanceof Error ? error.message : String(error)));
  });
  return { close: () => lines.close() };
}
