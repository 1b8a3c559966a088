import type { EntryPointFact, Facts } from '#lib/domain/facts.ts'
import { factsIndex } from './facts-index.ts'
import { namesByImportance } from './importance.ts'
import { oneLine } from './markdown.ts'
import { type Package, packagesIn } from './packages.ts'
import { introductionIn } from './readme.ts'
import { firstSentence, listOf } from './wording.ts'

const SHOWN_NAMES = 4

/**
 * What a package is, plain text: its manifest says it, else its README begins with it, else what it depends on tells the
 * kind of program, else its main names do; empty when nothing does.
 */
export function packageMeaning(facts: Facts, own: Pick<Package, 'dir' | 'manifest'>): string {
  return statedMeaning(facts, own) || kindOf(facts, own) || programOf(facts, own) || namesOf(facts, own)
}

function statedMeaning(facts: Facts, { dir, manifest }: Pick<Package, 'dir' | 'manifest'>): string {
  if (manifest.description || dir === '.') return firstSentence(oneLine(manifest.description ?? ''))
  const [lead] = introductionIn(facts, dir)
  const plain = (lead?.markdown.split('\n\n')[0] ?? '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\\(?=[^\w\s])|[`*]/g, '')
  const name = shortName(manifest.name ?? '').toLowerCase()
  const isAboutIt = /^(?:this|an?|the)\s/i.test(plain) || (name !== '' && plain.toLowerCase().startsWith(`${name} `))
  return isAboutIt ? firstSentence(oneLine(plain)) : ''
}

/** `A Next.js application.`: what a package is built with, when it offers nothing by itself. */
function kindOf(facts: Facts, { manifest: { path, name } }: Pick<Package, 'dir' | 'manifest'>): string {
  const named = CONFIGURES.exec(shortName(name ?? ''))?.[1]
  if (named) return `Configuration of ${CONFIGURED[named] ?? named} that the other packages share.`
  const used = facts.dependencies.filter(({ kind, source }) => source.path === path && kind === 'runtime')
  const found = BUILT_WITH.find(([pattern]) => used.some((dependency) => pattern.test(dependency.name)))
  return found ? `${found[1]}.` : ''
}

const CONFIGURES = /(?:^|\/)(eslint|prettier|tailwind|tsconfig|typescript|jest|vitest|babel|biome)(?:-config)?$/

const CONFIGURED: Record<string, string> = {
  eslint: 'ESLint',
  prettier: 'Prettier',
  tailwind: 'Tailwind CSS',
  tsconfig: 'TypeScript',
  typescript: 'TypeScript',
  jest: 'Jest',
  vitest: 'Vitest',
  babel: 'Babel',
  biome: 'Biome',
}

/** The first that fits tells most. */
const BUILT_WITH: [dependency: RegExp, meaning: string][] = [
  [/^next$/, 'A Next.js application'],
  [/^nuxt$/, 'A Nuxt application'],
  [/^expo$/, 'An Expo application for phones'],
  [/^react-native$/, 'A React Native application'],
  [/^electron$/, 'An Electron application'],
  [/^@tanstack\/(?:react|solid)-start$/, 'A TanStack Start application'],
  [/^@(?:remix-run|react-router)\/(?:node|serve)$/, 'A React Router application'],
  [/^@sveltejs\/kit$/, 'A SvelteKit application'],
  [/^astro$/, 'A site made with Astro'],
  [/^@nestjs\/core$/, 'A NestJS server'],
  [/^(?:express|fastify|koa|hono)$/, 'An HTTP server'],
  [/^(?:fastapi|flask|django|litestar|starlette)$/i, 'A web application in Python'],
  [/^(?:typer|click)$/i, 'A command-line program in Python'],
]

/** What people run, where it is a program and offers nothing to others. */
function programOf({ entryPoints }: Facts, { dir, manifest }: Pick<Package, 'dir' | 'manifest'>): string {
  const isIn = ({ path, range }: EntryPointFact) => range.path === manifest.path || (path ?? '').startsWith(`${dir}/`)
  const own = dir === '.' ? [] : entryPoints.filter(isIn)
  const programs = own.filter(({ kind }) => kind === 'binary' || kind === 'server')
  const names = [...new Set(programs.map(({ name }) => name).filter((name) => /^[\w.-]+$/.test(name)))]
  if (names.length === 0 || own.some(({ kind }) => kind === 'export')) return ''
  return `Holds the ${names.length === 1 ? 'program' : 'programs'} ${listOf(names, SHOWN_NAMES)}.`
}

function namesOf(facts: Facts, { dir }: Pick<Package, 'dir'>): string {
  if (dir === '.') return ''
  const files = packagesIn(facts).find((one) => one.dir === dir)?.files ?? []
  const { topLevel } = factsIndex(facts)
  const names = namesByImportance(
    facts,
    files.flatMap((path) => topLevel.get(path) ?? []),
  )
  return names.length === 0 ? '' : `Offers ${listOf(names, SHOWN_NAMES)}.`
}

/** The name without what all packages of a registry have before it: `gson` of `com.google.code.gson:gson`. */
export function shortName(name: string): string {
  return name.split(':').at(-1) || name
}
