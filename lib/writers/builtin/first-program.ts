import type { Facts, SectionFact, SourceRange } from '#lib/domain/facts.ts'
import { type Plan, type PlanPage, planPages } from '#lib/domain/plan.ts'
import { binaries } from './interface-tables.ts'
import {
  projectNames,
  type QuotedPart,
  type QuotedSection,
  quotedIntroduction,
  quotedLines,
  quoteSection,
  readmeOf,
  sameText,
  shellLines,
} from './readme.ts'

/** A program first shows special cases far behind the beginning. */
const README_SECTIONS = 12
const GUIDE_SECTIONS = 16
const FEWEST_LINES = 3
const MOST_LINES = 60
const MOST_LEAD_WORDS = 80

/** A program of a guide, with the page that shows the rest. */
export interface GuideProgram {
  title: string
  slug: string
  parts: QuotedPart[]
}

/** The first program of the README outside the sections quoted already; null when it shows none early. */
export function readmeProgram(facts: Facts): QuotedSection | null {
  const readme = readmeOf(facts)
  if (!readme) return null
  const known = quotedLines(facts)
  const sections = readme.sections.filter(({ heading }) => !NEWS.test(heading)).slice(0, README_SECTIONS)
  for (const section of sections) {
    const part = known.has(section.range.start) ? null : programIn(facts, section)
    if (part) return { heading: section.heading, line: section.range.start, parts: [withoutTold(facts, part)] }
  }
  return null
}

/** A program right below what introduces the project stands without it. */
function withoutTold(facts: Facts, part: QuotedPart): QuotedPart {
  const [lead = ''] = part.markdown.split(/^(?:`{3}|:{3})/m)
  const told = [facts.description?.text ?? '', ...quotedIntroduction(facts).map(({ markdown }) => markdown)]
  return told.some((text) => sameText(text, lead)) ? { ...part, markdown: part.markdown.slice(lead.length) } : part
}

/** What changed is told before what it is, in some. */
const NEWS = /upgrad|migrat|breaking|what.?s new|release|changes|contribut|develop|licen[cs]e|sponsor|test/i

/**
 * What the guides show first: a program or a command of those for beginners, else a program of the others in the order of
 * the navigation; null when none has one.
 */
export function guideProgram(facts: Facts, plan: Plan): GuideProgram | null {
  const guides = planPages(plan).filter(
    ({ kind, subject, slug }) => kind === 'examples' && subject !== undefined && !REASONS.test(slug),
  )
  const isFor = ({ slug, title }: PlanPage, pattern: RegExp) =>
    pattern.test(slug) || pattern.test(title.toLowerCase().replaceAll(' ', '-'))
  const start = guides.filter((one) => isFor(one, START))
  const early = guides.filter((one) => !start.includes(one) && isFor(one, BEGINNERS))
  const installing = guides.filter(({ slug }) => /(?:^|-)install/.test(slug))
  const others = guides.filter((one) => !start.includes(one) && !early.includes(one))
  return (
    firstIn(facts, start, programIn) ??
    firstIn(facts, start, commandIn) ??
    firstIn(facts, early, programIn) ??
    firstIn(facts, [...early, ...installing], ownCommandIn) ??
    firstIn(facts, others, programIn)
  )
}

type FindPart = (facts: Facts, section: SectionFact) => QuotedPart | null

function firstIn(facts: Facts, guides: PlanPage[], find: FindPart): GuideProgram | null {
  for (const { title, slug, subject } of guides) {
    const sections = facts.documents.find(({ path }) => path === subject)?.sections ?? []
    for (const section of sections.slice(0, GUIDE_SECTIONS)) {
      const part = find(facts, section)
      if (part) return { title, slug, parts: [part] }
    }
  }
  return null
}

/** What explains why things are as they are shows code as evidence. */
const REASONS =
  /(?:^|-)(?:rationale|why|philosophy|comparisons?|alternatives|design|internals?|troubleshoot\w*|faq)(?:-|$)/
const START = /quick-?start|get(?:ting)?-started|up-and-running|first-steps/
const BEGINNERS =
  /tutorial|(?:^|-)intro(?:duction)?$|basic|usage|user-?guide|overview|recipes|first-(?:app|project|program)/

/** The first piece of a section whose code is a program that uses the project, with the sentence that announces it. */
function programIn(facts: Facts, section: SectionFact): QuotedPart | null {
  const { parts } = quoteSection(facts, section)
  const part = parts.find(({ markdown, citation }) => {
    const program = programsIn(markdown).find((code) => code.split('\n').length >= FEWEST_LINES)
    return program !== undefined && usesProject(facts, { program, citation })
  })
  return part ? withoutLongLead(part) : null
}

/** The first piece of a section that has something typed, other than what installs. */
function commandIn(facts: Facts, section: SectionFact): QuotedPart | null {
  return typedIn(facts, section, () => true)
}

/** The first piece of a section that has a command of the project typed. */
function ownCommandIn(facts: Facts, section: SectionFact): QuotedPart | null {
  const names = new Set([...projectNames(facts), ...binaries(facts).map(({ name }) => name.toLowerCase())])
  return typedIn(facts, section, (line) => line.split(/[\s@]+/).some((word) => names.has(word.toLowerCase())))
}

function typedIn(facts: Facts, section: SectionFact, isUse: (line: string) => boolean): QuotedPart | null {
  const { parts } = quoteSection(facts, section)
  const part = parts.find(({ markdown }) => shellLines(markdown).some((line) => !BESIDE.test(line) && isUse(line)))
  return part ? withoutLongLead(part) : null
}

/** Commands that install or prepare something. */
const BESIDE =
  /^(?:#|cd|mkdir|ls|export|source)\b|\b(?:install|add|i|get|require|clone|uninstall|remove|upgrade|update|--version)\b|\s-[Dv]\b/

function withoutLongLead(part: QuotedPart): QuotedPart {
  const [lead = ''] = part.markdown.split(/^(?:`{3}|:{3})/m)
  const words = lead.match(/\S+/g)?.length ?? 0
  return words <= MOST_LEAD_WORDS && !CONDITION.test(lead)
    ? part
    : { ...part, markdown: part.markdown.slice(lead.length) }
}

