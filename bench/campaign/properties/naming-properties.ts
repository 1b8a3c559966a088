import { sep } from 'node:path'
import fc from 'fast-check'
import { variantFolder } from '#lib/domain/folders.ts'
import { MAX_PAGES, parsePlan, planPages, planSchema, SLUG_PATTERN, uniqueSlug } from '#lib/domain/plan.ts'
import { fromSegment, refNameProblem, toSegment } from '#lib/domain/ref-name.ts'
import { usernameProblem } from '#lib/domain/username.ts'
import type { Property } from './properties.ts'

const anything = fc.string({ unit: 'binary', maxLength: 250 })
const piece = fc.oneof(
  fc.constantFrom(
    '/',
    '..',
    '.',
    '-',
    '@{',
    '~',
    '~2F',
    '~7E',
    '%2F',
    '.lock',
    'refs/heads/',
    '\0',
    '\n',
    ' ',
    '\\',
    ':',
    'index',
  ),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
)
const name = fc.oneof(
  anything,
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
)
const page = fc.record(
  { slug: name, title: name, description: name, type: name, kind: name, subject: name },
  { requiredKeys: [] },
)
const plan = fc.record({
  project_name: name,
  tagline: name,
  repo_type: name,
  navigation: fc.array(fc.record({ group: name, pages: fc.array(page, { maxLength: 4 }) }), { maxLength: 4 }),
})

export const namingProperties: Property[] = [
  {
    what: 'a branch is accepted or refused with a sentence',
    property: fc.property(name, (text) => {
      const problem = refNameProblem(text)
      return problem === null ? !/\.\.|^-|[\0-\x20\x7f~^:?*[\\]|^$/.test(text) : problem.length > 10
    }),
  },
  {
    what: 'a name is one segment of a path and comes back as it was',
    property: fc.property(name, (text) => !toSegment(text).includes('/') && fromSegment(toSegment(text)) === text),
  },
  {
    what: 'no accepted branch leads out of the folder of its variants',
    property: fc.property(name, (branch) => {
      if (refNameProblem(branch) !== null) return true
      const folder = variantFolder('/data', { owner: 'ann', name: 'lib', branch, provider: 'builtin', model: 'static' })
      return folder.startsWith('/data/projects/ann/lib/') && folder.split(sep).length === 8
    }),
  },
  {
    what: 'any texts become slugs that fit, differ and are not the home page',
    property: fc.property(fc.array(name, { maxLength: 30 }), (texts) => {
      const taken = new Set<string>()
      const slugs = texts.map((text) => uniqueSlug(text, taken))
      return new Set(slugs).size === slugs.length && slugs.every((slug) => SLUG_PATTERN.test(slug) && slug !== 'index')
    }),
  },
  {
    what: 'a stored plan is read or taken for none',
    property: fc.property(
      fc.oneof(
        fc.json(),
        anything,
        plan.map((value) => JSON.stringify(value)),
      ),
      (text) => {
        const parsed = parsePlan(text)
        return parsed === null || planPages(parsed).every(({ slug }) => SLUG_PATTERN.test(slug))
      },
    ),
  },
  {
    what: 'a plan is accepted only with slugs and titles that fit',
    property: fc.property(plan, (value) => {
      const parsed = planSchema.safeParse(value)
      return (
        !parsed.success ||
        planPages(parsed.data).every(({ slug, title }) => SLUG_PATTERN.test(slug) && title.length <= 120)
      )
    }),
  },
  {
    what: 'a plan never has more pages than are allowed',
    property: fc.property(fc.integer({ min: MAX_PAGES + 1, max: MAX_PAGES + 50 }), (count) => {
      const one = (n: number) => ({ slug: `p${n}`, title: 't', description: '', type: 'guide', kind: 'module' })
      const pages = Array.from({ length: count }, (_, n) => one(n))
      return (
        parsePlan(
          JSON.stringify({ project_name: 'x', tagline: '', repo_type: 'app', navigation: [{ group: 'g', pages }] }),
        ) === null
      )
    }),
  },
  {
    what: 'a user name is accepted only when it is safe in addresses and folders',
    property: fc.property(
      name,
      (text) => usernameProblem(text) !== null || /^[A-Za-z0-9][A-Za-z0-9._-]{1,49}$/.test(text),
    ),
  },
]
