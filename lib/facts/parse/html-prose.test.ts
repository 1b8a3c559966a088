import { expect, it } from 'vitest'
import { htmlProse } from './html-prose.ts'

it('sets headings apart as the words they are', () => {
  expect(htmlProse('First.\n<h2 id="a"> Strict <b>or</b> not</h2>\n<h3> Why </h3>\nBecause.')).toContain(
    '\n\n**Why**\n\n',
  )
  expect(htmlProse('<h2>Strict</h2>Text').trim()).toBe('**Strict**\n\nText')
})
