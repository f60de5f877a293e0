import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { EnteredValue, Json, PageChannel, PagePerson } from "../../page-api.ts";

/** What stands around blocks: who reads them, where they stand, and who hears what is done with them. */
export interface BlockContext {
  people: readonly PagePerson[];
  channels: readonly PageChannel[];
  /** The reader's, as IANA names it; date tokens are shown in it. */
  timeZone: string;
  surface: "message" | "modal" | "home";
  /** What is entered, in the shape of Slack's `view.state.values`. */
  state?: Readonly<Record<string, Readonly<Record<string, { [key: string]: Json }>>>>;
  /** What is wrong, by block id. */
  errors?: Readonly<Record<string, string>>;
  /**
   * Uploads a chosen file and answers its id. Without it, or where it answers nothing, a file is known by its name
   * alone and has no content.
   */
  upload?(file: File): Promise<string | undefined>;
  /** A button was pressed, after its confirmation. */
  onPress(actionId: string, blockId: string, value?: string): void;
  /** A field was edited; nothing is sent. */
  onChange(blockId: string, actionId: string, value: EnteredValue): void;
  /** An element that reports its changes was changed: in a section or actions, or with `dispatch_action`. */
  onDispatch(blockId: string, actionId: string, value: EnteredValue): void;
}

export const BlockContextProvider = createContext<BlockContext | undefined>(undefined);

/** What stands around the block that asks. Throws outside of `Blocks`. */
export function useBlockContext(): BlockContext {
  const context = useContext(BlockContextProvider);
  if (context === undefined) throw new Error("A block must stand inside of Blocks.");
  return context;
}