/** A sentence about a special case announces no program, unless it ends in a colon. */
const CONDITION = /^(?:if|when|unless|otherwise|note|since|because|while)\b(?![\s\S]*:\s*$)/i

/** Whether quoted Markdown shows a program: code that does more than import something. */
export function showsProgram(markdown: string): boolean {
  return programsIn(markdown).length > 0
}

function programsIn(markdown: string): string[] {
  const fences = markdown.matchAll(/^(`{3,})([\w+#-]+)\n([\s\S]*?)\n\1$/gm)
  return Array.from(fences)
    .filter(([, , language = '', code = '']) => LANGUAGES.test(language) && doesSomething(code) && !isDefinition(code))
    .map(([, , , code = '']) => code)
    .filter((code) => code.split('\n').length <= MOST_LINES)
}

const LANGUAGES =
  /^(?:[cm]?[jt]sx?|javascript|typescript|vue|svelte|html|py|python|pycon|go|golang|rust|rs|ruby|rb|irb|java|kotlin|kt|groovy|php|csharp|cs|c#|c|cc|cpp|c\+\+|swift|scala|elixir|exs?|iex|lua|objc|dart)$/i

/** A line that is no import, comment or prototype. */
function doesSomething(code: string): boolean {
  return code.split('\n').some((line) => /\w/.test(line) && !IDLE.test(line) && !PROTOTYPE.test(line))
}

/** One type and nothing that uses it. */
function isDefinition(code: string): boolean {
  const [first = '', ...rest] = code.split('\n').filter((line) => /^[^\s/#@}\])]/.test(line))
  return rest.length === 0 && TYPE.test(first)
}

const TYPE =
  /^(?:(?:pub(?:\([^)]*\))?|export|public|typedef|declare) )*(?:enum|struct|union|interface|trait|type) [\w<>$]/

const IDLE =
  /^\s*(?:\/\/|#(?!\[)|\/?\*|--|<!--|import\b|from\s|use\s|using\s|package\s|include\b|require\b|extern crate|(?:const|var|let) [\w{}, ]+ = require\()/
const PROTOTYPE = /^[A-Za-z_][\w *]*[ *]\w+\([^()]*\);$/

/** A program that shows how the project is used names it, or something it offers. */
function usesProject(facts: Facts, { program, citation }: { program: string; citation: SourceRange }): boolean {
  const text = program.toLowerCase()
  const isTouching = (range: SourceRange) =>
    range.path === citation.path && range.start <= citation.end && range.end >= citation.start
  return (
    projectNames(facts).some((name) => text.includes(name)) || facts.examples.some(({ range }) => isTouching(range))
  )
}
