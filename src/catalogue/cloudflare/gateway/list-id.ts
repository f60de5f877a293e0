import { pathId } from "../../path-segment.ts";

/** The list that a call is about. */
export const listId = pathId.meta({
  title: "List id",
  description: "As the list of Gateway lists gives it; for blocking people, the one of type EMAIL.",
});
