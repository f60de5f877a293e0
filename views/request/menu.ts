import type { App } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { ActResult, RequestDeps } from "../../src/deps/decision.ts";
import type { OffboardDeps } from "../../src/deps/submission.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import { personInput, readValues, textInput, type ViewValues } from "../blocks/inputs.ts";
import { notice } from "../blocks/notice.ts";
import { openChangeForm } from "../offboard/change.ts";
import { refusalText, unreadable } from "../blocks/refusal.ts";
import { MORE, parseChoice, type MenuChoice } from "./buttons.ts";
import { tellPerson } from "../blocks/tell-person.ts";
import { escapeAroundPeople, plain } from "../blocks/text.ts";

const MENU_VIEW = "request_menu";
const TEXT = "text";
const PERSON = "person";
const UNREADABLE = `:no_entry: ${unreadable("menu")}`;

type FormChoice = Exclude<MenuChoice, "change">;

interface Held {
  choice: FormChoice;
  request: string;
  channel: string;
}

const FORMS: Readonly<Record<FormChoice, { title: string; submit: string; label: string; hint: string }>> = {
  comment: {
    title: "Comment",
    submit: "Say it",
    label: "Your comment",
    hint: "Everyone in the channel and the audit log can read it.",
  },
  question: {
    title: "Ask for more",
    submit: "Ask",
    label: "Your question",
    hint: "The requester gets it as a direct message. Everyone in the channel can read it.",
  },
  delegate: {
    title: "Ask somebody else",
    submit: "Ask them",
    label: "Note (optional)",
    hint: "They must be allowed to decide this themselves. You can still decide.",
  },
  cancel: {
    title: "Cancel the request",
    submit: "Cancel the request",
    label: "Why",
    hint: "Everyone in the channel and the audit log can read it.",
  },
};

function menuForm(held: Held): ModalView {
  const { title, submit, label, hint } = FORMS[held.choice];
  const isDelegate = held.choice === "delegate";
  return {
    type: "modal",
    callback_id: MENU_VIEW,
    title: plain(title, 24),
    submit: plain(submit, 24),
    close: plain("Go back", 24),
    private_metadata: JSON.stringify(held),
    blocks: [
      ...(isDelegate ? [personInput({ field: PERSON, label: "Who should decide" })] : []),
      textInput({ field: TEXT, label, hint, maximum: 1_000, multiline: true, optional: isDelegate }),
    ],
  };
}

/** What is missing in a form, next to its field. */
function faultsOf(choice: FormChoice, values: ViewValues): Record<string, string> | undefined {
  if (choice === "delegate")
    return values.person(PERSON) === undefined ? { [PERSON]: "Choose who should decide." } : undefined;
  return values.text(TEXT) === undefined ? { [TEXT]: "Say something." } : undefined;
}

async function act(
  deps: RequestDeps & OffboardDeps & SurfaceDeps,
  held: Held,
  personId: string,
  values: ViewValues,
): Promise<ActResult> {
  const text = values.text(TEXT);
  switch (held.choice) {
    case "comment":
    case "question":
      return deps.comment(held.request, personId, { text: text ?? "", kind: held.choice });
    case "cancel":
      return deps.cancel(held.request, personId, text ?? "");
    default:
      return deps.delegate(held.request, personId, {
        personId: values.person(PERSON) ?? "",
        note: text,
      });
  }
}

/** The menu beside Approve and Deny, and the forms that it opens. Everything is authorized afresh by `deps`. */
export function registerRequestMenu(app: App, deps: RequestDeps & OffboardDeps & SurfaceDeps): void {
  app.action({ type: "block_actions", action_id: MORE }, async ({ ack, action, body, client, respond }) => {
    await ack();
    const channel = body.channel?.id ?? body.user.id;
    const tell = (text: string) => tellPerson(client, { channel, user: body.user.id, respond }, text);
    // From the menu, or from the button that is left while a start is put off.
    const chosen = "selected_option" in action ? action.selected_option?.value : undefined;
    const named = parseChoice(chosen ?? ("value" in action ? action.value : undefined));
    if (named === undefined) return tell(UNREADABLE);
    const { choice, request } = named;
    if (choice === "change") {
      const fault = await openChangeForm(client, deps, {
        requestId: request,
        personId: body.user.id,
        triggerId: body.trigger_id,
      });
      return fault === undefined ? undefined : tell(fault);
    }
    const refusal = await deps.mayAct(request, body.user.id, choice === "question" ? "comment" : choice);
    if (refusal !== undefined) return tell(refusalText(refusal));
    await client.views.open({
      trigger_id: body.trigger_id,
      view: menuForm({ choice, request, channel }),
    });
  });

  app.view(MENU_VIEW, async ({ ack, body, view, client }) => {
    const held = JSON.parse(view.private_metadata) as Held;
    const values = readValues(view.state.values);
    const errors = faultsOf(held.choice, values);
    if (errors !== undefined) {
      await ack({ response_action: "errors", errors });
      return;
    }
    const result = await act(deps, held, body.user.id, values);
    if (result.kind === "refused") {
      await ack({ response_action: "update", view: notice("Not done", refusalText(result.refusal)) });
      return;
    }
    await ack();
    await tellPerson(
      client,
      { channel: held.channel, user: body.user.id },
      escapeAroundPeople(result.sentence),
    );
  });
}
