import type { Facts, SectionFact } from '#lib/domain/facts.ts'
import type { Plan } from '#lib/domain/plan.ts'
import { linksFrom } from './document-links.ts'
import { factsIndex } from './facts-index.ts'
import { binaries } from './interface-tables.ts'
import { oneLine } from './markdown.ts'
import { holds, quoteSection, readmeOf, SECTION_TOPICS, shellLines } from './readme.ts'
import { type LevelledSection, withoutEmpty, withoutGaps } from './section-levels.ts'

/** A part of the README that tells how to get the project running, whole, as its maintainers divide it. */
export interface SetupUnit {
  sections: LevelledSection[]
  /** Whether it shows commands to type. */
  isTyped: boolean
}

const MOST_UNITS = 6
const MOST_SECTIONS = 30
/** A part of fewer words without a command only points somewhere else. */
const FEWEST_WORDS = 25

/** The parts of the README that set the project up and run it, in its order; their first section has level two. */
export function setupUnits(facts: Facts, plan?: Plan): SetupUnit[] {
  const told = unitsOf(facts)
    .filter(([head]) => head && !FOR_DEVELOPERS.test(plainHeading(head.heading)))
    .filter((unit) => unit[0] && (isTopic(unit[0]) || unit.some((section) => tellsToType(facts, section))))
    .map((unit) => quotedUnit(facts, unit, plan))
    .filter(({ sections }) => sections.length > 0)
  const isTold = told.some(({ isTyped }) => isTyped)
  return told
    .filter((unit) => unit.isTyped || (!isTold && wordsIn(unit) > 0) || wordsIn(unit) >= FEWEST_WORDS)
    .slice(0, MOST_UNITS)
}

/** The parts of the README with commands for those who build, test and change the project. */
export function developmentUnits(facts: Facts, plan?: Plan): SetupUnit[] {
  return unitsOf(facts)
    .filter(
      ([head]) => head && FOR_DEVELOPERS.test(plainHeading(head.heading)) && !ASIDE.test(plainHeading(head.heading)),
    )
    .filter((unit) => unit.some((section) => shellLines(section.text).length > 0))
    .map((unit) => quotedUnit(facts, unit, plan))
    .filter(({ sections }) => sections.length > 0)
    .slice(0, MOST_UNITS)
}

/** Lines of the README where the sections begin that the units quote. */
export function unitLines(units: SetupUnit[]): number[] {
  return units.flatMap(({ sections }) => sections.map(({ line }) => line))
}

const FOR_DEVELOPERS =
  /\b(?:contribut\w*|develop(?:ment|ers?|ing)|hacking|tests?|testing|lint\w*|releas\w*|publish\w*|benchmarks?|building|compil\w+|maintain\w*)\b/i
const ASIDE = /\b(?:releas|publish|benchmark|update|changelog|licen[cs]e)/i

/** Sections from one heading of the highest level below the title to the next. */
function unitsOf(facts: Facts): SectionFact[][] {
  const readme = readmeOf(facts)
  const sections = (readme?.sections ?? []).filter(({ heading }) => plainHeading(heading) !== '')
  const highest = Math.min(...sections.map(({ level }) => level))
  const [first, second] = sections.filter(({ level }) => level === highest)
  const title = second === undefined && first?.heading === readme?.title ? first : undefined
  const top = Math.min(...sections.filter((section) => section !== title).map(({ level }) => level))
  const units: SectionFact[][] = []
  for (const section of sections) {
    if (section === title) continue
    if (section.level === top) units.push([section])
    else units.at(-1)?.push(section)
  }
  return units
}

function isTopic(head: SectionFact): boolean {
  const heading = plainHeading(head.heading)
  const { requirements, install, usage } = SECTION_TOPICS
  return RUNNING.test(heading) || [requirements, install, usage].some((topic) => topic.test(heading))
}

const RUNNING =
  /^(?:how to )?(?:(?:run(?:ning)?|start(?:ing)?|deploy(?:ing|ment)?|self-?host(?:ing)?|set(?:ting)? ?up|local)\b|(?:with |using )?(?:docker|podman|helm|kubernetes)\b)/i

/** Without a picture in front: `🛠 Installing`. */
function plainHeading(heading: string): string {
  return oneLine(heading).replace(/^[^\p{L}\p{N}`[(]+/u, '')
}

/** Whether a section shows commands that fetch, install, set up or start something, or run a program or script of the project. */
function tellsToType(facts: Facts, section: SectionFact): boolean {
  if (FOR_DEVELOPERS.test(plainHeading(section.heading))) return false
  const scripts = facts.scripts.map(({ invocation }) => withoutRun(invocation)).filter(Boolean)
  const own = new Set([...scripts, ...binaries(facts).map(({ name }) => name)])
  return typedIn(section).some((line) => {
    const typed = withoutRun(line)
    return SETS_UP.test(line) || [...own].some((command) => typed === command || typed.startsWith(`${command} `))
  })
}

/** Commands of shell blocks, and those in the text that can only be commands. */
function typedIn({ text }: SectionFact): string[] {
  const inline = Array.from(text.matchAll(/`([^`\n]+)`/g), (match) => match[1] ?? '').filter((one) => SETS_UP.test(one))
  return [...shellLines(text), ...inline]
}

/** `pnpm run dev` and `pnpm dev` are the same. */
function withoutRun(command: string): string {
  return command.replace(/^(npm|pnpm|yarn|bun) run /, '$1 ')
}

const SETS_UP =
  /^(?:sudo )?(?:docker(?:[- ]compose)? (?:run|up|compose|pull|start)|podman|helm (?:repo|install|upgrade)|kubectl (?:apply|create)|git clone|(?:npm|pnpm|yarn|bun) (?:i|ci|install|add|global)\b|npx |pip3? install|pipx install|uvx? |poetry install|brew install|apt(?:-get)? install|cargo install|go install|vagrant up|(?:python3? )?(?:\.\/)?manage\.py|\.?\/?bin\/(?:rails|setup|dev)|bundle install|mix (?:setup|deps\.get|phx)|composer install|dotnet run|java -jar|curl\b.*\|\s*(?:sudo )?(?:ba|z)?sh)/

function quotedUnit(facts: Facts, unit: SectionFact[], plan?: Plan): SetupUnit {
  const { hasPath } = factsIndex(facts)
  const links = plan && unit[0] ? linksFrom(unit[0].range.path, { plan, hasPath }) : undefined
  const told = new Set(unit.filter((section) => section.text.trim() !== '' && holds(facts, section)))
  const sections = unit.map((section) => ({
    heading: plainHeading(section.heading),
    line: section.range.start,
    level: section.level,
    parts: told.has(section) ? quoteSection(facts, section, links).parts : [],
  }))
  return {
    sections: withoutGaps(withoutEmpty(sections)).slice(0, MOST_SECTIONS),
    isTyped: [...told].some((section) => typedIn(section).length > 0),
  }
}

function wordsIn({ sections }: SetupUnit): number {
  const text = sections.flatMap(({ parts }) => parts.map(({ markdown }) => markdown)).join('\n')
  return text.replace(/\]\([^)]*\)/g, ']').match(/[\p{L}\p{N}]+/gu)?.length ?? 0
}
