import { expect, it } from 'vitest'
import type { DocumentFact } from '#lib/domain/facts.ts'
import { planPages } from '#lib/domain/plan.ts'
import { makeFacts, makeFile, range } from '#lib/testing/make-facts.ts'
import { builtinWriter } from '#lib/writers/builtin/builtin-writer.ts'
import { guideProgram, readmeProgram } from '#lib/writers/builtin/first-program.ts'

function document(path: string, title: string, sections: [heading: string, text: string][]): DocumentFact {
  return {
    path,
    title,
    sections: sections.map(([heading, text], at) => ({
      heading,
      level: at === 0 ? 1 : 2,
      text,
      range: range(path, at * 30 + 1, at * 30 + 29),
      textStart: at * 30 + 2,
    })),
  }
}

const code = (language: string, ...lines: string[]) => [`\`\`\`${language}`, ...lines, '```'].join('\n')
const PROTOTYPES = code(
  'c',
  'ctx *walk_open(const char *path, int flags);',
  'void *walk_step(ctx *c);',
  'void walk_end(void *c);',
)
const PROGRAM = code('c', 'ctx *c = walk_open("/", 0);', 'if (c == NULL) return 1;', 'walk_step(c);')

it('shows the first program of the README: no manifest, prototypes or upgrade notes', () => {
  const readme = document('README.md', 'Walk', [
    ['Walk', 'Walks.'],
    ['Upgrading to 2', PROGRAM.replace('"/"', '"old"')],
    ['API', `${code('toml', 'walk = "1"', 'a = 1', 'b = 2', 'c = 3')}\n\nThe calls:\n\n${PROTOTYPES}`],
    ['Open', `Open it first:\n\n${PROGRAM}`],
  ])
  const found = readmeProgram(makeFacts({ name: 'walk', documents: [readme] }))
  expect(found?.heading).toBe('Open')
  expect(found?.parts[0]?.markdown).toContain('Open it first:')
  const foreign = { ...readme, sections: readme.sections.slice(2, 3) }
  expect(readmeProgram(makeFacts({ name: 'walk', documents: [foreign] }))).toBeNull()
})

it('shows a program without the sentence above it that the introduction shows already', () => {
  const lead = '**Walk** is a simple way to walk home.'
  const program = code('python', 'import walk', 'walk.open("/")', 'walk.step()')
  const readme = document('README.md', 'Walk', [['Walk', `${lead}\n\n${program}`]])
  expect(readmeProgram(makeFacts({ name: 'walk', documents: [readme] }))?.parts[0]?.markdown).toBe(program)
})

it('takes no type alone for a program', () => {
  const type = code('rust', 'enum Way {', '    Walk(u8),', '    Other(Walk),', '}')
  const program = code('rust', 'use walk::Way;', 'fn main() {', '    walk::go(Way::Walk(1));', '}')
  const readme = document('README.md', 'Walk', [['Walk', `Ways are these:\n\n${type}\n\nGo home:\n\n${program}`]])
  expect(readmeProgram(makeFacts({ name: 'walk', documents: [readme] }))?.parts[0]?.markdown).toContain('fn main()')
})

it('takes a guide at the root for one, and its first program where the README shows none', async () => {
  const guide = document('UserGuide.md', 'Guide of Walk', [
    ['Guide of Walk', 'This guide tells how to walk, step after step, until the end. '.repeat(12)],
    ['Open', PROGRAM],
  ])
  const releasing = document('ReleaseProcess.md', 'Release', [['Release', PROGRAM]])
  const documents = [document('README.md', 'Walk', [['Walk', 'Walks.']]), guide, releasing]
  const files = documents.map(({ path }) => makeFile(path, { language: 'Markdown', role: 'docs' }))
  const facts = makeFacts({ name: 'walk', documents, files })
  const plan = await builtinWriter.plan({ facts, projectName: 'walk' })
  expect(
    planPages(plan)
      .filter(({ kind }) => kind === 'examples')
      .map(({ subject }) => subject),
  ).toEqual(['UserGuide.md'])
  expect(guideProgram(facts, plan)).toMatchObject({ title: 'Guide of Walk', parts: [{ citation: { start: 32 } }] })
})

it('prefers a command that beginners type to a program of a guide about something special', async () => {
  const text = 'This guide tells how to walk, step after step, until the end. '.repeat(12)
  const documents = [
    document('README.md', 'Walk', [['Walk', 'Walks.']]),
    document('docs/api.md', 'API', [
      ['API', text],
      ['Special', `If you walk by yourself, this applies.\n\n${PROGRAM}`],
    ]),
    document('docs/rationale.md', 'Rationale', [['Rationale', `${text}\n\n${PROGRAM}`]]),
    document('docs/install.md', 'Install', [
      ['Install', code('sh', 'npm install walk')],
      ['Try it', `${text}\n\n${code('sh', 'npx walk north')}`],
    ]),
  ]
  const files = documents.map(({ path }) => makeFile(path, { language: 'Markdown', role: 'docs' }))
  const withoutInstall = { name: 'walk', documents: documents.slice(0, 3), files }
  const found = async (facts = makeFacts({ name: 'walk', documents, files })) =>
    guideProgram(facts, await builtinWriter.plan({ facts, projectName: 'walk' }))
  expect((await found())?.parts[0]?.markdown).toContain('npx walk north')
  const special = await found(makeFacts(withoutInstall))
  expect(special?.title).toBe('API')
  expect(special?.parts[0]?.markdown).toMatch(/^```c\n/)
})
