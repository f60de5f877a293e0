import type { Block } from "../../page-api.ts";
import type { Company } from "./company.ts";

/** Blocks that are shown together under a title. */
export interface Sample {
  /** Unique; the anchor of the sample on the page. */
  id: string;
  title: string;
  surface: "message" | "modal" | "home";
  blocks: Block[];
  /** Another than the usual one. */
  company?: Company;
}
