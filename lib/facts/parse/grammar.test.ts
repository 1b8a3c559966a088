import { expect, it, vi } from 'vitest'
import { parseFile } from './parse-file.ts'

/** Call signatures that the grammar takes for a part of the member before, unless the file is repaired. */
const REPAIRED = Array.from(
  { length: 200 },
  (_, n) => `export interface Door${n} {\n  width: number\n  <Key>(key: Key): void\n}\n`,
).join('\n')

it('reads a file as well when the machine is so busy that every look at the clock costs a second', async () => {
  const quiet = await parseFile(REPAIRED, 'doors.ts')
  let nowMs = performance.now()
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 1_000))
  const busy = await parseFile(REPAIRED, 'doors.ts')
  clock.mockRestore()
  expect(busy).toEqual(quiet)
  expect(typeof busy === 'string' ? busy : busy.symbols).toHaveLength(400)
})
