import type { App } from "@slack/bolt";
import type { KnownBlock, ModalView, PlainTextOption } from "@slack/types";
import { VENDOR_NAMES, type Vendor } from "../../src/catalogue/vendor.ts";
import { findOperation } from "../../src/catalogue/registry.ts";
import type { SurfaceDeps } from "../../src/deps/surface.ts";
import type { OfferedOperation, OperationDeps } from "../../src/deps/operation.ts";
import type { EnteredTarget } from "../../src/deps/person.ts";
import type { Refusal } from "../../src/deps/refusal.ts";
import { notice } from "../blocks/notice.ts";
import { showOperationForm } from "./form.ts";
import { refusalText } from "../blocks/refusal.ts";
import { mrkdwn, plain } from "../blocks/text.ts";

const PICKER = "operation_picker";
const PICK = "operation_pick";
const WHY_NOT = "operation_why_not";

/** What the choice among operations shows. */
export interface OperationPicker {
  vendor: Vendor;
  offered: readonly OfferedOperation[];
  target: EnteredTarget;
  /** Why one of the others is not for this person. */
  why?: { operation: string; refusal: Refusal };
}

interface PickerMemory {
  vendor: Vendor;
  target: EnteredTarget;
  /** Which operations are offered; all of the vendor's without it. */
  only?: string[];
}

const LONGEST_MEMORY = 2_900;

function option(name: string): PlainTextOption {
  return { text: plain(findOperation(name).title, 75), value: name, description: plain(name, 75) };
}

/** Slack shows an option's text again; what stands for it must be the same. */
function groupOf(label: string, names: readonly string[]) {
  return names.length === 0 ? [] : [{ label: plain(label, 75), options: names.map(option) }];
}

function menuBlock(
  action: string,
  text: string,
  menu: { placeholder: string; option_groups: ReturnType<typeof groupOf> },
): KnownBlock {
  return {
    type: "section",
    block_id: action,
    text: mrkdwn(text),
    accessory: {
      type: "static_select",
      action_id: action,
      placeholder: plain(menu.placeholder, 150),
      option_groups: menu.option_groups,
    },
  };
}

/** The choice among a vendor's operations: those to look and those to change, and why the others are not offered. */
export function operationPicker(picker: OperationPicker): ModalView {
  const { vendor, offered, target, why } = picker;
  const names = (isFor: (one: OfferedOperation) => boolean) =>
    offered.filter(isFor).map(({ operation }) => operation);
  const mine = names(({ refusal }) => refusal === undefined);
  const others = names(({ refusal }) => refusal !== undefined);
  const isRead = (name: string) => findOperation(name).risk === "read";
  const memory: PickerMemory = { vendor, target, only: offered.map(({ operation }) => operation) };
  const whole = JSON.stringify(memory);
  const blocks: KnownBlock[] = [
    ...(mine.length === 0
      ? [{ type: "section" as const, text: plain("None of your roles lets you do any of this.") }]
      : [
          menuBlock(
            PICK,
            "*What do you want to do?*\nType to search. The form appears as soon as you choose.",
            {
              placeholder: "Choose an operation",
              option_groups: [
                ...groupOf("Look", mine.filter(isRead)),
                ...groupOf(
                  "Change",
                  mine.filter((name) => !isRead(name)),
                ),
              ],
            },
          ),
        ]),
    ...(others.length === 0
      ? []
      : [
          menuBlock(WHY_NOT, "*Not for you*\nChoose one to see why, and who can help.", {
            placeholder: "Choose one to see why",
            option_groups: groupOf("Not for you", others.slice(0, 100)),
          }),
        ]),
    ...(why === undefined ? [] : [{ type: "section" as const, text: mrkdwn(refusalText(why.refusal)) }]),
  ];
  return {
    type: "modal",
    callback_id: PICKER,
    title: plain(VENDOR_NAMES[vendor], 24),
    close: plain("Close", 24),
    private_metadata: whole.length > LONGEST_MEMORY ? JSON.stringify({ vendor, target }) : whole,
    blocks,
  };
}

/** What choosing does: the operation's form in the same window, or the reason why not. */
export function registerOperationPicker(app: App, deps: OperationDeps & SurfaceDeps): void {
  app.action({ type: "block_actions", action_id: PICK }, async ({ ack, action, body, client }) => {
    await ack();
    const chosen = action.type === "static_select" ? action.selected_option?.value : undefined;
    if (body.view === undefined || chosen === undefined) return;
    const { target } = JSON.parse(body.view.private_metadata) as PickerMemory;
    await showOperationForm({ client, deps }, { viewId: body.view.id }, body.user.id, chosen, target);
  });

  app.action({ type: "block_actions", action_id: WHY_NOT }, async ({ ack, action, body, client }) => {
    await ack();
    const chosen = action.type === "static_select" ? action.selected_option?.value : undefined;
    const { view } = body;
    if (view === undefined || chosen === undefined) return;
    const { vendor, target, only } = JSON.parse(view.private_metadata) as PickerMemory;
    const offer = await deps.offer(body.user.id, vendor);
    if (offer.kind === "refused") {
      await client.views.update({
        view_id: view.id,
        view: notice("Not allowed", refusalText(offer.refusal)),
      });
      return;
    }
    const offered = offer.operations.filter(({ operation }) => only?.includes(operation) ?? true);
    const refusal = offered.find(({ operation }) => operation === chosen)?.refusal;
    const why = refusal && { operation: chosen, refusal };
    await client.views.update({
      view_id: view.id,
      view: operationPicker({ vendor, offered, target, why }),
    });
  });
}
