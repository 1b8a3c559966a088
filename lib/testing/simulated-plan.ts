/** Answer of a model that finds the plan right as it is. */
export const SAME_PLAN = '{"groups": []}'

/** The built-in plan that a prompt gives a model to arrange, by group; null for a prompt that asks for something else. */
export function planIn(prompt: string): { group: string; slugs: string[] }[] | null {
  const [, , text] = /<<<data (\w+) the plan\n([\s\S]*?)\ndata \1>>>/.exec(prompt) ?? []
  if (text === undefined) return null
  return text.split('\n\n').map((part) => ({
    group: /^## (.*)$/m.exec(part)?.[1] ?? '',
    slugs: [...part.matchAll(/^- ([a-z0-9-]+) \(/gm)].map(([, slug = '']) => slug),
  }))
}
