import { expect, it } from 'vitest'
import type { DocumentFact, Facts, ScriptFact, SectionFact } from '#lib/domain/facts.ts'
import { planPages } from '#lib/domain/plan.ts'
import { makeFacts, makeFile, range } from '#lib/testing/make-facts.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'
import { quotedIntroduction, quotedTopic } from '#lib/writers/builtin/readme.ts'
import { sectionChunks } from '#lib/writers/builtin/source-chunks.ts'

function section(
  path: string,
  { heading, level = 2, line = 1, text }: Partial<SectionFact> & { line?: number },
): SectionFact {
  const lines = (text ?? '').split('\n').length
  return {
    heading: heading ?? '',
    level,
    text: text ?? '',
    range: range(path, line, line + 1 + lines),
    textStart: line + 2,
  }
}

function documented(documents: DocumentFact[], overrides: Partial<Facts> = {}): Facts {
  const files = documents.map(({ path }) =>
    makeFile(path, { language: path.endsWith('.rst') ? 'reStructuredText' : 'Markdown', role: 'docs' }),
  )
  return makeFacts({ files, documents, ...overrides })
}

async function pageOf(facts: Facts, slug: string): Promise<string> {
  const plan = await builtinWriter.plan({ facts, projectName: facts.name })
  const page = planPages(plan).find((one) => one.slug === slug)
  if (!page) throw new Error(`The plan has no page ${slug}`)
  return (await builtinWriter.write({ facts, plan, page, signal: new AbortController().signal })).markdown
}

const PROSE = 'Every word of this paragraph stands in the document, and none of it was made up by anybody. '
  .repeat(8)
  .trim()

