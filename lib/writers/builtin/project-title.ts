import type { Facts } from '#lib/domain/facts.ts'
import { oneLine } from './markdown.ts'
import { readmeOf } from './readme.ts'

const LONGEST_TITLE = 40
const MOST_WORDS = 4

/**
 * The name the maintainers write: the title of the README without what it says behind it, where that is the name given
 * or one of its packages in other words; else the name given as the introduction spells it.
 */
export function projectTitleOf(facts: Facts, given: string): string {
  const packages = facts.manifests.filter(({ path }) => !path.includes('/')).map(({ name }) => name ?? '')
  const keys = [given, facts.name, ...packages].flatMap((name) => [keyOf(name), keyOf(name.split(/[/:]/).at(-1) ?? '')])
  const readme = readmeOf(facts)
  const heading = readme?.sections.find(({ level }) => level === 1)?.heading ?? ''
  const title = titleOf(heading)
  const text = readme?.sections.map((section) => section.text).join('\n') ?? ''
  if (title !== '' && (NAMELESS.test(given) || keys.some((key) => isSame(keyOf(title), key))))
    return (isShouted(title) ? spelledIn(text, title) : null) ?? withoutNews(title, keyOf(given))
  const bare = given.split(/[/:]/).at(-1) || given
  return spelledIn(text, bare) ?? (isShouted(bare) && keyOf(facts.name) === keyOf(bare) ? facts.name : bare)
}

/** A heading may announce something of the project behind its name: `Walk Retirement`. */
function withoutNews(title: string, key: string): string {
  const words = title.split(/\s+/)
  const named = words.findIndex((_, at) => key.length > 1 && keyOf(words.slice(0, at + 1).join('')) === key)
  return named < 0 ? title : words.slice(0, named + 1).join(' ')
}

/** What people call the folder of a checkout when they mean no name. */
const NAMELESS = /^(?:repo|repository|project|checkout|clone|source|src|code|app|work|workspace|main|master|tmp|test)$/i

/** All in capitals, as headings and variables of build files are. */
function isShouted(name: string): boolean {
  return /^\p{Lu}{3,}$/u.test(name)
}

/** `Name: what it is` gives `Name`; empty where the heading is a sentence or markup. */
function titleOf(heading: string): string {
  const [first = ''] = oneLine(heading.replace(/!\[[^\]]*\]\([^)]*\)|<[^>]*>/g, ' ')).split(/:\s|\s[–—|-]\s|\s\(|,\s/)
  const title = first
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/^[^\p{L}\p{N}@]+|[^\p{L}\p{N}+#]+$/gu, '')
  const isName = title.length <= LONGEST_TITLE && title.split(/\s+/).length <= MOST_WORDS
  return isName && /\p{L}/u.test(title) && !/^(?:welcome|about|introduction|overview)\b/i.test(title) ? title : ''
}

/** The first word of a sentence about it: `Execa runs …`. */
function spelledIn(text: string, name: string): string | null {
  if (!/^[\w.-]+$/.test(name)) return null
  const escaped = name.replace(/[.]/g, String.raw`\.`)
  return (
    new RegExp(
      String.raw`(?:^|[.!?] )(?:\*\*|\{)?(${escaped})(?:\})?(?:\*\*)? (?:is|are|runs|provides|lets|helps|allows|makes|turns)\b`,
      'im',
    ).exec(text)?.[1] ?? null
  )
}

/** One is the other with words around it: `GitHub CLI` and `cli`, `Gson` and `gson-parent`. */
function isSame(title: string, name: string): boolean {
  return title.length > 1 && name.length > 1 && (title.includes(name) || name.includes(title))
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
