import { findOperation } from "../../catalogue/registry.ts";
import type { PersonFacts } from "../../permission/decide/roles.ts";
import { heldPowers, type HolderContext } from "../judge/last-holder.ts";
import type { Plan } from "../../plan/plan.ts";
import type { Execute } from "../../connectors/connector.ts";
import { answerText, isVendorError } from "../../connectors/vendor-error.ts";
import { OWNER, zoomRoleOf } from "../../target/zoom-role.ts";
import { lockoutsOf } from "../../request/lockout-store.ts";
import type { Database } from "../../database/connect.ts";
import { NoAnswerError, within } from "../../concurrency/timeout.ts";

interface Member {
  id?: string | null;
  email?: string | null;
}

/** Zoom's own two roles that administer the account. */
const ADMINISTRATORS = [OWNER, "1"];
/** How long Zoom may take to say who else administers the account. */
const ANSWER_MILLISECONDS = 2_000;

/** What is typed to lock the last administrator of the account out. */
export const LAST_ADMINISTRATOR_WORD = "LAST ADMINISTRATOR";

/** Whether a plan may end what someone administers at Zoom. */
export function endsAdministration({ steps }: Pick<Plan, "steps">): boolean {
  return steps.some(
    ({ operation, input }) =>
      operation === "zoom.user.delete" ||
      operation === "zoom.role.removeMember" ||
      (operation === "zoom.user.updateStatus" && input["action"] === "deactivate"),
  );
}

/**
 * Every reason why the explicit word is needed before someone is locked out: nobody else administers the Zoom account, or
 * nobody but the person who asks could release people or approve.
 * @throws DirectoryError when Slack cannot be asked
 */
export async function lastOfKind(
  context: HolderContext & { execute: Execute; database: Database },
  requester: PersonFacts,
  plan: Plan,
  zoomUser: unknown,
): Promise<{ isHolder: boolean; sentences: string[] }> {
  const [administrator, { isHolder, fault }] = await Promise.all([
    lastAdministratorFault(context, plan, zoomUser),
    heldPowers(context, requester, plan),
  ]);
  return { isHolder, sentences: [administrator, fault].filter((one) => one !== undefined) };
}

/**
 * Why the explicit word is needed before someone is locked out of Zoom: nobody else administers the account, or that
 * could not be told. Undefined where others do, or the person does not.
 */
async function lastAdministratorFault(
  { execute, database }: { execute: Execute; database: Database },
  plan: Pick<Plan, "steps" | "target">,
  zoomUser: unknown,
): Promise<string | undefined> {
  const role = zoomRoleOf(zoomUser);
  if (role === undefined || !ADMINISTRATORS.includes(role.id) || !endsAdministration(plan)) return undefined;
  try {
    const lists = await Promise.all(
      ADMINISTRATORS.map((roleId) =>
        within(
          execute(findOperation("zoom.role.listMembers"), { roleId }, { priority: 0 }),
          ANSWER_MILLISECONDS,
        ),
      ),
    );
    const others = lists
      .flatMap((list) => (list as { members?: Member[] | null }).members ?? [])
      .filter(({ id }) => id !== plan.target.zoomUserId);
    // Anyone who is locked out, or just about to be, administers nothing.
    const out = await Promise.all(
      others.map(async ({ email }) => (await lockoutsOf(database, [email ?? undefined])).length > 0),
    );
    return out.includes(false)
      ? undefined
      : "This is the last administrator of the Zoom account: afterwards nobody can administer it.";
  } catch (error) {
    if (!isVendorError(error) && !(error instanceof NoAnswerError)) throw error;
    const said = isVendorError(error) ? answerText(error.facts) : "";
    return `This is an administrator of the Zoom account, and Zoom did not say whether there is another one${said === "" ? "" : ` (${said})`}.`;
  }
}