it('cuts a long section between paragraphs, never inside a list or a code block, and knows the lines of each part', () => {
  const paragraph = ['One', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight.']
  const text = [
    ...paragraph,
    '',
    '```sh',
    'a',
    '',
    'Not a start',
    '```',
    '',
    ...paragraph,
    '',
    '- item',
    '',
    ...paragraph,
  ].join('\n')
  const chunks = sectionChunks(section('docs/a.md', { line: 10, text }))
  expect(chunks.map((chunk) => [chunk.range.start, chunk.range.end])).toEqual([
    [12, 25],
    [27, 36],
    [38, 45],
  ])
  expect(chunks[0]?.text.endsWith('```')).toBe(true)
})

it('makes a guide of a reStructuredText document, described by its first sentence, with directives as Markdown', async () => {
  const text = [
    `.. currentmodule:: walk`,
    '',
    `Walking needs shoes. ${PROSE}`,
    '',
    '.. note::',
    '    Call :func:`go` first.',
    '',
    '.. code-block:: python',
    '',
    '    go("home")',
  ].join('\n')
  const document = {
    path: 'docs/walking.rst',
    title: 'Walking',
    sections: [section('docs/walking.rst', { heading: 'Walking', level: 1, text })],
  }
  const facts = documented([document])
  const plan = await builtinWriter.plan({ facts, projectName: 'walk' })
  const page = planPages(plan).find(({ slug }) => slug === 'docs-walking')
  expect(page).toMatchObject({ title: 'Walking', type: 'guide', description: 'Walking needs shoes.' })
  const markdown = await pageOf(facts, 'docs-walking')
  expect(markdown).toContain('> **Note:** Call `go` first.')
  expect(markdown).toContain('by anybody. [docs/walking.rst:5-12](source:docs/walking.rst#L5-L12)')
  expect(markdown).toContain('```python\ngo("home")\n```')
  expect(markdown).not.toContain('currentmodule')
})

it('tells how to run an application with the commands of its README instead of a guess', async () => {
  const run: ScriptFact = {
    name: 'start',
    command: 'node .',
    runner: 'npm',
    invocation: 'npm start',
    help: null,
    usedIn: [],
    range: range('package.json', 5),
  }
  const readme = {
    path: 'README.md',
    title: 'Walk',
    sections: [section('README.md', { heading: 'The command', text: `\`\`\`sh\nnpm start\n\`\`\`\n\n${PROSE}` })],
  }
  const facts = documented([readme], {
    repoType: 'app',
    scripts: [run],
    manifests: [{ path: 'package.json', kind: 'npm', name: 'walk', version: null, description: null, license: null }],
  })
  const markdown = await pageOf(facts, 'getting-started')
  expect(markdown).toContain('## The command\n\n```sh\nnpm start\n```')
  expect(markdown).not.toContain('npm install')
})

it('introduces a project with the paragraph that defines it, not with its sponsors', () => {
  const text = `This work is supported by the community.\n\nWalk finds a way home.\n\n${PROSE}`
  const readme = {
    path: 'README.md',
    title: 'Walk',
    sections: [section('README.md', { heading: 'Walk', level: 1, text })],
  }
  const [first] = quotedIntroduction(documented([readme]))
  expect(first).toEqual({ markdown: 'Walk finds a way home.', citation: range('README.md', 5) })
})

it('takes neither the usage of a part nor the installation of a handler for those of the project', () => {
  const sections = [
    section('README.md', { heading: 'The reader API', line: 1, text: PROSE }),
    section('README.md', { heading: 'Usage', level: 3, line: 10, text: PROSE }),
    section('README.md', { heading: 'Installing a handler', line: 20, text: PROSE }),
    section('README.md', { heading: 'Installing', line: 30, text: PROSE }),
  ]
  const facts = documented([{ path: 'README.md', title: 'Walk', sections }])
  expect(quotedTopic(facts, 'usage')).toEqual([])
  expect(quotedTopic(facts, 'install').map(({ line }) => line)).toEqual([30])
})

it('introduces the project with what says what it is: no etymology, addresses or places to ask', () => {
  const readme = (text: string) =>
    documented(
      [{ path: 'README.md', title: 'Walk', sections: [section('README.md', { heading: 'Walk', level: 1, text })] }],
      { name: 'walk' },
    )
  const told = (text: string) => quotedIntroduction(readme(text)).map(({ markdown }) => markdown)
  expect(told('Good shoes are half the way home.\n\nEnter Walk. Walk is a way to get home on foot.')).toEqual([
    'Enter Walk. Walk is a way to get home on foot.',
  ])
  const beside = [
    'Walk is the closest pronunciation of a word for a stroll.',
    'Q&A: ask in [the chat](https://example.org/chat) about everything.',
    'You may be looking for:\n\n- [Home](https://example.org)\n- [Away](https://example.org/away)',
    'Try [it in a browser](https://example.org/try) today.',
  ]
  expect(told([...beside, 'Walk is **small** and quick.'].join('\n\n'))).toEqual(['Walk is **small** and quick.'])
})

it('puts what speaks to contributors with development, and decisions behind how it works', async () => {
  const text = `\`\`\`sh\nmake\n\`\`\`\n\n${PROSE}`
  const document = (path: string, heading: string): DocumentFact => ({
    path,
    title: heading,
    sections: [section(path, { heading, level: 1, text })],
  })
  const facts = documented([
    document('docs/use.md', 'Use it'),
    document('docs/adr/1.md', 'Why files'),
    document('docs/releasing.md', 'Make a release'),
    document('CONTRIBUTING.md', 'Contribute'),
  ])
  const plan = await builtinWriter.plan({ facts, projectName: facts.name })
  const groups = plan.navigation.map(({ group, pages }) => [group, pages.map(({ title }) => title)])
  expect(groups).toContainEqual(['Guides', ['Use it']])
  expect(groups).toContainEqual(['Design notes', ['Why files']])
  expect(groups.at(-1)).toEqual(['Development', expect.arrayContaining(['Contribute', 'Make a release'])])
})

it('does not tell in the overview what the introduction says in almost the same words', async () => {
  const text = `Documentation generator that creates polished static pages from remote repositories.\n\n${PROSE}`
  const readme = {
    path: 'README.md',
    title: 'Walk',
    sections: [section('README.md', { heading: 'Walk', level: 1, text })],
  }
  const of = (description: string) =>
    pageOf(documented([readme], { description: { text: description, range: range('package.json', 3) } }), 'overview')
  expect(await of('Documentation generator - generates polished static pages from repos')).not.toContain('generates')
  expect(await of('Draws maps of every walk that leads back home')).toContain('Draws maps')
})

it('makes a guide of GUIDE.md also when its examples name no language, with its own title and no level left out', async () => {
  const path = 'GUIDE.md'
  const facts = documented([
    {
      path,
      title: 'User guide',
      sections: [
        section(path, { heading: 'User guide', level: 2, line: 1, text: PROSE }),
        section(path, { heading: 'Basics', level: 3, line: 5, text: '```\n$ walk north\n```' }),
        section(path, { heading: 'Maps', level: 4, line: 15, text: PROSE }),
        section(path, { heading: 'Advanced', level: 3, line: 25, text: '' }),
        section(path, { heading: 'Scales', level: 6, line: 27, text: PROSE }),
        section(path, { heading: 'Legends', level: 5, line: 35, text: PROSE }),
      ],
    },
    { path: 'NOTES.md', title: 'Notes', sections: [section(path, { heading: 'Notes', text: '```\n1 | 2\n```' })] },
  ])
  const page = await pageOf(facts, 'guide')
  expect(page).toMatch(/^# User guide\n/)
  expect(page.match(/^#+ .*$/gm)).toEqual([
    '# User guide',
    '## Basics',
    '### Maps',
    '## Advanced',
    '### Scales',
    '### Legends',
  ])
  const plan = await builtinWriter.plan({ facts, projectName: facts.name })
  expect(planPages(plan).map(({ slug }) => slug)).not.toContain('notes')
})

it('makes a guide of a document in a language without blanks between words', async () => {
  const path = 'docs/annai.md'
  const text = `${'これは地図を描くための案内です。道を選び、印を付けて、最後に保存します。'.repeat(10)}\n\n\`\`\`sh\nwalk\n\`\`\``
  const sections = [section(path, { heading: '案内', level: 1, text })]
  const page = await pageOf(documented([{ path, title: '案内', sections }]), 'docs-annai')
  expect(page).toContain('道を選び')
})

it('says of a very long document how much of it is left out, and where that stands', async () => {
  const path = 'docs/long.md'
  const parts = Array.from({ length: 170 }, (_, at) =>
    section(path, {
      heading: `Part ${at}`,
      level: at === 0 ? 1 : 2,
      line: 10 * at + 1,
      text: `${PROSE}\n\n\`\`\`sh\nx\n\`\`\``,
    }),
  )
  const page = await pageOf(documented([{ path, title: 'Part 0', sections: parts }]), 'docs-long')
  expect(page.match(/^## Part/gm)).toHaveLength(149)
  expect(page).toContain('`docs/long.md` goes on with 20 more sections. [docs/long.md:1501-')
})

it('describes a guide by what stands above its first part and its first code, else by its parts', async () => {
  const guide = (path: string, lead: string) => ({
    path,
    title: 'Actions',
    sections: [
      section(path, { heading: 'Actions', level: 1, text: lead }),
      section(path, { heading: 'Walking', line: 20, text: PROSE }),
      section(path, { heading: 'Resting', line: 30, text: PROSE }),
    ],
  })
  const facts = documented([
    guide(
      'docs/told.md',
      'Actions are what a store can do. They are defined like this:\n\n```js\nact()\n```\n\nYou may go on.',
    ),
    guide(
      'docs/untold.md',
      'First, install it:\n\n```sh\nnpm i\n```\n\nA big project might take a while to install it all.',
    ),
  ])
  const pages = planPages(await builtinWriter.plan({ facts, projectName: facts.name }))
  expect(pages.find(({ slug }) => slug === 'docs-told')?.description).toBe('Actions are what a store can do.')
  expect(pages.find(({ slug }) => slug === 'docs-untold')?.description).toBe('Walking and Resting.')
})

it('makes guides of documents of prose, of none that only list, and none of the policy on security', async () => {
  const of = (path: string, text: string): DocumentFact => ({
    path,
    title: path,
    sections: [section(path, { text: `${text}\n${text}` })],
  })
  const facts = documented([
    of('docs/how-it-works.md', PROSE),
    of('docs/web-security.md', PROSE),
    of('docs/security.md', PROSE),
    of('docs/links.md', PROSE.replace(/^|\. /g, '\n- ')),
    of('notes/thoughts.md', PROSE),
  ])
  const plan = await builtinWriter.plan({ facts, projectName: facts.name })
  const guides = planPages(plan).flatMap(({ kind, subject }) => (kind === 'examples' && subject ? [subject] : []))
  expect(guides.map((subject) => /docs\/[\w-]+\.md/.exec(JSON.stringify(subject))?.[0])).toEqual([
    'docs/how-it-works.md',
    'docs/web-security.md',
  ])
})
