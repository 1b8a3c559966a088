import { setImmediate } from 'node:timers/promises'
import type { SiteCrew } from './site-crew.ts'

interface SharedWork<Item> {
  crew: Pick<SiteCrew, 'hasRoom'>
  /** Awaited before each item: lets an abort through. */
  pause?: (() => Promise<void>) | undefined
  /** Is done in this thread unless the crew had room. */
  work: (item: Item) => Promise<void>
  /** Some of what only this thread does, while others work; whether there was any. */
  besides?: () => Promise<boolean>
}

/** Does all of it, one item after the other where it is done in this thread. Throws what fails first. */
export async function shareWork<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  { crew, pause, work, besides = async () => false }: SharedWork<Item>,
): Promise<void> {
  const under: Promise<void>[] = []
  for await (const item of items) {
    await pause?.()
    // In between, what others have answered comes in, and there is room for the next item.
    while (!crew.hasRoom && (await besides())) await setImmediate()
    const isElsewhere = crew.hasRoom
    const done = work(item)
    // Its failure is met below, or is that of another one which ends all.
    done.catch(() => {})
    under.push(done)
    if (!isElsewhere) await done
  }
  while (await besides()) await setImmediate()
  await Promise.all(under)
}
