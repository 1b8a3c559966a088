/** Whether a prompt asks for changes of a page. */
export function isRevision(prompt: string): boolean {
  return block(prompt, 'your page') !== null
}

/** Edits as a good model makes them: every section whose heading the program's page has in other words becomes as that one is. */
export function editsOf(prompt: string): string {
  const page = sectionsOf(block(prompt, 'your page') ?? '')
  const now = sectionsOf(block(prompt, 'what a program makes of the facts now') ?? '')
  const edits = [...page].flatMap(([heading, old]) => {
    const next = now.get(heading)
    return heading.startsWith('# ') || next === undefined || next === old
      ? []
      : [`<<<<<<< OLD\n${old}\n=======\n${next}\n>>>>>>> NEW`]
  })
  return edits.length > 0 ? edits.join('\n') : 'NO EDITS'
}

function block(prompt: string, title: string): string | null {
  return new RegExp(`<<<data (\\w+) ${title}\\n([\\s\\S]*?)\\ndata \\1>>>`).exec(prompt)?.[2] ?? null
}

function sectionsOf(page: string): Map<string, string> {
  const sections = page.split(/^(?=#{2,} )/m).map((section) => section.trimEnd())
  return new Map(sections.map((section) => [section.split('\n')[0] ?? '', section]))
}
