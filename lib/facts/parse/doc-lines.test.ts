import { expect, it } from 'vitest'
import { parseFile } from './parse-file.ts'

const JAVA = `/**
 * Finds the way.
 *
 * <p>Begins at the door, see {@link
 * Door#open()} for what that means.
 *
 * @param to where to
 */
public class Way {}
`

async function docOf(text: string, path: string) {
  const file = await parseFile(text, path)
  if (typeof file === 'string') throw new Error(file)
  return file.symbols[0]?.doc
}

it('knows on which lines of the file the body of a doc comment stands, whatever the language', async () => {
  const rust = [
    'use x;',
    '/// Finds.',
    '///',
    '/// Begins at the door.',
    '///',
    '/// Ends at home.',
    'pub fn find() {}',
  ]
  expect(await docOf(rust.join('\n'), 'way.rs')).toMatchObject({
    body: 'Begins at the door.\n\nEnds at home.',
    bodyLines: [[0, 4]],
  })
  expect((await docOf(JAVA, 'Way.java'))?.bodyLines?.[0]).toEqual([0, 4])
})
