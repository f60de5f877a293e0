/** What Zoom shows of a person in its lists and records. */
interface ShownPerson {
  id?: string | null;
  email?: string | null;
}

/** The most people that Zoom lists as assistants or schedulers of one user; it has no further pages. */
const longestList = 30;

/** Whether what Zoom shows is about the person of this id or e-mail address. */
export function isAbout(shown: ShownPerson, person: string): boolean {
  return shown.id === person || shown.email?.toLowerCase() === person.toLowerCase();
}

/** Whether Zoom shows the property that a person is named by: without it, nothing can be said about the person. */
function isComparable(shown: ShownPerson, person: string): boolean {
  return Boolean(person.includes("@") ? shown.email : shown.id);
}

/** Whether a list proves that a person is not in it: a list that may be cut off, or that shows too little, does not. */
export function isAbsent(list: readonly ShownPerson[], person: string): boolean {
  if (list.length >= longestList) return false;
  return list.every((shown) => isComparable(shown, person) && !isAbout(shown, person));
}
