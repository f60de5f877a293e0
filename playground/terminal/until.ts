/** Waits until something is so. @throws Error that says what was waited for */
export async function until(what: string, isSo: () => boolean, milliseconds = 20_000): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!isSo()) {
    if (performance.now() > deadline)
      throw new Error(`Waited ${milliseconds / 1_000} s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
