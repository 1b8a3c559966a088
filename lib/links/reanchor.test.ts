import { expect, it } from 'vitest'
import { cite } from '#lib/domain/citations.ts'
import { ownCitations } from '#lib/links/own-citations.ts'
import { reanchor } from '#lib/links/reanchor.ts'

const at = (start: number, end = start, path = 'a.ts') => ({ path, start, end })
const noLines = async () => null

it('moves the citations of facts with them, all at once, and leaves code blocks alone', async () => {
  const markdown = `One map\\[a\\]b ${cite(at(2, 3))} two ${cite(at(3))}\n\n\`\`\`md\n${cite(at(3))}\n\`\`\`\n`
  const page = { markdown, places: [at(2, 3), at(3)], own: {} }
  const { kept } = await reanchor(page, [at(3, 4), at(2)], noLines)
  expect(kept?.markdown).toBe(
    `One map\\[a\\]b ${cite(at(3, 4))} two ${cite(at(2))}\n\n\`\`\`md\n${cite(at(3))}\n\`\`\`\n`,
  )
  expect(kept?.places).toEqual([at(3, 4), at(2)])
})

it('moves citations behind a line that begins with inline code of three backticks', async () => {
  const text = (place: ReturnType<typeof at>) =>
    `- Comments end\n  with \`\`\` */ \`\`\`.\n  \`\`\`*/\`\`\` ends one, too. ${cite(place)}\n`
  const page = { markdown: text(at(2)), places: [at(2)], own: {} }
  expect((await reanchor(page, [at(5)], noLines)).kept?.markdown).toBe(text(at(5)))
})

it('moves the label of a citation with it in a table, too, where bars in a path are escaped', async () => {
  const row = (start: number) => `| ${cite(at(start, start, 'a|b.ts')).replace(/(?<!\\)\|/g, '\\|')} |`
  const page = { markdown: row(2), places: [at(2, 2, 'a|b.ts')], own: {} }
  expect((await reanchor(page, [at(5, 5, 'a|b.ts')], noLines)).kept?.markdown).toBe(row(5))
})

it('does not let a page stand whose citations fall apart or together', async () => {
  const page = { markdown: `${cite(at(2))} ${cite(at(5))}`, places: [at(2), at(2), at(5)], own: {} }
  expect(await reanchor(page, [at(2), at(3), at(5)], noLines)).toEqual({ kept: null, lost: 'source:a.ts#L2' })
  expect(await reanchor(page, [at(5), at(5), at(5)], noLines)).toEqual({ kept: null, lost: 'source:a.ts#L5' })
})

it('finds the lines of citations that stand for no fact by what they said when the page was written', async () => {
  const markdown = 'See [these lines](source:a.ts#L2-L3).'
  const own = await ownCitations(markdown, [], async () => ['one', 'two', 'three'])
  const page = { markdown, places: [], own }
  const moved = await reanchor(page, [], async () => ['new', 'one', '  two', 'three'])
  expect(moved.kept?.markdown).toBe('See [these lines](source:a.ts#L3-L4).')
  expect(moved.kept?.own).toEqual({ 'source:a.ts#L3-L4': own['source:a.ts#L2-L3'] })
  expect((await reanchor(page, [], async () => ['one', 'TWO', 'three'])).kept).toBeNull()
})
