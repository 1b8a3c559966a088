import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { modelRuns } from '#lib/testing/model-runs.ts'
import { givenIn, simulatedPage } from '#lib/testing/simulated-model.ts'
import { planIn, SAME_PLAN } from '#lib/testing/simulated-plan.ts'
import { editsOf, isRevision } from '#lib/testing/simulated-revision.ts'

const OPEN = `/** Opens a door. */
export function openDoor(name: string): string {
  return name
}

/** Locks a door with a key. */
export function lockDoor(name: string, key: string): string {
  return name + key
}
`
const FILES = {
  'package.json': JSON.stringify({ name: 'doors', description: 'Opens doors.', main: 'lib/open.ts' }),
  'README.md': '# Doors\n\nOpens doors.\n',
  'lib/open.ts': OPEN,
  'lib/size.ts': ['WIDTH', 'HEIGHT', 'DEPTH', 'COLOR', 'SOUND']
    .map((name) => `export const ${name.toLowerCase()} = process.env.DOOR_${name}\n`)
    .join(''),
}
/** The same file with a parameter more, and everything below it a line further down. */
const CHANGED = OPEN.replace('openDoor(name: string)', 'openDoor(name: string, slow = false)').replace(
  '  return name\n',
  '  if (slow) return name\n  return name\n',
)

let variant: Awaited<ReturnType<typeof modelRuns>>
beforeEach(async () => {
  variant = await modelRuns(FILES)
})
afterEach(async () => await variant.close())

/** Plans as they are, pages with true sentences more, and for pages that changed what `revise` says. */
function answer(revise: (prompt: string) => string) {
  return (prompt: string) => {
    if (planIn(prompt)) return SAME_PLAN
    return isRevision(prompt) ? revise(prompt) : simulatedPage(prompt, []).markdown
  }
}

