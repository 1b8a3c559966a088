import type { SiteModel } from '#lib/site/site-model.ts'
import { urlFrom } from '#lib/site/site-paths.ts'

const MAX_CHARS = 100_000

/** `llms.txt`: an index of the Markdown files, at most 100,000 characters; says so when pages had to be left out. */
export function llmsIndex(model: SiteModel): string {
  const blocks = model.groups.flatMap(({ name, pages }) => [
    `\n## ${oneLine(name)}\n\n`,
    ...pages.map(({ file, page }) => {
      const description = page.description ? `: ${oneLine(page.description)}` : ''
      return `- [${oneLine(page.title).replace(/[[\]\\]/g, '\\$&')}](${urlFrom(0, file)}.md)${description}\n`
    }),
  ])
  return cut(opening(model), blocks)
}

/** `llms-full.txt`: every page in reading order, whole. `texts` holds the published Markdown by slug. */
export function llmsFull(model: SiteModel, texts: Map<string, string>): string {
  const pages = model.pages.map(({ file, page }) => {
    const text = texts.get(page.slug) ?? ''
    const title = /^\s*# /.test(text) ? '' : `# ${oneLine(page.title)}\n\n`
    return `\n---\nFile: ${file}.md\n\n${title}${text.trim()}\n`
  })
  return opening(model) + pages.join('')
}

function opening({ input }: SiteModel): string {
  const tagline = input.plan.tagline ? `\n> ${oneLine(input.plan.tagline)}\n` : ''
  return `# ${oneLine(input.plan.project_name)}\n${tagline}\nDocumentation of ${oneLine(input.repository)}, branch ${oneLine(input.branch)}, commit ${input.commit}.\n`
}

function cut(start: string, blocks: string[]): string {
  const whole = start + blocks.join('')
  if (whole.length <= MAX_CHARS) return whole
  const notice = (left: number) => `\nCut at ${MAX_CHARS} characters: ${left} more pages are in llms-full.txt.\n`
  const room = MAX_CHARS - notice(blocks.length).length
  let text = start.slice(0, room)
  let used = 0
  for (const block of blocks) {
    if (text.length + block.length > room) break
    text += block
    used += 1
  }
  return text + notice(blocks.slice(used).filter((block) => block.startsWith('- ')).length)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
