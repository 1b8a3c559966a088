import { describe, expect, it } from 'vitest'
import { edited, editsIn } from './page-edits.ts'

const PAGE = `# Doors

Doors open.

## Open

Call \`openDoor\`.
Call \`openDoor\`.

## Close

Doors close.
`

function answerOf(...edits: [old: string, now: string][]): string {
  return edits
    .map(([old, now]) => `<<<<<<< OLD\n${old}\n=======\n${now === '' ? '' : `${now}\n`}>>>>>>> NEW`)
    .join('\n\n')
}

function faultsOf(answer: string): string[] {
  const read = editsIn(answer)
  if ('faults' in read) return read.faults
  const made = edited(PAGE, read.edits)
  return 'faults' in made ? made.faults : []
}

describe('edits of a page', () => {
  it('change the lines they name and leave every other byte as it was', () => {
    const answer = `<think>hm</think>Sure:\n${answerOf(
      ['Doors close.', 'Doors close, and lock.'],
      ['Doors open.', 'Doors open.\n\nThey $& squeak.'],
      ['Call `openDoor`.\nCall `openDoor`.', ''],
    )}\nDone!`
    const read = editsIn(answer)
    expect('edits' in read && edited(PAGE, read.edits)).toEqual({
      markdown: '# Doors\n\nDoors open.\n\nThey $& squeak.\n\n## Open\n\n\n## Close\n\nDoors close, and lock.\n',
    })
  })

  it('may be none, when the answer says so', () => {
    expect(editsIn('NO EDITS')).toEqual({ edits: [] })
    expect(edited(PAGE, [])).toEqual({ markdown: PAGE })
    expect(faultsOf('The page is fine.')).toEqual(['it has no edits and does not say "NO EDITS"'])
  })

  it.each([
    [answerOf(['Doors fly.', 'x']), 'edit 1: its old lines do not stand in the page exactly as they are: "Doors fly."'],
    [answerOf(['Doors', 'x']), 'edit 1: its old lines do not stand in the page exactly as they are: "Doors"'],
    [
      answerOf(['Doors open.', 'x'], ['Call `openDoor`.', 'x']),
      'edit 2: its old lines stand in the page 2 times; take more lines',
    ],
    [answerOf(['', 'x']), 'edit 1: it has no old lines; repeat a line of the page beside which to add'],
    [answerOf(['# Doors', '# Windows']), 'edit 1: the title stays as it is'],
    [
      answerOf(['## Close\n\nDoors close.', 'x'], ['Doors close.', 'y']),
      'two edits change the same lines: "Doors close."',
    ],
    [answerOf(['Doors open.', '```sh\nopen']), 'a code block is not closed after the edits'],
    ['<<<<<<< OLD\nDoors open.\n=======\nDoors', 'edit 1 does not end with ">>>>>>> NEW"'],
  ])('that do not fit are told one by one: %s', (answer, fault) => {
    expect(faultsOf(answer)).toEqual([fault])
  })

  it('are read in time that grows with the answer', () => {
    const startedMs = performance.now()
    editsIn('<<<<<<< OLD\n=======\n'.repeat(100_000))
    editsIn(`NO EDIT${' '.repeat(200_000)}`)
    expect(performance.now() - startedMs).toBeLessThan(10_000)
  })
})
