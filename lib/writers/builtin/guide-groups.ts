import type { DocumentFact, Facts } from '#lib/domain/facts.ts'
import type { PlanGroup, PlanPage } from '#lib/domain/plan.ts'
import { contributorDocuments, guideDocuments, guideSummary } from './guide-documents.ts'
import { inContentsOrder } from './guide-order.ts'
import { oneLine } from './markdown.ts'
import { subjectOf } from './module-pages.ts'
import { shorten } from './wording.ts'

const MOST_GUIDES = 60
const FEWEST_OF_A_FOLDER = 3

export type MakePage = (draft: Omit<PlanPage, 'slug'>, slug?: string) => PlanPage

/** Pages of documents by whom they speak to. */
export interface GuideGroups {
  forUsers: PlanGroup[]
  forDevelopers: PlanPage[]
  /** Why things are as they are: decisions and proposals. */
  decisions: PlanPage[]
}

/** Pages for the documents with code; a folder of several inside the documentation is a group. */
export function guideGroups(facts: Facts, page: MakePage): GuideGroups {
  const documents = inContentsOrder(facts, guideDocuments(facts, MOST_GUIDES))
  const decisions = documents.filter(({ path }) => DECISIONS.test(path))
  const forDevelopers = documents.filter((one) => !decisions.includes(one) && FOR_DEVELOPERS.test(one.path))
  const forUsers = documents.filter((one) => !decisions.includes(one) && !forDevelopers.includes(one))
  const pageOf = (document: DocumentFact) => guidePage(facts, document, page)
  return {
    forUsers: groupsOf(forUsers).map(({ group, own }) => ({ group, pages: own.map(pageOf) })),
    forDevelopers: [...contributorDocuments(facts, documents), ...forDevelopers].map(pageOf),
    decisions: decisions.map(pageOf),
  }
}

const DECISIONS = /(?:^|\/)(?:adrs?|decisions|rfcs?|proposals?|enhancements?|keps?|design(?:[-_]docs)?)\//i
const FOR_DEVELOPERS =
  /(?:^|\/)(?:(?:contribut\w*|develop(?:ers?|ment)?(?:[-_]guide)?|hacking|maintainers?|internals?)\/|(?:contribut\w*|hacking|releas(?:ing|e[-_](?:process|checklist))|develop(?:ment|ing)|maintain\w*|(?:project|code|repo(?:sitory)?)[-_](?:layout|structure))\.\w+$)/i

function groupsOf(documents: DocumentFact[]): { group: string; own: DocumentFact[] }[] {
  const inFolder = Map.groupBy(documents, ({ path }) => path.split('/').at(-2) ?? '')
  const isGroup = (path: string) => {
    const folder = path.split('/').at(-2) ?? ''
    const isNamed = !/^(?:docs?|documentation|guides?|source|src|content)$/i.test(folder)
    return isNamed && (inFolder.get(folder)?.length ?? 0) >= FEWEST_OF_A_FOLDER
  }
  const groupOf = ({ path }: DocumentFact) =>
    isGroup(path)
      ? shorten(oneLine(`Guides: ${path.split('/').at(-2)?.toLowerCase().replaceAll(/[-_]+/g, ' ')}`), 80)
      : 'Guides'
  return [...Map.groupBy(documents, groupOf)]
    .map(([group, own]) => ({ group, own }))
    .sort((a, b) => Number(b.group === 'Guides') - Number(a.group === 'Guides'))
}

function guidePage(facts: Facts, document: DocumentFact, page: MakePage): PlanPage {
  const description = guideSummary(facts, document) || `A guide kept in ${document.path}.`
  const draft = { title: capTitle(guideTitle(document)), description: description.slice(0, 300) }
  const slug = document.path.replace(/\.\w+$/, '')
  return page({ ...draft, type: 'guide', kind: 'examples', subject: subjectOf(document.path) }, slug)
}

/** The title of a document, or its file name: the first of several headings would name a part only. */
function guideTitle({ path, title, sections }: DocumentFact): string {
  const headings = sections.filter(({ level }) => level > 0)
  const named = headings.filter((section) => section.heading === title)
  const isAboveAll =
    headings.length > 2 && headings.every(({ level }, at) => at === 0 || level > (headings[0]?.level ?? 0))
  const isTitled = named.length === 0 || isAboveAll || named.some(({ level }) => level === 1)
  if (isTitled && title) return title
  const stem = (path.split('/').at(-1) ?? path).replace(/\.\w+$/, '')
  return stem.charAt(0).toUpperCase() + stem.slice(1).replaceAll(/[-_]+/g, ' ')
}

/** One line that fits a plan: of a long one the end, which tells paths apart. */
export function capTitle(text: string): string {
  const line = oneLine(text)
  if (line.length <= 120) return line || 'Untitled'
  return `…${line.slice(-119)}`
}
