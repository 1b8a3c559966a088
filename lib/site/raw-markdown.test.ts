import { expect, it } from 'vitest'
import { rawMarkdown } from './raw-markdown.ts'
import { sitePaths } from './site-paths.ts'

const published = rawMarkdown({ paths: sitePaths(['other'], ['a.ts']), forgeBase: null })

it('leads citations and links to the files beside it, and leaves code as it is', () => {
  const text = (cited: string, other: string) =>
    `[a.ts:2](${cited}) and [more](${other})\n\n\`\`\`md\n[a.ts:2](source:a.ts#L2)\n\`\`\`\n\n[a.ts:2](${cited})\n`
  expect(published(text('source:a.ts#L2', 'other.md'))).toBe(text('source/a.ts.html#L2', 'other.md'))
})

it('does so behind a line that begins with inline code of three backticks', () => {
  const text = (cited: string) =>
    `A comment ends with\n\`\`\`*\`\`/\`\`\`. [a.ts:2](${cited})\n\nMore. [a.ts:2](${cited})\n`
  expect(published(text('source:a.ts#L2'))).toBe(text('source/a.ts.html#L2'))
})