/** Sections by heading, citations without lines. */
function sections(page: string | null): Map<string, string> {
  const text = (page ?? '').replace(/:\d+(?:-\d+)?\]\(source:[^)]*\)/g, ']()')
  return new Map(text.split(/^(?=#{2,} )/m).map((section) => [section.split('\n')[0] ?? '', section]))
}

describe('a page whose facts changed', { timeout: 60_000 }, () => {
  it('is changed where they changed and nowhere else, and no other page is asked for', async () => {
    await variant.run(answer(editsOf))
    const before = { reference: await variant.page('lib'), configuration: await variant.page('configuration') }
    await variant.write({ 'lib/open.ts': CHANGED }, 'Doors may open slowly')
    const { prompts, warnings, update } = await variant.run(answer(editsOf))
    expect(warnings).toEqual([])
    expect(prompts.every(isRevision)).toBe(true)
    const changed = update?.pages.map(({ slug }) => slug) ?? []
    expect(changed).toContain('lib')
    expect(changed).not.toContain('configuration')
    expect(prompts).toHaveLength(changed.length)
    expect(prompts.join('\n')).toContain('- lib/open.ts#openDoor: signature')
    expect(await variant.page('configuration')).toBe(before.configuration)
    expect(await variant.author('lib')).toBe('compatible/gpt-5-mini')
    const [old, now] = [sections(before.reference), sections(await variant.page('lib'))]
    const touched = [...now].filter(([heading, text]) => old.get(heading) !== text).map(([heading]) => heading)
    expect(touched).toEqual([expect.stringContaining('openDoor')])
    expect(now.get('## In other words')).toBe(old.get('## In other words'))
    expect(await variant.page('lib')).toContain('openDoor(name: string, slow = false)')
  })

  it('gives a model whose edits do not fit exactly what is wrong, and takes those that do', async () => {
    await variant.run(answer(editsOf))
    await variant.write({ 'lib/open.ts': CHANGED }, 'Doors may open slowly')
    const wrong = '<<<<<<< OLD\nThis line does not stand there.\n=======\nx\n>>>>>>> NEW'
    const { prompts, warnings } = await variant.run(
      answer((prompt) => (prompt.includes('what is wrong with them\n') ? editsOf(prompt) : wrong)),
    )
    expect(warnings).toEqual([])
    expect(prompts.filter((prompt) => prompt.includes('what is wrong with them\n'))[0]).toContain(
      '- edit 1: its old lines do not stand in the page exactly as they are: "This line does not stand there."',
    )
    expect(prompts.every(isRevision)).toBe(true)
    expect(await variant.page('lib')).toContain('slow = false')
    expect(await variant.page('lib')).toContain('## In other words')
  })

  it('is written anew when edits never fit, or when they leave what is not true any more', async () => {
    await variant.run(answer(editsOf))
    await variant.write({ 'lib/open.ts': CHANGED }, 'Doors may open slowly')
    const { prompts, warnings } = await variant.run(answer(() => 'NO EDITS'))
    expect(warnings).toEqual([])
    const ofReference = prompts.filter((prompt) => /page to write\nlib /i.test(prompt))
    expect(ofReference.map(isRevision)).toEqual([true, true, false])
    expect(ofReference[1]).toContain('- after the edits, ')
    expect(await variant.page('lib')).toContain('slow = false')
    expect(await variant.author('lib')).toBe('compatible/gpt-5-mini')
  })
})

describe('an update that is interrupted', { timeout: 60_000 }, () => {
  it('goes on from the pages as they were, which it did not come to change', async () => {
    await variant.run(answer(editsOf))
    const before = sections(await variant.page('lib'))
    await variant.write({ 'lib/open.ts': CHANGED }, 'Doors may open slowly')
    const controller = new AbortController()
    const interrupting = answer(() => {
      controller.abort()
      return 'NO EDITS'
    })
    const { outcome } = await variant.run(interrupting, { signal: controller.signal })
    expect(outcome.status).toBe('aborted')
    expect(await variant.page('lib')).toBeNull()
    const { prompts, warnings } = await variant.run(answer(editsOf))
    expect(warnings).toEqual([])
    expect(prompts.every(isRevision)).toBe(true)
    const now = sections(await variant.page('lib'))
    expect(now.get('## In other words')).toBe(before.get('## In other words'))
    expect(await variant.page('lib')).toContain('slow = false')
    expect(await variant.file('former/lib.md')).toBeNull()
  })

  it('lets them stand when the change is taken back', async () => {
    await variant.run(answer(editsOf))
    const before = await variant.page('lib')
    await variant.write({ 'lib/open.ts': CHANGED }, 'Doors may open slowly')
    const controller = new AbortController()
    const interrupting = answer(() => {
      controller.abort()
      return 'NO EDITS'
    })
    await variant.run(interrupting, { signal: controller.signal })
    await variant.write({ 'lib/open.ts': OPEN }, 'They may not')
    const { outcome, prompts } = await variant.run(answer(editsOf))
    expect(outcome.status).toBe('ready')
    expect(prompts).toEqual([])
    expect(await variant.page('lib')).toBe(before)
  })
})

describe('a built-in page that stands in', { timeout: 60_000 }, () => {
  it('says why, and is tried again on the next run, though nothing changed', async () => {
    const fails = (prompt: string) =>
      planIn(prompt) ? SAME_PLAN : /page to write\nConf/.test(prompt) ? 'No.' : givenIn(prompt).page
    await variant.run(fails)
    const note = JSON.parse((await variant.file('pages/configuration.json')) ?? '')
    expect(note).toMatchObject({ provider: 'builtin', stand_in: 'it has no line "# Title"' })
    const again = await variant.run(answer(editsOf))
    expect(again.outcome).toMatchObject({ status: 'ready', upToDate: false })
    expect(again.prompts).toHaveLength(1)
    expect(again.prompts[0]).toContain('page to write\nConfiguration')
    expect(again.update?.pages).toMatchObject([
      { slug: 'configuration', reasons: [{ change: 'not by its writer yet: it has no line "# Title"' }] },
    ])
    expect(await variant.author('configuration')).toBe('compatible/gpt-5-mini')
    const last = await variant.run(answer(editsOf))
    expect(last.outcome).toMatchObject({ status: 'ready', upToDate: true })
    expect(last.prompts).toEqual([])
  })
})
