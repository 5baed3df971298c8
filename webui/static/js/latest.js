// Of several calls only the last one has an answer; the ones before are aborted, and what they still bring is dropped.

/**
 * @template T
 * @param {(signal: AbortSignal, ...args: any[]) => Promise<T>} load
 * @returns {((...args: any[]) => Promise<T | undefined>) & {cancel: () => void}} undefined where a later call has taken over
 */
export function latest(load) {
  let controller = new AbortController();
  const call = async (...args) => {
    controller.abort();
    const mine = (controller = new AbortController());
    try {
      const answer = await load(mine.signal, ...args);
      return mine.signal.aborted ? undefined : answer;
    } catch (error) {
      if (mine.signal.aborted) return undefined;
      throw error;
    }
  };
  call.cancel = () => controller.abort();
  return call;
}
